"""Which applications to file until when, and which papers go with them (art. 62 and 63 OEJF)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checks.assess.calculation import Entitlement
from checks.assess.case import WholeCase
from checks.assess.form import Days
from checks.assess.given import Given
from checks.law.calendar import ONE_DAY, add_months, period_name
from checks.result import Line


@dataclass(frozen=True)
class Application:
    """The application for `period` ("2024/25") must be filed before the day `before`."""

    period: str
    before: date


@dataclass(frozen=True)
class Document:
    """A paper to hand in, by its code.

    `person` is 0 for the child, 1 and 2 for the applicants; `first` and `last` are its days (None: open).
    """

    code: str
    person: int
    first: date | None
    last: date | None


def applications_of(case: WholeCase, given: Given, timely: Entitlement) -> tuple[Application, ...]:
    """The applications to file; none where no filing would give a voucher.

    `timely` is the entitlement of an application in time: a voucher begins in the month after filing at the
    earliest. Where the adaptation lies in the period before, that period needs an application of its own, and
    both are filed before the adaptation begins.
    """
    first = next((one.first for one in timely.timeline if (one.voucher if given.bookings else one.entitled)), None)
    if first is None:
        return ()
    adaptation = max(add_months(first, -given.adaptation_months), _care_begin(case))
    granted = timely.adaptation is not None and not timely.adaptation.hindrance
    if case.adaptation and not granted and adaptation < given.period.first:
        before = adaptation.replace(day=1)
        previous = period_name(given.period.first - ONE_DAY)
        return (Application(previous, before), Application(case.period, before))
    return (Application(case.period, first.replace(day=1)),)


def documents_of(case: WholeCase, given: Given) -> Iterator[Document]:
    """One paper for each activity that counts and for each confirmation, if it concerns the period."""

    def document(code: str, person: int, days: Days) -> Iterator[Document]:
        if days.within(given.period):
            yield Document(code, person, days.first, days.last)

    for person, applicant in enumerate(case.counted_applicants, start=1):
        for activity in applicant.activities:
            if activity.kind != "voluntary_work" or given.terms.voluntary_cap:
                yield from document(f"proof_of_{activity.kind}", person, activity)
    for confirmation in case.specialist_confirmations:
        yield from document("specialist_confirmation", 0, confirmation)


def steps_of(case: WholeCase, given: Given, applications: tuple[Application, ...]) -> Iterator[Line]:
    """What to do in this order, as codes with their figures."""
    if not applications:
        yield Line("ask_commune")
        return
    for application in applications:
        yield Line("file", {"period": application.period, "before": application.before})
    yield Line("attach")
    if len(applications) > 1:
        yield Line("commune_adds_activity_in_previous_period")
    elif case.adaptation:
        yield Line("institution_ticks_adaptation")
    if any(one.language for one in given.confirmations) and case.official_language_confirmed is not True:
        yield Line("institution_confirms_language")
    yield Line("report_changes")


def _care_begin(case: WholeCase) -> date:
    """The first day of care that a confirmation states; without any it is taken to lie in the period."""
    return min((care.first for care in case.care if care.first), default=case.days.first)
