"""The check on a social or linguistic need, as a service, a parent and a commune would try it."""

from datetime import date
from typing import Any

import pytest
from conftest import TODAY
from scripts import flat

from bot.conversation import reply
from bot.messages import Message, plain
from bot.session import Session
from checks.case import run
from checks.guided import guided
from checks.improvements import improvements
from checks.law.confirmations import overlap, without_overlap
from checks.rates_by_month import SAMPLES
from checks.result import Result

CHECK = guided()["special_need"]
LANGUAGE = {
    "need_topic": "right",
    "need_kind": "language",
    "confirmed_from": "2027-02-01",
    "child_born": "2024-06-01",
    "need_stage": "preschool",
    "official_language": "yes",
    "language_care": 40,
}
SOCIAL = {"need_topic": "right", "need_kind": "social", "confirmed_from": "2027-02-01", "need_stage": "preschool"}
TWO = {
    "need_topic": "two_confirmations",
    "earlier_from": "2026-08-01",
    "later_from": "2027-01-01",
    "earlier_ends": True,
    "earlier_until": "2027-07-31",
}
MONTHS = {"need_topic": "months_below", "planned_period": "current"}
SCENARIO_1 = {**MONTHS, "care_by_month": list(SAMPLES["illness_then_lower_for_long"]), "months_to_pay": ["september"]}
SCENARIO_2 = {
    **MONTHS,
    "care_by_month": list(SAMPLES["holidays_break_holidays"]),
    "months_to_pay": ["september", "may"],
    "confirmed_again": "yes",
}


def result(answers: dict[str, Any], today: date = TODAY) -> Result:
    found = run(CHECK.check, answers, today)
    assert found.result is not None, f"open: {found.open}"
    return found.result


def steps(found: Result) -> dict[str, Any]:
    return {step.code: step.facts for step in found.steps}


def codes(found: Result) -> list[str]:
    return [reason.code for reason in found.reasons]


# social need (art. 45)


@pytest.mark.parametrize(
    ("confirmed", "outcome", "rate"),
    [(19, "rate_refused", 0), (20, "social_right", 20), (22, "social_right", 20), (43, "social_right", 45),
     (58, "social_right", 60), (60, "social_right", 60), (61, "rate_refused", 0)],
)  # fmt: skip
def test_a_social_need_counts_with_the_rate_of_the_service(confirmed: int, outcome: str, rate: int) -> None:
    found = result({**SOCIAL, "confirmed_rate": confirmed})
    assert (found.outcome, found.numbers["entitled_rate"]) == (outcome, rate)


def test_parents_enter_the_rate_of_a_social_need_as_confirmed_and_none_for_a_linguistic_one() -> None:
    assert steps(result({**SOCIAL, "confirmed_rate": 43}))["need_enter_social"]["rate"] == 43
    assert "rate" not in steps(result(LANGUAGE))["need_enter_language"]


def test_a_social_need_ends_in_a_day_nursery_at_school_but_not_in_a_day_family() -> None:
    school = {**SOCIAL, "need_stage": "school", "confirmed_rate": 40}
    assert result({**school, "provider": "daycare"}).outcome == "school_stage"
    day_family = result({**school, "provider": "day_family"})
    assert (day_family.outcome, day_family.notes[0].code) == ("social_right", "need_stage_open")


# linguistic need (art. 41 and 45)


@pytest.mark.parametrize(
    ("born", "confirmed", "outcome"),
    [
        ("2025-01-01", "2027-02-01", "language_right"),
        ("2025-02-01", "2027-01-31", "too_young"),
        ("2025-02-01", "2027-02-28", "language_right"),  # whichever day it was born on
        ("2024-02-01", "2026-02-28", "language_right"),  # also on the 29th
        ("2024-02-01", "2026-01-31", "too_young"),
    ],
)
def test_the_confirmation_begins_on_the_second_birthday_at_the_earliest(
    born: str, confirmed: str, outcome: str
) -> None:
    assert result({**LANGUAGE, "child_born": born, "confirmed_from": confirmed}).outcome == outcome


