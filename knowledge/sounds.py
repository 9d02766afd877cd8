"""How Swiss German sounds beside standard German: words as vowels and consonants in turn, and how far two are apart.

All words are folded. A key holds the consonants alone, in the classes that dialect confuses: ch and k, sch and s, nd
and ng.
"""

import re

SHORTEST = 3
_STRANGE = 1.0

_DOUBLE = re.compile(r"([b-df-hj-np-tvwxz])\1")
_SOUND = re.compile(r"tsch|sch|ch|ck|ph|pf|th|dt|tz|ts|ng|nd|nt|qu|[aeiouy]+|[a-z]")
VOWELS = frozenset("aeiouy")
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


def said_words(word: str) -> list[str]:
    """A standard word spelled as dialect may say it; of a compound also without the n that links its parts."""
    for pattern, said in _STANDARD:
        word = pattern.sub(said, word)
    linked = _LINK.sub("e", word)
    return [word] if linked == word else [word, linked]


def variants(word: str) -> dict[str, float]:
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
                if len(changed) >= SHORTEST:
                    found.setdefault(changed, cost + _CHANGED)
    return found


def cut(word: str) -> list[str]:
    """Vowels and consonants of a word in turn; it starts and ends with vowels, which may be none."""
    sounds = [""]
    for found in _SOUND.finditer(_DOUBLE.sub(r"\1", word)):
        sound = found[0]
        if sound[0] in VOWELS:
            sounds[-1] += _LONG.get(sound, sound)
        elif sound != "h" or found.start() == 0:
            sounds += (sound, "")
    return sounds


def key(sounds: list[str]) -> str:
    """The consonants of what `cut` gives, by their classes; a first vowel is marked by a dot."""
    start = "." if sounds[0] else ""
    return start + "".join(_CLASSES.get(sound, sound) for sound in sounds[1::2])


def difference(dialect: list[str], standard: list[str]) -> float:
    """How differently two words of one key sound, given by `cut`: 0 for the same, from 0.5 on for strangers."""
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
