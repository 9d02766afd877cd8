"""Numbers in words: "quatre-vingts", "achtzig", "öppe sächzg" are read as whole numbers from 0 to 100."""

import re
from functools import cache

from rapidfuzz import fuzz, process

from knowledge.analysis import fold

_FR = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
    "octante": 80, "nonante": 90, "cent": 100,
}  # fmt: skip
_UNITS = {
    "null": 0, "ein": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9,
}  # fmt: skip
_TEENS = {
    "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
    "neunzig": 90, "zwänzg": 20, "drissg": 30, "vierzg": 40, "füfzg": 50, "sächzg": 60, "sibezg": 70, "achzg": 80,
    "nünzg": 90,
}  # fmt: skip


@cache
def _german() -> dict[str, int]:
    table = {**_UNITS, **_TEENS, **_TENS, "hundert": 100, "einhundert": 100}
    for ten, tens in list(_TENS.items())[:8]:
        for unit, units in _UNITS.items():
            if units and unit != "eins":
                table[f"{unit}und{ten}"] = tens + units
    return {fold(word, "de"): number for word, number in table.items()}


def spelled(text: str, lang: str) -> int | None:
    """The number that `text` writes in words, 0 to 100; None where it writes none or more than one."""
    return _spelled_fr(text) if lang == "fr" else _spelled_de(text)


def _spelled_de(text: str) -> int | None:
    found = []
    for word in fold(text, "de").split():
        if len(word) > 2:
            hit = process.extractOne(word, _german().keys(), scorer=fuzz.ratio, score_cutoff=88)
            if hit:
                found.append(_german()[hit[0]])
    return found[0] if len(found) == 1 else None


def _spelled_fr(text: str) -> int | None:
    words = re.split(r"[\s-]+", fold(text, "fr"))
    total: int | None = None
    ended = False
    for word in words:
        number = _FR.get(word, _FR.get(word.rstrip("s")))
        if number is None:
            ended = ended or (total is not None and word != "et")
            continue
        if ended:
            return None
        total = 80 if (total, number) == (4, 20) else (total or 0) + number
    return total if total is not None and total <= 100 else None
