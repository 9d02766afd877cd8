"""The command `assess` with finances: amounts by month, the income that decides, faults by their field."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.assessment import assessed
from bot.words import LANGUAGES, words
from checks.assess import assess, read_case

PERSON = [{"activities": [{"kind": "employment", "rate": 80}]}]
PLACE = {"provider": "daycare", "rate": 80, "monthly_cost": 2000}
INCOME = {"determining_income": 53872}


def case_of(finances: Any, **changes: Any) -> dict[str, Any]:
    return {
        "period": "2024/25",
        "household": "single",
        "applicants": PERSON,
        "child": {"birth_date": "2021-10-01", "school_stage": "preschool"},
        "care": [PLACE],
        "finances": finances,
        **changes,
    }


def answer(finances: Any = INCOME, lang: str = "fr", **changes: Any) -> dict[str, Any]:
    return assessed(json.loads(json.dumps(case_of(finances, **changes))), words(lang))


def months(found: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Amount and what the parents pay, by month."""
    return {month["month"]: (month["amount"], month["parents_pay"]) for month in found["months"]}


def income(finances: dict[str, Any], **changes: Any) -> list[tuple[str, float, float]]:
    found = answer(finances, **changes)
    return [(one["from"], one["imputable_income"], one["determining_income"]) for one in found["finances"]["incomes"]]


# the amounts of a period


def test_two_places_one_after_the_other() -> None:
    care = [
        {**PLACE, "until": "2025-01-31"},
        {"provider": "daycare", "rate": 40, "monthly_cost": 2000, "from": "2025-02-01"},
    ]
    found = answer({"applicants": [{"net_wages": 53265, "gross_wealth": 12147}], "household_size": 2}, care=care)
    assert months(found)["2025-01"] == (1451.3, 548.7) and months(found)["2025-02"] == (725.65, 1274.35)
    assert found["finances"]["year"] == {"amount": 13061.7, "parents_pay": 10938.3}
    assert found["finances"]["incomes"][0]["determining_income"] == 53872


def test_without_finances_the_amounts_stay_null() -> None:
    found = answer(None)
    assert "finances" not in found and {month["amount"] for month in found["months"]} == {None}


def test_a_part_of_a_month_counts_by_calendar_days() -> None:
    found = answer(
        {"determining_income": 100000}, care=[{**PLACE, "rate": 20, "from": "2025-02-10", "until": "2025-02-20"}]
    )
    assert months(found)["2025-02"] == (80.6, 705.1)  # 11 of 28 days: 2'000 x 11 / 28 is 785.70
    assert months(found)["2025-03"] == (0, 0)


def test_a_baby_has_the_higher_amount_to_the_end_of_the_month_of_its_birthday() -> None:
    found = answer(child={"birth_date": "2024-01-05", "school_stage": "preschool"})
    assert [month["places"][0]["tariff"] for month in found["months"]] == ["baby"] * 6 + ["preschool"] * 6
    eighteen = answer(period="2026/27", child={"birth_date": "2025-07-05", "school_stage": "preschool"})
    assert [month["places"][0]["tariff"] for month in eighteen["months"]] == ["baby"] * 6 + ["preschool"] * 6


def test_places_at_the_same_time_share_the_entitled_rate_in_the_order_of_their_start() -> None:
    care = [
        {"provider": "day_family", "rate": 50, "monthly_cost": 1000, "from": "2024-09-01"},
        {"provider": "daycare", "rate": 60, "monthly_cost": 1500},
    ]
    found = answer(
        {"determining_income": 0}, care=care, applicants=[{"activities": [{"kind": "employment", "rate": 60}]}]
    )
    september = found["months"][1]
    assert september["voucher_rate"] == 80
    assert [(place["care"], place["units"]) for place in september["places"]] == [(1, 12), (0, 44)]
    assert [place["amount"] for place in september["places"]] == [1200, 369.2]  # 400 of 1'000 less 44 hours at 0.70
    assert september["amount"] == 1569.2 and september["parents_pay"] == 930.8


def test_a_school_child_has_an_amount_in_a_day_family_only() -> None:
    care = [PLACE, {"provider": "day_family", "rate": 20, "monthly_cost": 600}]
    child = {"birth_date": "2017-01-01", "school_stage": "school"}
    found = answer({"determining_income": 0}, care=care, child=child)
    assert [place["amount"] for place in found["months"][0]["places"]] == [0, 374]


