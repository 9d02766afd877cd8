"""Guided check: what will the voucher be worth? An estimate for one child and one month, with its arithmetic.

Sources: kiBon's calculation rules and program (state of March 2021), the changes of August 2026; art. 55 OEJF.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from checks.amount_range import AmountRange
from checks.case import Case
from checks.family import PROVIDER, SCHOOL_STAGE
from checks.law.age_group import AgeGroup
from checks.questions import Month, Percent, Question, YesNo
from checks.result import Line, Reason, Result
from checks.voucher_income import INCOME_QUESTIONS, Incomes, ask_incomes
from checks.voucher_month import Place, voucher_result

AUDIENCE = ("parents", "communes", "support_services")
VERSION = 1
PLACE = 2

MONTH = Month(
    "voucher_month",
    law="OEJF 55",
    source="kibon_rules",
    tried=("2022-07-01", "2026-05-01", "2026-12-01", "2027-08-01"),
)
BABY = YesNo("voucher_baby", law="OEJF 55", source="kibon_2021")
BOOKED = Percent("booked_rate", law="OEJF 48, 49", source="kibon_care_rate", low=1)
GRANTED = Percent("granted_rate", law="OEJF 44", source="kibon_rules")
COST = AmountRange("care_cost", source="kibon_care_rate", low=Decimal("0.01"), high=Decimal(20_000))
NEEDS = YesNo("special_needs_lump_sum", law="OEJF 42", source="kibon_2021")
QUESTIONS: tuple[Question[Any], ...] = (
    MONTH,
    *INCOME_QUESTIONS,
    SCHOOL_STAGE,
    BABY,
    PROVIDER,
    BOOKED,
    GRANTED,
    COST,
    NEEDS,
)


def check(case: Case) -> Result:
    """The voucher of one child in one month, for an income that is known or lies in a range."""
    case.day = case.ask(MONTH)
    case.value("income_no_voucher")  # a period without rules ends here, before anything else is asked
    incomes = ask_incomes(case)
    wide = incomes.low.state == "not_declared" or (incomes.low.family is None and incomes.low.state == "declared")
    stage = case.ask(SCHOOL_STAGE, tried=() if wide else ("preschool",))
    provider = case.ask(PROVIDER, tried=() if wide else ("daycare",))
    if stage == "school" and provider == "daycare":
        case.because("school_stage", law="OEJF 30.1.a", source="kibon_decisions")
        fixed = Reason("voucher_school_stage", "OEJF 30.1.a", "kibon_decisions")
        steps = (Line("office_other"),)
        return Result("school_stage", tuple(case.reasons), {"voucher": 0}, steps=steps, fixed=fixed)
    return _of_place(case, incomes, stage, provider, wide)


def _of_place(case: Case, incomes: Incomes, stage: str, provider: str, wide: bool) -> Result:
    months = case.value("baby_months")
    baby = stage == "preschool" and case.ask(
        replace(BABY, facts={"months": int(months)}), tried=() if wide else (False,)
    )
    group: AgeGroup = "baby" if baby else "preschool" if stage == "preschool" else "enrolled"
    booked = case.ask(BOOKED, tried=(40, 100) if wide else (60,))
    granted = case.ask(GRANTED, tried=(0, 60) if wide else (80,))
    if not granted:
        case.because("voucher_nothing_granted", law="OEJF 44", source="kibon_rules", booked=booked)
        steps = (Line("voucher_check_activity"), Line("office_other"))
        fixed = Reason("voucher_nothing_granted", "OEJF 44", "kibon_rules")
        return Result("nothing_granted", tuple(case.reasons), {"voucher": 0}, (1,), steps, fixed=fixed)
    cost = case.ask(COST, tried=("90.00", "1500.00-2600.00") if wide else ("1500.00",))
    needs = case.ask(NEEDS, tried=() if wide else (False,))
    return voucher_result(case, incomes, Place(provider, group, booked, granted, cost, needs))
