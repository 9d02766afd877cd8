"""From the first school year on there is no voucher for a day nursery (art. 30 al. 1 let. a OEJF)."""

from collections.abc import Sequence

from checks.law.care import Booking
from checks.law.timeline import Segment, Timeline


def refuse_day_nursery(timeline: Timeline, bookings: Sequence[Booking]) -> Timeline:
    """The timeline of a school child: the day nursery's share of the care earns nothing, a day family's does.

    The timeline is the one after booking the care, which has cut it wherever a booking begins or ends.
    """
    families = any(not booking.nursery for booking in bookings)

    def without_nursery(segment: Segment) -> Segment:
        booked = [booking for booking in bookings if booking.days.covers(segment.first)]
        if families and not any(booking.nursery for booking in booked):
            return segment
        return segment.refused("school_stage", sum((one.rate for one in booked if not one.nursery), start=0))

    return tuple(without_nursery(segment) for segment in timeline) if bookings else timeline
