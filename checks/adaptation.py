"""Guided check: is there a voucher from the adaptation on, and may the institution tick its box?

Sources: guidance text on the adaptation (2024) and kiBon's rules on the adaptation; art. 36 al. 3 OEJF.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from checks.adaptation_box import (
    BOX,
    CHILD,
    OPEN,
    PARENT_STEPS,
    RATES_CHANGE,
    TICKED,
    UNTICKED,
    ask_institution_steps,
    correct_tick,
)
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
from checks.law.calendar import ONE_DAY, add_months, period_name
from checks.law.filing import first_entitled_day
from checks.questions import Choice, Question
from checks.rate_if_known import UNKNOWN, RateIfKnown
from checks.result import TOP, Deadline, Line, Reason, Result

AUDIENCE = ("parents", "institutions")
VERSION = 1
PLACE = 2

ROLE = Choice("adaptation_role", source="adaptation", options=("parents", "institution"))
ENTITLED_RATE = RateIfKnown("entitled_rate", law="OEJF 44", source="kibon_rules", tried=(0, 40, UNKNOWN), gate=True)
QUESTIONS: tuple[Question[Any], ...] = (
    ROLE,
    CHILD,
    BOX,
    ENTITLED_RATE,
    ADAPTATION_BEGINS,
    WORK_BEGINS,
    ADAPTATION_ENDS,
    FILED_ON,
    RATES_CHANGE,
)

FIXED_DATES = Reason("adapt_dates", "OEJF 36.3, 62.3.b", "kibon_rules")


@dataclass(frozen=True)
class Asked:
    """Who asks, the state of the box ("open", "ticked" or "unticked"), and the parents' entitled rate, if known."""

    institution: bool
    box: str
    rate: int | None = None

    @property
    def numbers(self) -> dict[str, int]:
        """The entitled rate, where it is known."""
        return {} if self.rate is None else {"entitled_rate": self.rate}

    def outcome(self, name: str) -> str:
        """The outcome as it is told to parents or to an institution."""
        return f"institution_{name}" if self.institution else name


def check(case: Case) -> Result:
    """The pre-check of art. 36 al. 3 OEJF for one child at one institution; the entitled rate is in percent."""
    asked = Asked(case.ask(ROLE) == "institution", "")
    child = case.ask(CHILD)
    asked = replace(asked, box=case.ask(BOX))
    if child != "new":
        return _not_allowed(case, asked, child)
    if not asked.institution:
        asked = replace(asked, rate=case.ask(ENTITLED_RATE))
        if asked.rate == 0:
            case.offer(ENTITLED_RATE, 1)
            case.because("adapt_no_entitlement", law="OEJF 36.3", source="adaptation")
            return Result("no_entitlement", tuple(case.reasons), steps=(Line("adapt_check_rate"),))
    plan = ask_plan(case)
    if not plan.needed:
        case.because("adapt_not_needed", source="kibon_rules", begin=plan.begin, work=plan.work)
        return Result("not_needed", tuple(case.reasons), merit=(TOP,), steps=(Line("adapt_ordinary_way"),))
    filed = _ask_filed_on(case, asked, plan)
    lost_by = plan.lost_by(filed)
    offer_other_dates(case, plan, filed)
    if lost_by == "over":
        return _too_early(case, asked, plan, filed)
    if lost_by:
        return _cancelled(case, asked, plan, lost_by, filed)
    return (_previous_period if plan.in_previous_period else _granted)(case, asked, plan, filed)


def _ask_filed_on(case: Case, asked: Asked, plan: Plan) -> date:
    """The parents' filing date; an institution learns until when the family must file, and need not know."""
    if asked.institution:
        return min(plan.file_by, plan.period.first - ONE_DAY)
    return ask_filed_on(case, plan.file_by, plan.work, plan.begin)


