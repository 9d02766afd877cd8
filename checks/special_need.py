"""Guided check: a social or linguistic need that a specialist service confirms.

What it gives and asks for, the dates of two confirmations, and the months under the minimum care of a linguistic need.
Of the child's birth only the month is asked. Where its day decides, because a confirmation begins in the month of the
second birthday, only what follows from it is asked.
Sources: guidance text on the social or linguistic need and kiBon's calculation rules; art. 41 and 45 OEJF.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from checks.case import Case
from checks.family import PROVIDER
from checks.law.activity import round_to_step
from checks.law.calendar import add_months, month_end, period_end, period_name
from checks.law.filing import file_by, first_entitled_day
from checks.need_dates import DATES_QUESTIONS, two_confirmations
from checks.need_months import MONTHS_QUESTIONS, months_below_minimum
from checks.questions import Choice, Day, Month, Percent, Question, YesNo
from checks.result import TOP, Deadline, InMonth, Line, Reason, Result
from checks.year import Grant

AUDIENCE = ("parents", "communes", "support_services")
VERSION = 1
PLACE = 5

TOPIC = Choice("need_topic", source="special_need", options=("right", "two_confirmations", "months_below"))
KIND = Choice("need_kind", law="OEJF 45", source="special_need", options=("social", "language"))
CONFIRMED_FROM = Day(
    "confirmed_from",
    law="OEJF 62.3.b",
    source="special_need",
    tried=("2026-09-01", "2027-02-01", "2027-08-01"),
)
STAGE = Choice("need_stage", law="OEJF 30.1.a", source="special_need", options=("preschool", "kindergarten", "school"))
CONFIRMED_RATE = Percent("confirmed_rate", law="OEJF 45", source="kibon_rules")
BORN = Month("child_born", law="OEJF 41.2", source="kibon_rules", past=True)
OLD_ENOUGH = YesNo(
    "old_enough",
    law="OEJF 41.2",
    source="kibon_rules",
    tried=(False, True),
    about=("child_born", "confirmed_from"),
)
OFFICIAL_LANGUAGE = Choice(
    "official_language",
    law="OEJF 41.3",
    source="kibon_release_2024_3",
    options=("yes", "unknown", "no"),
    reach={"unknown": ("yes",), "no": ("yes",)},
)
CARE_RATE = Percent("language_care", law="OEJF 45.1.b", source="special_need", low=1, reach=(1, 100))
BELOW = Choice(
    "care_below",
    law="OEJF 45.1.b",
    source="special_need",
    options=("box", "absence", "longer"),
    reach={"absence": ("box",)},
)
QUESTIONS: tuple[Question[Any], ...] = (
    TOPIC,
    KIND,
    CONFIRMED_FROM,
    STAGE,
    PROVIDER,
    CONFIRMED_RATE,
    BORN,
    OLD_ENOUGH,
    OFFICIAL_LANGUAGE,
    CARE_RATE,
    BELOW,
    *DATES_QUESTIONS,
    *MONTHS_QUESTIONS,
)


def check(case: Case) -> Result:
    """The pre-check for one child; all rates in percent."""
    topic = case.ask(TOPIC)
    if topic == "two_confirmations":
        return two_confirmations(case)
    if topic == "months_below":
        return months_below_minimum(case)
    social = case.ask(KIND) == "social"
    since = case.ask(CONFIRMED_FROM)
    case.day = max(since, first_entitled_day(case.today))  # the rules of the day on which a voucher can begin
    case.value("confirmations_at_once")  # a period without rules ends here
    return _social(case, since) if social else _language(case, since)


def _social(case: Case, since: date) -> Result:
    stage = _ask_stage(case)
    if stage == "school" and case.ask(PROVIDER) == "daycare":
        case.because("school_stage", law="OEJF 30.1.a", source="kibon_decisions")
        return Result("school_stage", tuple(case.reasons), {"entitled_rate": 0}, steps=(Line("office_other"),))
    low, high, step = (case.value(name) for name in ("social_need_lowest", "social_need_highest", "rate_step"))
    confirmed = case.ask(CONFIRMED_RATE, tried=(int(high), int(high) + 1, int(low), int(low) - 1, int(low) + 3))
    facts: dict[str, Any] = {"confirmed": confirmed, "low": int(low), "high": int(high)}
    if not int(low) <= confirmed <= int(high):
        case.because("social_rate_refused", low, **facts)
        case.offer(CONFIRMED_RATE, (int(low), int(high)))
        steps = (Line("need_check_rate", facts), Line("office_other"))
        return Result("rate_refused", tuple(case.reasons), {"entitled_rate": 0}, (1,), steps)
    rate = round_to_step(confirmed, int(step))
    case.because("social_rate" if rate == confirmed else "social_rate_rounded", low, rate=rate, step=int(step), **facts)
    case.because("social_any_care", source="kibon_rules", rate=rate)
    own = (Line("need_enter_social", {"since": since, "rate": confirmed}), Line("need_upload"))
    notes = () if stage == "preschool" else (Line("need_stage_open"),)
    return _right(case, "social_right", rate, since, own, notes)


def _language(case: Case, since: date) -> Result:
    month = _too_young_until(case, since)
    if month:
        fixed = Reason("need_too_young", "OEJF 41.2", "kibon_rules", {"month": month})
        return replace(_none(case, "too_young", 1), fixed=fixed)
    if _ask_stage(case) != "preschool":
        case.because("language_preschool_only", source="special_need")
        return replace(_none(case, "not_preschool", 0), fixed=Reason("need_not_preschool", "", "special_need"))
    official = _official_language(case)
    if official == "no":
        return _none(case, "other_language", 1)
    minimum, rate = case.value("language_need_rate"), int(case.value("language_need_rate"))
    care = case.ask(CARE_RATE, tried=(rate, rate - 1))
    outcome = "language_open" if official == "unknown" else "language_right"
    if care >= rate:
        case.because("language_care_enough", minimum, care=care, minimum=rate)
    else:
        below = case.ask(BELOW)
        case.because(f"language_care_{below}", minimum, source="special_need", care=care, minimum=rate)
        if below == "longer":
            return _none(case, "care_too_low", 1, rate=rate)
        outcome = "commune_decides" if below == "absence" else outcome
    case.because("language_rate", minimum, rate=rate)
    own = (
        Line("need_enter_language", {"since": since}),
        Line("need_upload"),
        *((Line("need_institution"),) if official == "unknown" else ()),
        Line("need_ask_box" if outcome == "commune_decides" else "need_absence", {"minimum": rate}),
    )
    return _right(case, outcome, rate, since, own)


def _ask_stage(case: Case) -> str:
    return case.ask(replace(STAGE, facts={"start": case.day}))


def _too_young_until(case: Case, since: date) -> InMonth | None:
    """The month of the second birthday where the confirmation begins before it (art. 41 al. 2 OEJF), else None."""
    age = case.value("language_need_age")
    years = int(age)
    near = (add_months(since.replace(day=1), months - 12 * years).isoformat() for months in (-1, 0, 1))
    born = case.ask(BORN, tried=tuple(near))
    earliest, latest = (add_months(day, 12 * years) for day in (born, month_end(born)))
    facts: dict[str, Any] = {"years": years, "month": InMonth(earliest), "since": since}
    if since >= latest:
        case.because("language_age", age, **facts)
        return None
    if since >= earliest and case.ask(replace(OLD_ENOUGH, facts=facts)):
        case.because("language_age_on_day", age, **facts)
        return None
    case.because("language_too_young", age, **facts)
    case.offer(CONFIRMED_FROM, (latest,), law="OEJF 41.2", source="kibon_rules")
    return InMonth(earliest)


def _official_language(case: Case) -> str:
    """What is known of the care in the official language; "not_needed" before it had to be confirmed."""
    needed = case.value("official_language_confirmed")
    if not int(needed):
        return "not_needed"
    official = case.ask(OFFICIAL_LANGUAGE)
    case.because(f"official_language_{official}", needed)
    return official


def _none(case: Case, outcome: str, merit: int, **facts: Any) -> Result:
    steps = (Line(f"need_{outcome}", facts), Line("need_other_ground"), Line("office_other"))
    return Result(outcome, tuple(case.reasons), {"entitled_rate": 0}, (merit,), steps)


def _right(
    case: Case, outcome: str, rate: int, since: date, own: Sequence[Line], notes: tuple[Line, ...] = ()
) -> Result:
    """The need counts: how parents enter it (`own` are the steps of this need), with which document and until when."""
    case.because("need_never_lowers", law="OEJF 45", source="kibon_rules", rate=rate)
    sure = outcome in ("social_right", "language_right")
    late = file_by(since) < case.today
    start = first_entitled_day(case.today)
    facts = {"start": since, "period": period_name(since)}
    return Result(
        outcome,
        tuple(case.reasons),
        {"entitled_rate": rate},
        merit=(TOP if sure else 2, rate),
        steps=(
            Line("need_form"),
            *own,
            Line("other_conditions"),
            *((Line("need_late", {"start": start}),) if late else ()),
            Line("lower_of_both", {"rate": rate}),
            Line("office_other"),
        ),
        documents=(Line("need_confirmation", {"since": since}),),
        deadlines=() if late else (Deadline(file_by(since), "need_file_by", facts),),
        notes=notes,
        grants=(Grant(case.day, period_end(case.day), rate),) if sure else (),
    )
