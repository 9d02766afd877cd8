"""The day-exact, gap-free timeline of one child in one period: care and entitlement.

A rule takes a timeline and gives a new one. It cuts where its own facts change, so that within a segment
nothing changes and the first day of a segment stands for all its days.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

from checks.law.activity import Rate
from checks.law.calendar import ONE_DAY


class Span(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class Segment(NamedTuple):
    """The days `first` to `last` (both included) on which nothing changes; all rates in percent points.

    `care` is what is booked, `entitled` what the child is entitled to, `ceiling` what no rule may exceed on
    these days. `reasons` are the codes of what gave the entitled rate or, where it is 0, of everything that
    stands in the way.
    """

    first: date
    last: date
    care: Rate = 0
    entitled: Rate = 0
    ceiling: Rate = 100
    reasons: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def voucher(self) -> Rate:
        """The rate that a voucher is issued for: the smaller of care and entitled rate."""
        return min(self.care, self.entitled)

    def granted(self, rate: Rate, code: str) -> "Segment":
        """With at least `rate`, as far as the ceiling allows; a higher entitled rate stays as it is."""
        rate = min(rate, self.ceiling)
        return self._replace(entitled=rate, reasons=(code,)) if rate > self.entitled else self

    def noted(self, code: str) -> "Segment":
        """With one more reason."""
        return self._replace(reasons=(*self.reasons, code))

    def refused(self, code: str, ceiling: Rate = 0) -> "Segment":
        """With at most `ceiling` from here on; earlier reasons stay where there was nothing to take away."""
        ceiling = min(ceiling, self.ceiling)
        if 0 < self.entitled <= ceiling:
            return self._replace(ceiling=ceiling)
        reasons = (code,) if self.entitled else (*self.reasons, code)
        return self._replace(entitled=min(self.entitled, ceiling), ceiling=ceiling, reasons=reasons)


Timeline: TypeAlias = tuple[Segment, ...]


def clip(first: date | None, last: date | None, period: Span) -> Span | None:
    """The days of the period between `first` and `last` (None: open), or None where there are none."""
    begin = period.first if first is None else max(first, period.first)
    end = period.last if last is None else min(last, period.last)
    return Span(begin, end) if begin <= end else None


def gaps(period: Span, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The days of the period that none of `spans` (all within it) covers."""
    found = []
    begin = period.first
    for span in sorted(spans):
        if begin < span.first:
            found.append(Span(begin, span.first - ONE_DAY))
        begin = max(begin, span.last + ONE_DAY)
    return (*found, Span(begin, period.last)) if begin <= period.last else tuple(found)


def cut(timeline: Timeline, days: Iterable[date]) -> Timeline:
    """The same timeline with a segment beginning on each of `days` (days outside it change nothing)."""
    starts = [segment.first for segment in timeline]
    pieces = list(timeline)
    for day in sorted(set(days).difference(starts), reverse=True):
        place = bisect_right(starts, day) - 1
        if place >= 0 and day <= pieces[place].last:
            whole = pieces[place]
            pieces[place : place + 1] = [whole._replace(last=day - ONE_DAY), whole._replace(first=day)]
    return tuple(pieces)


def cut_around(timeline: Timeline, spans: Iterable[Span]) -> Timeline:
    """The same timeline with segments that lie either wholly inside or wholly outside each of `spans`."""
    return cut(timeline, (day for span in spans for day in (span.first, span.last + ONE_DAY)))


def merged(timeline: Timeline) -> Timeline:
    """The timeline with neighbours of equal rates and reasons as one segment."""
    rows: list[Segment] = []
    for segment in timeline:
        old = rows[-1] if rows else None
        if old and (old.entitled, old.care, old.reasons) == (segment.entitled, segment.care, segment.reasons):
            rows[-1] = old._replace(last=segment.last)
        else:
            rows.append(segment)
    return tuple(rows)
