"""The monthly-rate check, as the staff of an institution would try it."""

from typing import Any

import pytest
from conftest import TODAY

from bot.conversation import reply
from bot.messages import Message, plain
from bot.session import Session
from checks.case import Run, run
from checks.guided import guided
from checks.result import Line, Result

CHECK = guided()["monthly_rate"]
MONTH = {"monthly_days": "12", "monthly_cost": "1500.00"}
HOURS = {"monthly_hours": "132", "monthly_cost": "1500.00"}


def told(situation: str, offer: str = "daycare", **answers: Any) -> Run:
    return run(CHECK.check, {"place_offer": offer, "rate_situation": situation, **answers}, TODAY)


def result(situation: str, offer: str = "daycare", **answers: Any) -> Result:
    found = told(situation, offer, **answers)
    assert found.result is not None, f"open: {found.open}"
    return found.result


def codes(lines: tuple[Line, ...]) -> list[str]:
    return [line.code for line in lines]


def facts(found: Result, code: str) -> list[dict[str, Any]]:
    return [dict(reason.facts) for reason in found.reasons if reason.code == code]


# values of a whole month are never scaled


def test_the_usual_monthly_values_are_entered_as_they_are() -> None:
    found = result("starts", starts_on="2026-11-16", rate_basis="monthly", **MONTH)
    assert found.outcome == "one_row"
    assert found.numbers == {"rows": 1, "rate_1": 60, "days_1": 12, "cost_1": 1500}
    (counted,) = facts(found, "rate_counted_days")
    assert (counted["days"], counted["length"]) == (15, 30)
    assert (counted["inside_units"], counted["inside_rate"], counted["inside_cost"]) == ("6", "30", 750)


def test_care_from_the_first_of_a_month_needs_no_reckoning() -> None:
    found = result("starts", starts_on="2026-12-01", **MONTH)
    assert found.numbers["rate_1"] == 60
    assert facts(found, "rate_month_as_it_is_days") and not facts(found, "rate_counted_days")


def test_the_end_of_a_month_needs_no_reckoning_either() -> None:
    found = result("ends", ends_on="2027-02-28", **MONTH)
    assert facts(found, "rate_month_as_it_is_days")[0]["first"].isoformat() == "2027-02-01"


def test_care_that_ends_within_a_month_keeps_its_monthly_values() -> None:
    found = result("ends", ends_on="2027-06-10", rate_basis="monthly", **MONTH)
    assert codes(found.steps) == ["rate_row_kept_days", "rate_confirm"]
    assert facts(found, "rate_counted_days")[0]["inside_cost"] == 500


# days and costs of a part alone are scaled up


@pytest.mark.parametrize(
    ("first", "days", "cost", "rate", "monthly", "monthly_cost"),
    [
        ("2026-11-16", "6", "750.00", 60, 12, 1500),
        ("2026-11-16", "10", "900.00", 100, 20, 1800),
        ("2026-11-16", "0.5", "60.00", 5, 1, 120),
        ("2026-10-16", "5", "600.00", 48.44, 9.69, 1162.5),
        ("2027-02-15", "6", "750.00", 60, 12, 1500),
    ],
)
def test_the_part_of_the_first_month(
    first: str, days: str, cost: str, rate: float, monthly: float, monthly_cost: float
) -> None:
    part = {"rate_basis": "part", "part_days_1": days, "part_cost_1": cost}
    found = result("starts", starts_on=first, **part, **MONTH)
    assert found.outcome == "rows"
    assert (found.numbers["rate_1"], found.numbers["days_1"], found.numbers["cost_1"]) == (rate, monthly, monthly_cost)
    assert (found.numbers["rate_2"], found.numbers["cost_2"]) == (60, 1500)
    assert codes(found.steps) == ["rate_row_days", "rate_row_open_days", "rate_confirm"]


def test_hours_of_a_day_family() -> None:
    found = result(
        "ends", "day_family", ends_on="2027-06-10", rate_basis="part", part_hours_1="44", part_cost_1="500.00"
    )
    assert found.numbers == {"rows": 1, "rate_1": 60, "hours_1": 132, "cost_1": 1500}
    assert codes(found.steps)[:2] == ["rate_row_before", "rate_row_hours"]
    assert found.steps[0].facts["last"].isoformat() == "2027-05-31"


