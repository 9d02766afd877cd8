"""What is known of the documents of one language: how rare each term is, and what each document asks and offers."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.analysis import Analysis, Token
from knowledge.postings import Postings
from knowledge.words import intents

STOP_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: how many wordings it has, what they ask, what its text offers."""

    wordings: int
    asks: frozenset[frozenset[str]]
    offers: frozenset[str]


class Corpus:
    """All documents of one language; made from what `built.pack` gives, and the postings of the index."""

    def __init__(self, pack: Mapping[str, Any], postings: Postings, analysis: Analysis) -> None:
        self.analysis = analysis
        self.frequencies: Mapping[str, int] = pack["frequencies"]
        self.entries = tuple(
            Entry(wordings, frozenset(map(frozenset, asked)), frozenset(offers))
            for wordings, asked, offers in pack["entries"]
        )
        size = len(self.entries)
        self._idf = {term: rarity(postings.count(term), size) for term in postings}
        self.highest_idf = rarity(0, size)

    def idf(self, term: str) -> float:
        """How rare a term is (Lucene's idf); the highest for one that no document has."""
        return self._idf.get(term, self.highest_idf)

    def knows(self, term: str) -> bool:
        """Whether any document has the term."""
        return term in self._idf


def rarity(count: int, size: int) -> float:
    """Lucene's idf of a term that `count` of `size` documents have."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5))


def asks(tokens: Iterable[Token]) -> frozenset[str]:
    """What a question asks for: "how", "where", "how_much" and so on."""
    known = intents()
    return frozenset(known[token.word] for token in tokens if token.word in known)
