"""Lays the rules over the timeline of a case, in kiBon's order."""

from dataclasses import dataclass
from datetime import date

from checks.assess.given import Given
from checks.law.activity_entitlement import grant_for_activity
from checks.law.adaptation import Adaptation, find_adaptation, grant_adaptation
from checks.law.care import book_care
from checks.law.exceptional_entitlement import grant_by_exception
from checks.law.late_filing import refuse_before_filing
from checks.law.monthly_drop import keep_to_month_end
from checks.law.residence import refuse_outside_commune
from checks.law.school_stage import refuse_day_nursery
from checks.law.specialist_need import grant_for_need
from checks.law.timeline import Segment, Timeline, merged


@dataclass(frozen=True)
class Entitlement:
    """The finished timeline, and the adaptation that it holds or that was cancelled."""

    timeline: Timeline
    adaptation: Adaptation | None


def granted_by(given: Given) -> Timeline:
    """The care, and the entitlement that the parents' activity, a need or an exception gives."""
    timeline = book_care((Segment(*given.period),), given.bookings)
    timeline = grant_for_activity(timeline, given.persons, given.terms)
    timeline = grant_for_need(timeline, given.confirmations, given.language_care, given.terms.step)
    if given.exceptional:
        timeline = grant_by_exception(
            timeline, given.exceptional, given.persons, given.floor, given.terms.voluntary_cap
        )
    return timeline


def entitlement(granted: Timeline, given: Given, first_timely: date, adaptation: bool) -> Entitlement:
    """What is left of `granted` when filed for `first_timely` on; `adaptation` tells whether the box is ticked."""
    timeline = _reduced(granted, given, first_timely)
    found = find_adaptation(timeline, given.adaptation_months, first_timely) if adaptation else None
    if found and not found.hindrance:
        timeline = grant_adaptation(timeline, found)
    return Entitlement(merged(keep_to_month_end(timeline)), found)


def _reduced(timeline: Timeline, given: Given, first_timely: date) -> Timeline:
    if given.at_home is not None:
        timeline = refuse_outside_commune(timeline, given.at_home)
    timeline = refuse_before_filing(timeline, first_timely)
    return refuse_day_nursery(timeline, given.bookings) if given.in_school else timeline