def test_a_change_ends_the_row_before_on_the_eve() -> None:
    found = result("changes", changes_on="2027-01-16", rate_basis="monthly", **MONTH)
    assert codes(found.steps)[0] == "rate_row_before"
    assert found.steps[0].facts["last"].isoformat() == "2027-01-15"


def test_rounded_values_say_so() -> None:
    part = {"rate_basis": "part", "part_cost_1": "750.00"}
    exact = result("starts", starts_on="2026-11-16", part_days_1="6", **part, **MONTH)
    rounded = result("starts", starts_on="2026-10-16", part_days_1="5", **part, **MONTH)
    assert "rate_two_decimals" not in codes(exact.notes)
    assert "rate_two_decimals" in codes(rounded.notes)


# more than 100 %


@pytest.mark.parametrize(("days", "outcome"), [("10", "rows"), ("10.01", "above_full"), ("15", "above_full")])
def test_more_than_a_full_rate_is_to_be_clarified(days: str, outcome: str) -> None:
    part = {"rate_basis": "part", "part_days_1": days, "part_cost_1": "900.00"}
    found = result("starts", starts_on="2026-11-16", **part, **MONTH)
    assert found.outcome == outcome
    assert ("rate_ask_above" in codes(found.steps)) == (outcome == "above_full")


def test_what_100_percent_are_in_the_part_is_named() -> None:
    part = {"rate_basis": "part", "part_hours_1": "90", "part_cost_1": "700.00"}
    found = result("ends", "day_family", ends_on="2027-06-10", **part)
    (above,) = facts(found, "rate_above_full_hours")
    assert (above["most"], above["rate"]) == ("73.33", "122.73")


def test_no_more_days_than_the_part_has() -> None:
    part = {"rate_basis": "part", "part_days_1": "16", "part_cost_1": "900.00"}
    found = told("starts", starts_on="2026-11-16", **part)
    assert found.wrong is not None and found.wrong.question.id == "part_days_1"


@pytest.mark.parametrize("units", ["0", "20.01", "6.555", "-3", "x"])
def test_no_impossible_month(units: str) -> None:
    found = told("starts", starts_on="2026-12-01", monthly_days=units)
    assert found.wrong is not None and found.wrong.question.id == "monthly_days"


# adaptation


def test_an_adaptation_within_a_month_and_the_care_after_it() -> None:
    part = {"part_days_1": "6", "part_cost_1": "480.00"}
    found = result(
        "adaptation",
        adaptation_from="2026-11-01",
        adaptation_basis="part",
        adaptation_until="2026-11-15",
        **part,
        **MONTH,
    )
    assert found.numbers == {
        "rows": 2, "rate_1": 60, "days_1": 12, "cost_1": 960, "rate_2": 60, "days_2": 12, "cost_2": 1500,
    }  # fmt: skip
    assert found.steps[1].facts["first"].isoformat() == "2026-11-16"
    assert "rate_adaptation_box" in codes(found.steps)


def test_an_adaptation_over_two_months_has_a_row_for_each_part() -> None:
    parts = {"part_days_1": "4", "part_cost_1": "400.00", "part_days_2": "7", "part_cost_2": "700.00"}
    found = result(
        "adaptation",
        "daycare",
        adaptation_from="2026-10-20",
        adaptation_basis="part",
        adaptation_until="2026-11-14",
        **parts,
        **MONTH,
    )
    spans = [(str(line.facts["first"]), str(line.facts.get("last"))) for line in found.steps[:3]]
    assert spans == [("2026-10-20", "2026-10-31"), ("2026-11-01", "2026-11-14"), ("2026-11-15", "None")]
    assert (found.numbers["days_1"], found.numbers["days_2"]) == (10.33, 15)


