"""What a reader of the assessment must know besides: what was not checked, and which rules did not help."""

from collections.abc import Iterator
from itertools import pairwise

from checks.assess.case import WholeCase
from checks.assess.given import Given
from checks.law.adaptation import Adaptation
from checks.law.calendar import add_months
from checks.law.timeline import gaps
from checks.result import Line


def warnings_of(case: WholeCase, given: Given, adaptation: Adaptation | None) -> Iterator[Line]:
    """Warnings as codes with their figures; `adaptation` is the one found by the rules, granted or not."""
    yield from _language(case, given)
    yield from _facts(case, given)
    if case.adaptation:
        yield from _adaptation(given, adaptation)


def _language(case: WholeCase, given: Given) -> Iterator[Line]:
    if any(confirmation.language for confirmation in given.confirmations):
        if case.official_language_confirmed is None:
            yield Line("official_language_not_checked")
        if case.child.birth_date is None:
            yield Line("language_age_not_checked")


def _facts(case: WholeCase, given: Given) -> Iterator[Line]:
    own = [activity for activities in given.persons for activity in activities]
    if any(activity.voluntary for activity in own) and not given.terms.voluntary_cap:
        yield Line("voluntary_work_not_counted")
    if given.exceptional:
        yield Line("exception_by_commune", {"rate": given.exceptional.rate, "floor": given.floor})
    places = sorted(booking.days for booking in given.bookings)
    if any(new.first <= old.last for old, new in pairwise(places)):
        yield Line("places_added")
    if case.residence:
        stated = [days for one in case.residence if (days := one.within(given.period))]
        taken_as_at_home = not any(one.in_commune for one in case.residence)
        for first, last in gaps(given.period, stated):
            facts = {"from": first, "until": last, "in_commune": taken_as_at_home}
            yield Line("residence_not_stated", facts)


def _adaptation(given: Given, adaptation: Adaptation | None) -> Iterator[Line]:
    """Why the ticked box gives nothing, and from which first day of work (or by which filing) it would."""
    if adaptation is None:
        yield Line("adaptation_without_effect")
    elif adaptation.hindrance:
        begin = adaptation.days.first
        keeping = add_months(max(given.period.first, given.first_timely), given.adaptation_months)
        facts = {"begin": begin, "file_before": begin.replace(day=1), "entitled_from_at_earliest": keeping}
        yield Line(adaptation.hindrance, facts)
