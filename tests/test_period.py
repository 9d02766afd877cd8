"""The period check: one or two applications, by when, in which order, and what a late one costs."""

from datetime import date
from typing import Any

import pytest

from bot.conversation import reply
from bot.messages import Message, plain
from bot.report import report
from bot.session import Session
from bot.words import words
from checks.case import Run, run
from checks.guided import guided

CHECK = guided()["period"]
JULY = {"filing_occasion": "adaptation", "adaptation_begins": "2024-07-01", "work_begins": "2024-08-01"}
ACROSS = {
    "filing_occasion": "adaptation",
    "adaptation_begins": "2024-07-15",
    "adaptation_ends": "2024-08-14",
    "work_begins": "2024-09-01",
}


def made(answers: dict[str, Any], today: str = "2024-05-20") -> Run:
    return run(CHECK.check, answers, date.fromisoformat(today))


def found(answers: dict[str, Any], today: str = "2024-05-20") -> Any:
    result = made(answers, today).result
    assert result is not None, f"open: {made(answers, today).open}"
    return result


def facts(result: Any, code: str) -> dict[str, Any]:
    reasons_and_steps = (*result.reasons, *result.steps, *result.notes)
    return next(dict(line.facts) for line in reasons_and_steps if line.code == code)


def codes(lines: Any) -> list[str]:
    return [line.code for line in lines]


def first(care: str, filed: str) -> dict[str, Any]:
    return {"filing_occasion": "first", "care_start": care, "filed_on": filed}


def would_change(answers: dict[str, Any], today: str) -> dict[str, Any]:
    said = report(CHECK, answers, words("de"), date.fromisoformat(today))
    return {change["question"]: change["value"] for change in said["result"]["would_change"]}


def test_an_adaptation_across_the_first_of_august_needs_one_application() -> None:
    result = found({**ACROSS, "filed_on": "2024-06-20"})
    assert (result.outcome, result.numbers["applications"]) == ("one_application", 1)
    assert facts(result, "period_adaptation_one")["period"] == "2024/25"
    assert facts(result, "period_adaptation_across")["first"] == date(2024, 8, 1)
    assert [line.day for line in result.deadlines] == [date(2024, 7, 31)]


def test_an_adaptation_over_by_july_needs_two_applications_before_it_begins() -> None:
    result = found({**JULY, "filed_on": "2024-06-20", "filed_by": "parents_online"})
    assert (result.outcome, result.numbers["applications"]) == ("two_applications", 2)
    needed = facts(result, "period_two")
    assert (needed["previous"], needed["period"]) == ("2023/24", "2024/25")
    assert [(line.code, line.day) for line in result.deadlines] == [("period_file_both", date(2024, 6, 30))]


@pytest.mark.parametrize(
    ("begins", "filed", "outcome"),
    [
        ("2024-07-01", "2024-06-30", "two_applications"),
        ("2024-07-01", "2024-07-01", "adaptation_lost"),
        ("2024-07-15", "2024-07-10", "adaptation_lost"),
        ("2024-06-17", "2024-06-16", "two_applications"),
        ("2024-06-17", "2024-06-17", "adaptation_lost"),
    ],
)
def test_both_are_filed_before_the_adaptation_and_before_its_month(begins: str, filed: str, outcome: str) -> None:
    answers = {**JULY, "adaptation_begins": begins, "adaptation_ends": "2024-07-31", "filed_on": filed}
    assert found({**answers, "filed_by": "commune"}).outcome == outcome


def test_the_day_that_would_save_the_adaptation_is_computed() -> None:
    late = {**JULY, "filed_on": "2024-07-05"}
    assert would_change(late, "2024-06-20") == {"filed_on": "2024-06-30", "work_begins": "2024-09-01"}


def test_the_commune_is_told_what_to_enter_with_the_exact_dates() -> None:
    answers = {**JULY, "filed_on": "2024-06-20", "filed_by": "commune"}
    steps = found(answers).steps
    assert codes(steps)[:5] == [
        "period_paper_order",
        "period_no_box",
        "period_extra_activity",
        "period_reason_by_hand",
        "period_delete_reason",
    ]
    extra = facts(found(answers), "period_extra_activity")
    assert (extra["previous"], extra["activity_from"], extra["activity_until"]) == (
        "2023/24", date(2024, 7, 1), date(2024, 7, 31),
    )  # fmt: skip
    for lang, text in (
        ("fr", "« 01.07.2024 – 31.07.2024 : Pour cette période, un taux de prise en charge est accordé en raison de la "
         "période d'adaptation (art. 36, al. 3 OEJF) »"),
        ("de", "«01.07.2024 – 31.07.2024: Für diesen Zeitraum wird aufgrund der Eingewöhnung ein Betreuungspensum "
         "gewährt (Art. 36 Abs. 3 FKJV)»"),
    ):  # fmt: skip
        said = report(CHECK, answers, words(lang), date(2024, 5, 20))["result"]["steps"]
        assert any(text in step.replace("\u00a0", " ") for step in said)


def test_work_within_august_leaves_its_first_days_open() -> None:
    answers = {**JULY, "work_begins": "2024-08-12", "filed_on": "2024-06-20", "filed_by": "commune"}
    result = found({**answers, "adaptation_begins": "2024-07-15"})
    assert result.outcome == "two_applications"
    assert facts(result, "period_extra_activity")["activity_from"] == date(2024, 7, 12)
    assert facts(result, "period_extra_activity")["activity_until"] == date(2024, 7, 31)
    assert facts(result, "period_two_open")["end"] == date(2024, 8, 11)


