"""A whole case in the terms of the law: clipped to the period, with exact rates and the figures that hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from checks.assess import case as entry
from checks.assess.case import WholeCase, exact
from checks.law.activity_entitlement import Activity, ActivityTerms
from checks.law.care import Booking
from checks.law.exceptional_entitlement import Exceptional
from checks.law.filing import first_entitled_day
from checks.law.specialist_need import Confirmation, LanguageCare
from checks.law.timeline import Span, clip, gaps
from checks.law.unpaid_leave import leave_effect
from checks.values import Value, value


@dataclass(frozen=True)
class Given:
    """What the rules read. `persons` are those whose activity counts; `at_home` None: always in the commune.

    `floor` is the activity (percent, all persons together) from which an exception is accepted;
    `first_timely` the first day of the period that was not filed late.
    """

    period: Span
    persons: Sequence[Sequence[Activity]]
    terms: ActivityTerms
    floor: int
    bookings: Sequence[Booking]
    in_school: bool
    confirmations: Sequence[Confirmation]
    language_care: LanguageCare
    exceptional: Exceptional | None
    at_home: Sequence[Span] | None
    first_timely: date
    adaptation_months: int

    @property
    def minimum(self) -> int:
        """The minimum activity in percent, all persons together."""
        return self.terms.minimum + self.terms.cap * (len(self.persons) - 1)


def given_by(case: WholeCase) -> Given:
    """`case` as the rules read it; NoRule where the period has no rows."""
    period = case.days
    return Given(
        period=period,
        persons=[_activities(applicant, period) for applicant in case.counted_applicants],
        terms=_terms(case),
        floor=int(_by_household(case, "exception_floor")),
        bookings=[
            Booking(days, exact(care.rate), care.provider == "daycare")
            for care in case.care
            if (days := care.within(period))
        ],
        in_school=case.child.school_stage == "school",
        confirmations=[
            Confirmation(days, exact(one.rate), one.need == "language")
            for one in case.specialist_confirmations
            if (days := one.within(period))
        ],
        language_care=LanguageCare(
            official=case.official_language_confirmed is not False,
            may_be_lower=case.continue_below_language_minimum,
        ),
        exceptional=_exceptional(case),
        at_home=_at_home(case.residence, period) if case.residence else None,
        first_timely=_first_timely(case),
        adaptation_months=int(value("adaptation_months", period.first)),
    )


def _activities(applicant: entry.Applicant, period: Span) -> list[Activity]:
    return [
        Activity(days, exact(one.rate), one.kind == "voluntary_work", _idle(one.unpaid_leave, period))
        for one in applicant.activities
        if (days := one.within(period))
    ]


def _idle(leave: entry.UnpaidLeave | None, period: Span) -> Span | None:
    """The days of the period on which the activity on leave does not count; its real first day decides."""
    if leave is None or leave.within(period) is None:
        return None
    months = int(value("unpaid_leave_months", period.first))
    effect = leave_effect(leave.first or date.min, leave.last or period.last, months)
    return clip(*effect, period) if effect else None


def _terms(case: WholeCase) -> ActivityTerms:
    def figure(name: str) -> int:
        return int(value(name, case.days.first))

    cap = figure("activity_cap_per_person")
    minimum = int(_by_household(case, "minimum")) - cap * (len(case.counted_applicants) - 1)
    terms = ActivityTerms(minimum, cap, figure("activity_supplement"), figure("rate_step"))
    return _communal(terms, case.commune, case.child.school_stage) if case.commune else terms


def _communal(terms: ActivityTerms, commune: entry.Commune, stage: str) -> ActivityTerms:
    """The canton's figures with what the commune has set instead."""
    own = commune.minimum_preschool if stage == "preschool" else commune.minimum_kindergarten
    minimum = terms.minimum if own is None else int(own)
    return replace(terms, minimum=minimum, voluntary_cap=exact(commune.voluntary_max))


def _by_household(case: WholeCase, name: str) -> Value:
    persons = "one" if len(case.counted_applicants) == 1 else "two"
    stage = "preschool" if case.child.school_stage == "preschool" else "enrolled"
    return value(f"{name}_{persons}_{stage}", case.days.first)


def _exceptional(case: WholeCase) -> Exceptional | None:
    need = case.exceptional_need
    days = need.within(case.days) if need else None
    return Exceptional(days, exact(need.rate)) if need and days else None


def _at_home(residence: Sequence[entry.Residence], period: Span) -> Sequence[Span]:
    """The days in the commune: others are outside, as in kiBon, unless only days outside are named."""
    stated = [(one.in_commune, days) for one in residence if (days := one.within(period))]
    if any(one.in_commune for one in residence):
        return [days for in_commune, days in stated if in_commune]
    return gaps(period, [days for _, days in stated])


def _first_timely(case: WholeCase) -> date:
    if case.filed_on is None or case.filed_on < case.days.first:
        return case.days.first
    return first_entitled_day(min(case.filed_on, case.days.last))
