"""Leads a word in written Swiss German to the standard words that it may stand for, by its sound.

Nobody spells dialect the same way, so nothing is looked up by letters: a standard word is filed under its consonants,
in the classes that dialect confuses (ch and k, sch and s, nd and ng), without the endings that dialect drops. A
dialect word finds its like there, also with a vocalised l (viu: viel); the vowels decide between them.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from knowledge.words import forms, misleading_words, shared_words, small_words

_SHORTEST = 3
_MOST = 2
_TELLS_LITTLE = 0.5
# What a word loses in weight for being read by its sound, and for each point of difference.
_READ, _LOSS = 0.02, 0.4
_SECOND = 0.5
_LEAST_SURE = 0.8
# How far apart a short and a long word may sound.
_LEAST_REACH, _REACH_BY_LETTER, _REACH = 0.12, 0.03, 0.42
_STRANGE = 1.0
_BY_FREQUENCY, _MOST_FREQUENT = 0.01, 6.0

_DOUBLE = re.compile(r"([b-df-hj-np-tvwxz])\1")
_SOUND = re.compile(r"tsch|sch|ch|ck|ph|pf|th|dt|tz|ts|ng|nd|nt|qu|[aeiouy]+|[a-z]")
_VOWELS = frozenset("aeiouy")
_CLASSES = {
    **dict.fromkeys(("k", "ck", "ch", "g", "c", "q"), "k"),
    **dict.fromkeys(("t", "d", "th", "dt"), "t"),
    **dict.fromkeys(("p", "b"), "p"),
    **dict.fromkeys(("f", "v", "ph", "pf"), "f"),
    **dict.fromkeys(("s", "sch"), "s"),
    **dict.fromkeys(("z", "tz", "ts", "tsch"), "z"),
    **dict.fromkeys(("ng", "nd", "nt"), "N"),
    "x": "ks",
    "qu": "kw",
}
# Dialect consonants beside the standard one of the same class; any other pair is strange.
_CONSONANTS = {
    **dict.fromkeys((("ch", "k"), ("ch", "ck"), ("s", "sch"), ("g", "ck"), ("f", "v"), ("v", "f")), 0.02),
    **dict.fromkeys(
        (("ng", "nd"), ("z", "tz"), ("tz", "z"), ("z", "ts"), ("tsch", "tz"), ("d", "t"), ("t", "d")), 0.04
    ),
    **dict.fromkeys(
        (("ng", "nt"), ("nd", "nt"), ("t", "dt"), ("t", "th"), ("k", "ck"), ("ck", "k"), ("f", "ph")), 0.08
    ),
    **dict.fromkeys((("b", "p"), ("p", "b"), ("g", "k"), ("k", "g"), ("c", "k"), ("sch", "s"), ("ts", "z")), 0.15),
}
# Dialect vowels (without marks, as all words here) and the standard ones they may stand for, the likeliest first.
_VOWEL_PAIRS = {
    "": "i",
    "a": "e o",
    "e": "a ei i o ie",
    "i": "ei ie e u",
    "y": "ei i ie e",
    "ie": "i ei e",
    "o": "a u e au",
    "u": "au eu o ie i",
    "ou": "au o u",
    "oi": "eu au ei",
    "oii": "eui eue eu",
    "oie": "eue eu",
    "eui": "eu",
    "ei": "e eu a",
    "ai": "ei",
    "au": "eu",
    "eu": "au",
    "ia": "ie i",
    "ua": "u",
    "ui": "eui au",
    "ue": "u eue",
    "eue": "eu",
    "uu": "au eu eue aue u",
}
_VOWEL_COST = {
    (dialect, vowels): 0.04 + 0.05 * place
    for dialect, row in _VOWEL_PAIRS.items()
    for place, vowels in enumerate(row.split())
}
_VOWEL_COST |= {("", "e"): 0.02, ("e", ""): 0.02}
_LONG = {"aa": "a", "ee": "e", "oo": "o", "ii": "y", "yy": "y"}
_LIGHT = frozenset(("", "e", "i"))

# The standard word as dialect says it: Antrag: aatrag, Eingewöhnung: igewöhnig, Mitarbeiterin: mitarbeitere.
_STANDARD = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"^ein(?=[^aeiouy])", "i"),
        (r"^an(?=[^aeiouydn])", "a"),
        (r"^aus", "us"),
        (r"^auf", "uf"),
        (r"(?<=\w\w)ung", "ig"),
        (r"erin$", "ere"),
        (r"(?<=\w\w)en$", "e"),
        (r"(?<=\w\we[lr])n$", ""),
        (r"(?<=\w)e([lr])t$", r"\1et"),
        (r"^ge(?=h?[aeiou])", "g"),
    )
)
_LINK = re.compile(r"(?<=\w\w\w)en(?=[^aeiouy]\w\w\w)")

_WRITTEN = (
    (re.compile(r"^(?:ii|yy?)(?=[^aeiouy])"), "i"),
    (re.compile(r"^aa"), "a"),
    (re.compile(r"sch(?=[tp])"), "s"),
    (re.compile(r"(?<=\w\w)ung"), "ig"),
    (re.compile(r"^zr(?=u)"), "zur"),
    (re.compile(r"^n[ao]che(?=[^aeiouy])"), "nach"),
    (re.compile(r"(?<=\w)e([lr])et$"), r"\1et"),
)
_VOCALISED = re.compile(r"(?<=[aeiouy])u|(?<=[^aeiouy])u$")
_MOST_VOCALISED = 2
# Verbs that dialect cuts short, here after a prefix: aagäh, ufnäh, zuelah.
_SHORT = tuple(
    (re.compile(rf"(?<=\w)(?:{said})$"), verb)
    for said, verb in (
        ("ga|gah|ge|gee", "gebe"),
        ("na|nah|gno|gnoh", "nehme"),
        ("la|lah|gla|glah", "lasse"),
        ("sta|stah", "stehe"),
        ("cho|choo", "komme"),
    )
)
_ENDINGS = (
    (re.compile(r"(?<=\w\w\w)eni$"), "e"),
    (re.compile(r"(?<=\w\w\w)(?:e[td]|id|t|(?<=\w\w\w\w)sch)$"), ""),
    (re.compile(r"(?<=\w\w\w)li$"), ""),
)
_PARTICIPLE = re.compile(r"^(i|a|us|uf|ab|mit|um|zu|vor|bi|bei)?g(?=[^aeiouy])")
_CHANGED = 0.04


def pack_sounds(words: Iterable[str]) -> dict[str, str]:
    """Folded standard words by their consonants: each value holds the words between spaces."""
    found: dict[str, dict[str, None]] = {}
    for word in words:
        if len(word) >= _SHORTEST and word.isascii() and word.isalpha():
            for said in _said(word):
                found.setdefault(_key(_cut(said)), {})[word] = None
    return {key: " ".join(row) for key, row in found.items()}


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
        if any(word in self._sounds.get(_key(_cut(said)), "").split() for said in _said(word)):
            return []
        return [
            (self._forms.get(standard, standard), weight * (_SECOND if place else 1.0))
            for place, (standard, weight) in enumerate(self._ranked(word)[:_MOST])
        ]

    def compound(self, word: str) -> list[tuple[str, float]]:
        """The likeliest two standard words, as one, that a folded dialect compound is made of; [] for none."""
        best: tuple[float, str] = (_LEAST_SURE, "")
        for size in range(_SHORTEST, len(word) - _SHORTEST + 1):
            tail, sure = self._part(word[size:])
            for link in {"", "s"} if tail else ():
                if word[:size].endswith(link):
                    said = word[: size - len(link)]
                    head, own = self._part(said)
                    # Lehrjahr is no Lehre-Jahr.
                    if head[-1:] in _VOWELS and said[-1] not in _VOWELS:
                        continue
                    best = max(best, (sure * own, head + link + tail))
        return [(best[1], best[0])] if best[1] else []

    def _part(self, word: str) -> tuple[str, float]:
        """The word that a part of a compound stands for; a short one only for itself."""
        found, weight = next(iter(self._ranked(word)), ("", 0.0))
        if len(word) <= _SHORTEST and found != word:
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
            found = self._cuts[standard] = [_cut(said) for said in _said(standard)]
        return found

    def _near(self, word: str) -> dict[str, float]:
        if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
            return {}
        reach = min(_REACH, _LEAST_REACH + _REACH_BY_LETTER * len(word))
        near: dict[str, float] = {}
        for variant, changed in _variants(word).items():
            sounds = _cut(variant)
            for standard in self._sounds.get(_key(sounds), "").split():
                cost = changed + min(_difference(sounds, own) for own in self._cut(standard))
                if cost <= min(reach, near.get(standard, reach)):
                    near[standard] = cost
        return near


def _said(word: str) -> list[str]:
    """A standard word as dialect may say it; of a compound also without the n that links its parts."""
    for pattern, said in _STANDARD:
        word = pattern.sub(said, word)
    linked = _LINK.sub("e", word)
    return [word] if linked == word else [word, linked]


def _variants(word: str) -> dict[str, float]:
    """What a dialect word may be without its vocalised l, its endings and the mark of the participle, with a cost."""
    for pattern, said in _WRITTEN:
        word = pattern.sub(said, word)
    found = {word: 0.0}
    places = [match.start() for match in _VOCALISED.finditer(word)][:_MOST_VOCALISED]
    for chosen in range(1, 1 << len(places)):
        letters = list(word)
        for number, place in enumerate(places):
            if chosen >> number & 1:
                letters[place] = "l"
        found["".join(letters)] = _CHANGED / 2
    for patterns in (_SHORT, _ENDINGS, ((_PARTICIPLE, r"\1"),)):
        for variant, cost in list(found.items()):
            for pattern, said in patterns:
                changed = pattern.sub(said, variant)
                if len(changed) >= _SHORTEST:
                    found.setdefault(changed, cost + _CHANGED)
    return found


def _cut(word: str) -> list[str]:
    """Vowels and consonants of a word in turn; it starts and ends with vowels, which may be none."""
    sounds = [""]
    for found in _SOUND.finditer(_DOUBLE.sub(r"\1", word)):
        sound = found[0]
        if sound[0] in _VOWELS:
            sounds[-1] += _LONG.get(sound, sound)
        elif sound != "h" or found.start() == 0:
            sounds += (sound, "")
    return sounds


def _key(sounds: list[str]) -> str:
    start = "." if sounds[0] else ""
    return start + "".join(_CLASSES.get(sound, sound) for sound in sounds[1::2])


def _difference(dialect: list[str], standard: list[str]) -> float:
    """How differently two words sound that have the same key."""
    if len(dialect) != len(standard):
        return _STRANGE
    total = 0.0
    last = len(dialect) - 1
    for place, (one, other) in enumerate(zip(dialect, standard, strict=True)):
        if one == other:
            continue
        if place % 2:
            total += _CONSONANTS.get((one, other), _STRANGE / 2)
        elif place == last and ((one in _LIGHT and other in _LIGHT) or (len(one) > 1 and other == one + "e")):
            total += 0.02
        else:
            total += _VOWEL_COST.get((one, other), _STRANGE / 2)
    return total