def test_the_order_that_avoids_two_case_numbers_is_for_paper() -> None:
    answers = {**JULY, "filed_on": "2024-06-20"}
    by = {who: codes(found({**answers, "filed_by": who}).steps) for who in CHECK.questions["filed_by"].samples()}
    assert by["commune"][0] == "period_paper_order"
    assert by["support_service"][:2] == ["period_support_role", "period_paper_order"]
    assert "period_commune_order" in by["parents_paper"]
    assert by["parents_online"][0] == "period_two_online" and "period_release_both" in by["parents_online"]
    for who in ("parents_online", "parents_paper", "support_service"):
        assert {"period_indicate_activity", "period_institution_confirms"} <= set(by[who])


def test_who_files_is_asked_only_for_two_applications() -> None:
    assert made({**ACROSS, "filed_on": "2024-06-20"}).open is None
    asked = made({**JULY, "filed_on": "2024-06-20"}).open
    assert asked is not None and asked.id == "filed_by"
    assert made({**JULY, "filed_on": "2024-07-20"}).open is None


def test_an_adaptation_that_is_over_before_the_month_brings_no_second_application() -> None:
    answers = {**ACROSS, "adaptation_begins": "2024-07-01", "adaptation_ends": "2024-07-31", "filed_on": "2024-06-20"}
    result = found(answers)
    assert (result.outcome, result.numbers["applications"]) == ("adaptation_lost", 1)


def test_work_in_mid_august_with_adaptation_in_august_loses_it() -> None:
    answers = {**JULY, "adaptation_begins": "2024-08-05", "work_begins": "2024-08-16", "filed_on": "2024-06-20"}
    result = found(answers)
    assert result.outcome == "adaptation_lost"
    assert facts(result, "period_adaptation_before_period")["keeps"] == date(2024, 9, 1)
    assert would_change(answers, "2024-05-20") == {"work_begins": "2024-09-01"}


@pytest.mark.parametrize(
    ("care", "filed", "voucher", "lost"),
    [
        ("2026-08-01", "2026-07-31", date(2026, 8, 1), 0),
        ("2026-08-01", "2026-08-01", date(2026, 9, 1), 1),
        ("2026-08-08", "2026-08-07", date(2026, 9, 1), 1),
        ("2026-10-15", "2026-09-30", date(2026, 10, 1), 0),
        ("2026-10-15", "2026-11-22", date(2026, 12, 1), 2),
        ("2026-12-01", "2027-02-28", date(2027, 3, 1), 3),
    ],
)
def test_a_voucher_starts_the_month_after_the_complete_application(
    care: str, filed: str, voucher: date, lost: int
) -> None:
    result = found(first(care, filed), filed)
    assert result.numbers == {"applications": 1, "months_lost": lost}
    assert result.outcome == ("one_application_late" if lost else "one_application")
    assert facts(result, "period_filed_late" if lost else "period_filed_in_time")["first"] == voucher


def test_a_period_that_is_over_gives_nothing_any_more() -> None:
    assert found(first("2026-06-15", "2026-06-30"), "2026-06-30").outcome == "one_application_late"
    result = found(first("2026-06-15", "2026-07-01"), "2026-07-01")
    assert result.outcome == "too_late"
    assert facts(result, "period_file_next")["period"] == "2026/27"


def test_a_late_application_learns_what_this_month_still_gives() -> None:
    result = found(first("2026-10-01", "2027-01-10"), "2026-11-22")
    assert [(line.code, line.day) for line in result.deadlines] == [("period_this_month", date(2026, 11, 30))]
    already = found(first("2026-10-01", "2026-11-20"), "2026-11-22")
    assert already.deadlines == () and "period_filed_already" in codes(already.steps)


def test_a_renewal_starts_on_the_first_of_august() -> None:
    renewal = {"filing_occasion": "renewal", "renewed_period": "next", "filed_on": "2026-07-31"}
    result = found(renewal, "2026-05-20")
    assert result.outcome == "one_application"
    assert facts(result, "period_of_start") == {"start": date(2026, 8, 1), "period": "2026/27"}
    assert [line.day for line in result.deadlines] == [date(2026, 7, 31)]
    forgotten = found({**renewal, "renewed_period": "running", "filed_on": "2026-11-22"}, "2026-11-22")
    assert (forgotten.outcome, forgotten.numbers["months_lost"]) == ("one_application_late", 4)


def test_the_rules_of_the_next_period_are_not_guessed() -> None:
    result = found({"filing_occasion": "renewal", "renewed_period": "next"}, "2026-11-22")
    assert (result.outcome, codes(result.reasons)) == ("no_rule", ["no_rule_yet"])


@pytest.mark.parametrize(
    ("today", "code"), [("2026-02-28", "period_opens_on"), ("2026-03-01", "period_open_since"), ("2026-08-01", None)]
)
def test_the_opening_of_the_period_is_told_while_it_lies_ahead(today: str, code: str | None) -> None:
    result = found(first("2026-09-01", "2026-07-15"), today)
    told = [line for line in result.notes if line.code.startswith("period_open")]
    assert [line.code for line in told] == ([code] if code else [])
    assert all(line.facts["day"] == date(2026, 3, 1) for line in told)


@pytest.mark.parametrize(
    ("lang", "said", "expected"),
    [
        ("fr", ("quelle période", "renouveler", "en cours", "aujourd'hui"), "(4 mois sans bon)"),
        ("de", ("welche Periode", "erneuern", "laufende", "heute"), "(Monate ohne Gutschein: 4)"),
    ],
)
def test_a_forgotten_renewal_in_words(lang: str, said: tuple[str, ...], expected: str) -> None:
    session = Session(lang=lang)
    for text in said:
        session, answered = reply(session, Message(text=text), date(2026, 11, 22))
    assert answered.kind == "result" and expected in plain(answered)
