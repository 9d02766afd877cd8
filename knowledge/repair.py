"""Repairs misspelt words against the vocabulary of the index and the glossary."""

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.analysis import Analysis

_SHORTEST = 4
_LONG = 7
# What a word loses in weight if every letter is wrong.
_LOSS = 1.5
_SECOND = 0.5


class Repair:
    """Finds known words near an unknown one.

    `frequencies` is the folded vocabulary of the index with counts, `listed` are the glossary's expressions,
    `correct` folded words that are spelled right though the index does not have them.
    """

    def __init__(
        self, frequencies: Mapping[str, int], listed: Iterable[str], analysis: Analysis, correct: Collection[str]
    ) -> None:
        known = dict.fromkeys((word for entry in listed for word in analysis.words(entry)), 1) | dict(frequencies)
        self._frequencies = known
        self._words = [word for word in known if len(word) >= _SHORTEST and not word.isdigit()]
        self._correct = correct

    def candidates(self, word: str) -> list[tuple[str, float]]:
        """At most two known words one edit away (two from 7 letters on) with weights below 1, best first."""
        if len(word) < _SHORTEST or word in self._correct or not (word.isascii() and word.isalpha()):
            return []
        reach = 2 if len(word) >= _LONG else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=reach, limit=20)
        ranked = sorted(near, key=lambda row: (row[1], row[0][0] != word[0], -self._frequencies[row[0]], row[0]))
        return [
            (found, (1 - _LOSS * distance / len(word)) * (_SECOND if place else 1.0))
            for place, (found, distance, _) in enumerate(ranked[:2])
            # In a short word another first letter is rather another word.
            if found[0] == word[0] or len(word) >= _LONG
        ]