def _not_allowed(case: Case, asked: Asked, child: str) -> Result:
    """A child that is settled, or comes back after a pause, has no adaptation any more."""
    case.because(f"adapt_child_{child}", law="OEJF 36.3", source="adaptation")
    steps = correct_tick(asked.institution) if asked.box == TICKED else (Line(f"adapt_leave_{_who(asked)}"),)
    fixed = Reason(f"adapt_child_{child}", "OEJF 36.3", "adaptation")
    return Result("not_allowed", tuple(case.reasons), steps=steps, fixed=fixed)


def _granted(case: Case, asked: Asked, plan: Plan, filed: date) -> Result:
    """The whole month before the work, at the rate of the first entitled day."""
    months = case.value("adaptation_months")
    code = "adapt_month_institution" if asked.institution else "adapt_month" if asked.numbers else "adapt_month_open"
    case.because(code, months, begin=plan.month.first, end=plan.month.last, work=plan.work, rate=asked.rate)
    _explain_days(case, plan)
    if not asked.institution:
        first = first_entitled_day(filed)
        case.because("adapt_filed_in_time", law="OEJF 62.3.b", source="kibon_decisions", filed=filed, first=first)
    case.because("adapt_only_institution", source="adaptation")
    notes = [Line("adapt_first_care_day", {"work": plan.work})]
    if plan.month.first.day > 1:
        notes.append(Line("adapt_monthly_average"))
    return Result(
        asked.outcome("granted"),
        tuple(case.reasons),
        asked.numbers,
        merit=(TOP,),
        steps=_steps(case, asked, plan, filed),
        deadlines=_deadlines(case, asked, plan, filed),
        notes=(*notes, *_notes(case, asked, plan)),
        grants=() if asked.rate is None else plan.grants(asked.rate),
    )


def _explain_days(case: Case, plan: Plan) -> None:
    """Which days of the adaptation the voucher pays for, where they are not the month itself."""
    facts: dict[str, Any] = {"begin": plan.begin, "first": plan.month.first, "period": period_name(plan.work)}
    if plan.across:
        case.because("adapt_across_august", law="OEJF 36.3", source="adaptation", **facts)
    elif plan.begin < plan.month.first:
        case.because("adapt_days_before", law="OEJF 36.3", source="adaptation", **facts)
    elif plan.begin > plan.month.first:
        case.because("adapt_paid_from", source="kibon_rules", **facts)


def _previous_period(case: Case, asked: Asked, plan: Plan, filed: date) -> Result:
    """The month lies in the period before: an application of its own, and the commune's way around the program."""
    last = plan.period.first - ONE_DAY
    facts: dict[str, Any] = {"previous": period_name(last), "period": period_name(plan.work), "work": plan.work}
    days: dict[str, Any] = {"begin": plan.paid_from, "end": min(plan.month.last, last)}
    case.because("adapt_previous_period", law="OEJF 36.3", source="adaptation", **facts, **days)
    if plan.begin < plan.month.first:
        _explain_days(case, plan)
    if plan.work > plan.period.first:
        case.because("adapt_august_open", source="kibon_rules", begin=plan.period.first, end=plan.month.last)
    if asked.institution:
        steps = (
            Line("adapt_institution_previous", {**facts, "begin": plan.begin}),
            Line("adapt_institution_new", {**facts, "begin": plan.period.first}),
            Line("adapt_institution_talk"),
        )
    else:
        steps = (
            Line("adapt_file_both", facts),
            Line("adapt_previous_no_box", facts),
            Line("adapt_period_check"),
            *(() if asked.numbers else (Line("adapt_find_rate"),)),
        )
    return Result(
        asked.outcome("previous_period"),
        tuple(case.reasons),
        asked.numbers,
        merit=(TOP if plan.work == plan.period.first else 1,),
        steps=steps,
        deadlines=_deadlines(case, asked, plan, filed),
        notes=_notes(case, asked, plan),
        fixed=FIXED_DATES,
    )


