"""The amounts of a period's months in words, neighbours with the same amount together."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date

from bot.words import LOCALES, Words
from checks.result import PaidMonth


def told_months(paid: Sequence[PaidMonth], say: Words) -> list[str]:
    """One line for each span of months: "août 2026 à décembre 2026 : CHF 1’145.45"."""
    lines = []
    for _, group in groupby(paid, lambda month: (month.voucher, month.at_most)):
        months = list(group)
        first, last = named(months[0].first, say), named(months[-1].first, say)
        when = say("year.month", month=first) if len(months) == 1 else say("year.months", first=first, last=last)
        lines.append(say("paid.span", when=when, amount=amount(months[0], say)))
    return lines


def named(month: date, say: Words) -> str:
    """A month with its year: "août 2026"."""
    return str(format_date(month, "MMMM y", LOCALES[say.lang]))


def amount(month: PaidMonth, say: Words) -> str:
    """What is paid in a month, or between which amounts it lies."""
    if month.voucher == month.at_most:
        return say("chf", amount=month.voucher)
    return say("chf_range", low=month.voucher, high=month.at_most)
