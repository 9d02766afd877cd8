"""What kiBon itself refuses when a case is entered: spans, rates and confirmations that cannot be."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from checks.assess.case import SpecialistConfirmation, WholeCase
from checks.assess.finance_faults import finance_faults
from checks.assess.form import Days
from checks.assess.reading import Fault
from checks.law.calendar import add_months, period_name
from checks.values import Value, value


def faults_of(case: WholeCase) -> tuple[Fault, ...]:
    """Every rule that the facts of `case` break; NoRule where the period has no rows for a rate."""
    return (
        *_household(case),
        *_spans(case),
        *_care(case),
        *_confirmations(case),
        *_overlap("specialist_confirmations", case.specialist_confirmations),
        *_overlap("residence", case.residence or ()),
        *_exception(case),
        *(finance_faults(case, case.finances) if case.finances else ()),
    )


def _household(case: WholeCase) -> Iterator[Fault]:
    if period_name(case.days.first) != case.period:
        yield Fault("period", "not_a_period")
    persons = 1 if case.household == "single" else 2
    if len(case.applicants) != persons:
        yield Fault("applicants", "number_of_applicants", {"household": case.household, "persons": persons})
    born = case.child.birth_date
    if born and born > case.days.last:
        yield Fault("child.birth_date", "born_after_period", {"birth_date": born, "until": case.days.last})


def _spans(case: WholeCase) -> Iterator[Fault]:
    for path, span in _all_spans(case):
        if span.first and span.last and span.last < span.first:
            yield Fault(f"{path}.until", "end_before_start", {"from": span.first, "until": span.last})


def _all_spans(case: WholeCase) -> Iterator[tuple[str, Days]]:
    for person, applicant in enumerate(case.applicants):
        for number, activity in enumerate(applicant.activities):
            path = f"applicants[{person}].activities[{number}]"
            yield path, activity
            if activity.unpaid_leave:
                yield f"{path}.unpaid_leave", activity.unpaid_leave
    lists: dict[str, Sequence[Days]] = {
        "care": case.care,
        "specialist_confirmations": case.specialist_confirmations,
        "residence": case.residence or (),
    }
    for name, spans in lists.items():
        yield from ((f"{name}[{number}]", span) for number, span in enumerate(spans))
    if case.exceptional_need:
        yield "exceptional_need", case.exceptional_need
    for number, months in enumerate(case.finances.social_assistance_months if case.finances else ()):
        yield f"finances.social_assistance_months[{number}]", months


def _care(case: WholeCase) -> Iterator[Fault]:
    for number, care in enumerate(case.care):
        if care.within(case.days) is None and not (care.first and care.last and care.last < care.first):
            end = "from" if care.first and care.first > case.days.last else "until"
            facts = {"from": case.days.first, "until": case.days.last}
            yield Fault(f"care[{number}].{end}", "care_outside_period", facts)


def _confirmations(case: WholeCase) -> Iterator[Fault]:
    for number, confirmation in enumerate(case.specialist_confirmations):
        path = f"specialist_confirmations[{number}]"
        if confirmation.need == "language":
            yield from _language(case, confirmation, path)
        else:
            lowest, highest = (value(f"social_need_{end}", case.days.first) for end in ("lowest", "highest"))
            if not int(lowest) <= confirmation.rate <= int(highest):
                yield _ruled(f"{path}.rate", "social_rate", lowest, low=int(lowest), high=int(highest))


def _language(case: WholeCase, confirmation: SpecialistConfirmation, path: str) -> Iterator[Fault]:
    rate = value("language_need_rate", case.days.first)
    if confirmation.rate != int(rate):
        yield _ruled(f"{path}.rate", "language_rate", rate, rate=int(rate))
    age = value("language_need_age", case.days.first)
    if case.child.school_stage != "preschool":
        yield _ruled(f"{path}.need", "language_preschool_only", age, stage=case.child.school_stage)
    born = case.child.birth_date
    if born and born <= case.days.last:
        earliest = add_months(born, 12 * int(age))
        if (confirmation.first or case.days.first) < earliest:
            yield _ruled(f"{path}.from", "language_too_young", age, years=int(age), earliest=earliest)


def _overlap(name: str, spans: Sequence[Days]) -> Iterator[Fault]:
    """The first two spans that share a day; for confirmations kiBon's advice depends on the higher rate."""
    ordered = sorted(enumerate(spans), key=lambda entry: entry[1].first or date.min)
    for (old_number, old), (number, new) in pairwise(ordered):
        if (new.first or date.min) <= (old.last or date.max):
            facts: dict[str, Any] = {"other": f"{name}[{old_number}]", "from": new.first, "until": old.last}
            if isinstance(old, SpecialistConfirmation) and isinstance(new, SpecialistConfirmation):
                facts["newer_is_higher"] = new.rate > old.rate
            yield Fault(f"{name}[{number}].from", "overlap", facts)
            return


def _exception(case: WholeCase) -> Iterator[Fault]:
    if case.exceptional_need:
        cap = value("exception_rate_cap", case.days.first)
        if case.exceptional_need.rate > int(cap):
            yield _ruled("exceptional_need.rate", "exceptional_rate", cap, high=int(cap))


def _ruled(path: str, code: str, row: Value, **facts: Any) -> Fault:
    return Fault(path, code, facts, row.law, row.source)