def _cancelled(case: Case, asked: Asked, plan: Plan, lost_by: str, filed: date) -> Result:
    """All or nothing: the month would begin before the period, or before the first day that was not filed late."""
    months = case.value("adaptation_months")
    first = first_entitled_day(filed)
    dates: dict[str, Any] = {"begin": plan.month.first, "work": plan.work, "august": plan.period.first}
    filing: dict[str, Any] = {"filed": filed, "first": first, "file_by": plan.file_by}
    law = "OEJF 36.3" if lost_by == "before_period" else "OEJF 36.3, 62.3.b"
    source = "adaptation" if lost_by == "previous_filed_late" else "kibon_rules"
    case.because(f"adapt_{lost_by}", law=law, source=source, **dates, **filing)
    code = "adapt_all_or_nothing_institution" if asked.institution else "adapt_all_or_nothing"
    case.because(code, months, keeps=_work_that_keeps(plan, first))
    ask = "adapt_ask_august" if lost_by == "before_period" else "adapt_ask_other_date"
    steps = [Line("adapt_ordinary_start", {"start": max(plan.work, first)}), Line(ask)]
    if asked.institution:
        box = () if asked.box == UNTICKED else ask_institution_steps(case, asked.box, plan)
        steps = [*box, Line("adapt_institution_talk")]
    return Result(asked.outcome("cancelled"), tuple(case.reasons), merit=(1,), steps=tuple(steps), fixed=FIXED_DATES)


def _work_that_keeps(plan: Plan, first: date) -> date:
    """The first day of work in the period, or later, that keeps the month for a filing that counts from `first`."""
    return max(plan.work_that_keeps, add_months(first, plan.months))


def _too_early(case: Case, asked: Asked, plan: Plan, filed: date) -> Result:
    """The adaptation is over before the month that could be brought forward begins."""
    months = case.value("adaptation_months")
    case.because("adapt_too_early", months, begin=plan.month.first, end=plan.month.last, work=plan.work)
    if plan.month.last >= case.today:
        steps = [Line("adapt_shift", {"begin": plan.month.first, "end": plan.month.last})]
    else:
        steps = [Line("adapt_ordinary_start", {"start": max(plan.work, first_entitled_day(filed))})]
    if asked.box == TICKED:
        steps.append(Line("adapt_check_tick"))
    return Result(asked.outcome("too_early"), tuple(case.reasons), merit=(1,), steps=tuple(steps), fixed=FIXED_DATES)


def _steps(case: Case, asked: Asked, plan: Plan, filed: date) -> tuple[Line, ...]:
    if asked.institution:
        return ask_institution_steps(case, asked.box, plan)
    facts = {"care": plan.begin, "period": period_name(plan.work), "rate": asked.rate}
    file = ("adapt_file",) if filed >= case.today else ()
    rate = "lower_of_both" if asked.numbers else "adapt_find_rate"
    return tuple(Line(code, facts) for code in (*PARENT_STEPS[asked.box], *file, rate))


def _deadlines(case: Case, asked: Asked, plan: Plan, filed: date) -> tuple[Deadline, ...]:
    """Until when to file, as long as that lies ahead."""
    if plan.file_by < case.today or (not asked.institution and filed < case.today):
        return ()
    code = f"adapt_file_by_{_who(asked)}" + ("_both" if plan.in_previous_period else "")
    return (Deadline(plan.file_by, code),)


def _notes(case: Case, asked: Asked, plan: Plan) -> tuple[Line, ...]:
    """What an institution may wonder: a deadline that has passed (the family may have kept it), a box not shown."""
    if not asked.institution:
        return ()
    passed = (Line("adapt_family_should_have_filed", {"day": plan.file_by}),) if plan.file_by < case.today else ()
    hidden = (Line("adapt_box_hidden"),) if asked.box == OPEN and not plan.in_previous_period else ()
    return (*passed, *hidden)


def _who(asked: Asked) -> str:
    return "institution" if asked.institution else "parents"
