"""The check on the worth of a voucher, as parents and a commune would try it."""

from typing import Any

import pytest
from conftest import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import reply
from bot.messages import Message, plain
from bot.report import report
from bot.session import Session
from bot.words import LANGUAGES, words
from checks.case import Run, run
from checks.guided import guided
from checks.result import Result

CHECK = guided()["voucher"]
PLACE = {
    "children_in_care": "1",
    "school_stage": "preschool",
    "provider": "daycare",
    "birth_month": "2022-03-01",
    "income_fell": False,
    "booked_rate": 60,
    "granted_rate": 80,
    "care_cost": "1500.00",
    "special_needs_lump_sum": False,
}
FAMILY = {"family_adults": "two", "family_children": "2", "children_by_half": False}
OLD = {"voucher_month": "2026-05-01", **PLACE}
NEW = {"voucher_month": "2026-12-01", **PLACE}
KNOWN = {"income_way": "determining", "determining_income": "60000.00"}
SUM = {"income_way": "sum", "income_sum": "84000.00", **FAMILY}
PARTS = {
    "income_way": "parts",
    "family_adults": "two",
    "net_wages_1": "60000.00",
    "other_income_1": [],
    "net_wages_2": "24000.00",
    "other_income_2": [],
    "gross_wealth": "0.00",
    "family_children": "2",
    "children_by_half": False,
}


def told(answers: dict[str, Any], **more: Any) -> Run:
    return run(CHECK.check, {**answers, **more}, TODAY)


def result(answers: dict[str, Any], **more: Any) -> Result:
    found = told(answers, **more)
    assert found.result is not None, f"open: {found.open}"
    return found.result


def notes(found: Result) -> dict[str, Any]:
    return {note.code: dict(note.facts) for note in found.notes}


def says(session: Session, *texts: str) -> tuple[Session, str]:
    answered = None
    for text in texts:
        session, answered = reply(session, Message(text=text), TODAY)
    assert answered is not None
    return session, plain(answered).replace("\u00a0", " ")


# what the income is


@pytest.mark.parametrize("income", [KNOWN, SUM, PARTS])
def test_the_short_and_the_exact_way_lead_to_the_same_voucher(income: dict[str, Any]) -> None:
    found = result(OLD, **income)  # 12 days at 100 x (160'000 - 60'000) / 117'000
    assert found.outcome == "amount"
    assert found.numbers == {"voucher": 1025.65, "parents_pay": 474.35, "determining_income": 60000}


def test_since_august_2026_it_is_an_estimate_that_names_what_is_not_published() -> None:
    found = result(NEW, **KNOWN)  # 12 days at 105 x (170'000 - 60'000) / 121'000
    assert found.outcome == "amount_estimated" and found.numbers["voucher"] == 1145.45
    assert "voucher_estimate" in notes(found) and "voucher_estimate" not in notes(result(OLD, **KNOWN))


def test_a_range_of_income_and_cost_gives_a_range() -> None:
    answers = {**KNOWN, "determining_income": "60000.00-80000.00"}
    found = result(OLD, **{**answers, "care_cost": "1000.00-1500.00"})
    assert found.outcome == "range"
    assert (found.numbers["voucher"], found.numbers["voucher_at_most"]) == (820.5, 1025.65)
    assert (found.numbers["parents_pay_at_least"], found.numbers["parents_pay"]) == (84, 679.5)


def test_a_class_is_a_range_before_the_family_deduction() -> None:
    classed = result(OLD, income_way="class", income_class="class_3", **FAMILY)
    summed = result(OLD, **{**SUM, "income_sum": "60000.00-80000.00"})
    assert classed.numbers == summed.numbers and classed.outcome == "range"


def test_children_by_half_count_half_and_the_note_says_so() -> None:
    found = result(OLD, **{**SUM, "children_by_half": True, "half_children": "2"})
    assert found.numbers["determining_income"] == 66000  # 84'000 - 3 x 6'000
    assert "voucher_halves" in notes(found)


def test_all_parts_of_the_exact_way_count() -> None:
    found = result(
        OLD,
        **{
            **PARTS,
            "other_income_1": ["family_allowances", "maintenance_paid"],
            "family_allowances_1": "2760.00",
            "maintenance_paid_1": "6000.00",
            "other_income_2": ["business_profit"],
            "profit_years_2": "3",
            "profit_2_0": "9000.00",
            "profit_2_1": "-3000.00",
            "profit_2_2": "6000.00",
            "gross_wealth": "60000.00",
            "wealth_debts": "20000.00",
        },
    )
    assert found.numbers["determining_income"] == 62760  # 84'000 + 2'760 - 6'000 + 4'000 + 2'000 - 24'000


