"""The adaptation period: the voucher starts one month before the activity does (art. 36 al. 3 OEJF).

It runs exactly one calendar month before the first entitled day of care, or not at all.
"""

from dataclasses import dataclass
from datetime import date

from checks.law.calendar import ONE_DAY, add_months
from checks.law.timeline import Segment, Span, Timeline, cut_around


@dataclass(frozen=True)
class Adaptation:
    """The month of adaptation on `days`, before `start`, the first segment of care that is entitled.

    `hindrance` is empty where it is granted, otherwise the code of what cancels it.
    """

    days: Span
    start: Segment
    hindrance: str


def find_adaptation(timeline: Timeline, months: int, first_timely: date) -> Adaptation | None:
    """The adaptation of `months` calendar months; None where no care waits for a later entitlement.

    `first_timely` is the first day that was not filed late.
    """
    waiting = next((segment for segment in timeline if segment.care and not segment.entitled), None)
    if waiting is None:
        return None
    start = next((one for one in timeline if one.first > waiting.first and one.voucher), None)
    if start is None:
        return None
    begin = add_months(start.first, -months)
    earliest_care = next(one for one in timeline if one.voucher)
    before = next(one for one in timeline if one.last == start.first - ONE_DAY)
    if begin != add_months(earliest_care.first, -months):
        hindrance = "adaptation_after_entitled_care"
    elif begin < timeline[0].first:
        hindrance = "adaptation_before_period"
    elif begin < first_timely:
        hindrance = "adaptation_filed_late"
    elif not before.ceiling:
        hindrance = "adaptation_outside_commune"
    else:
        hindrance = ""
    return Adaptation(Span(begin, start.first - ONE_DAY), start, hindrance)


def grant_adaptation(timeline: Timeline, adaptation: Adaptation) -> Timeline:
    """The timeline with the first entitled rate also on the days of adaptation, within their ceiling."""
    return tuple(
        segment.granted(adaptation.start.entitled, "adaptation") if adaptation.days.covers(segment.first) else segment
        for segment in cut_around(timeline, [adaptation.days])
    )
