"""What the commune grants by exception below the minimum activity (art. 37 al. 2 and art. 44 al. 3 OEJF)."""

from typing import NamedTuple

from checks.law.activity import Rate
from checks.law.activity_entitlement import Persons, uncut_activity
from checks.law.exception import exception_accepted
from checks.law.timeline import Segment, Span, Timeline, cut_around


class Exceptional(NamedTuple):
    """The commune grants `rate` percent on `days`."""

    days: Span
    rate: Rate


def grant_by_exception(
    timeline: Timeline, exceptional: Exceptional, persons: Persons, floor: int, voluntary_cap: Rate
) -> Timeline:
    """The timeline with the exceptional rate where it is higher and `persons` reach `floor` (percent).

    The timeline is the one after the rule of activity, which has cut it wherever an activity changes.
    """

    def with_exception(segment: Segment) -> Segment:
        if not exceptional.days.covers(segment.first) or exceptional.rate <= segment.entitled:
            return segment
        activity = sum((uncut_activity(own, segment.first, voluntary_cap) for own in persons), start=0)
        if exception_accepted(activity, floor, len(persons)):
            return segment.granted(exceptional.rate, "exceptional")
        return segment.noted("exceptional_refused")

    return tuple(with_exception(segment) for segment in cut_around(timeline, [exceptional.days]))