@pytest.mark.parametrize("confirmed", ["2027-02-01", "2027-02-27"])
def test_in_the_month_of_the_birthday_only_what_follows_from_the_day_is_asked(confirmed: str) -> None:
    answers = {**LANGUAGE, "child_born": "2025-02-01", "confirmed_from": confirmed}
    asked = run(CHECK.check, answers, TODAY).open
    assert asked is not None and (asked.id, asked.facts["since"].isoformat()) == ("old_enough", confirmed)
    assert result({**answers, "old_enough": True}).outcome == "language_right"
    assert result({**answers, "old_enough": False}).outcome == "too_young"


def test_what_was_said_of_the_age_on_a_day_does_not_count_for_another_day() -> None:
    told = {**LANGUAGE, "child_born": "2025-02-01", "confirmed_from": "2027-02-20", "old_enough": True}
    session = Session(lang="fr", check="special_need", answers=told)
    for text in ("modifier", "3", "10 février 2027"):
        session, answered = reply(session, Message(text=text), TODAY)
    assert "Le 10 février 2027, l'enfant a-t-il déjà 2 ans ?" in flat(plain(answered))
    corrected, answered = reply(Session(lang="fr", check="special_need", answers=told), Message(
        text="correction : besoin linguistique confirmé dès le 10 février 2027"), TODAY)  # fmt: skip
    assert corrected.answers["confirmed_from"] == "2027-02-10" and "old_enough" not in corrected.answers
    assert "déjà 2 ans" in flat(plain(answered))


@pytest.mark.parametrize("text", ["10 mars 2025", "10.3.2025", "mars 2025", "03.2025"])
def test_of_a_birth_date_the_month_is_kept(text: str) -> None:
    before = {name: LANGUAGE[name] for name in ("need_topic", "need_kind", "confirmed_from")}
    session, answered = reply(Session(lang="fr", check="special_need", answers=before), Message(text=text), TODAY)
    assert session.answers["child_born"] == "2025-03-01"
    said = flat(plain(answered))
    assert "Naissance de l'enfant : mars 2025" in said and "10 mars" not in said


def test_too_young_names_a_day_on_which_the_child_is_two_as_what_would_change_it() -> None:
    answers = {name: LANGUAGE[name] for name in ("need_topic", "need_kind", "confirmed_from")} | {
        "child_born": "2025-03-01"
    }
    assert result(answers).reasons[0].facts["month"].day == date(2027, 3, 1)
    (better,) = improvements(CHECK.check, answers, TODAY)
    assert (better.changes[0].question.id, better.changes[0].answer) == ("confirmed_from", "2027-03-31")
    assert better.run.result is not None and better.run.result.outcome == "language_right"


@pytest.mark.parametrize("stage", ["kindergarten", "school"])
def test_a_linguistic_need_is_for_preschool_children_only(stage: str) -> None:
    assert result({**LANGUAGE, "need_stage": stage}).outcome == "not_preschool"


def test_the_linguistic_need_gives_exactly_forty() -> None:
    assert result({**LANGUAGE, "language_care": 100}).numbers["entitled_rate"] == 40


def test_care_under_forty_gives_no_right_in_the_long_run_and_40_would() -> None:
    answers = {**LANGUAGE, "language_care": 39, "care_below": "longer"}
    assert result(answers).outcome == "care_too_low"
    (better,) = improvements(CHECK.check, answers, TODAY)
    assert (better.changes[0].question.id, better.changes[0].answer) == ("language_care", 40)


@pytest.mark.parametrize(
    ("below", "official", "outcome"),
    [("box", "yes", "language_right"), ("absence", "yes", "commune_decides"), ("box", "unknown", "language_open")],
)
def test_care_under_forty_with_the_box_of_the_commune(below: str, official: str, outcome: str) -> None:
    found = result({**LANGUAGE, "language_care": 39, "care_below": below, "official_language": official})
    assert found.outcome == outcome
    assert ("need_ask_box" in steps(found)) == (below == "absence")


def test_without_the_official_language_there_is_no_right() -> None:
    assert result({**LANGUAGE, "official_language": "no"}).outcome == "other_language"
    assert result({**LANGUAGE, "official_language": "unknown"}).outcome == "language_open"


