"""Filing too late: nothing before the month after filing (art. 62 al. 3 let. b OEJF)."""

from datetime import date

from checks.law.timeline import Timeline, cut


def refuse_before_filing(timeline: Timeline, first_day: date) -> Timeline:
    """The timeline without entitlement before `first_day`, the first day that was not filed late."""
    return tuple(
        segment.refused("filed_late") if segment.first < first_day else segment
        for segment in cut(timeline, [first_day])
    )
