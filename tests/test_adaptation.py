"""The adaptation check: the guidance's examples with their dates, the borders, the box, and what would keep the month."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.conversation import reply
from bot.messages import Message, plain
from bot.report import report
from bot.session import Session
from bot.words import LANGUAGES, words
from checks.adaptation_dates import Plan
from checks.assess import assess, read_case
from checks.case import run
from checks.guided import guided

CHECK = guided()["adaptation"]
LONG_BEFORE = "2024-01-10"
PARENTS = {"adaptation_role": "parents", "child_at_institution": "new", "adaptation_box": "open", "entitled_rate": 60}
INSTITUTION = {**PARENTS, "adaptation_role": "institution", "adaptation_rates_change": False}


def dates(begins: str, work: str, filed: str = LONG_BEFORE, ends: str = "", **more: Any) -> dict[str, Any]:
    """The answers of parents with these dates, or with those of `more`."""
    answers: dict[str, Any] = {**PARENTS, "adaptation_begins": begins, "work_begins": work, "filed_on": filed, **more}
    return {**answers, "adaptation_ends": ends} if ends else answers


def found(answers: dict[str, Any], today: str = LONG_BEFORE) -> Any:
    made = run(CHECK.check, answers, date.fromisoformat(today))
    assert made.result is not None, f"open: {made.open}"
    return made.result


def facts(result: Any, code: str) -> dict[str, Any]:
    return next(dict(reason.facts) for reason in result.reasons if reason.code == code)


def codes(lines: Any) -> list[str]:
    return [line.code for line in lines]


def would_change(answers: dict[str, Any], today: str) -> dict[str, Any]:
    """Which answers would give a better outcome, by question."""
    said = report(CHECK, answers, words("fr"), date.fromisoformat(today))
    return {change["question"]: change["value"] for change in said["result"]["would_change"]}


@pytest.mark.parametrize(
    ("begins", "work", "first", "last"),
    [
        ("2024-09-02", "2024-10-01", "2024-09-01", "2024-09-30"),
        ("2024-09-16", "2024-10-10", "2024-09-10", "2024-10-09"),
        ("2027-03-01", "2027-03-31", "2027-02-28", "2027-03-30"),
        ("2026-08-03", "2026-09-01", "2026-08-01", "2026-08-31"),
    ],
)
def test_the_voucher_starts_one_calendar_month_before_the_work(begins: str, work: str, first: str, last: str) -> None:
    result = found(dates(begins, work))
    assert result.outcome == "granted"
    month = facts(result, "adapt_month")
    assert (str(month["begin"]), str(month["end"])) == (first, last)


def test_the_rate_is_that_of_the_first_day_of_work_as_in_the_guidance() -> None:
    result = found(dates("2024-09-02", "2024-10-01", entitled_rate=30))
    assert result.numbers == {"entitled_rate": 30}
    assert facts(result, "adapt_month")["rate"] == 30


def test_an_adaptation_across_the_first_of_august_brings_a_voucher_from_august_on() -> None:
    result = found(dates("2024-07-15", "2024-09-01", ends="2024-08-14"))
    assert result.outcome == "granted"
    across = facts(result, "adapt_across_august")
    assert (across["first"], across["period"]) == (date(2024, 8, 1), "2024/25")


def test_an_adaptation_in_july_for_work_in_august_needs_two_applications() -> None:
    result = found(dates("2024-07-01", "2024-08-01"))
    assert result.outcome == "previous_period"
    needed = facts(result, "adapt_previous_period")
    assert (needed["previous"], needed["period"]) == ("2023/24", "2024/25")
    assert (needed["begin"], needed["end"]) == (date(2024, 7, 1), date(2024, 7, 31))


@pytest.mark.parametrize(
    ("filed", "outcome"),
    [("2024-06-30", "previous_period"), ("2024-07-01", "cancelled")],
)
def test_both_applications_come_before_the_adaptation(filed: str, outcome: str) -> None:
    assert found(dates("2024-07-01", "2024-08-01", filed=filed)).outcome == outcome


def test_an_adaptation_that_is_over_before_the_month_comes_too_early() -> None:
    assert found(dates("2024-07-01", "2024-09-01", ends="2024-07-31")).outcome == "too_early"
    assert found(dates("2024-07-01", "2024-09-01", ends="2024-08-01")).outcome == "granted"


def test_a_month_that_lies_ahead_can_still_take_the_adaptation() -> None:
    early = dates("2026-08-15", "2026-10-01", ends="2026-08-31")
    assert codes(found(early, "2026-08-10").steps) == ["adapt_shift"]
    assert codes(found(early, "2026-11-22").steps) == ["adapt_ordinary_start"]


def test_its_end_is_asked_only_where_it_begins_before_the_month() -> None:
    assert run(CHECK.check, dates("2024-09-01", "2024-10-01"), date(2024, 1, 10)).open is None
    still_open = run(CHECK.check, dates("2024-08-31", "2024-10-01"), date(2024, 1, 10)).open
    assert still_open is not None and still_open.id == "adaptation_ends"


@pytest.mark.parametrize(
    ("work", "outcome"),
    [("2026-08-02", "cancelled"), ("2026-08-16", "cancelled"), ("2026-08-31", "cancelled"), ("2026-09-01", "granted")],
)
def test_work_from_the_2nd_to_the_31st_of_august_cancels_the_month(work: str, outcome: str) -> None:
    assert found(dates("2026-08-01", work)).outcome == outcome


def test_the_day_of_work_that_would_keep_the_month_is_computed() -> None:
    answers = dates("2026-08-03", "2026-08-16", filed="2026-06-20")
    assert facts(found(answers, "2026-05-10"), "adapt_all_or_nothing")["keeps"] == date(2026, 9, 1)
    assert would_change(answers, "2026-05-10") == {"work_begins": "2026-09-01"}


@pytest.mark.parametrize(
    ("begins", "work", "filed", "outcome"),
    [
        ("2026-09-01", "2026-10-01", "2026-08-31", "granted"),
        ("2026-09-01", "2026-10-01", "2026-09-01", "cancelled"),
        ("2026-09-14", "2026-10-10", "2026-08-31", "granted"),
        ("2026-09-14", "2026-10-10", "2026-09-09", "cancelled"),
        ("2026-09-01", "2026-11-01", "2026-09-05", "granted"),
    ],
)
def test_late_filing_costs_the_whole_month(begins: str, work: str, filed: str, outcome: str) -> None:
    ends = "2026-10-20" if work == "2026-11-01" else ""
    assert found(dates(begins, work, filed=filed, ends=ends)).outcome == outcome


def test_the_day_of_filing_and_the_day_of_work_that_would_keep_it_are_computed() -> None:
    answers = dates("2026-09-01", "2026-10-01", filed="2026-09-05")
    assert would_change(answers, "2026-08-20") == {"filed_on": "2026-08-31", "work_begins": "2026-11-01"}
    assert would_change(answers, "2026-09-10") == {"work_begins": "2026-11-01"}


def test_a_day_of_work_that_lies_behind_is_not_moved() -> None:
    assert would_change(dates("2026-08-03", "2026-08-16"), "2026-11-22") == {}


def test_who_works_already_needs_no_adaptation() -> None:
    assert found(dates("2026-10-01", "2026-10-01")).outcome == "not_needed"
    assert found(dates("2026-09-30", "2026-10-01")).outcome == "granted"


def test_without_a_right_there_is_nothing_to_bring_forward() -> None:
    assert found({**PARENTS, "entitled_rate": 0}).outcome == "no_entitlement"


@pytest.mark.parametrize("role", ["parents", "institution"])
@pytest.mark.parametrize("child", ["settled", "back"])
def test_the_box_is_not_for_a_child_that_is_settled_or_comes_back(role: str, child: str) -> None:
    answers = {"adaptation_role": role, "child_at_institution": child, "adaptation_box": "ticked"}
    wrong = found(answers)
    assert wrong.outcome == "not_allowed"
    assert codes(wrong.steps) == [f"adapt_wrong_{role}", "adapt_commune_rejects", "adapt_institution_corrects"]
    assert codes(found({**answers, "adaptation_box": "open"}).steps) == [f"adapt_leave_{role}"]


def test_a_missing_tick_goes_back_through_the_commune() -> None:
    answers = dates("2026-09-01", "2026-10-01", adaptation_box="unticked")
    assert codes(found(answers).steps)[:3] == [
        "adapt_missing_parents", "adapt_commune_rejects", "adapt_institution_corrects",
    ]  # fmt: skip
    told = found({**answers, "adaptation_role": "institution"})
    assert codes(told.steps) == ["adapt_missing_institution", "adapt_commune_rejects", "adapt_tick_again"]


@pytest.mark.parametrize(("changes", "rates"), [(True, "adapt_several_rates"), (False, "adapt_one_rate")])
def test_the_institution_learns_its_steps_without_rate_and_filing_date(changes: bool, rates: str) -> None:
    answers = dates("2026-09-01", "2026-10-01", **INSTITUTION)
    answers["adaptation_rates_change"] = changes
    del answers["entitled_rate"], answers["filed_on"]
    result = found(answers, "2026-06-01")
    assert result.outcome == "institution_granted"
    assert codes(result.steps) == [
        "adapt_open_confirmation", "adapt_confirm_from", rates, "adapt_tick", "adapt_confirm",
    ]  # fmt: skip
    assert [line.day for line in result.deadlines] == [date(2026, 8, 31)]


def test_the_institution_is_told_of_a_deadline_that_has_passed() -> None:
    result = found(dates("2026-09-01", "2026-10-01", **INSTITUTION), "2026-09-01")
    assert result.deadlines == () and "adapt_family_should_have_filed" in codes(result.notes)


@pytest.mark.parametrize("offset", [0, 20, 45])
def test_the_check_grants_what_the_whole_calculation_grants(offset: int) -> None:
    """Every day of work of a year, an adaptation 1, 21 or 46 days before, filed a month before or late."""
    for number in range(0, 360, 3):
        work = date(2024, 8, 3) + timedelta(days=number)
        begins = max(work - timedelta(days=offset + 1), date(2024, 8, 1))
        for filed in (begins - timedelta(days=40), begins - timedelta(days=5)):
            plan = Plan(begins, work, 1)
            expected = plan.lost_by(filed) == ""
            assert ("adaptation" in _reasons_of_whole_case(begins, work, filed)) == expected, (begins, work, filed)


def _reasons_of_whole_case(begins: date, work: date, filed: date) -> set[str]:
    case = {
        "period": "2024/25",
        "filed_on": str(filed),
        "household": "single",
        "applicants": [{"activities": [{"kind": "employment", "rate": 40, "from": str(work), "until": None}]}],
        "child": {"birth_date": "2023-01-01", "school_stage": "preschool"},
        "care": [{"provider": "daycare", "rate": 60, "from": str(begins), "until": None}],
        "adaptation": True,
    }
    return {reason for segment in assess(read_case(case)).segments for reason in segment.reasons}


@pytest.mark.parametrize(
    ("lang", "start", "rate_check", "back"),
    [
        ("fr", "vérifier l'adaptation", "/activite", "/adaptation"),
        ("de", "Eingewöhnung prüfen", "/pensum", "/eingewoehnung"),
    ],
)
def test_the_rate_can_be_calculated_in_the_middle(lang: str, start: str, rate_check: str, back: str) -> None:
    session, today = Session(lang=lang), date(2026, 11, 22)
    for said in (start, "1", "1", "1"):
        session, answered = reply(session, Message(text=said), today)
    hint = words(lang)("hint.entitled_rate")
    assert rate_check in hint and back in hint and answered.kind == "ask"
    session, answered = reply(session, Message(text=rate_check), today)
    assert answered.check == "minimum_activity"
    session, answered = reply(session, Message(text=back), today)
    assert answered.check == "adaptation" and hint in plain(answered)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_settled_child_gets_its_answer_after_three_questions(lang: str) -> None:
    session, today = Session(lang=lang), date(2026, 11, 22)
    for said in ("/adaptation", "2", "2", "2"):
        session, answered = reply(session, Message(text=said), today)
    assert answered.kind == "result"
    assert ("Données erronées" if lang == "fr" else "Falsche Angaben") in plain(answered)


@pytest.mark.parametrize(
    ("lang", "said", "month", "find"),
    [
        ("fr", "je ne sais pas", "Le taux est celui du premier jour de travail", "écrivez /activite"),
        ("de", "ich weiss nicht", "Es gilt das Pensum des ersten Arbeitstages", "mit /pensum"),
    ],
)
def test_parents_need_not_know_their_rate(lang: str, said: str, month: str, find: str) -> None:
    answers = dates("2026-09-01", "2026-10-01", filed="2026-08-31")
    del answers["entitled_rate"]
    session = Session(lang=lang, check="adaptation", answers=answers)
    session, answered = reply(session, Message(text=said), date(2026, 8, 20))
    assert answered.kind == "result" and session.answers["entitled_rate"] == "unknown"
    text = plain(answered)
    assert month in text and find in text and "%" not in text
    assert found(session.answers, "2026-08-20").numbers == {}


def test_a_typed_1_is_a_rate_and_the_button_says_that_it_is_not_known() -> None:
    answers = {name: PARENTS[name] for name in ("adaptation_role", "child_at_institution", "adaptation_box")}
    session = Session(lang="fr", check="adaptation", answers=answers)
    typed, _ = reply(session, Message(text="1"), date(2026, 8, 20))
    assert typed.answers["entitled_rate"] == 1
    pressed, _ = reply(session, Message(button="adaptation.entitled_rate.unknown"), date(2026, 8, 20))
    assert pressed.answers["entitled_rate"] == "unknown"
    for wrong in ("101", "beaucoup"):
        assert reply(session, Message(text=wrong), date(2026, 8, 20))[0].answers == answers
