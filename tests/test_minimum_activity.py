"""The minimum-activity check, as an expert of the ordinance would try it."""

from typing import Any

import pytest
from conftest import TODAY

from checks.case import run
from checks.guided import guided
from checks.improvements import improvements
from checks.law.activity import counted_activity, entitled_rate, person_activity, round_to_step
from checks.law.exception import exception_accepted

CHECK = guided()["minimum_activity"]
BASE = {"care_start": "2026-12-01", "school_stage": "preschool", "commune": "other", "unpaid_leave": "nobody"}
ONE = {**BASE, "household": "alone", "shared_custody": False}
TWO = {**BASE, "household": "married"}


def employed(*rates: int) -> dict[str, Any]:
    """Persons employed at these rates; nobody at 0."""
    answers: dict[str, Any] = {}
    for person, rate in enumerate(rates, 1):
        answers[f"activities_{person}"] = ["employment"] if rate else []
        answers[f"employment_{person}"] = rate
    return answers


def result(answers: dict[str, Any]) -> Any:
    found = run(CHECK.check, answers, TODAY)
    assert found.result is not None, f"open: {found.open}"
    return found.result


@pytest.mark.parametrize(
    ("rates", "stage", "rate"),
    [
        ((60,), "preschool", 80), ((51,), "preschool", 70), ((54,), "preschool", 75), ((59,), "preschool", 80),
        ((19,), "preschool", 0), ((20,), "preschool", 40), ((39,), "kindergarten", 0), ((40,), "kindergarten", 60),
        ((99,), "preschool", 100), ((0,), "preschool", 0),
        ((80, 60), "preschool", 60), ((100, 40), "preschool", 60), ((90, 70), "preschool", 80),
        ((80, 0), "preschool", 0), ((100, 20), "preschool", 40), ((100, 20), "kindergarten", 0),
        ((100, 40), "kindergarten", 60), ((60, 59), "preschool", 0), ((60, 60), "preschool", 40),
        ((100, 100), "kindergarten", 100),
    ],
)  # fmt: skip
def test_the_entitled_rate(rates: tuple[int, ...], stage: str, rate: int) -> None:
    who = ONE if len(rates) == 1 else TWO
    assert result({**who, **employed(*rates), "school_stage": stage}).numbers["entitled_rate"] == rate


def test_the_rate_of_one_person_counts_up_to_100() -> None:
    answers = {**TWO, **employed(80, 10), "activities_1": ["employment", "training"], "training_1": 40}
    assert result(answers).numbers["entitled_rate"] == 0
    assert result({**answers, "employment_2": 20}).numbers["entitled_rate"] == 40


@pytest.mark.parametrize(
    ("rates", "stage", "outcome"),
    [
        ((50, 50), "preschool", "exception_possible"), ((50, 49), "preschool", "below_minimum"),
        ((60, 60), "kindergarten", "exception_possible"), ((60, 59), "kindergarten", "below_minimum"),
        ((19,), "preschool", "exception_possible"), ((1,), "preschool", "exception_possible"),
        ((20,), "kindergarten", "exception_possible"), ((19,), "kindergarten", "below_minimum"),
    ],
)  # fmt: skip
def test_the_floors_of_an_exception_and_its_cap(rates: tuple[int, ...], stage: str, outcome: str) -> None:
    found = result({**(ONE if len(rates) == 1 else TWO), **employed(*rates), "school_stage": stage})
    assert found.outcome == outcome
    assert found.numbers.get("exception_rate_at_most", 20) == 20


def test_without_any_activity_an_exception_is_never_promised() -> None:
    found = result({**ONE, **employed(0)})
    assert "exception_without_activity" in [reason.code for reason in found.reasons]
    assert found.merit[0] < result({**ONE, **employed(1)}).merit[0]


