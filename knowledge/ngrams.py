"""Character n-grams of the passages, in memory: they find what spelling and endings hide from words."""

import math
from array import array
from collections.abc import Iterable, Sequence

_SIZE = 4
_MOST_COMMON = 0.3


class Ngrams:
    """Ranks texts, given as sets of folded words, by the character n-grams they share with a question."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        self._of_word: dict[str, tuple[str, ...]] = {}
        postings: dict[str, array[int]] = {}
        lengths = []
        for number, words in enumerate(texts):
            grams = set().union(*(self._grams(word) for word in words))
            lengths.append(len(grams))
            for gram in grams:
                if gram in postings:
                    postings[gram].append(number)
                else:
                    postings[gram] = array("I", (number,))
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        self._norms = [1 / (0.6 + 0.4 * length / mean) for length in lengths]
        # Grams that a third of the texts share tell nothing apart and cost most of the time.
        self._postings = {g: p for g, p in postings.items() if len(p) <= _MOST_COMMON * len(texts) + 3}
        self._of_word.clear()

    def scores(self, words: Iterable[str]) -> dict[int, float]:
        """The share of the question's n-grams, weighted by rarity, that each text has; by text number."""
        found: dict[int, float] = {}
        total = 0.0
        for gram in set().union(*(_cut(word) for word in words)):
            places = self._postings.get(gram)
            if not places:
                continue
            rarity = math.log(1 + len(self._norms) / len(places))
            total += rarity
            for number in places:
                found[number] = found.get(number, 0.0) + rarity
        return {number: score / total * self._norms[number] for number, score in found.items()}

    def _grams(self, word: str) -> tuple[str, ...]:
        known = self._of_word.get(word)
        if known is None:
            known = self._of_word[word] = _cut(word)
        return known


def _cut(word: str) -> tuple[str, ...]:
    marked = f" {word} "
    return tuple(marked[i : i + _SIZE] for i in range(len(marked) - _SIZE + 1))
