"""Guided check: what will the vouchers be worth? An estimate for one to four children in a month, with its arithmetic.

Sources: kiBon's calculation rules and program (state of March 2021), the changes of August 2026; art. 55 and 57 OEJF.
"""

from collections.abc import Sequence
from typing import Any

from checks.case import Case
from checks.questions import Month, Question
from checks.result import Line, Reason, Result
from checks.voucher_children import CHILD_QUESTIONS, Children
from checks.voucher_fall import FALL_QUESTIONS, ask_decisive
from checks.voucher_income import INCOME_QUESTIONS, ask_incomes
from checks.voucher_month import voucher_result

AUDIENCE = ("parents", "communes", "support_services")
VERSION = 1
PLACE = 2

MONTH = Month(
    "voucher_month",
    law="OEJF 55",
    source="kibon_rules",
    tried=("2022-07-01", "2026-05-01", "2026-12-01", "2027-08-01"),
)
QUESTIONS: tuple[Question[Any], ...] = (MONTH, *INCOME_QUESTIONS, *FALL_QUESTIONS, *CHILD_QUESTIONS)


def check(case: Case) -> Result:
    """The vouchers of a family's children in one month, for an income that is known or lies in a range."""
    case.day = case.ask(MONTH)
    case.value("income_no_voucher")  # a period without rules ends here, before anything else is asked
    incomes = ask_incomes(case)
    decisive = ask_decisive(case, incomes)
    low = incomes.low
    wide = low.state == "not_declared" or (low.family is None and low.state == "declared")
    full = wide and low.state == "declared" and low == incomes.high and "income_fell" not in case.asked
    children = Children(case, incomes.children, wide, full)
    places = tuple(children.places())
    return voucher_result(case, decisive, places, children.nothing) if places else _none(case, children.nothing)


def _none(case: Case, nothing: Sequence[Line]) -> Result:
    """No child has a voucher: from school on not in a day nursery, and never without a granted rate."""
    if all(line.code == "school_stage" for line in nothing):
        case.because("school_stage", law="OEJF 30.1.a", source="kibon_decisions")
        fixed = Reason("voucher_school_stage", "OEJF 30.1.a", "kibon_decisions")
        return Result("school_stage", tuple(case.reasons), {"voucher": 0}, steps=(Line("office_other"),), fixed=fixed)
    booked = next(line.facts["booked"] for line in nothing if line.code == "nothing_granted")
    case.because("voucher_nothing_granted", law="OEJF 44", source="kibon_rules", booked=booked)
    steps = (Line("voucher_check_activity"), Line("office_other"))
    fixed = Reason("voucher_nothing_granted", "OEJF 44", "kibon_rules")
    return Result("nothing_granted", tuple(case.reasons), {"voucher": 0}, (1,), steps, fixed=fixed)