@pytest.mark.parametrize(
    ("since", "persons"),
    [("2024-10-31", 2), ("2024-11-30", 2), ("2024-12-01", 1), ("2025-06-01", 1), ("2010-01-01", 2)],
)
def test_partners_without_a_common_child_count_in_the_month_after_two_years(since: str, persons: int) -> None:
    answers = {**TWO, "household": "cohabiting", "cohabiting_since": since, "shared_custody": False, **employed(20, 60)}
    found = result(answers)
    assert found.numbers["entitled_rate"] == (40 if persons == 1 else 0)


def test_shared_custody_counts_two_only_when_they_apply_together() -> None:
    answers = {**BASE, "household": "alone", "shared_custody": True, **employed(60, 60)}
    assert result({**answers, "applying_together": True}).numbers["entitled_rate"] == 40
    assert result({**answers, "applying_together": False}).numbers["entitled_rate"] == 80


@pytest.mark.parametrize(
    ("rates", "stage", "rate"),
    [((5,), "preschool", 25), ((4,), "preschool", 0), ((55, 50), "preschool", 25), ((55, 49), "preschool", 0),
     ((39,), "kindergarten", 0)],
)  # fmt: skip
def test_the_city_of_bern_has_its_own_minimum_for_preschool_children(
    rates: tuple[int, ...], stage: str, rate: int
) -> None:
    who = {**(ONE if len(rates) == 1 else TWO), "commune": "bern", "school_stage": stage}
    found = result({**who, **employed(*rates)})
    assert found.numbers["entitled_rate"] == rate
    assert ("bern_enrolled_open" in [note.code for note in found.notes]) == (stage == "kindergarten")


def test_voluntary_work_counts_up_to_15_in_bern_and_not_elsewhere() -> None:
    answers = {**ONE, "activities_1": ["employment", "voluntary_work"], "employment_1": 5, "voluntary_work_1": 30}
    assert result({**answers, "commune": "bern"}).numbers["entitled_rate"] == 40
    elsewhere = result(answers)
    assert elsewhere.numbers["entitled_rate"] == 0
    assert "voluntary_work_not_counted" in [reason.code for reason in elsewhere.reasons]


def leave(begin: str, end: str, rate: int = 60) -> dict[str, Any]:
    return {"unpaid_leave": "person_1", "leave_from": begin, "leave_until": end, "leave_rate": rate}


def test_unpaid_leave_takes_effect_after_three_months() -> None:
    found = result({**ONE, **employed(60), **leave("2027-01-01", "2027-05-31")})
    assert found.numbers == {"entitled_rate": 80, "entitled_rate_during_leave": 0}
    reason = next(reason for reason in found.reasons if reason.code == "unpaid_leave")
    assert (str(reason.facts["begin"]), str(reason.facts["end"])) == ("2027-04-01", "2027-05-31")


@pytest.mark.parametrize(
    ("begin", "end"), [("2027-01-01", "2027-03-31"), ("2026-01-01", "2026-06-30"), ("2027-01-15", "2027-04-30")]
)
def test_a_leave_that_is_short_or_outside_or_within_a_month_changes_nothing(begin: str, end: str) -> None:
    found = result({**ONE, **employed(60), **leave(begin, end)})
    assert found.numbers == {"entitled_rate": 80}
    assert "unpaid_leave_without_effect" in [reason.code for reason in found.reasons]


def test_only_the_activity_on_leave_drops_out() -> None:
    answers = {**ONE, "activities_1": ["employment", "training"], "employment_1": 50, "training_1": 30}
    found = result({**answers, **leave("2027-01-01", "2027-06-30", 50)})
    assert found.numbers == {"entitled_rate": 100, "entitled_rate_during_leave": 50}


def test_a_place_in_a_day_nursery_ends_with_school_but_a_day_family_does_not() -> None:
    answers = {**ONE, **employed(60), "school_stage": "school"}
    assert result({**answers, "provider": "daycare"}).outcome == "school_stage"
    assert result({**answers, "provider": "day_family"}).numbers["entitled_rate"] == 80