def test_a_missing_cost_leaves_the_months_concerned_without_an_amount() -> None:
    care = [{**PLACE, "until": "2024-12-31"}, {"provider": "daycare", "rate": 80, "from": "2025-01-01"}]
    found = answer(care=care)
    assert months(found)["2024-12"] == (1451.3, 548.7) and months(found)["2025-01"] == (None, None)
    assert found["finances"]["year"] == {"amount": None, "parents_pay": None}
    assert any("care[1].monthly_cost" in warning for warning in found["warnings"])


# the income that decides


def test_the_parts_of_a_couple_and_its_family() -> None:
    finances = {
        "applicants": [{"net_wages": 5691, "gross_wealth": 15321}, {"net_wages": 102498, "gross_wealth": 25496}],
        "household_size": 3,
        "persons": 3,
    }
    couple = {"household": "couple", "applicants": PERSON * 2}
    assert income(finances, **couple) == [("2024-08-01", 110230, 98830)]
    apart = {"household": "apart_joint_application", "applicants": PERSON * 2}
    assert income(finances, **apart) == [("2024-08-01", 110230, 98830)]


def test_children_count_from_the_month_after_their_birth() -> None:
    children = [{}, {"deduction": "half"}, {"birth_date": "2025-01-10"}, {"deduction": "none"}]
    found = income({"imputable_income": 90000, "children": children})
    assert found == [("2024-08-01", 90000, 80500), ("2025-02-01", 90000, 69000)]  # 2.5 x 3'800, then 3.5 x 6'000


def test_a_change_of_the_family_counts_from_the_next_month() -> None:
    change = {"on": "2024-11-16", "household_size": 4}
    finances = {"imputable_income": 90000, "household_size": 3, "family_changes": [change]}
    assert income(finances) == [("2024-08-01", 90000, 78600), ("2024-12-01", 90000, 66000)]


def test_a_determining_income_keeps_its_imputable_income_when_the_family_changes() -> None:
    change = {"on": "2024-11-16", "household_size": 4}
    finances = {"determining_income": 78600, "household_size": 3, "family_changes": [change]}
    assert income(finances) == [("2024-08-01", 90000, 78600), ("2024-12-01", 90000, 66000)]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({2024: 55000, 2025: 40000}, [("2024-08-01", 55000), ("2025-01-01", 40000)]),
        ({2024: 55000}, [("2024-08-01", 55000), ("2025-01-01", 70000)]),
        ({2025: 55000}, [("2024-08-01", 70000), ("2025-01-01", 55000)]),
        ({2024: 56001, 2025: 56000}, [("2024-08-01", 70000), ("2025-01-01", 56000)]),
        ({2024: 60000, 2025: 90000}, [("2024-08-01", 70000)]),
    ],
)
def test_a_fall_in_income_holds_for_its_own_calendar_year(
    claims: dict[int, int], expected: list[tuple[str, float]]
) -> None:
    falls = [{"year": year, "imputable_income": amount} for year, amount in claims.items()]
    found = income({"imputable_income": 70000, "household_size": 1, "fall_in_income": falls})
    assert [(first, imputable) for first, imputable, _ in found] == expected


def test_a_fall_needs_a_determining_income_below_the_limit() -> None:
    fall = [{"year": 2024, "applicants": [{"net_wages": 50000}]}]
    assert len(income({"imputable_income": 80000, "household_size": 2, "fall_in_income": fall})) == 1
    assert len(income({"imputable_income": 80000, "household_size": 3, "fall_in_income": fall})) == 2


# special states


def test_above_the_limit_the_amount_is_zero_and_the_rate_stays() -> None:
    found = answer({"determining_income": 160000})
    assert months(found)["2024-08"] == (0, 2000)
    assert found["months"][0]["entitled_rate"] == 100
    assert found["segments"][0]["reasons"] == ["activity", "income_too_high"]
    reason = next(one for one in found["reasons"] if one["code"] == "income_too_high")
    assert reason["article"] == "art. 31 al. 1 let. c OEJF" and "160’000" in reason["text"]


def test_only_the_days_of_the_too_high_income_have_the_reason() -> None:
    fall = [{"year": 2025, "imputable_income": 50000}]
    found = answer({"imputable_income": 170000, "household_size": 30, "fall_in_income": fall})
    assert {reason for segment in found["segments"] for reason in segment["reasons"]} == {"activity"}
    change = {"on": "2025-01-20", "household_size": 3}
    found = answer({"imputable_income": 165000, "household_size": 2, "family_changes": [change]})
    assert [(one["until"], one["reasons"]) for one in found["segments"]] == [
        ("2025-01-31", ["activity", "income_too_high"]),
        ("2025-07-31", ["activity"]),
    ]