def test_the_official_language_is_confirmed_since_the_period_2024_25() -> None:
    before = {**LANGUAGE, "child_born": "2021-06-01"}
    del before["official_language"]
    assert result({**before, "confirmed_from": "2024-07-31"}, date(2024, 6, 30)).outcome == "language_right"
    found = run(CHECK.check, {**before, "confirmed_from": "2024-08-01"}, date(2024, 6, 30))
    assert found.open is not None and found.open.id == "official_language"
    # filed after June the voucher can only begin in the new period
    found = run(CHECK.check, {**before, "confirmed_from": "2024-07-31"}, date(2024, 7, 1))
    assert found.open is not None and found.open.id == "official_language"


def test_the_need_counts_from_the_month_after_it_is_filed() -> None:
    (deadline,) = result(LANGUAGE).deadlines
    assert (deadline.day, deadline.facts["start"]) == (date(2027, 1, 31), date(2027, 2, 1))
    late = result({**LANGUAGE, "confirmed_from": "2026-11-01"})
    assert not late.deadlines and steps(late)["need_late"]["start"] == date(2026, 12, 1)


def test_one_document_for_the_confirmation() -> None:
    assert [line.code for line in result(LANGUAGE).documents] == ["need_confirmation"]


# two confirmations


def test_a_higher_rate_ends_the_earlier_one_the_day_before() -> None:
    found = result({**TWO, "later_rate": "higher"})
    assert found.outcome == "end_earlier"
    assert steps(found)["need_end_earlier"] == {"until": date(2026, 12, 31), "start": date(2027, 1, 1)}


@pytest.mark.parametrize("rate", ["lower", "equal"])
def test_a_lower_or_equal_rate_begins_the_day_after_the_earlier_one_ends(rate: str) -> None:
    found = result({**TWO, "earlier_until": "2027-01-31", "later_rate": rate})
    assert found.outcome == "start_later"
    assert steps(found)["need_start_later"] == {"until": date(2027, 1, 31), "start": date(2027, 2, 1)}
    assert len(found.documents) == 2


@pytest.mark.parametrize(
    ("until", "reasons"),
    [("2026-12-31", ["need_no_gap"]), ("2026-12-30", ["need_gap", "need_days_between"])],
)
def test_confirmations_without_a_common_day_stay_as_they_are(until: str, reasons: list[str]) -> None:
    found = result({**TWO, "earlier_until": until})
    assert (found.outcome, codes(found)) == ("dates_fit", reasons)


def test_a_single_common_day_is_an_overlap() -> None:
    opened = run(CHECK.check, {**TWO, "earlier_until": "2027-01-01"}, TODAY).open
    assert opened is not None and opened.id == "later_rate"


def test_an_open_end_overlaps() -> None:
    open_end = {**TWO, "earlier_ends": False}
    assert result({**open_end, "later_rate": "higher"}).outcome == "end_earlier"
    assert result({**open_end, "later_rate": "equal"}).outcome == "end_missing"


def test_two_confirmations_from_the_same_day_are_not_decided_here() -> None:
    found = result({**TWO, "later_from": "2026-08-01"})
    assert (found.outcome, codes(found)) == ("same_start", ["need_same_start", "need_formerly_one"])


@pytest.mark.parametrize("higher", [True, False])
def test_corrected_dates_never_overlap(higher: bool) -> None:
    for day in range(1, 29):
        until, start = date(2027, 2, day), date(2027, 2, 10)
        dates = without_overlap(until, start, higher)
        assert dates is not None and not overlap(dates.until, dates.start)


# months under the minimum


def test_scenario_1_of_the_guidance() -> None:
    found = result(SCENARIO_1)
    assert found.outcome == "months_end_date"
    assert found.numbers == {"box": 1, "paid_months": 6, "new_confirmations": 0}
    assert steps(found)["months_end"] == {"end": date(2027, 1, 31)}
    assert "months_new" not in steps(found) and not found.documents


def test_scenario_2_of_the_guidance() -> None:
    found = result(SCENARIO_2)
    assert found.outcome == "months_new_need"
    assert found.numbers == {"box": 1, "paid_months": 10, "new_confirmations": 1}
    assert steps(found)["months_end"] == {"end": date(2026, 10, 31)}
    assert steps(found)["months_new"]["start"] == date(2027, 1, 1)
    paid = [
        (reason.facts["first"], reason.facts["last"]) for reason in found.reasons if reason.code == "months_paid_by_box"
    ]
    assert paid == [(date(2026, 9, 1), date(2026, 9, 30)), (date(2027, 5, 1), date(2027, 5, 31))]
    assert [line.code for line in found.documents] == ["need_confirmation"]


