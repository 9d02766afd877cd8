"""Part of the check on a social or linguistic need: the dates of two confirmations for the same child."""

from dataclasses import replace
from datetime import date
from typing import Any

from checks.case import Case
from checks.law.calendar import ONE_DAY, add_months
from checks.law.confirmations import Dates, overlap, without_overlap
from checks.questions import Choice, Day, Question, YesNo
from checks.result import TOP, Line, Reason, Result

EARLIER_FROM = Day("earlier_from", source="special_need", tried=("2026-08-01", "2027-08-01"))
LATER_FROM = Day("later_from", source="special_need")
EARLIER_ENDS = YesNo("earlier_ends", source="special_need")
EARLIER_UNTIL = Day("earlier_until", source="special_need", closing=True)
LATER_RATE = Choice("later_rate", source="special_need", options=("higher", "equal", "lower"))
DATES_QUESTIONS: tuple[Question[Any], ...] = (EARLIER_FROM, LATER_FROM, EARLIER_ENDS, EARLIER_UNTIL, LATER_RATE)


def two_confirmations(case: Case) -> Result:
    """Whether two confirmations overlap, and which dates to enter instead (kiBon's advice)."""
    first = case.ask(EARLIER_FROM)
    samples = (add_months(first, 3).isoformat(), first.isoformat())
    start = case.ask(replace(LATER_FROM, earliest=first, facts={"first": first}), tried=samples)
    case.day = start
    case.value("confirmations_at_once")
    if start == first:
        case.because("need_same_start", source="kibon_rules", start=start)
        case.because("need_formerly_one", source="kibon_2021")
        steps = (Line("need_same_start"), Line("office_other"))
        fixed = Reason("need_same_start", "", "kibon_rules")
        return Result("same_start", tuple(case.reasons), merit=(1,), steps=steps, fixed=fixed)
    until = None
    if case.ask(EARLIER_ENDS):
        until = case.ask(replace(EARLIER_UNTIL, earliest=first), borders=(start,))
    if not overlap(until, start):
        return _fitting(case, until, start)
    case.because("need_overlap" if until else "need_overlap_open", case.value("confirmations_at_once"), start=start)
    rate = case.ask(LATER_RATE)
    dates = without_overlap(until, start, rate == "higher")
    if dates is None:
        case.because("need_end_missing", source="kibon_rules")
        case.offer(EARLIER_ENDS, True)
        ask = (Line("need_ask_end", {"start": start}), Line("need_where_dates"), Line("need_upload"))
        return Result("end_missing", tuple(case.reasons), merit=(1,), steps=ask)
    case.because(f"need_advice_{rate}", source="kibon_rules")
    return _corrected(rate, case, first, dates)


def _fitting(case: Case, until: date | None, start: date) -> Result:
    assert until is not None, "an open end overlaps"
    gap = until + ONE_DAY < start
    facts: dict[str, Any] = {"until": until, "start": start}
    case.because("need_gap" if gap else "need_no_gap", source="special_need", **facts)
    if gap:
        case.because("need_days_between", source="special_need", first=until + ONE_DAY, last=start - ONE_DAY)
    return Result("dates_fit", tuple(case.reasons), merit=(TOP,), steps=(Line("need_enter_both"), Line("need_upload")))


def _corrected(rate: str, case: Case, first: date, dates: Dates) -> Result:
    moved = rate != "higher"
    code = "need_start_later" if moved else "need_end_earlier"
    steps = (Line(code, dates._asdict()), Line("need_where_dates"), Line("need_upload"))
    notes = (Line("need_wholly_inside", {"until": dates.until}),) if moved else ()
    documents = (
        Line("need_confirmation_span", {"first": first, "last": dates.until}),
        Line("need_confirmation", {"since": dates.start}),
    )
    outcome = "start_later" if moved else "end_earlier"
    return Result(outcome, tuple(case.reasons), merit=(TOP,), steps=steps, documents=documents, notes=notes)