@pytest.mark.parametrize(
    ("finances", "needs", "amount"),
    [
        ({"social_assistance": True}, False, 1600),
        ({"social_assistance": True, "determining_income": 100000}, False, 1600),
        ({"declared": False}, False, 0),
        ({"declared": False}, True, 800),
        ({"rejected": True, "social_assistance": True}, False, 0),
        ({"rejected": True, "determining_income": 100000}, True, 800),
        ({"determining_income": 200000}, True, 800),
        ({"determining_income": -7600}, False, 1600),
    ],
)
def test_special_states(finances: dict[str, Any], needs: bool, amount: float) -> None:
    child = {"birth_date": "2021-10-01", "school_stage": "preschool", "special_needs": needs}
    assert months(answer(finances, child=child))["2024-08"][0] == amount


def test_social_assistance_in_some_months_leaves_the_others_to_the_income() -> None:
    some = {
        **INCOME,
        "social_assistance_months": [{"from": "2024-10-01", "until": "2024-11-30"}, {"from": "2025-07-01"}],
    }
    found = answer(some)
    amounts = [month["amount"] for month in found["months"]]
    assert amounts == [1451.3, 1451.3, 1600, 1600, *[1451.3] * 7, 1600]
    assert [one["state"] for one in found["finances"]["incomes"]] == ["declared", "social_assistance"] * 2
    every = answer({"social_assistance_months": [{"until": "2024-12-31"}, {"from": "2025-01-01"}]})
    assert {month["amount"] for month in every["months"]} == {1600}
    undeclared = answer({"declared": False, "social_assistance_months": [{"until": "2024-08-31"}]})
    assert [month["amount"] for month in undeclared["months"]][:2] == [1600, 0]


# what a reader must know


@pytest.mark.parametrize("lang", LANGUAGES)
def test_amounts_since_august_2026_are_an_estimate(lang: str) -> None:
    found = answer(lang=lang, period="2026/27")
    assert found["finances"]["estimate"] and not answer(lang=lang)["finances"]["estimate"]
    assert any("5\u00a0%" in warning for warning in found["warnings"])
    assert found["months"][0]["amount"] == 1612.35  # 16 x 105 x (170'000 - 53'872) / 121'000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_has_its_words_and_its_source(lang: str) -> None:
    finances = {
        "applicants": [{"net_wages": 53265.5, "maintenance_paid": 1200, "business_profits": [None, 3]}],
        "children": [{"deduction": "half"}, {}],
        "fall_in_income": [{"year": 2024, "imputable_income": 100}, {"year": 2025, "applicants": [{"net_wages": 900}]}],
    }
    child = {"birth_date": "2024-01-05", "school_stage": "preschool", "special_needs": True}
    for period in ("2024/25", "2026/27"):
        moved = json.loads(json.dumps(finances).replace("2024", period[:4]).replace("2025", str(int(period[:4]) + 1)))
        found = answer(moved, lang=lang, child=child, period=period)
        assert "error" not in found, found
        steps = found["finances"]["steps"]
        assert steps and all(step["text"] and "{" not in step["text"] and step["source"] for step in steps)
        assert steps[-1]["code"] in ("amount_full", "amount_cut")
    assert all("{" not in warning for warning in found["warnings"])


