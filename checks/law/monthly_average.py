"""Each month of the period as one line (kiBon's rules, monthly average)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from checks.law.activity import Rate
from checks.law.calendar import add_months, month_end
from checks.law.timeline import Span, Timeline


@dataclass(frozen=True)
class Month:
    """The month that begins on `first`; rates in percent points.

    `care` is the exact mean over the month's days, `entitled` the mean rounded half up to a whole percent.
    """

    first: date
    care: Fraction
    entitled: int

    @property
    def voucher(self) -> Fraction | int:
        """The rate that the voucher of the month is for: the smaller of both."""
        return self.care if self.care < self.entitled else self.entitled


def monthly_averages(timeline: Timeline) -> tuple[Month, ...]:
    """The months of the timeline, each day weighing the same; rounding comes last."""
    return tuple(_average(month, timeline) for month in _months(timeline[0].first))


@cache
def _months(first: date) -> tuple[Span, ...]:
    starts = [add_months(first, month) for month in range(12)]
    return tuple(Span(start, month_end(start)) for start in starts)


def _average(month: Span, timeline: Timeline) -> Month:
    care: Rate = 0
    entitled: Rate = 0
    for segment in timeline:
        if segment.first <= month.last and month.first <= segment.last:
            days = (min(segment.last, month.last) - max(segment.first, month.first)).days + 1
            care += segment.care * days
            entitled += segment.entitled * days
    length = month.last.day
    whole, part = care.as_integer_ratio()
    return Month(month.first, Fraction(whole, part * length), int((2 * entitled + length) // (2 * length)))
