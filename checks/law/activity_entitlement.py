"""The entitled rate from the parents' activity, day by day (art. 36 al. 1, 37, 38 and 44 OEJF)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from checks.law.activity import Rate, counted_activity, entitled_rate
from checks.law.timeline import Segment, Span, Timeline, cut_around


class Activity(NamedTuple):
    """An activity of `rate` percent on `days`; on the days of `idle` it drops out for an unpaid leave."""

    days: Span
    rate: Rate
    voluntary: bool = False
    idle: Span | None = None

    def idle_on(self, day: date) -> bool:
        return self.idle is not None and self.idle.covers(day)


Persons = Sequence[Sequence[Activity]]


@dataclass(frozen=True)
class ActivityTerms:
    """The figures of the calculation in percent; `minimum` is the one for one person (two: plus `cap`).

    Voluntary work counts up to `voluntary_cap` for each person: 0 in the canton's calculation, the commune's
    own figure in the communal one.
    """

    minimum: int
    cap: int
    supplement: int
    step: int
    voluntary_cap: Rate = 0


def grant_for_activity(timeline: Timeline, persons: Persons, terms: ActivityTerms) -> Timeline:
    """The timeline with the entitled rate from the activity of `persons`, those whose activity counts."""
    own = [activity for activities in persons for activity in activities]
    spans = [activity.days for activity in own] + [activity.idle for activity in own if activity.idle]
    return tuple(_with_activity(segment, persons, terms) for segment in cut_around(timeline, spans))


def uncut_activity(activities: Sequence[Activity], day: date, voluntary_cap: Rate) -> Rate:
    """What one person does on `day` in percent: the sum of the activities, which may be above 100."""
    paid: Rate = 0
    voluntary: Rate = 0
    for one in activities:
        if one.days.covers(day) and not one.idle_on(day):
            if one.voluntary:
                voluntary += one.rate
            else:
                paid += one.rate
    return paid + min(voluntary, voluntary_cap)


def _with_activity(segment: Segment, persons: Persons, terms: ActivityTerms) -> Segment:
    day = segment.first
    own = [min(uncut_activity(one, day, terms.voluntary_cap), terms.cap) for one in persons]
    rate = entitled_rate(counted_activity(own, terms.cap), terms.minimum, terms.supplement, terms.step)
    reasons = ["activity" if rate else "below_minimum"]
    doing = [one for activities in persons for one in activities if one.rate and one.days.covers(day)]
    if rate and terms.voluntary_cap and any(one.voluntary for one in doing):
        reasons.append("voluntary_work")
    if any(one.idle_on(day) for one in doing):
        reasons.append("unpaid_leave")
    return segment._replace(entitled=rate, reasons=tuple(reasons))
