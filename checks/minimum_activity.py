"""Guided check: is the minimum activity reached, and which rate is the family entitled to?

Sources: guidance text on the activity rate (city of Biel) and kiBon's calculation rules; art. 36 to 38 and 44 OEJF.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checks.case import Case
from checks.entitlement import Entitlement, Family, by_bern, by_canton, paid
from checks.family import (
    ACTIVITIES,
    APPLYING_TOGETHER,
    CARE_START,
    COHABITING_SINCE,
    COMMUNE,
    HOUSEHOLD,
    PROVIDER,
    RATES,
    SCHOOL_STAGE,
    SHARED_CUSTODY,
    ask_activities,
    ask_persons,
)
from checks.filing_day import filed_late, filing_deadlines, voucher_start
from checks.law.activity import KINDS
from checks.law.calendar import period_end, period_name
from checks.law.exception import exception_accepted
from checks.questions import Question
from checks.result import TOP, Line, Result
from checks.unpaid_leave import LEAVE_FROM, LEAVE_RATE, LEAVE_UNTIL, UNPAID_LEAVE, ask_unpaid_leave
from checks.year import Grant

AUDIENCE = ("parents", "communes", "support_services")
VERSION = 1
PLACE = 1
QUESTIONS: tuple[Question[Any], ...] = (
    CARE_START,
    SCHOOL_STAGE,
    PROVIDER,
    COMMUNE,
    HOUSEHOLD,
    COHABITING_SINCE,
    SHARED_CUSTODY,
    APPLYING_TOGETHER,
    *ACTIVITIES.values(),
    *RATES.values(),
    UNPAID_LEAVE,
    LEAVE_FROM,
    LEAVE_UNTIL,
    LEAVE_RATE,
)
CANTON_KINDS = tuple(kind for kind in KINDS if kind != "voluntary_work")


def check(case: Case) -> Result:
    """The pre-check of art. 37, 38 and 44 OEJF for one child; all rates in percent."""
    case.day = case.ask(CARE_START)
    case.value("cohabitation_years")  # a period without rules ends here, before anything else is asked
    stage = case.ask(SCHOOL_STAGE)
    if stage == "school" and case.ask(PROVIDER) == "daycare":
        case.because("school_stage", law="OEJF 30.1.a", source="kibon_decisions")
        return Result("school_stage", tuple(case.reasons), {"entitled_rate": 0}, steps=(Line("office_other"),))
    commune = case.ask(COMMUNE)
    family = _ask_family(case, "preschool" if stage == "preschool" else "enrolled", commune)
    canton = by_canton(case, family)
    best = max(canton, by_bern(case, family), key=lambda found: found.rate) if commune == "bern" else canton
    _explain(case, family, best)
    if best.rate:
        return _entitled(case, family, best)
    return _below_minimum(case, family, best)


def _ask_family(case: Case, stage: str, commune: str) -> Family:
    counted = KINDS if commune == "bern" else CANTON_KINDS
    rates: dict[int, Mapping[str, int]] = {person: {} for person in range(1, ask_persons(case) + 1)}
    family = Family(stage, commune, rates)
    for person in rates:
        borders = _borders(case, family) if person == family.persons else ()
        rates[person] = ask_activities(case, person, counted, borders)
    return family


def _borders(case: Case, family: Family) -> tuple[int, ...]:
    """The sums of the last person's rates at which the outcome changes, in percent."""
    rows = [family.row(case, "minimum"), family.row(case, "exception_floor")]
    if family.commune == "bern" and family.stage == "preschool":
        rows.append(family.row(case, "bern_minimum"))
    before = sum(sum(own.values()) for own in family.rates.values())
    return tuple(int(row) - before for row in rows)


def _explain(case: Case, family: Family, found: Entitlement) -> None:
    supplement, cap = case.value("activity_supplement"), case.value("activity_cap_per_person")
    facts: dict[str, Any] = {"activity": found.activity, "minimum": int(found.minimum), "persons": family.persons}
    if any("voluntary_work" in own for own in family.rates.values()):
        bern = case.value("bern_voluntary_work_cap")
        code = "voluntary_work_in_bern" if family.commune == "bern" else "voluntary_work_not_counted"
        case.because(code, bern, cap=int(bern))
    if any(paid(own) > int(cap) for own in family.rates.values()):
        case.because("activity_capped", cap, cap=int(cap))
    own_minimum = "commune" if found.minimum.name.startswith("bern") else family.stage
    if not found.rate:
        missing = int(found.minimum) - found.activity
        case.because(f"minimum_missed_{own_minimum}", found.minimum, **facts, missing=missing)
    else:
        case.because(f"minimum_reached_{own_minimum}", found.minimum, **facts)
        code = "entitled_rate_one" if family.persons == 1 else "entitled_rate_two"
        case.because(code, supplement, **facts, beyond=found.beyond, supplement=int(supplement), rate=found.rate)


