"""Guided check: for which period or periods is an application needed, and by when?

Sources: guidance text on the adaptation (2024, periods, two applications, the commune's way around the program),
kiBon's rules and decisions on late filing, kiBon of March 2021 (renewal); art. 36 al. 3 and 62 al. 3 let. b OEJF.
"""

from datetime import date
from typing import Any

from checks.adaptation_dates import (
    ADAPTATION_BEGINS,
    ADAPTATION_ENDS,
    FILED_ON,
    WORK_BEGINS,
    Plan,
    ask_filed_on,
    ask_plan,
    offer_other_dates,
)
from checks.case import Case
from checks.family import CARE_START
from checks.law.calendar import ONE_DAY, month_end, next_month, period_end, period_name, period_start
from checks.law.filing import file_by, first_entitled_day
from checks.period_papers import FILED_BY, ask_steps_for_two, opening_note
from checks.questions import Choice, Question
from checks.result import TOP, Deadline, Line, Reason, Result

AUDIENCE = ("parents", "communes", "support_services")
VERSION = 1
PLACE = 3

OCCASION = Choice("filing_occasion", source="kibon_rules", options=("first", "renewal", "adaptation"))
RENEWED = Choice("renewed_period", source="canton_vouchers", options=("running", "next"))
QUESTIONS: tuple[Question[Any], ...] = (
    OCCASION,
    CARE_START,
    RENEWED,
    ADAPTATION_BEGINS,
    WORK_BEGINS,
    ADAPTATION_ENDS,
    FILED_ON,
    FILED_BY,
)
FIXED_DATES = Reason("period_dates", "OEJF 62.3.b", "kibon_decisions")


def check(case: Case) -> Result:
    """Which applications, by when, and what a late one costs in months; for one family."""
    occasion = case.ask(OCCASION)
    if occasion == "adaptation":
        return _with_adaptation(case)
    start = _renewed_from(case) if occasion == "renewal" else case.ask(CARE_START)
    case.day = start
    case.value("voucher_starts_months_after_filing")
    return _ordinary(case, start, occasion == "renewal")


def _renewed_from(case: Case) -> date:
    """The 1 August on which the renewed voucher begins."""
    running = case.ask(RENEWED) == "running"
    return period_start(case.today) if running else period_end(case.today) + ONE_DAY


def _ordinary(case: Case, start: date, renewal: bool) -> Result:
    """One application for the period of `start`, the first day of care that needs a voucher."""
    filed = ask_filed_on(case, file_by(start), start)
    voucher = max(start, first_entitled_day(filed))
    if start >= case.today:
        for first_day in (CARE_START, ADAPTATION_BEGINS):
            case.offer(first_day, (voucher,))
    case.because("period_of_start", source="kibon_rules", start=start, period=period_name(start))
    if voucher > period_end(start):
        return _too_late(case, start, filed)
    _explain_filing(case, start, filed)
    lost = _months(start, voucher)
    return Result(
        "one_application_late" if lost else "one_application",
        tuple(case.reasons),
        {"applications": 1, "months_lost": lost},
        merit=(2, -voucher.toordinal()) if lost else (TOP,),
        steps=(*_filing_steps(case, start, filed, renewal), *_next_period(case, start)),
        deadlines=_deadlines(case, file_by(start), start, filed),
        notes=(*opening_note(case, start), Line("period_filing_day")),
        fixed=FIXED_DATES,
    )


def _explain_filing(case: Case, start: date, filed: date) -> None:
    """From when this filing counts, against the first day wanted."""
    row = case.value("voucher_starts_months_after_filing")
    first = first_entitled_day(filed)
    late = _months(start, max(start, first)) > 0
    code = "period_filed_late" if late else "period_filed_in_time"
    case.because(code, row, filed=filed, first=first, start=start, file_by=file_by(start))


def _too_late(case: Case, start: date, filed: date) -> Result:
    """The period is over before the application can count."""
    row = case.value("voucher_starts_months_after_filing")
    first = first_entitled_day(filed)
    case.because("period_past", row, filed=filed, first=first, end=period_end(start), file_by=file_by(start))
    return Result(
        "too_late",
        tuple(case.reasons),
        {"applications": 0},
        steps=(Line("period_ask_other_date"), Line("period_file_next", {"period": period_name(first)})),
        notes=(Line("period_filing_day"),),
        fixed=FIXED_DATES,
    )


def _with_adaptation(case: Case) -> Result:
    """Where the month before the work lies, decides between one application and two."""
    plan = ask_plan(case)
    if not plan.needed:
        case.because("period_adaptation_not_needed", source="kibon_rules", begin=plan.begin, work=plan.work)
        return _ordinary(case, plan.begin, renewal=False)
    filed = ask_filed_on(case, plan.file_by, plan.work, plan.begin)
    lost_by = plan.lost_by(filed)
    offer_other_dates(case, plan, filed)
    voucher = max(plan.work, first_entitled_day(filed))
    if voucher > plan.period.last:
        case.because("period_of_start", source="kibon_rules", start=plan.work, period=period_name(plan.work))
        return _too_late(case, plan.work, filed)
    if lost_by:
        return _adaptation_lost(case, plan, lost_by, filed, voucher)
    return (_two_applications if plan.in_previous_period else _one_with_adaptation)(case, plan, filed)