def test_social_assistance_pays_the_most_and_no_declaration_nothing() -> None:
    assert result(OLD, income_way="social_assistance").numbers["voucher"] == 1200
    nothing = result(OLD, income_way="not_declared")
    assert nothing.outcome == "nothing_paid" and nothing.numbers["parents_pay"] == 1500
    lump = result(OLD, income_way="not_declared", special_needs_lump_sum=True)
    assert lump.numbers["voucher"] == 600


# what is asked back


def test_wages_of_a_month_are_asked_back_and_then_counted_twelve_times() -> None:
    monthly = {**PARTS, "net_wages_1": "5000.00"}
    found = told(OLD, **monthly)
    assert found.open is not None and found.open.id == "wages_per_1"
    assert result(OLD, **monthly, wages_per_1="month").numbers == result(OLD, **PARTS).numbers
    yearly = result(OLD, **monthly, wages_per_1="year")
    assert yearly.numbers["determining_income"] == 5000


def test_wages_of_zero_are_not_asked_back() -> None:
    assert told(OLD, **{**PARTS, "net_wages_2": "0.00"}).result is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bad_amounts_are_refused_with_what_is_expected_and_nothing_is_lost(lang: str) -> None:
    session = Session(
        lang=lang, check="voucher", answers={k: v for k, v in {**OLD, **PARTS}.items() if k != "net_wages_1"}
    )
    after, text = says(session, "-60'000")
    assert after.answers == session.answers and ("0 ou plus" in text or "0 oder mehr" in text)
    after, text = says(session, {"fr": "60 000 francs par an", "de": "60'000 Franken im Jahr"}[lang])
    assert after.answers["net_wages_1"] == "60000.00"
    session = Session(
        lang=lang, check="voucher", answers={k: v for k, v in {**OLD, **KNOWN}.items() if k != "care_cost"}
    )
    after, text = says(session, "0")
    assert after.answers == session.answers and "0.01" in text
    after, text = says(session, {"fr": "entre 1 400 et 1 600", "de": "zwischen 1'400 und 1'600"}[lang])
    assert after.answers["care_cost"] == "1400.00-1600.00"


AMOUNTS = {
    "fr": (
        "80'000",
        "80\u2019000",
        "80 000",
        "80\u202f000",
        "80\u00a0000",
        "80.000",
        "80000.-",
        "CHF 80'000.00",
        "80'000 ?",
    ),
    "de": (
        "80'000",
        "80\u2019000",
        "80 000",
        "80\u202f000",
        "80\u00a0000",
        "80.000",
        "80'000.\u2013",
        "80'000 Franken",
    ),
}
ASKED = {
    "fr": ("et avec 80'000 francs ?", "mon revenu est de 80 000, je reçois combien ?", "combien avec 80.000 ?"),
    "de": ("Mein Einkommen ist 80'000, was bekomme ich?", "Und bei 80'000 Franken Einkommen?", "80'000?"),
}


@pytest.mark.parametrize(
    ("lang", "text"), [(lang, text) for lang in LANGUAGES for text in (*AMOUNTS[lang], *ASKED[lang])]
)
@pytest.mark.parametrize("way", ["sum", "parts", "determining"])
def test_every_way_to_write_or_ask_with_an_amount_is_read(lang: str, text: str, way: str) -> None:
    start = {"voucher_month": "2026-05-01", "income_way": way, "family_adults": "one"}
    name = {"sum": "income_sum", "parts": "net_wages_1", "determining": "determining_income"}[way]
    after, said = says(Session(lang=lang, check="voucher", answers=start), text)
    assert after.answers == {**start, name: "80000.00"} and "80\u2019000" in said


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "d'où vient la limite de 80'000 ?"), ("de", "Seit wann gilt die Grenze von 80'000?")]
)
def test_a_question_on_a_limit_is_no_income(lang: str, text: str) -> None:
    start = {"voucher_month": "2026-05-01", "income_way": "sum"}
    after, said = says(Session(lang=lang, check="voucher", answers=start), text)
    assert after.answers == start and words(lang)("resume") in said


# the end of it


