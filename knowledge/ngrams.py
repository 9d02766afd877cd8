"""Character n-grams of the passages, in memory: they find what spelling and endings hide from words."""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from knowledge.postings import Postings, packed

_SIZE = 4
_MOST_COMMON = 0.3


class Ngrams:
    """Ranks texts by the character n-grams they share with a question; made from what `pack_ngrams` gives."""

    def __init__(self, pack: Mapping[str, Any]) -> None:
        self._postings = Postings(pack["postings"])
        self._norms: array[float] = pack["norms"]

    def scores(self, words: Iterable[str]) -> dict[int, float]:
        """The share of the question's n-grams, weighted by rarity, that each text has; by text number."""
        found = [0.0] * len(self._norms)
        total = 0.0
        for gram in dict.fromkeys(gram for word in words for gram in _cut(word)):
            places = self._postings.numbers(gram)
            if not places:
                continue
            rarity = math.log(1 + len(self._norms) / len(places))
            total += rarity
            for number in places:
                found[number] += rarity
        return {number: score / total * self._norms[number] for number, score in enumerate(found) if score}


def pack_ngrams(texts: Sequence[Iterable[str]]) -> dict[str, Any]:
    """The n-grams of texts, given as sets of folded words."""
    of_word: dict[str, tuple[str, ...]] = {}
    postings: dict[str, array[int]] = {}
    lengths = []
    for number, words in enumerate(texts):
        grams: set[str] = set()
        for word in words:
            if word not in of_word:
                of_word[word] = _cut(word)
            grams.update(of_word[word])
        lengths.append(len(grams))
        for gram in grams:
            if gram in postings:
                postings[gram].append(number)
            else:
                postings[gram] = array("I", (number,))
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    # Grams that a third of the texts share tell nothing apart and cost most of the time.
    most = _MOST_COMMON * len(texts) + 3
    return {
        "postings": packed({gram: (row, array("f")) for gram, row in sorted(postings.items()) if len(row) <= most}),
        "norms": array("d", (1 / (0.6 + 0.4 * length / mean) for length in lengths)),
    }


def _cut(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    return tuple(marked[i : i + _SIZE] for i in range(len(marked) - _SIZE + 1))
