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
    assert after.answers == session.answers and "1'950" in text
    after, text = says(session, {"fr": "entre 1 400 et 1 600", "de": "zwischen 1'400 und 1'600"}[lang])
    assert after.answers["care_cost"] == "1400.00-1600.00"


_IN_BOTH = ("80'000", "80\u2019000", "80 000", "80\u202f000", "80\u00a0000", "80.000")
AMOUNTS = {
    "fr": (*_IN_BOTH, "80000.-", "CHF 80'000.00", "80'000 ?"),
    "de": (*_IN_BOTH, "80'000.\u2013", "80'000 Franken"),
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


# several children, a fall in income, the months of the period


def of_child(number: int, **own: Any) -> dict[str, Any]:
    """The answers of PLACE for a further child, with some of its own."""
    answers = {**{name: PLACE[name] for name in PLACE if name not in ("children_in_care", "income_fell")}, **own}
    return {name if number == 1 else f"{name}_{number}": answer for name, answer in answers.items()}


children = st.fixed_dictionaries(
    {
        "school_stage": st.sampled_from(("preschool", "kindergarten")),
        "provider": st.sampled_from(("daycare", "day_family")),
        "birth_month": st.sampled_from(("2026-03-01", "2025-07-01", "2025-01-01", "2022-03-01")),
        "booked_rate": st.integers(5, 100),
        "granted_rate": st.integers(5, 100),
        "care_cost": st.integers(300, 3000).map(lambda cost: f"{cost}.00"),
        "cost_per": st.just("month"),
        "special_needs_lump_sum": st.booleans(),
    }
)
incomes = st.integers(0, 200_000).map(lambda income: f"{income}.00")


@settings(max_examples=60)
@given(st.lists(children, min_size=1, max_size=4), incomes, st.sampled_from(("2026-05-01", "2026-12-01")))
def test_a_family_gets_the_sum_of_what_its_children_get_alone(family: Any, income: str, month: str) -> None:
    start = {"voucher_month": month, "income_way": "determining", "determining_income": income, "income_per": "year"}
    start["income_fell"] = False
    alone = [result({**start, "children_in_care": "1", **of_child(1, **child)}).numbers for child in family]
    answers = {**start, "children_in_care": str(len(family))}
    for number, child in enumerate(family, 1):
        answers |= of_child(number, **child)
    together = result(answers).numbers
    for name in ("voucher", "parents_pay"):
        assert together[name] == pytest.approx(sum(numbers[name] for numbers in alone))


@settings(max_examples=40)
@given(children, incomes, st.booleans(), incomes, incomes, st.integers(0, 11))
def test_each_month_of_the_period_is_what_the_check_says_for_that_month(
    child: Any, income: str, fell: bool, first: str, second: str, number: int
) -> None:
    answers = {
        "voucher_month": "2027-07-01",
        "income_way": "sum",
        "income_sum": income,
        **FAMILY,
        "income_fell": fell,
        "income_first_year": first,
        "income_second_year": second,
        **dict.fromkeys(("income_per", "income_first_year_per", "income_second_year_per"), "year"),
        "children_in_care": "1",
        **of_child(1, **child),
    }
    month = result(answers).paid[number]
    assert float(month.voucher) == result(answers, voucher_month=month.first.isoformat()).numbers["voucher"]
    assert [paid.first.month for paid in result(answers).paid] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]


def test_a_fall_in_income_counts_for_its_own_calendar_year() -> None:
    fall = {**SUM, "income_fell": True, "income_first_year": "60000.00", "income_second_year": "70000.00"}
    december, january = (result(NEW, **fall, voucher_month=month) for month in ("2026-12-01", "2027-01-01"))
    assert december.numbers["determining_income"] == 36000  # 60'000 - 24'000: 28 percent less than 84'000
    assert january.numbers["determining_income"] == 60000  # 70'000 is 16 percent less: the base year counts
    codes = [reason.code for reason in december.reasons]
    assert "voucher_fall_accepted" in codes and "voucher_fall_too_small" in codes


@pytest.mark.parametrize(
    ("base", "later", "determining", "code"),
    [
        ("100000.00", "80000.00", 56000, "voucher_fall_at_the_border"),
        ("100000.00", "80001.00", 76000, "voucher_fall_too_small"),
        ("103999.00", "40000.00", 16000, "voucher_fall_accepted"),
    ],
)
def test_a_fall_counts_from_a_fifth_on(base: str, later: str, determining: float, code: str) -> None:
    fall = {"income_fell": True, "income_first_year": later, "income_second_year": later}
    found = result(NEW, **{**SUM, "income_sum": base, **fall})
    assert found.numbers["determining_income"] == determining
    assert code in [reason.code for reason in found.reasons]


def test_a_fall_is_asked_only_where_it_can_count() -> None:
    asked = {name: told(NEW, **{**SUM, **own}).asked for name, own in {
        "below": {"income_sum": "103999.00"},
        "at the limit": {"income_sum": "104000.00"},
        "range": {"income_sum": "80000.00-90000.00"},
    }.items()}  # fmt: skip
    assert {name for name, own in asked.items() if "income_fell" in own} == {"below"}
    assert "voucher_fall_above_limit" in notes(result(NEW, **{**SUM, "income_sum": "104000.00"}))
    assert "voucher_fall_needs_exact" in notes(result(NEW, **{**SUM, "income_sum": "80000.00-90000.00"}))


