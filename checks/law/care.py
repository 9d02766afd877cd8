"""The care that the institutions have confirmed, day by day."""

from collections.abc import Sequence
from typing import NamedTuple

from checks.law.activity import Rate
from checks.law.timeline import Span, Timeline, cut_around


class Booking(NamedTuple):
    """A place: `rate` percent of care on `days`, in a day nursery (`nursery`) or in a day family."""

    days: Span
    rate: Rate
    nursery: bool


def book_care(timeline: Timeline, bookings: Sequence[Booking]) -> Timeline:
    """The timeline with the care rate of each day: bookings that overlap are added."""
    timeline = cut_around(timeline, (booking.days for booking in bookings))
    return tuple(
        segment._replace(care=sum((b.rate for b in bookings if b.days.covers(segment.first)), start=0))
        for segment in timeline
    )
