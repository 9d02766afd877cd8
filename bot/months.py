"""Reads what is said of the months of a period: "40 %; septembre 30", "Nov-Dez 20, sonst 40", "alle ausser Mai"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.month_parts import Part, months_named, parts
from bot.unclear import Unclear
from bot.words import Words
from checks.rates_by_month import FIRST_MONTH, MONTHS, RatesByMonth, SeveralMonths
from knowledge.analysis import fold

_TWELVE = re.compile(r"\d{1,3}(?:[\s%,;/]+\d{1,3}){11}\s*%?")
_NUMBERS = re.compile(r"\d{1,2}(?:\s*(?:[,;+&.]|\bet\b|\bund\b)?\s*\d{1,2})*\.?")
_MOST_UNKNOWN = 2
_LAST = len(MONTHS) - 1
Pair = tuple[tuple[int, ...], int]


class _Said(NamedTuple):
    """Months that belong together, or a rate."""

    months: tuple[int, ...] = ()
    rate: int | None = None


def rates_by_month(question: RatesByMonth, text: str, words: Words, today: date) -> list[int] | None:
    """Twelve rates, August to July; None where the text is about something else, Unclear where a month has no rate.

    A rate that names no month is the one of all other months.
    """
    if _TWELVE.fullmatch(text):
        return [int(number) for number in re.findall(r"\d+", text)]
    known, unknown = parts(text, words.lang)
    said = _without_years(known, question.year)
    if unknown > _MOST_UNKNOWN or not any(part.kind in ("month", "number") for part in said):
        return None
    if unknown or any(part.kind == "not" for part in said):
        raise Unclear("rates_by_month")
    pairs = sorted(_pairs(said, words.lang), key=lambda pair: -len(pair[0]))  # single months override long spans
    others = [rate for months, rate in pairs if not months]
    own = {month: rate for months, rate in pairs for month in months}
    missing = [month for month in range(len(MONTHS)) if month not in own]
    if missing and not others:
        raise Unclear("rate_of_months", months=months_named(missing, words.lang))
    if len(others) > 1:
        raise Unclear("rates_by_month")
    return [own[month] if month in own else others[0] for month in range(len(MONTHS))]


def _without_years(said: Sequence[Part], year: int) -> list[Part]:
    """The parts without the years that stand after their month; any other number must be a whole rate."""
    found: list[Part] = []
    for part in said:
        after_month = found and found[-1].kind == "month"
        if after_month and part.number == year + (found[-1].number > 12 - FIRST_MONTH) and part.kind == "number":
            continue
        if part.kind == "number" and not 0 <= part.number <= 999:
            raise Unclear("rates_by_month")
        found.append(part)
    return found


def _pairs(said: Sequence[Part], lang: str) -> Iterator[Pair]:
    """Months with their rate; a rate without months is the one of all others: "40, septembre 30", "30 en mai"."""
    for clause in _clauses(said):
        rest = _joined(clause)
        while rest:
            first = rest.pop(0)
            groups = sum(one.rate is None for one in rest)
            if first.rate is None:
                if not rest or rest[0].rate is None:
                    raise Unclear("rate_of_months", months=months_named(first.months, lang))
                yield first.months, rest.pop(0).rate or 0
            elif groups and groups == len(rest) - groups + 1:
                yield rest.pop(0).months, first.rate
            else:
                yield (), first.rate


def _clauses(said: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts between commas; a clause without a rate belongs to the next one: "septembre, octobre 30"."""
    clause: list[Part] = []
    for part in (*said, Part("break")):
        if part.kind != "break":
            clause.append(part)
        elif any(one.kind == "number" for one in clause):
            yield clause
            clause = []
    yield clause


def _joined(said: Sequence[Part]) -> list[_Said]:
    """Rates, and months that stand together as one group; "from" and "to" fill the months between or beyond."""
    found: list[_Said] = []
    at = 0
    while at < len(said):
        part, before = said[at], said[at - 1].kind if at else ""
        if part.kind == "number":
            found.append(_Said(rate=part.number))
        elif part.kind == "month":
            first = 0 if before == "to" else part.number
            last = _LAST if before == "from" else part.number
            if before != "to" and [one.kind for one in said[at + 1 : at + 3]] == ["to", "month"]:
                last, at = said[at + 2].number, at + 2
            if first > last:
                raise Unclear("rates_by_month")
            months = tuple(range(first, last + 1))
            if found and found[-1].rate is None:
                months = found.pop().months + months
            found.append(_Said(months))
        at += 1
    return found


def several_months(question: SeveralMonths, text: str, words: Words, today: date) -> list[str] | None:
    """The months that a text names, by name, by the number of the choice, or as "all", "all but" and "none"."""
    if _NUMBERS.fullmatch(text):
        return _by_number(question, text)
    said = fold(text, words.lang)
    if said in words.said("none.said", "none"):
        return []
    yes = words.said("yes.said")
    if said in yes and len(question.months) == 1:
        return list(question.months)
    known, unknown = parts(re.sub(r"\b20\d\d\b", " ", text), words.lang)
    kinds = {part.kind for part in known} - {"break"}
    if unknown > _MOST_UNKNOWN or not kinds & {"month", "all", "not"}:
        return None
    if kinds == {"not"}:
        return []
    if unknown or kinds & {"not", "number"} or ("but" in kinds and "all" not in kinds):
        raise Unclear("some_months")
    return _chosen(question, [part for part in known if part.kind != "break"])


def _chosen(question: SeveralMonths, said: Sequence[Part]) -> list[str]:
    spanning = any(part.kind in ("to", "from") for part in said)
    named = {MONTHS[month] for one in _joined(said) for month in one.months}
    if not spanning and not named <= set(question.months):
        raise Unclear("some_months")
    but = any(part.kind == "but" for part in said)
    wanted = set(question.months) - named if but or not named else named
    return [code for code in question.months if code in wanted]


def _by_number(question: SeveralMonths, text: str) -> list[str]:
    numbers = [int(number) for number in re.findall(r"\d{1,2}", text)]
    last = len(question.options)
    if numbers in ([last + 1], [0]):
        return []
    if not all(1 <= number <= last for number in numbers):
        raise Unclear("some_months")
    return list(question.read([code for number, code in enumerate(question.options, 1) if number in numbers]))