def _entitled(case: Case, family: Family, found: Entitlement) -> Result:
    numbers = {"entitled_rate": found.rate}
    start, end = voucher_start(case), period_end(case.day)
    grants = [Grant(start, end, found.rate)] if start <= end else []
    leave = ask_unpaid_leave(case, family.rates)
    if leave:
        own = family.rates[leave.person]
        reduced = replace(
            family,
            rates={
                **family.rates,
                leave.person: {"employment": paid(own) - leave.rate, "voluntary_work": own.get("voluntary_work", 0)},
            },
        )
        during = by_bern(case, reduced) if family.commune == "bern" else by_canton(case, reduced)
        months = case.value("unpaid_leave_months")
        case.because(
            "unpaid_leave",
            months,
            months=int(months),
            person=leave.person,
            leave=leave.rate,
            begin=leave.begin,
            end=leave.end,
            rate=during.rate,
        )
        numbers["entitled_rate_during_leave"] = during.rate
        grants += [Grant(max(start, leave.begin), leave.end, during.rate)] if start <= leave.end else []
    return Result(
        "entitled",
        tuple(case.reasons),
        numbers,
        merit=(TOP, found.rate, numbers.get("entitled_rate_during_leave", found.rate)),
        steps=(
            Line("other_conditions"),
            Line("file", {"period": period_name(case.day)}),
            Line("attach"),
            *filed_late(case),
            Line("lower_of_both", {"rate": found.rate}),
            Line("report_changes"),
            Line(f"office_{family.commune}"),
        ),
        documents=_documents(case, family),
        deadlines=filing_deadlines(case),
        notes=_notes(case, family),
        grants=tuple(grants),
    )


def _below_minimum(case: Case, family: Family, found: Entitlement) -> Result:
    """Without the minimum only the commune can grant a voucher, in urgent need (art. 37 al. 2 OEJF)."""
    floor, cap = family.row(case, "exception_floor"), case.value("exception_rate_cap")
    activity = sum(paid(own) for own in family.rates.values())
    facts: dict[str, Any] = {"activity": activity, "floor": int(floor), "cap": int(cap)}
    if exception_accepted(activity, int(floor), family.persons):
        outcome, code = "exception_possible", "exception_possible"
    elif activity >= int(floor):
        outcome, code = "exception_possible", "exception_without_activity"
    else:
        outcome, code = "below_minimum", "exception_excluded"
    case.because(code, floor, cap, **facts)
    numbers = {"entitled_rate": 0}
    if outcome == "exception_possible":
        numbers["exception_rate_at_most"] = int(cap)
    return Result(
        outcome,
        tuple(case.reasons),
        numbers,
        merit=(2 if code == "exception_possible" else 1,),
        steps=(
            *((Line("ask_exception"),) if outcome == "exception_possible" else ()),
            Line(f"other_grounds_{family.stage}"),
            Line(f"office_{family.commune}"),
        ),
        documents=_documents(case, family) if outcome == "exception_possible" else (),
        notes=_notes(case, family),
    )


def _documents(case: Case, family: Family) -> tuple[Line, ...]:
    """One proof for each activity of each person."""
    return tuple(
        Line(f"proof_of_{kind}", {"person": person, "persons": family.persons})
        for person, own in family.rates.items()
        for kind in own
        if kind != "voluntary_work" or family.commune == "bern"
    )


def _notes(case: Case, family: Family) -> tuple[Line, ...]:
    """What the commune decides for itself from kindergarten on."""
    stage = case.ask(SCHOOL_STAGE)
    if stage == "preschool":
        return ()
    commune = (Line("bern_enrolled_open"),) if family.commune == "bern" else ()
    return (Line(f"commune_decides_{stage}"), *commune)
