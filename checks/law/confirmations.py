"""Two confirmations of a specialist service for one child must not share a day: how to set their dates right."""

from datetime import date
from typing import NamedTuple

from checks.law.calendar import ONE_DAY


class Dates(NamedTuple):
    """The last day of the earlier confirmation and the first day of the later one."""

    until: date
    start: date


def overlap(until: date | None, start: date) -> bool:
    """Whether a confirmation until `until` (None: open end) shares a day with one that begins later, on `start`."""
    return until is None or start <= until


def without_overlap(until: date | None, start: date, higher: bool) -> Dates | None:
    """The dates that kiBon advises where the two overlap; None where the earlier one must be given an end first.

    `higher`: the later confirmation has the higher rate; then the earlier one ends the day before. Otherwise (lower or
    equal) the later one begins the day after the earlier one ends.
    """
    if higher:
        return Dates(start - ONE_DAY, start)
    return Dates(until, until + ONE_DAY) if until else None