def _one_with_adaptation(case: Case, plan: Plan, filed: date) -> Result:
    """The month lies in the period of the work: the box in the place confirmation is enough."""
    months = case.value("adaptation_months")
    month: dict[str, Any] = {"begin": plan.month.first, "end": plan.month.last, "work": plan.work}
    case.because("period_adaptation_one", months, **month, period=period_name(plan.work))
    if plan.across:
        across: dict[str, Any] = {"begin": plan.begin, "first": plan.paid_from, "august": plan.period.first}
        case.because("period_adaptation_across", law="OEJF 36.3", source="adaptation", **across)
    _explain_filing(case, plan.month.first, filed)
    return Result(
        "one_application",
        tuple(case.reasons),
        {"applications": 1, "months_lost": 0},
        merit=(TOP,),
        steps=(
            *_filing_steps(case, plan.work, filed, renewal=False),
            Line("period_box_ticked", {"begin": plan.begin}),
            *_next_period(case, plan.work),
        ),
        deadlines=_deadlines(case, plan.file_by, plan.month.first, filed),
        notes=(*opening_note(case, plan.work), Line("period_filing_day")),
    )


def _two_applications(case: Case, plan: Plan, filed: date) -> Result:
    """The month lies in the period before that of the work: an application for each period."""
    last = plan.period.first - ONE_DAY
    facts: dict[str, Any] = {"begin": plan.paid_from, "end": min(plan.month.last, last), "work": plan.work}
    periods: dict[str, Any] = {"previous": period_name(last), "period": period_name(plan.work)}
    case.because("period_two", law="OEJF 36.3", source="adaptation", **facts, **periods)
    case.because("period_box_no_effect", source="adaptation", **periods)
    if plan.work > plan.period.first:
        case.because("period_two_open", source="kibon_rules", begin=plan.period.first, end=plan.month.last)
    steps = ask_steps_for_two(case, plan)
    _explain_filing(case, plan.paid_from, filed)
    ahead = case.today <= min(filed, plan.file_by)
    return Result(
        "two_applications",
        tuple(case.reasons),
        {"applications": 2, "months_lost": 0},
        merit=(TOP,),
        steps=(*steps, *_next_period(case, plan.work)),
        deadlines=(Deadline(plan.file_by, "period_file_both", periods),) if ahead else (),
        notes=(*opening_note(case, plan.work), Line("period_family_has_one", periods), Line("period_filing_day")),
    )


def _adaptation_lost(case: Case, plan: Plan, lost_by: str, filed: date, voucher: date) -> Result:
    """One application, and no voucher for the adaptation; late filing may cost more months."""
    late = lost_by.endswith("filed_late")
    month: dict[str, Any] = {"begin": plan.month.first, "end": plan.month.last, "work": plan.work}
    filing: dict[str, Any] = {"filed": filed, "file_by": plan.file_by}
    august: dict[str, Any] = {"august": plan.period.first, "keeps": plan.work_that_keeps}
    law = "OEJF 36.3, 62.3.b" if late else "OEJF 36.3"
    source = "kibon_rules" if lost_by in ("before_period", "filed_late") else "adaptation"
    case.because(f"period_adaptation_{lost_by}", law=law, source=source, **month, **filing, **august)
    case.because("period_voucher_from_work", source="kibon_rules", voucher=voucher, period=period_name(plan.work))
    lost = _months(plan.paid_from if late else plan.work, voucher)
    return Result(
        "adaptation_lost",
        tuple(case.reasons),
        {"applications": 1, "months_lost": lost},
        merit=(1, -voucher.toordinal()),
        steps=(
            *((Line("period_ask_other_date"),) if late else (Line("period_ask_commune"),)),
            *_filing_steps(case, plan.work, filed, renewal=False),
            *_next_period(case, plan.work),
        ),
        deadlines=_deadlines(case, file_by(plan.work), plan.work, filed),
        notes=(Line("period_filing_day"),),
        fixed=FIXED_DATES,
    )


def _months(start: date, voucher: date) -> int:
    """How many calendar months a voucher from `voucher` on comes too late, counted from the month of `start`."""
    return max(0, (voucher.year - start.year) * 12 + voucher.month - start.month)


def _filing_steps(case: Case, start: date, filed: date, renewal: bool) -> tuple[Line, ...]:
    """How to file, where that is still to be done."""
    facts = {"period": period_name(start)}
    if filed < case.today:
        return (Line("period_filed_already", facts),)
    if renewal:
        return tuple(Line(f"period_renew_{part}", facts) for part in ("online", "paper", "again"))
    return (Line("period_file", facts), Line("period_place_confirmed"))


def _next_period(case: Case, start: date) -> tuple[Line, ...]:
    """The renewal that follows, as long as it lies ahead."""
    end = period_end(start)
    following = {"period": period_name(end + ONE_DAY), "start": end + ONE_DAY, "day": end}
    return (Line("period_renew_next", following),) if case.today <= end else ()


def _deadlines(case: Case, last_day: date, start: date, filed: date) -> tuple[Deadline, ...]:
    """Until when to file, or, where that is past, what this month still gives."""
    if filed < case.today:
        return ()
    if case.today <= last_day:
        return (Deadline(last_day, "file_by", {"start": start}),)
    return (Deadline(month_end(case.today), "period_this_month", {"start": next_month(case.today)}),)