def test_above_the_limit_nothing_is_paid_and_the_rate_stays() -> None:
    found = result(OLD, **{**KNOWN, "determining_income": "160000.00"})
    assert found.outcome == "nothing_paid" and found.fixed and found.fixed.code == "voucher_income_too_high"
    assert result(OLD, **{**KNOWN, "determining_income": "159000.00"}).outcome == "amount"
    cheap = result({**OLD, **KNOWN, "care_cost": "80.00", "cost_per": "month"})
    assert cheap.outcome == "nothing_paid" and cheap.fixed and cheap.fixed.code == "voucher_cost_too_low"


def test_without_a_granted_rate_the_activity_comes_first() -> None:
    found = result(OLD, **{**KNOWN, "granted_rate": 0})
    assert found.outcome == "nothing_granted" and found.steps[0].code == "voucher_check_activity"


def test_a_school_child_has_a_voucher_in_a_day_family_only() -> None:
    school = {**OLD, **KNOWN, "school_stage": "school"}
    assert result(school).outcome == "school_stage"
    assert result(school, provider="day_family").outcome == "amount"


# what a change would mean


def test_a_day_more_of_care_or_work() -> None:
    found = notes(result(OLD, **{**KNOWN, "granted_rate": 60}))
    care, work, both = (found[f"voucher_more_{name}"] for name in ("care", "work_same", "both"))
    assert (float(care["voucher"]), float(care["parents_pay"])) == (1025.65, 974.35)  # 60 of 80 percent, CHF 2'000
    assert work["rate"] == 80
    assert (float(both["voucher"]), float(both["parents_pay"])) == (1367.5, 632.5)


def test_a_day_more_of_work_pays_where_care_exceeds_the_granted_rate() -> None:
    found = notes(result(OLD, **{**KNOWN, "granted_rate": 40}))
    more = found["voucher_more_work"]
    assert more["rate"] == 60 and float(more["difference"]) == pytest.approx(1025.65 - 683.75)
    assert "voucher_above_granted" in found


def test_more_income_costs_what_the_line_says() -> None:
    more = notes(result(OLD, **KNOWN))["voucher_more_income"]
    assert float(more["difference"]) == pytest.approx(1025.65 - 923.1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_curve_holds_the_place_of_the_family_and_both_limits(lang: str) -> None:
    data = report(CHECK, {**OLD, **KNOWN}, words(lang), TODAY)["result"]
    own = [point for point in data["curve"] if point["own"]]
    assert [(point["income"], point["voucher"]) for point in own] == [(60000, 1025.65)]
    assert data["curve"][0]["income"] == 43000 and data["curve"][-1] == {
        **data["curve"][-1],
        "income": 160000,
        "voucher": 0,
    }
    assert all("{" not in point["text"] for point in data["curve"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_amount_says_who_decides_and_from_which_source(lang: str) -> None:
    data = report(CHECK, {**NEW, **SUM}, words(lang), TODAY)["result"]
    assert {"fr": "la commune qui décide", "de": "Die Gemeinde entscheidet"}[lang] in data["pre_check"]
    assert all(reason["source"] for reason in data["reasons"])
    assert any("Roggwil" in reason["source"] for reason in data["reasons"])


# what must hold for every family


@settings(max_examples=80)
@given(
    st.integers(0, 250_000), st.integers(0, 60_000), st.integers(1, 100), st.integers(1, 100),
    st.integers(1, 4000), st.sampled_from(("2026-05-01", "2026-12-01")), st.booleans(),
)  # fmt: skip
def test_the_range_holds_every_amount_within_it(
    low: int, width: int, booked: int, granted: int, cost: int, month: str, needs: bool
) -> None:
    place = {**PLACE, "booked_rate": booked, "granted_rate": granted, "care_cost": f"{cost}.00"}
    answers = {
        **place,
        "voucher_month": month,
        "special_needs_lump_sum": needs,
        "cost_per": "month",
        "income_way": "determining",
        "income_per": "year",
    }
    ends = [
        result(answers, determining_income=f"{income}.00").numbers for income in (low, low + width // 2, low + width)
    ]
    found = result(answers, determining_income=f"{low}.00-{low + width}.00").numbers
    assert (
        found["voucher"] == ends[2]["voucher"] and found.get("voucher_at_most", found["voucher"]) == ends[0]["voucher"]
    )
    assert ends[0]["voucher"] >= ends[1]["voucher"] >= ends[2]["voucher"] >= 0
    for end in ends:
        assert end["voucher"] + end["parents_pay"] == pytest.approx(cost)


def test_from_kindergarten_on_the_commune_has_a_say() -> None:
    found = notes(result({**OLD, **KNOWN, "school_stage": "kindergarten"}))
    assert "commune_decides_kindergarten" in found
