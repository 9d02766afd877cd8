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
    care: Fraction | int
    entitled: int

    @property
    def voucher(self) -> Fraction | int:
        """The rate that the voucher of the month is for: the smaller of both."""
        return self.care if self.care < self.entitled else self.entitled


def monthly_averages(timeline: Timeline) -> tuple[Month, ...]:
    """The months of the timeline, each day weighing the same; rounding comes last."""
    months, place = [], 0
    for month in _months(timeline[0].first):
        begin = place
        while timeline[place].last < month.last:
            place += 1
        months.append(_average(month, timeline[begin : place + 1]))
    return tuple(months)


@cache
def _months(first: date) -> tuple[Span, ...]:
    starts = [add_months(first, month) for month in range(12)]
    return tuple(Span(start, month_end(start)) for start in starts)


def _average(month: Span, segments: Timeline) -> Month:
    """The mean of the segments that lie in the month, the first and the last of them perhaps only in part."""
    if len(segments) == 1:
        return Month(month.first, _exact(segments[0].care, 1), _rounded(segments[0].entitled, 1))
    care: Rate = 0
    entitled: Rate = 0
    for segment in segments:
        days = (min(segment.last, month.last) - max(segment.first, month.first)).days + 1
        care += segment.care * days
        entitled += segment.entitled * days
    length = month.last.day
    return Month(month.first, _exact(care, length), _rounded(entitled, length))


def _exact(total: Rate, days: int) -> Fraction | int:
    whole, part = total.as_integer_ratio()
    return whole // (part * days) if whole % (part * days) == 0 else Fraction(whole, part * days)


def _rounded(total: Rate, days: int) -> int:
    return int((2 * total + days) // (2 * days))