def test_the_institution_is_asked_before_the_box_is_ticked_and_the_service_before_a_new_need() -> None:
    order = list(steps(result({**SCENARIO_2, "confirmed_again": "not_yet"})))
    assert order == [
        "months_call_institution",
        "months_tick_box",
        "months_end",
        "months_ask_service",
        "months_new",
        "need_upload",
    ]


def test_without_a_new_confirmation_the_wishes_cannot_all_be_met() -> None:
    found = result({**SCENARIO_2, "confirmed_again": "no"})
    assert found.outcome == "months_not_possible"
    ways = steps(found)
    assert ways["months_keep_running"]["extra"] == 2
    assert (ways["months_end_for_good"]["end"], ways["months_end_for_good"]["missing"]) == (date(2026, 10, 31), 7)
    assert ways["months_no_box"]["missing"] == 2


@pytest.mark.parametrize(
    ("rates", "wanted", "outcome", "box"),
    [
        ("always_at_the_minimum", None, "months_all_reached", 0),
        ("no_care", None, "months_all_reached", 0),
        ("one_month_lower", [], "months_box_unticked", 0),
        ("one_month_lower", ["september"], "months_box_only", 1),
        ("holidays_break_holidays", ["all"], "months_box_only", 1),
        ("always_just_below", ["august"], "months_end_date", 1),
        ("starts_lower", ["october"], "months_end_date", 1),
    ],
)
def test_the_box_and_what_else(rates: str, wanted: list[str] | None, outcome: str, box: int) -> None:
    answers = {**MONTHS, "care_by_month": list(SAMPLES[rates])}
    found = result(answers if wanted is None else {**answers, "months_to_pay": wanted})
    assert (found.outcome, found.numbers["box"]) == (outcome, box)


def test_a_confirmation_that_begins_later_is_said_to_be_outside_the_guidance() -> None:
    found = result({**MONTHS, "care_by_month": list(SAMPLES["starts_lower"]), "months_to_pay": ["october"]})
    assert steps(found)["months_start"] == {"start": date(2026, 10, 1)}
    assert found.notes[0].code == "months_start_moved"


def test_the_months_to_pay_are_asked_anew_when_the_rates_no_longer_leave_them_open() -> None:
    opened = run(CHECK.check, {**SCENARIO_2, "care_by_month": list(SAMPLES["one_month_lower"])}, TODAY).open
    assert opened is not None and opened.id == "months_to_pay"


@pytest.mark.parametrize(("period", "year"), [("current", 2026), ("previous", 2025)])
def test_the_days_are_those_of_the_period(period: str, year: int) -> None:
    assert steps(result({**SCENARIO_2, "planned_period": period}))["months_end"]["end"] == date(year, 10, 31)


def test_the_next_period_has_no_rules_yet() -> None:
    assert result({**SCENARIO_2, "planned_period": "next"}).outcome == "no_rule"


# the talk


def test_an_unclear_list_of_rates_leaves_the_session_as_it_was() -> None:
    session = Session(lang="fr", check="special_need", answers=MONTHS)
    after, answered = reply(session, Message(text="septembre 30"), TODAY)
    assert (answered.kind, after.answers) == ("refusal", MONTHS)
    assert "Il manque un taux pour" in plain(answered)


def test_a_button_of_a_month_and_the_button_for_none_are_answers() -> None:
    answers = {**MONTHS, "care_by_month": list(SAMPLES["holidays_break_holidays"])}
    session = Session(lang="de", check="special_need", answers=answers)
    for code, outcome in (("all", "genügt"), ("none", "Setzen Sie das Häkchen nicht")):
        _, answered = reply(session, Message(button=f"special_need.months_to_pay.{code}"), TODAY)
        assert answered.kind == "result" and outcome in plain(answered)
    after, answered = reply(session, Message(button="special_need.months_to_pay.october"), TODAY)
    assert answered.kind == "refusal" and after.answers == answers
