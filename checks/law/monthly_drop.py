"""A drop within a month takes effect with the next month (art. 67 al. 2 OEJF, as kiBon calculates it)."""

from collections.abc import Iterator

from checks.law.activity import Rate
from checks.law.calendar import ONE_DAY, month_end
from checks.law.timeline import Segment, Timeline


def keep_to_month_end(timeline: Timeline) -> Timeline:
    """The timeline in which a day after the 1st never falls below the day before; a rise counts at once."""
    return tuple(_kept(timeline))


def _kept(timeline: Timeline) -> Iterator[Segment]:
    before: Rate = 0
    for segment in timeline:
        if segment.first.day > 1 and segment.entitled < before:
            end = month_end(segment.first)
            kept = segment._replace(last=min(end, segment.last)).granted(before, "kept_to_month_end")
            yield kept
            before = kept.entitled
            if segment.last <= end:
                continue
            segment = segment._replace(first=end + ONE_DAY)
        yield segment
        before = segment.entitled