def test_each_activity_of_each_person_needs_its_own_proof() -> None:
    answers = {**TWO, **employed(80, 0), "activities_2": ["hourly_employment", "health"], "hourly_employment_2": 30,
               "health_2": 20}  # fmt: skip
    documents = [(line.code, line.facts["person"]) for line in result(answers).documents]
    assert documents == [("proof_of_employment", 1), ("proof_of_hourly_employment", 2), ("proof_of_health", 2)]


def test_the_deadline_is_the_day_before_the_month_of_care() -> None:
    assert [str(item.day) for item in result({**ONE, **employed(60), "care_start": "2027-02-15"}).deadlines] == [
        "2027-01-31"
    ]
    late = result({**ONE, **employed(60), "care_start": "2026-11-01"})
    assert late.deadlines == () and "late" in [step.code for step in late.steps]


@pytest.mark.parametrize("day", ["2022-07-31", "2027-08-01"])
def test_a_period_without_rules_is_refused(day: str) -> None:
    found = result({"care_start": day})
    assert found.outcome == "no_rule" and "2022" in str(found.reasons[0].facts["first"])


def test_rounding_goes_to_the_nearest_five() -> None:
    assert [round_to_step(rate, 5) for rate in range(50, 61)] == [50, 50, 50, 55, 55, 55, 55, 55, 60, 60, 60]


def test_the_law_functions_take_any_number_of_persons_rates() -> None:
    assert person_activity([60, 60], 100) == 100
    assert counted_activity([100, 40], 100) == 40 and counted_activity([80, 0], 100) == 0
    assert entitled_rate(40, 40, 20, 5) == 60 and entitled_rate(39, 40, 20, 5) == 0
    assert not exception_accepted(0, 0, counted_persons=1) and exception_accepted(100, 100, counted_persons=2)


@pytest.mark.parametrize(
    ("stage", "grounds", "note"),
    [
        ("preschool", "other_grounds_preschool", None),
        ("kindergarten", "other_grounds_enrolled", "commune_decides_kindergarten"),
        ("school", "other_grounds_enrolled", "commune_decides_school"),
    ],
)
def test_from_kindergarten_on_nothing_is_promised_that_the_commune_decides(
    stage: str, grounds: str, note: str | None
) -> None:
    answers = {**ONE, "school_stage": stage, "provider": "day_family"}
    assert grounds in [step.code for step in result({**answers, **employed(1)}).steps]
    assert [line.code for line in result({**answers, **employed(60)}).notes] == ([note] if note else [])


@pytest.mark.parametrize(
    ("rates", "stage", "outcome", "together"),
    [
        ((0, 0), "preschool", "entitled", (60, 60)),
        ((10, 10), "preschool", "entitled", (60, 60)),
        ((0, 0), "kindergarten", "exception_possible", (60, 60)),
        ((30, 5), "kindergarten", "entitled", (82, 58)),
    ],
)
def test_two_people_add_activity_where_one_alone_does_not_suffice(
    rates: tuple[int, int], stage: str, outcome: str, together: tuple[int, int]
) -> None:
    answers = {**TWO, **employed(*rates), "school_stage": stage}
    (pair,) = (
        one
        for one in improvements(CHECK.check, answers, TODAY)
        if len(one.changes) == 2 and one.run.result and one.run.result.outcome == outcome
    )
    assert tuple(change.answer for change in pair.changes) == together
    for first in range(101):  # no two rates with a smaller sum suffice
        second = sum(together) - 1 - first
        if rates[0] <= first and rates[1] <= second <= 100:
            assert result({**answers, **employed(first, second)}).merit < pair.run.result.merit  # type: ignore[union-attr]


def test_a_school_child_may_still_have_a_voucher_in_a_day_family() -> None:
    answers = {**ONE, "school_stage": "school", "provider": "daycare"}
    (change,) = improvements(CHECK.check, answers, TODAY)
    assert change.answers == {"provider": "day_family"}
    opened = run(CHECK.check, {"care_start": "2026-12-01", "school_stage": "school", **change.answers}, TODAY).open
    assert opened is not None and opened.id == "commune"