def test_a_fall_from_a_determining_income_compares_before_the_family_deduction() -> None:
    fall = {"income_fell": True, "income_first_year": "66000.00", "income_second_year": "66000.00"}
    found = result(NEW, **{**KNOWN, **fall, **FAMILY})  # 60'000 + 24'000 before; 66'000 is 21 percent less
    assert found.numbers["determining_income"] == 42000
    (before,) = (reason for reason in found.reasons if reason.code == "voucher_fall_before_deduction")
    assert before.facts["imputable"] == 84000


def test_the_month_of_birth_decides_on_the_maximum_of_a_baby() -> None:
    dear = {**KNOWN, "determining_income": "40000.00", "care_cost": "4000.00"}
    for month, born, amount in (
        ("2026-07-01", "2025-07-01", 1800),  # 12 months to the end of July 2026
        ("2026-07-01", "2025-06-01", 1200),
        ("2026-08-01", "2025-02-01", 1890),  # 18 months since August 2026
        ("2026-08-01", "2025-01-01", 1260),
    ):
        assert result(OLD, **{**dear, "voucher_month": month, "birth_month": born}).numbers["voucher"] == amount


@pytest.mark.parametrize(
    ("provider", "cost", "per", "amount"),
    [
        ("daycare", "125.00", "day", "1500.00"),
        ("daycare", "110.00-130.00", "day", "1320.00-1560.00"),
        ("day_family", "11.50", "hour", "1518.00"),  # 132 hours
        ("day_family", "90.00", "day", "1080.00"),
    ],
)
def test_a_cost_by_the_day_or_hour_is_reckoned_for_the_month(provider: str, cost: str, per: str, amount: str) -> None:
    answers = {**OLD, **KNOWN, "provider": provider}
    open_ = told(answers, care_cost=cost).open
    assert open_ is not None and open_.id == "cost_per"
    found = result(answers, care_cost=cost, cost_per=per)
    assert found.numbers == result(answers, care_cost=amount).numbers
    assert f"voucher_cost_of_{per}s" in [reason.code for reason in found.reasons]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "né en mars 2023"),
        ("fr", "elle est née le 3 mars 2023"),
        ("fr", "03.2023"),
        ("de", "im März 2023"),
        ("de", "sie ist im März 2023 geboren"),
        ("de", "geboren am 3.3.2023"),
    ],
)
def test_the_month_of_birth_is_read_as_people_say_it(lang: str, text: str) -> None:
    start = {name: answer for name, answer in {**OLD, **KNOWN}.items() if name != "birth_month"}
    assert says(Session(lang=lang, check="voucher", answers=start), text)[0].answers["birth_month"] == "2023-03-01"


def test_two_incomes_with_the_same_voucher_are_explained_once() -> None:
    found = result(OLD, **{**KNOWN, "determining_income": "20000.00-30000.00"})
    assert found.outcome == "amount"
    assert [reason.code for reason in found.reasons].count("amount_full") == 1
    assert "voucher_at_this_end" not in [reason.code for reason in found.reasons]


def test_a_child_without_a_voucher_is_named_and_not_counted() -> None:
    answers = {
        **OLD,
        **KNOWN,
        "children_in_care": "3",
        **of_child(2, school_stage="school"),
        **of_child(3, granted_rate=0),
    }
    found, alone = result(answers), result({**OLD, **KNOWN})
    assert found.numbers["voucher"] == alone.numbers["voucher"] and found.numbers["children"] == 1
    assert notes(found)["voucher_without_school_stage"]["child"] == 2
    assert notes(found)["voucher_without_nothing_granted"]["child"] == 3
    none = {
        **OLD,
        **KNOWN,
        "children_in_care": "2",
        **of_child(1, granted_rate=0),
        **of_child(2, school_stage="school"),
    }
    assert result(none).outcome == "nothing_granted"


def test_a_range_of_cost_is_a_band_and_explained_at_both_ends() -> None:
    found = result(OLD, **{**KNOWN, "care_cost": "900.00-1500.00"})
    assert (found.numbers["voucher"], found.numbers["voucher_at_most"]) == (816, 1025.65)
    own = next(point for point in found.curve if point.own)
    assert (float(own.voucher), float(own.at_most)) == (816, 1025.65)
    assert all(point.voucher <= point.at_most for point in found.curve)
    amounts = {reason.facts.get("amount") for reason in found.reasons if reason.code in ("amount_cut", "amount_full")}
    assert {float(amount) for amount in amounts if amount is not None} == {816, 1025.65}


def test_from_kindergarten_on_the_commune_has_a_say() -> None:
    found = notes(result({**OLD, **KNOWN, "school_stage": "kindergarten"}))
    assert "commune_decides_kindergarten" in found
