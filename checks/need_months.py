"""Part of the check on a social or linguistic need: the months under the minimum care, planned for the commune."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from checks.case import Case
from checks.law.calendar import add_months, month_end, period_name, period_start
from checks.law.language_months import Compromise, Plan, Run, compromises, months_below, plan_months
from checks.questions import Choice, Question
from checks.rates_by_month import ALL, MONTHS, RatesByMonth, SeveralMonths, months_among
from checks.result import TOP, Line, Result
from checks.values import Value
from checks.year import Grant

PERIOD = Choice("planned_period", source="special_need", options=("current", "previous", "next"))
RATES = RatesByMonth("care_by_month", law="OEJF 45.1.b", source="special_need")
PAID = SeveralMonths("months_to_pay", source="special_need", options=(*MONTHS, ALL))
CONFIRMED_AGAIN = Choice("confirmed_again", source="special_need", options=("yes", "not_yet", "no"))
MONTHS_QUESTIONS: tuple[Question[Any], ...] = (PERIOD, RATES, PAID, CONFIRMED_AGAIN)
LAST = len(MONTHS) - 1
_YEARS = {"previous": -1, "current": 0, "next": 1}


def months_below_minimum(case: Case) -> Result:
    """What the commune sets for one place of a child with a linguistic need, so that the months it wants are paid."""
    now = period_start(case.today)
    chosen = case.ask(replace(PERIOD, facts={"period": period_name(now)}))
    case.day = add_months(now, 12 * _YEARS[chosen])
    minimum = case.value("language_need_rate")
    facts = {"period": period_name(case.day), "minimum": int(minimum)}
    care = case.ask(replace(RATES, facts=facts, year=case.day.year))
    low = months_below(care, int(minimum))
    wanted: frozenset[int] = frozenset()
    if low:
        codes = case.ask(replace(PAID, options=months_among(low), facts=facts))
        wanted = frozenset(MONTHS.index(code) for code in codes)
    plan = plan_months(care, wanted, int(minimum))
    assert plan is not None, "only months with care can be chosen"
    again = "yes"
    if plan.new:
        again = case.ask(replace(CONFIRMED_AGAIN, facts={"start": _first(case, plan.new[0])}))
    case.because("months_minimum", minimum, source="special_need", minimum=int(minimum))
    if again == "no":
        return _compromise(case, care, plan, int(minimum), compromises(care, wanted, int(minimum)))
    _explain(case, care, plan, minimum)
    return _planned(case, care, plan, minimum, again)


def _first(case: Case, run: Run) -> date:
    return add_months(case.day, run.first)


def _last(case: Case, run: Run) -> date:
    return month_end(add_months(case.day, run.last))


def _explain(case: Case, care: tuple[int, ...], plan: Plan, minimum: Value) -> None:
    """One reason for each row of months with the same fate, in order."""
    paid = plan.pays(care, int(minimum))

    def fate(month: int) -> str:
        if not care[month]:
            return "months_without_care"
        if month in paid:
            return "months_reached" if care[month] >= int(minimum) else "months_paid_by_box"
        return "months_not_confirmed" if plan.box else "months_no_box"

    for code, group in groupby(range(len(care)), fate):
        months = list(group)
        run = Run(months[0], months[-1])
        case.because(code, source="special_need", first=_first(case, run), last=_last(case, run), minimum=int(minimum))
    for run in plan.new:
        case.because("months_new_need", source="special_need", start=_first(case, run))


def _planned(case: Case, care: tuple[int, ...], plan: Plan, minimum: Value, again: str) -> Result:
    low = months_below(care, int(minimum))
    ends = plan.runs[-1].last < LAST
    if not low:
        outcome = "months_all_reached"
    elif not plan.box:
        outcome = "months_box_unticked"
    elif plan.new:
        outcome = "months_new_need"
    else:
        outcome = "months_end_date" if ends or plan.runs[0].first else "months_box_only"
    numbers = {
        "box": int(plan.box),
        "paid_months": len(plan.pays(care, int(minimum))),
        "new_confirmations": len(plan.new),
    }
    notes = (
        *((Line("months_start_moved"),) if plan.runs[0].first else ()),
        *((Line("months_both_places"),) if plan.new or ends or plan.runs[0].first else ()),
        *((Line("months_assumed"),) if low else ()),
    )
    steps = tuple(_steps(case, plan, again, {"minimum": int(minimum)} if low else {}))
    documents = tuple(_document(case, run) for run in plan.new)
    paid = plan.pays(care, int(minimum))
    months = [Run(month, month) for month in range(len(care))]
    grants = tuple(
        Grant(_first(case, one), _last(case, one), int(minimum) if one.first in paid else 0, care[one.first])
        for one in months
    )
    return Result(outcome, tuple(case.reasons), numbers, (TOP,), steps, documents, notes=notes, grants=grants)


def _document(case: Case, run: Run) -> Line:
    first, last = _first(case, run), _last(case, run)
    if run.last == LAST:
        return Line("need_confirmation", {"since": first})
    return Line("need_confirmation_span", {"first": first, "last": last})


def _steps(case: Case, plan: Plan, again: str, facts: Mapping[str, int]) -> Iterator[Line]:
    """What to do in kiBon, in order; `facts` hold the minimum where some month is under it."""
    if not plan.box:
        yield Line("months_leave_box", facts) if facts else Line("months_nothing")
        return
    yield Line("months_call_institution")
    yield Line("months_tick_box", facts)
    begin = plan.runs[0]
    if begin.first:
        yield Line("months_start", {"start": _first(case, begin)})
    if begin.last < LAST:
        yield Line("months_end", {"end": _last(case, begin)})
    if not plan.new:
        return
    if again == "not_yet":
        yield Line("months_ask_service", {"start": _first(case, plan.new[0])})
    for run in plan.new:
        code = "months_new" if run.last == LAST else "months_new_until"
        yield Line(code, {"start": _first(case, run), "end": _last(case, run)})
    yield Line("need_upload")


def _compromise(case: Case, care: tuple[int, ...], plan: Plan, minimum: int, choices: tuple[Compromise, ...]) -> Result:
    """Without a new confirmation not all wishes can be met: what the commune can choose instead."""
    end, start = _last(case, plan.runs[0]), _first(case, plan.new[0])
    case.because("months_no_new_need", source="special_need", end=end, start=start)
    steps = tuple(
        Line(
            f"months_{one.code}",
            {"end": end, "minimum": minimum, "missing": len(one.missing), "extra": len(one.extra)},
        )
        for one in choices
    )
    low = set(months_below(care, minimum))
    paid = (sorted(low & one.plan.pays(care, minimum)) for one in choices)
    case.offer(PAID, tuple(tuple(MONTHS[month] for month in months) for months in paid))
    numbers = {"new_confirmations": 0}
    return Result("months_not_possible", tuple(case.reasons), numbers, (1,), (Line("months_choose"), *steps))
