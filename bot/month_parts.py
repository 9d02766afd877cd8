"""Cuts what is said of the months of a period into months, rates and the small words that join them."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Literal, NamedTuple

from babel.dates import get_month_names
from rapidfuzz import fuzz, process

from bot.words import LOCALES, Words
from checks.rates_by_month import FIRST_MONTH
from knowledge.analysis import fold

Kind = Literal["month", "number", "to", "from", "all", "but", "not", "break"]

_JOINING: dict[str, dict[Kind, str]] = {
    "fr": {
        "to": "a au aux jusqu jusque",
        "from": "des depuis partir",
        "all": "tous tout toute toutes",
        "but": "sauf excepte hors hormis",
        "not": "ni non pas sans aucun aucune rien",
    },
    "de": {
        "to": "bis",
        "from": "ab seit",
        "all": "alle allen alles jeder jeden samtliche samtlichen",
        "but": "ausser ohne",
        "not": "kein keine keinen nein nicht nichts nie",
    },
}
_FILLER = {
    "fr": "absence absent apres autre autres autrement car chaque ce cette ces cent cents compris d de du elle en "
    "enfant ensuite est et il inclus l la le les malade maladie mais mois normal normalement ou oui par payer pour "
    "pourcent pourcents pris prise charge puis reste s seulement sera sinon soit sont taux temps toujours uniquement "
    "vacances verser y",
    "de": "abwesend abwesenheit aber am an andere anderen auch auszahlen beim betreuung bezahlen betragt dann danach "
    "das davon dem den der die er es ferien fur gewohnlich gutschein immer im in inklusive ist ja jeweils kind krank "
    "krankheit mit monat monate monaten normal normalerweise nur oder pensum plus prozent rest restliche restlichen "
    "sie sonst sowie ubrige ubrigen und von vom wegen weil wieder zu zum zahlen",
}
_PIECE = re.compile(r"(?<!\S)-?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|[^\W\d_]+|[-\u2013\u2014;,]")
_DAY_NUMBER = re.compile(
    r"(?i)\b1er\b|\b1\.(?=\s*[^\W\d_])|(?<=\bau )\d\d(?=\s+[^\W\d_])|(?<=\b(?:bis|zum) )\d\d\.(?=\s*[^\W\d_])"
)
NOT_WHOLE = -1
_LIKE = 84  # how alike a misspelt name of a month must be, in percent


class Part(NamedTuple):
    """One meaning: a month (0 for August), a number (NOT_WHOLE for one with decimals or a sign), or a joining word."""

    kind: Kind
    number: int = 0


class Parts(NamedTuple):
    """The parts of a text in order, and how many of its words are none."""

    known: tuple[Part, ...]
    unknown: int


def parts(text: str, lang: str) -> Parts:
    """The text in parts; days of a month ("1er février", "bis 31. Januar") are left out."""
    found, unknown = [], 0
    for piece in _PIECE.findall(_DAY_NUMBER.sub(" ", text)):
        said = fold(piece, lang)
        if said in _FILLER[lang].split():
            continue
        part = _part(piece, said, lang)
        found += [part] if part else []
        unknown += part is None
    return Parts(tuple(found), unknown)


def _part(piece: str, said: str, lang: str) -> Part | None:
    if piece[-1].isdigit():
        return Part("number", int(piece) if piece.isdecimal() else NOT_WHOLE)
    if piece in ";,":
        return Part("break")
    if piece in "-\u2013\u2014":
        return Part("to")
    for kind, listed in _JOINING[lang].items():
        if said in listed.split():
            return Part(kind)
    month = _month(said, lang)
    return None if month is None else Part("month", month)


@cache
def _month_names(lang: str) -> dict[str, int]:
    return {
        fold(name, lang): (number - FIRST_MONTH) % 12
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=LOCALES[lang]).items()
    }


def _month(said: str, lang: str) -> int | None:
    """The month (0 for August) that a folded word names, also cut short or misspelt."""
    names = _month_names(lang)
    if said in names:
        return names[said]
    starts = {number for name, number in names.items() if len(said) >= 3 and name.startswith(said)}
    if len(starts) == 1:
        return starts.pop()
    hit = process.extractOne(said, list(names), scorer=fuzz.ratio, score_cutoff=_LIKE) if len(said) > 4 else None
    return names[hit[0]] if hit else None


def month_named(month: int, lang: str) -> str:
    """The name of a month (0 for August) as written within a sentence."""
    return str(get_month_names("wide", locale=LOCALES[lang])[(month + FIRST_MONTH - 1) % 12 + 1])


def months_named(months: Sequence[int], lang: str) -> str:
    """Months in order, neighbours together: "septembre, novembre–décembre"."""
    return ", ".join(_row_named(row, lang) for row in rows(sorted(months)))


def _row_named(row: Sequence[int], lang: str) -> str:
    first, last = month_named(row[0], lang), month_named(row[-1], lang)
    return first if len(row) == 1 else f"{first}\u2013{last}"


def rows(months: Sequence[int]) -> list[list[int]]:
    """The months, in order, cut into rows of neighbours."""
    found: list[list[int]] = []
    for month in months:
        if found and month == found[-1][-1] + 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def written_rates(rates: Sequence[int], words: Words) -> str:
    """Rates of the months as people read them, equal neighbours together: "août 40 %, septembre–octobre 30 %"."""
    groups = [(rate, [month for month, _ in row]) for rate, row in groupby(enumerate(rates), lambda item: item[1])]
    return ", ".join(f"{months_named(row, words.lang)} {words('percent', rate=rate)}" for rate, row in groups)
