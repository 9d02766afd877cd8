"""Leads a word in written Swiss German to the standard words that it may stand for, by its sound.

Nobody spells dialect the same way, so nothing is looked up by letters: a standard word is filed under its consonants,
without the endings that dialect drops. A dialect word finds its like there, also with a vocalised l (viu: viel); the
vowels decide between them (`sounds`).
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from knowledge.sounds import SHORTEST, VOWELS, cut, difference, key, said_words, variants
from knowledge.words import forms, misleading_words, shared_words, small_words

_MOST = 2
_TELLS_LITTLE = 0.5
# What a word loses in weight for being read by its sound, and for each point of difference.
_READ, _LOSS = 0.02, 0.4
_SECOND = 0.5
_LEAST_SURE = 0.8
# How far apart a short and a long word may sound.
_LEAST_REACH, _REACH_BY_LETTER, _REACH = 0.12, 0.03, 0.42
_BY_FREQUENCY, _MOST_FREQUENT = 0.01, 6.0


def pack_sounds(words: Iterable[str]) -> dict[str, str]:
    """Folded standard words by their consonants: each value holds the words between spaces."""
    found: dict[str, dict[str, None]] = {}
    for word in words:
        if len(word) >= SHORTEST and word.isascii() and word.isalpha():
            for said in said_words(word):
                found.setdefault(key(cut(said)), {})[word] = None
    return {consonants: " ".join(row) for consonants, row in found.items()}


class Dialect:
    """Finds standard words by the sound of a dialect word; made from what `pack_sounds` gives.

    `frequencies` says how often the library has a word: of two that sound alike the more frequent is meant.
    """

    def __init__(self, sounds: Mapping[str, str], frequencies: Mapping[str, int]) -> None:
        self._sounds = sounds
        self._frequencies = frequencies
        self._forms = forms("de")
        self._small = small_words()
        self._shared = shared_words()
        self._all_small = {**misleading_words(), **self._small}
        self._cuts: dict[str, list[list[str]]] = {}

    def is_spoken(self, words: Sequence[str]) -> bool:
        """Whether folded words are dialect: one of its small words tells, or two like "i" and "no"."""
        return sum(_TELLS_LITTLE if word in self._shared else 1 for word in {*words} & self._small.keys()) >= 1

    def plain(self, words: Sequence[str]) -> list[str]:
        """The folded words of a text in dialect, its small words in standard German."""
        return [self._all_small.get(word, word) for word in words]

    def spelled(self, word: str) -> str:
        """A folded word; one that only dialect has in standard German."""
        return word if word in self._frequencies else self._forms.get(word, word)

    def candidates(self, word: str) -> list[tuple[str, float]]:
        """At most two standard words for a folded dialect word with weights below 1, best first; [] if it is one."""
        if any(word in self._sounds.get(key(cut(said)), "").split() for said in said_words(word)):
            return []
        return [
            (self._forms.get(standard, standard), weight * (_SECOND if place else 1.0))
            for place, (standard, weight) in enumerate(self._ranked(word)[:_MOST])
        ]

    def compound(self, word: str) -> list[tuple[str, float]]:
        """The likeliest two standard words, as one, that a folded dialect compound is made of; [] for none."""
        best: tuple[float, str] = (_LEAST_SURE, "")
        for size in range(SHORTEST, len(word) - SHORTEST + 1):
            tail, sure = self._part(word[size:])
            for link in ("", "s") if tail else ():
                if word[:size].endswith(link):
                    said = word[: size - len(link)]
                    head, own = self._part(said)
                    # Lehrjahr is no Lehre-Jahr.
                    if head[-1:] in VOWELS and said[-1] not in VOWELS:
                        continue
                    best = max(best, (sure * own, head + link + tail))
        return [(best[1], best[0])] if best[1] else []

    def _part(self, word: str) -> tuple[str, float]:
        """The word that a part of a compound stands for; a short one only for itself."""
        found, weight = next(iter(self._ranked(word)), ("", 0.0))
        if len(word) <= SHORTEST and found != word:
            return "", 0.0
        return self._forms.get(found, found), weight

    def _ranked(self, word: str) -> list[tuple[str, float]]:
        """The standard words near a dialect word, each with its weight, best first."""
        near = sorted(self._near(word).items(), key=lambda row: (row[1] - self._usual(row[0]), row[0]))
        return [(standard, 1 - _READ - _LOSS * cost) for standard, cost in near]

    def _usual(self, word: str) -> float:
        """What speaks for a frequent word."""
        return _BY_FREQUENCY * min(math.log2(1 + self._frequencies.get(word, 0)), _MOST_FREQUENT)

    def _cut(self, standard: str) -> list[list[str]]:
        found = self._cuts.get(standard)
        if found is None:
            found = self._cuts[standard] = [cut(said) for said in said_words(standard)]
        return found

    def _near(self, word: str) -> dict[str, float]:
        if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
            return {}
        reach = min(_REACH, _LEAST_REACH + _REACH_BY_LETTER * len(word))
        near: dict[str, float] = {}
        for variant, changed in variants(word).items():
            sounds = cut(variant)
            for standard in self._sounds.get(key(sounds), "").split():
                cost = changed + min(difference(sounds, own) for own in self._cut(standard))
                if cost <= min(reach, near.get(standard, reach)):
                    near[standard] = cost
        return near
