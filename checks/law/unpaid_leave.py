"""Unpaid leave: after three months the activity on leave does not count any more (art. 36 al. 1 OEJF)."""

from datetime import date

from checks.law.calendar import add_months

Span = tuple[date, date]


def leave_effect(begin: date, end: date, months: int) -> Span | None:
    """The days on which the activity on leave does not count, both included; None for a leave of up to `months`."""
    first = add_months(begin, months)
    return (first, end) if first <= end else None
