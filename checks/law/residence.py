"""Vouchers are for children who live in the commune (art. 62 al. 1 OEJF)."""

from collections.abc import Sequence

from checks.law.calendar import month_end
from checks.law.timeline import Span, Timeline, cut_around


def refuse_outside_commune(timeline: Timeline, at_home: Sequence[Span]) -> Timeline:
    """The timeline without entitlement on days outside the commune; `at_home` are the days in it.

    Moving in counts from the day, moving out from the month after.
    """
    counted = [Span(span.first, month_end(span.last)) for span in at_home]
    return tuple(
        segment if any(span.covers(segment.first) for span in counted) else segment.refused("outside_commune")
        for segment in cut_around(timeline, counted)
    )
