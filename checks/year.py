"""The twelve months of a voucher period as a result may show them, made of what the result grants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checks.law.calendar import month_end, period_end, period_start
from checks.law.monthly_average import monthly_averages
from checks.law.timeline import Segment, Span, cut_around


@dataclass(frozen=True)
class Grant:
    """From `first` to `last` (both included) the child is entitled to `rate` percent; a later grant replaces earlier.

    `care` is the rate booked on these days, None where it was not asked for; `adaptation` that they are the
    adaptation's.
    """

    first: date
    last: date
    rate: int
    care: int | None = None
    adaptation: bool = False


@dataclass(frozen=True)
class YearMonth:
    """The month that begins on `first`; mean rates in whole percent points, `care` None where it was not asked for."""

    first: date
    entitled: int
    care: int | None = None
    adaptation: bool = False

    @property
    def voucher(self) -> int:
        """The rate that a voucher is for: the smaller of both."""
        return self.entitled if self.care is None else min(self.care, self.entitled)


def year_of(grants: Sequence[Grant]) -> tuple[YearMonth, ...]:
    """The months of the period in which the first grant begins; none where nothing is granted."""
    if not any(grant.rate for grant in grants):
        return ()
    start = period_start(grants[0].first)
    timeline: tuple[Segment, ...] = (Segment(start, period_end(start)),)
    for grant in grants:
        span = Span(grant.first, grant.last)
        timeline = tuple(
            segment._replace(entitled=grant.rate, care=grant.care or 0) if span.covers(segment.first) else segment
            for segment in cut_around(timeline, [span])
        )
    known = any(grant.care is not None for grant in grants)
    return tuple(
        YearMonth(month.first, month.entitled, round(month.care) if known else None, _adapting(month.first, grants))
        for month in monthly_averages(timeline)
    )


def _adapting(first: date, grants: Sequence[Grant]) -> bool:
    return any(grant.adaptation and grant.first <= month_end(first) and first <= grant.last for grant in grants)