def test_an_adaptation_at_its_own_monthly_rate_is_one_row() -> None:
    own = {"adaptation_hours": "44", "adaptation_cost": "400.00"}
    found = result(
        "adaptation",
        "day_family",
        adaptation_from="2026-10-20",
        adaptation_basis="own_monthly",
        adaptation_until="2026-11-14",
        **own,
        **HOURS,
    )
    assert (found.numbers["rate_1"], found.numbers["rate_2"]) == (20, 60)
    assert [reason["days"] for reason in facts(found, "rate_counted_hours")] == [12, 14, 16]


def test_an_adaptation_at_the_usual_rate_needs_no_end() -> None:
    found = result("adaptation", adaptation_from="2026-11-12", adaptation_basis="monthly", **MONTH)
    assert found.outcome == "one_row"
    assert codes(found.steps)[0] == "rate_row_open_days"


def test_an_adaptation_across_the_first_of_august_is_cut_there() -> None:
    """The guidance's example: 15 July to 14 August; the row before August belongs to the period before."""
    own = {"adaptation_days": "4", "adaptation_cost": "400.00"}
    found = result(
        "adaptation",
        adaptation_from="2024-07-15",
        adaptation_basis="own_monthly",
        adaptation_until="2024-08-14",
        **own,
        **MONTH,
    )
    assert found.numbers["rows"] == 3
    assert str(found.steps[0].facts["last"]) == "2024-07-31"
    (note,) = [line for line in found.notes if line.code == "rate_two_periods"]
    assert (note.facts["old"], note.facts["new"]) == ("2023/24", "2024/25")
    assert "rate_adaptation_before_august" not in codes(found.notes)


def test_an_adaptation_over_by_the_end_of_july_warns_about_the_box() -> None:
    """The guidance's example: 1 to 31 July, work from 1 August."""
    parts = {"part_days_1": "10", "part_cost_1": "900.00"}
    found = result(
        "adaptation", adaptation_from="2024-07-01", adaptation_basis="part", adaptation_until="2024-07-31", **parts
    )
    assert found.numbers["rows"] == 1
    assert {"rate_adaptation_before_august", "rate_next_period"} <= set(codes(found.notes))


def test_an_adaptation_ends_by_the_end_of_the_next_month() -> None:
    asked = {"adaptation_from": "2026-10-20", "adaptation_basis": "part"}
    assert told("adaptation", **asked, adaptation_until="2026-12-01").wrong is not None
    assert told("adaptation", **asked, adaptation_until="2026-10-19").wrong is not None


def test_what_lies_in_a_period_without_rules_is_refused() -> None:
    own = {"adaptation_basis": "own_monthly", "adaptation_until": "2027-08-14"}
    found = result("adaptation", adaptation_from="2027-07-15", **own)
    assert found.outcome == "no_rule"


def test_nothing_beyond_the_last_period_is_asked() -> None:
    part = {"rate_basis": "part", "part_days_1": "6", "part_cost_1": "480.00"}
    found = result("starts", starts_on="2027-07-12", **part)
    assert found.numbers["rows"] == 1
    assert "rate_next_period" in codes(found.notes)


# in words


@pytest.mark.parametrize(
    ("lang", "said", "fragments"),
    [
        ("fr", ["heures", "elle se termine", "10 juin 2027", "seulement cette partie", "44 h", "500.-"],
         ["44 ÷ 10 × 30 = 132", "132 ÷ 220 = 60", "CHF 1’500.00", "sans les repas"]),
        ("de", ["Tagesmutter", "Austritt", "10. Juni 2027", "nur dieser Teil", "44 Std.", "Fr. 500"],
         ["44 ÷ 10 × 30 = 132", "132 ÷ 220 = 60", "CHF 1’500.00", "ohne Mahlzeiten"]),
    ],
)  # fmt: skip
def test_the_arithmetic_is_shown(lang: str, said: list[str], fragments: list[str]) -> None:
    session, answered = reply(Session(lang=lang), Message(button="/start.monthly_rate"), TODAY)
    for text in said:
        session, answered = reply(session, Message(text=text), TODAY)
    assert answered.kind == "result"
    assert all(fragment in plain(answered) for fragment in fragments), plain(answered)
