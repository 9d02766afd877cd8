"""Who counts in a family: two numbers, its size (halves allowed) and its heads.

Source: kiBon's program. A birth counts from the first day of the following month (state of March 2021).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checks.law.calendar import next_month


@dataclass(frozen=True)
class CountedChild:
    """A child and how far it counts: 1, 1/2 (deduction or custody shared) or 0. Without `born` it is there already."""

    share: Fraction
    born: date | None = None


@dataclass(frozen=True)
class FamilySize:
    """`size` multiplies the deduction, `persons` (heads) chooses it: one adult and two half children are 2 and 3."""

    size: Fraction
    persons: int


def family_size(applicants: int, children: Sequence[CountedChild], day: date, period_start: date) -> FamilySize:
    """The family on `day`; a child that does not count at all is no head either."""
    there = [child for child in children if child.share and _counts(child, day, period_start)]
    return FamilySize(applicants + sum((child.share for child in there), start=Fraction(0)), applicants + len(there))


def _counts(child: CountedChild, day: date, period_start: date) -> bool:
    return child.born is None or child.born < period_start or effective_from(child.born) <= day


def effective_from(event: date) -> date:
    """The day from which a birth, a marriage or a separation counts: the first of the month after it."""
    return next_month(event)
