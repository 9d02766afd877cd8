"""What an institution enters for a part of a month, and what kiBon counts of it.

kiBon takes values of a whole month and counts each for as many of the month's calendar days as it holds. Days or
hours and a cost that concern one part alone are therefore scaled up, so that kiBon scales them down to what they are.
Source: kiBon's rules, monthly average (days of the part over days of the month); exact until `two_decimals`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from checks.law.calendar import ONE_DAY, month_end
from checks.law.timeline import Span


@dataclass(frozen=True)
class Entry:
    """Care in `units` (days in a day nursery, hours in a day family) and its `cost` in CHF, without meals."""

    units: Fraction
    cost: Fraction

    def times(self, factor: Fraction) -> "Entry":
        """Units and cost, each multiplied by `factor`."""
        return Entry(self.units * factor, self.cost * factor)


def month_parts(first: date, last: date) -> tuple[Span, ...]:
    """The days from `first` to `last` (both included), cut at the ends of months."""
    parts = []
    while first <= last:
        parts.append(Span(first, min(last, month_end(first))))
        first = parts[-1].last + ONE_DAY
    return tuple(parts)


def calendar_days(part: Span) -> int:
    """How many calendar days the part has, both ends included."""
    return (part.last - part.first).days + 1


def share(part: Span) -> Fraction:
    """The share of its month's calendar days that the part covers; ValueError for a part of several months."""
    if part.last > month_end(part.first):
        raise ValueError(f"{part.first} to {part.last} is not within one month")
    return Fraction(calendar_days(part), month_end(part.first).day)


def to_enter(effective: Entry, part: Span) -> Entry:
    """The values of a whole month to enter so that kiBon counts `effective` for this part of the month."""
    return effective.times(1 / share(part))


def counted(entered: Entry, part: Span) -> Entry:
    """What kiBon counts of the monthly values `entered` for this part of the month."""
    return entered.times(share(part))


def rate(units: Fraction, full: Fraction) -> Fraction:
    """Units as a rate in percent, where `full` are the units of a month at 100 %."""
    return 100 * units / full


def two_decimals(amount: Fraction) -> Decimal:
    """The amount with two decimals, halves up. How many decimals kiBon takes is not known here."""
    number, parts = amount.numerator, amount.denominator
    return Decimal((200 * number + parts) // (2 * parts)) / 100