@pytest.mark.parametrize(
    ("finances", "changes", "code"),
    [
        ({"applicants": [{"net_wages": 4800}]}, {}, "wages_of_a_month"),
        ({"imputable_income": 60000}, {}, "family_size_missing"),
        ({"imputable_income": 60000, "household_size": 2.5, "persons": 3}, {}, "family_with_halves"),
        (
            {"imputable_income": 90000, "fall_in_income": [{"year": 2024, "imputable_income": 1}]},
            {},
            "fall_base_too_high",
        ),
        (
            {"imputable_income": 70000, "fall_in_income": [{"year": 2024, "imputable_income": 69000}]},
            {},
            "fall_too_small",
        ),
        (
            {"imputable_income": 70000, "fall_in_income": [{"year": 2024, "imputable_income": 56000}]},
            {},
            "fall_at_the_border",
        ),
        (
            {"imputable_income": 70000, "fall_in_income": [{"year": 2025, "imputable_income": 9000}]},
            {},
            "fall_accepted",
        ),
        (INCOME, {"commune": {"name": "Bern"}}, "bern_top_up"),
        (INCOME, {"child": {"school_stage": "preschool"}}, "amount_age_not_known"),
        (INCOME, {"child": {"school_stage": "preschool", "special_needs": True}}, "special_needs_confirmed"),
        (INCOME, {"care": [{"provider": "daycare", "rate": 20}]}, "cost_missing"),
        (INCOME, {"period": "2026/27"}, "amount_estimate"),
        ({"declared": False}, {}, "income_not_declared"),
        ({"social_assistance": True}, {}, "income_social_assistance"),
        ({"rejected": True}, {}, "income_rejected"),
        ({**INCOME, "social_assistance_months": [{}]}, {}, "income_social_assistance_months"),
        ({"applicants": [{"net_wages": 5200}]}, {}, "wages_of_a_month"),
        ({"applicants": [{"net_wages": 80.000}]}, {}, "wages_of_a_month"),  # 80.000 is eighty in JSON
        ({"imputable_income": 6400}, {}, "income_of_a_month"),
        ({"determining_income": 6400}, {}, "income_of_a_month"),
        (INCOME, {"care": [{**PLACE, "monthly_cost": 120}]}, "cost_of_a_unit"),
        (INCOME, {"care": [{"provider": "day_family", "rate": 60, "monthly_cost": 300}]}, "cost_of_a_unit"),
    ],
)
def test_a_warning_says_what_to_know(finances: Any, changes: Any, code: str) -> None:
    plain = {warning.code for warning in assess(read_case(case_of(INCOME))).warnings}
    assert {warning.code for warning in assess(read_case(case_of(finances, **changes))).warnings} - plain >= {code}
    for lang in LANGUAGES:
        assert all("{" not in warning for warning in answer(finances, lang=lang, **changes)["warnings"])


# faults


