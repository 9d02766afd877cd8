"""Days as people write them: "01.10.2024", "1er octobre", "Anfang Oktober", "next month" in French and German."""

import re
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names

from bot.words import LOCALES
from checks.law.calendar import ONE_DAY, add_months, month_end, next_month
from knowledge.analysis import fold

_PART = {
    "fr": {"debut": 1, "mi": 15, "milieu": 15, "fin": 31},
    "de": {"anfang": 1, "anfangs": 1, "mitte": 15, "ende": 31},
}
_SAID = {
    "fr": {
        "aujourd hui": "today", "tout de suite": "today", "demain": "tomorrow", "mois prochain": "next_month",
        "semaine prochaine": "next_week",
    },
    "de": {
        "heute": "today", "sofort": "today", "morgen": "tomorrow", "nachster monat": "next_month",
        "nachsten monat": "next_month", "kommenden monat": "next_month", "nachste woche": "next_week",
        "nachster woche": "next_week", "kommende woche": "next_week",
    },
}  # fmt: skip
_FIRST = ("premier", "erster", "ersten")
_FILLER = {
    "fr": "le la les des du de a au en mois jour jours depuis partir jusqu jusque environ dans c est et an l d vers ca",
    "de": "der die das den dem am im in ab bis seit von vom zum etwa circa ca monat tag jahr oppe so es ist und "
    "ungefahr ohne auf rund",
}


def day_in(text: str, lang: str, today: date, past: bool = False, closing: bool = False) -> date | None:
    """The day that `text` names, and nothing else; None where it names none; ValueError for a day that does not exist.

    Without a year it is the next such day from `today` on (`past`: the last one). A month alone is its first day
    (`closing`: its last one), next week its Monday, a year alone its first day (`past` only).
    """
    said = fold(text, lang)
    for name, meaning in _SAID[lang].items():
        before, found, after = f" {said} ".partition(f" {name} ")
        if found and all(word in _FILLER[lang].split() for word in (before + after).split()):
            monday = today + timedelta(days=7 - today.weekday())
            days = {"today": today, "tomorrow": today + ONE_DAY, "next_week": monday, "next_month": next_month(today)}
            return days[meaning]
    numeric = _numeric(text) or _month_of_year(text, closing)
    if numeric:
        return numeric
    return _in_words(said, lang, today, past, closing)


def _numeric(text: str) -> date | None:
    iso = re.search(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    swiss = re.search(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)", text)
    if swiss:
        return date(_year(swiss[3]), int(swiss[2]), int(swiss[1]))
    return None


def _month_of_year(text: str, closing: bool) -> date | None:
    found = re.search(r"(?<![\d./])(\d{1,2})\s*[./]\s*(\d{4})(?!\d)", text)
    if not found:
        return None
    first = date(int(found[2]), int(found[1]), 1)
    return month_end(first) if closing else first


def _in_words(said: str, lang: str, today: date, past: bool, closing: bool) -> date | None:
    day = month = year = part = None
    for word in said.replace(".", " ").replace("/", " ").split():
        number = re.fullmatch(r"(\d{1,4})(?:er|e|ter|ten|te)?", word)
        if number:
            if len(number[1]) == 4 and year is None:
                year = int(number[1])
            elif len(number[1]) < 3 and day is None and month is None:
                day = int(number[1])
            elif len(number[1]) < 3 and month is None:
                month = int(number[1])
            elif len(number[1]) == 2 and year is None:
                year = _year(number[1])
            else:
                return None
        elif word in _FIRST:
            day = 1
        elif word in _PART[lang]:
            part = _PART[lang][word]
        elif _month_named(word, lang):
            month = _month_named(word, lang)
        elif word not in _FILLER[lang].split():
            return None
    if month is None:
        return date(year, 1, 1) if past and year and day is None else None
    if not 1 <= month <= 12:
        raise ValueError(month)
    return _placed(day, part, month, year, today, past, closing)


def _placed(
    day: int | None, part: int | None, month: int, year: int | None, today: date, past: bool, closing: bool
) -> date:
    first = date(year or today.year, month, 1)
    if day is not None:
        found = first.replace(day=day)
    elif part == 31 or (closing and part is None):
        found = month_end(first)
    else:
        found = first.replace(day=part or 1)
    if year is None and past and found > today:
        found = add_months(found, -12)
    if year is None and not past and month_end(found) < today:
        found = add_months(found, 12)
    return found


@cache
def months(lang: str) -> dict[str, int]:
    """The months by their folded names and abbreviations."""
    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=LOCALES[lang]).items():
            names[fold(name, lang).rstrip(".")] = number
    return names


def _month_named(word: str, lang: str) -> int | None:
    names = months(lang)
    if word in names:
        return names[word]
    starts = {number for name, number in names.items() if len(word) >= 3 and name.startswith(word)}
    return starts.pop() if len(starts) == 1 else None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
