"""Documents of one language in the search's text form: terms, their weights, and how rare each term is."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.analysis import Analysis, Token, fold
from knowledge.words import intents

STOP_WEIGHT = 0.5
PART_WEIGHT = 0.5
_HEAD_WEIGHT = 1.2
_HEAD_LENGTH = 0.3
_BODY_LENGTH = 0.4

# A capital inside a sentence is a German noun.
_NOUN = re.compile(r"(?<=[a-zäöü,;] )[A-ZÄÖÜ][a-zäöü]{3,}")
_OFFERS = {
    "phone": re.compile(r"\b\d{2,3} \d{2,3} \d{2} \d{2}\b"),
    "amount": re.compile(r"CHF|[Ff]rancs?\b|Franken|Rappen|centimes?\b"),
    "number": re.compile(r"\d|\b(?:deux|trois|quatre|cinq|six|zwei|drei|vier|fünf|sechs)\b"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed: `head` holds the heading (with the title) and each question wording, `body` the text."""

    head: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: the document it belongs to, and its words as (weight, terms)."""

    document: int
    units: tuple[tuple[float, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document: weights for the index, all its terms, how many wordings, what they ask, what its text offers."""

    weights: dict[str, float]
    terms: frozenset[str]
    wordings: int
    asks: frozenset[frozenset[str]]
    offers: frozenset[str]


class Corpus:
    """All documents of one language, prepared."""

    def __init__(self, documents: Sequence[Document], analysis: Analysis) -> None:
        self.analysis = analysis
        heads = [[analysis.tokens(text) for text in document.head] for document in documents]
        bodies = [analysis.tokens(document.body) for document in documents]
        self.frequencies = Counter(token.word for tokens in bodies for token in tokens)
        self.frequencies.update(token.word for head in heads for tokens in head for token in tokens)
        self.words = tuple(
            frozenset(token.word for tokens in (*head, body) for token in tokens)
            for head, body in zip(heads, bodies, strict=True)
        )
        head_counts = [_counts(token for tokens in head for token in tokens) for head in heads]
        body_counts = [_counts(tokens) for tokens in bodies]
        terms = [frozenset(head) | frozenset(body) for head, body in zip(head_counts, body_counts, strict=True)]
        self._size = len(documents)
        self._idf = {term: self._rarity(n) for term, n in Counter(t for row in terms for t in row).items()}
        self.highest_idf = self._rarity(0)
        weights = _weights(head_counts, body_counts)
        self.entries = tuple(
            Entry(weights[n], terms[n], len(heads[n]), frozenset(map(asks, heads[n])), _offers(document.body))
            for n, document in enumerate(documents)
        )
        self.wordings = tuple(Wording(n, self._units(tokens)) for n, head in enumerate(heads) for tokens in head)

    def idf(self, term: str) -> float:
        """How rare a term is (Lucene's idf); the highest for one that no document has."""
        return self._idf.get(term, self.highest_idf)

    def knows(self, term: str) -> bool:
        """Whether any document has the term."""
        return term in self._idf

    def _rarity(self, count: int) -> float:
        return math.log(1 + (self._size - count + 0.5) / (count + 0.5))

    def _units(self, tokens: Sequence[Token]) -> tuple[tuple[float, tuple[str, ...]], ...]:
        return tuple(
            (self.idf(token.stem) * (STOP_WEIGHT if token.stop else 1.0), (token.stem, *token.meanings, *token.parts))
            for token in {token.stem: token for token in tokens}.values()
        )


def asks(tokens: Iterable[Token]) -> frozenset[str]:
    """What a question asks for: "how", "where", "how_much" and so on."""
    known = intents()
    return frozenset(known[token.word] for token in tokens if token.word in known)


def nouns(texts: Iterable[str]) -> frozenset[str]:
    """The nouns of German texts, folded."""
    return frozenset(fold(noun, "de") for text in texts for noun in _NOUN.findall(text))


def _offers(text: str) -> frozenset[str]:
    return frozenset(name for name, pattern in _OFFERS.items() if pattern.search(text))


def _counts(tokens: Iterable[Token]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for token in tokens:
        counts[token.stem] = counts.get(token.stem, 0.0) + 1.0
        for meaning in token.meanings:
            counts[meaning] = counts.get(meaning, 0.0) + 1.0
        for part in token.parts:
            counts[part] = counts.get(part, 0.0) + PART_WEIGHT
    return counts


def _weights(heads: list[dict[str, float]], bodies: list[dict[str, float]]) -> list[dict[str, float]]:
    """BM25F: the counts of both fields, each cut by the field's length, added up before they saturate."""
    head_units = _units([sum(row.values()) for row in heads], _HEAD_WEIGHT, _HEAD_LENGTH)
    body_units = _units([sum(row.values()) for row in bodies], 1.0, _BODY_LENGTH)
    rows = []
    for head, body, head_unit, body_unit in zip(heads, bodies, head_units, body_units, strict=True):
        row = {term: count * head_unit for term, count in head.items()}
        for term, count in body.items():
            row[term] = row.get(term, 0.0) + count * body_unit
        rows.append(row)
    return rows


def _units(lengths: list[float], weight: float, share: float) -> list[float]:
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    return [weight / (1 - share + share * length / mean) for length in lengths]