@pytest.mark.parametrize(
    ("finances", "changes", "named"),
    [
        ({"applicants": [{"net_wages": -1}]}, {}, "finances.applicants[0].net_wages"),
        ({"applicants": [{"net_wages": "60'000"}]}, {}, "finances.applicants[0].net_wages"),
        ({"applicants": [{"net_wages": "60\u2019000"}]}, {}, "finances.applicants[0].net_wages"),
        ({"applicants": [{"net_wages": "60 000"}]}, {}, "finances.applicants[0].net_wages"),
        ({"applicants": [{"net_wages": "60\u202f000"}]}, {}, "finances.applicants[0].net_wages"),
        ({"applicants": [{"net_wages": "60.000"}]}, {}, "finances.applicants[0].net_wages"),
        ({"social_assistance_months": [{"until": "2024-12-31"}]}, {}, "finances"),
        ({**INCOME, "social_assistance_months": [{"from": "2024-12-15"}]}, {}, "finances.social_assistance_months[0].from"),
        ({**INCOME, "social_assistance_months": [{"until": "2024-12-15"}]}, {}, "finances.social_assistance_months[0].until"),
        ({**INCOME, "social_assistance_months": [{"from": "2025-01-01", "until": "2024-12-31"}]}, {}, "finances.social_assistance_months[0].until"),
        ({"applicants": [{"net_wages": True}]}, {}, "finances.applicants[0].net_wages"),
        ({"applicants": [{"net_wages": float("nan")}]}, {}, "finances.applicants[0].net_wages"),
        ({"applicants": [{"business_profits": ["x"]}]}, {}, "finances.applicants[0].business_profits[0]"),
        ({"applicants": [{"business_profits": [1, 2, 3, 4]}]}, {}, "finances.applicants[0].business_profits"),
        ({"applicants": [{}, {}]}, {}, "finances.applicants"),
        ({"applicants": []}, {}, "finances.applicants"),
        ({"wages": 1}, {}, "finances.wages"),
        ({}, {}, "finances"),
        ({"determining_income": 1, "imputable_income": 1}, {}, "finances.imputable_income"),
        ({"imputable_income": 1, "household_size": 2.5}, {}, "finances.persons"),
        ({"imputable_income": 1, "household_size": 2.3}, {}, "finances.household_size"),
        ({"imputable_income": 1, "household_size": 0}, {}, "finances.household_size"),
        ({"imputable_income": 1, "household_size": 3, "persons": 2}, {}, "finances.persons"),
        ({"imputable_income": 1, "persons": 2}, {}, "finances.household_size"),
        ({"imputable_income": 1, "household_size": 3, "children": []}, {}, "finances.children"),
        ({"imputable_income": 1, "children": [{"deduction": "third"}]}, {}, "finances.children[0].deduction"),
        ({"imputable_income": 1, "family_changes": [{"on": "2026-01-01", "household_size": 3}]}, {}, "finances.family_changes[0].on"),
        ({"imputable_income": 1, "fall_in_income": [{"year": 2023, "imputable_income": 1}]}, {}, "finances.fall_in_income[0].year"),
        ({"imputable_income": 1, "fall_in_income": [{"year": 2024}]}, {}, "finances.fall_in_income[0].imputable_income"),
        (INCOME, {"care": [{**PLACE, "monthly_cost": 0}]}, "care[0].monthly_cost"),
        (INCOME, {"care": [{**PLACE, "monthly_cost": -5}]}, "care[0].monthly_cost"),
        (INCOME, {"child": {"school_stage": "preschool", "special_needs": "yes"}}, "child.special_needs"),
        (INCOME, {"period": "2027/28"}, "period"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_names_its_field(finances: Any, changes: Any, named: str, lang: str) -> None:
    found = answer(finances, lang=lang, **changes)
    assert set(found) == {"id", "error"} and found["error"].startswith(f"{named}: "), found
    assert "{" not in found["error"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_amounts_are_told_in_words(lang: str, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    case = {"period": "2024/25", "household": "single", "applicants": PERSON, "child": {"school_stage": "preschool"}}
    file = tmp_path / "case.json"
    for care in ([PLACE], [{"provider": "daycare", "rate": 80}]):
        file.write_text(json.dumps({**case, "care": care, "finances": INCOME}), encoding="utf-8")
        assert main(["assess", str(file), "--lang", lang]) == 0
        text = capsys.readouterr().out
        assert ("1’451.30" in text) == ("monthly_cost" in care[0]) and "{" not in text


# what must hold for every case

amounts = st.integers(0, 120_000)
persons = st.fixed_dictionaries(
    {"net_wages": amounts},
    optional={
        "replacement_income": amounts,
        "maintenance_paid": amounts,
        "gross_wealth": amounts,
        "debts": amounts,
        "business_profits": st.lists(st.none() | st.integers(-50_000, 90_000), max_size=3),
    },
)
places = st.lists(
    st.fixed_dictionaries(
        {
            "provider": st.sampled_from(("daycare", "day_family")),
            "rate": st.sampled_from((10, 20, 40, 50, 62.5, 100)),
            "monthly_cost": st.integers(1, 3000),
            "from": st.sampled_from(("2024-08-01", "2024-09-16", "2025-02-10")),
        },
        optional={"until": st.sampled_from(("2025-03-01", "2025-06-30"))},
    ),
    max_size=3,
)


@settings(max_examples=30)
@given(st.integers(0, 300_000), places, st.integers(0, 100))
def test_no_income_changes_a_rate(income: int, care: Any, rate: int) -> None:
    own = {"care": care, "applicants": [{"activities": [{"kind": "employment", "rate": rate}]}]}
    found, rates = answer({"determining_income": income}, **own), answer(None, **own)
    for name in ("care_rate", "entitled_rate", "voucher_rate"):
        assert [month[name] for month in found["months"]] == [month[name] for month in rates["months"]]
    assert income < 160_000 or {month["amount"] for month in found["months"]} == {0}


@settings(max_examples=60)
@given(st.lists(persons, min_size=1, max_size=2), places, st.integers(1, 6), st.integers(0, 100), st.booleans())
def test_a_year_holds_together(earned: Any, care: Any, size: int, rate: int, needs: bool) -> None:
    people = [{"activities": [{"kind": "employment", "rate": rate}]} for _ in earned]
    child = {"birth_date": "2023-11-20", "school_stage": "preschool", "special_needs": needs}
    finances = {"applicants": earned, "household_size": size}
    found = answer(
        finances,
        household="single" if len(people) == 1 else "couple",
        applicants=people,
        child=child,
        care=care,
    )
    for month in found["months"]:
        cost = sum(place["cost"] for place in month["places"])
        assert month["amount"] >= 0 and month["parents_pay"] >= 0
        assert abs(month["amount"] + month["parents_pay"] - cost) <= 0.026 * len(care)
        assert all(
            place["amount"] <= max(place["subsidised_cost"] - place["minimum_contribution"], 0) + 0.026
            for place in month["places"]
        )
        assert not month["amount"] or month["voucher_rate"]
    too_high = found["finances"]["incomes"][0]["determining_income"] >= 160000
    assert too_high == any(reason["code"] == "income_too_high" for reason in found["reasons"])
    assert needs or not too_high or found["finances"]["year"]["amount"] == 0
