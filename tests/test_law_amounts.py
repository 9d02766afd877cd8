"""The rules of income and amount: tables that an expert can recompute, and what must hold for every family."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.amount_figures import deduction, fall_terms, imputable, is_estimate, limits_on, tariff_on
from checks.law.age_group import age_group, baby_until
from checks.law.business_profit import mean_profit
from checks.law.family_size import CountedChild, FamilySize, family_size
from checks.law.imputable_income import Earnings
from checks.law.income_fall import FallTerms, change_in_percent, fall_hindrance
from checks.law.rounding import to_five_rappen, to_franc
from checks.law.shared_rate import shared_rate
from checks.law.voucher_amount import Reckoning, voucher_amount
from checks.values import NoRule

BEFORE, SINCE = date(2024, 9, 1), date(2026, 9, 1)
STEP = Decimal("0.05")


def voucher(income, rate=100, care=None, cost=2000, provider="daycare", group="preschool", needs=False, day=BEFORE):
    """The voucher of a whole month."""
    share = limits_on(day).share(Fraction(income))
    tariff = tariff_on(day, provider, group, needs)
    return voucher_amount(Fraction(care or rate), Fraction(rate), Fraction(cost), share, tariff)


# amounts until 31 July 2026


@pytest.mark.parametrize(
    ("income", "facts", "amount", "parents_pay"),
    [
        (53872, {"rate": 80}, "1451.30", "548.70"),
        (43000, {}, "1860.00", "140.00"),  # 20 days at 100 would be 2'000: the parents pay 7 a day at least
        (43000, {"cost": 2500}, "2000.00", "500.00"),
        (42999, {"cost": 2500}, "2000.00", "500.00"),
        (-7600, {"cost": 2500}, "2000.00", "500.00"),
        (101500, {"cost": 2500}, "1000.00", "1500.00"),  # in the middle half of the maximum
        (101500, {"group": "baby", "cost": 3000}, "1500.00", "1500.00"),
        (101500, {"group": "enrolled"}, "750.00", "1250.00"),
        (159999, {}, "0.00", "2000.00"),  # 20 days at 0.085 Rappen
        (159900, {}, "1.70", "1998.30"),
        (160000, {}, "0.00", "2000.00"),
        (160000, {"needs": True}, "1000.00", "1000.00"),
        (101500, {"needs": True, "cost": 2500}, "2000.00", "500.00"),
        (0, {"needs": True}, "1860.00", "140.00"),
        (101500, {"rate": 40, "care": 60, "cost": 1500}, "400.00", "1100.00"),
        (0, {"rate": 40, "care": 60, "cost": 1500}, "800.00", "700.00"),
        (0, {"rate": 40, "care": 60, "cost": 900}, "544.00", "356.00"),  # 600 of 900 less 8 days at 7
        (101500, {"provider": "day_family", "rate": 50}, "467.50", "1532.50"),  # 110 hours at 4.25
        (0, {"provider": "day_family", "rate": 50}, "935.00", "1065.00"),
        (0, {"provider": "day_family", "rate": 50, "group": "enrolled"}, "935.00", "1065.00"),
        (0, {"provider": "day_family", "rate": 50, "group": "baby"}, "1402.50", "597.50"),
        (200000, {"provider": "day_family", "rate": 50, "needs": True}, "467.50", "1532.50"),
        (0, {"provider": "day_family", "rate": 50, "cost": 800}, "723.00", "77.00"),  # 110 hours at 0.70
        (0, {"rate": 20, "cost": 20}, "0.00", "20.00"),  # cheaper than the minimum contribution: nothing, never less
        (0, {"rate": 0, "care": 80}, "0.00", "2000.00"),
    ],
)
def test_a_whole_month_until_july_2026(income, facts, amount, parents_pay):
    found = voucher(income, **facts)
    assert (found.amount, found.parents_pay) == (Decimal(amount), Decimal(parents_pay))


# since 1 August 2026: 49'000 and 170'000, maxima and lump sum 5 percent higher


@pytest.mark.parametrize(
    ("income", "facts", "amount"),
    [
        (49000, {"cost": 2500}, "2100.00"),
        (109500, {"cost": 2500}, "1050.00"),
        (170000, {}, "0.00"),
        (169999, {"needs": True}, "1050.00"),
        (0, {"group": "baby", "cost": 4000}, "3150.00"),
        (0, {"group": "enrolled", "cost": 4000}, "1575.00"),
        (0, {"provider": "day_family", "rate": 50}, "981.75"),
        (0, {"provider": "day_family", "rate": 50, "group": "baby"}, "1472.65"),  # 110 times 13.3875 is 1472.625
        (0, {}, "1860.00"),  # the minimum contribution stays 7 a day
    ],
)
def test_a_whole_month_since_august_2026(income, facts, amount):
    assert voucher(income, day=SINCE, **facts).amount == Decimal(amount)


def test_only_amounts_that_are_not_published_in_francs_are_estimates():
    assert is_estimate(date(2026, 8, 1)) and not is_estimate(date(2026, 7, 31))


@pytest.mark.parametrize("day", [date(2022, 7, 31), date(2027, 8, 1)])
def test_other_periods_are_refused(day):
    with pytest.raises(NoRule):
        tariff_on(day, "daycare", "preschool", False)
    with pytest.raises(NoRule):
        limits_on(day)


# income


def test_the_parts_of_a_couple_add_up():
    persons = (
        Earnings(
            net_wages=Fraction("40000.40"),
            family_allowances=Fraction(2760),
            replacement_income=Fraction(1200),
            maintenance_received=Fraction(6000),
            gross_wealth=Fraction(60000),
            debts=Fraction(5000),
        ),
        Earnings(
            business_profits=(Fraction(30000), Fraction(-6000), Fraction(12000)),
            maintenance_paid=Fraction(9000),
            debts=Fraction(15010),
        ),
    )
    found = imputable(persons, BEFORE)
    assert (found.profit, found.net_wealth, found.wealth, found.paid) == (12000, 39990, 2000, 9000)
    assert found.total == 54960  # 40'000.40 + 2'760 + 1'200 + 6'000 + 12'000 + 2'000 - 9'000, to the franc


@pytest.mark.parametrize(
    ("profits", "mean"),
    [
        ((), 0),
        ((30000,), 30000),
        ((30000, 20000), 25000),
        ((30000, None, 12000), 21000),
        ((30000, 20000, 10000, 90000), 20000),
        ((None, 20000), 0),
        ((0, 20000), 10000),
        ((-30000, 20000), 0),
    ],
)
def test_the_mean_profit(profits, mean):
    assert mean_profit([None if one is None else Fraction(one) for one in profits], 3) == mean


def test_debts_never_lower_the_income_and_paid_maintenance_never_below_zero():
    assert imputable((Earnings(net_wages=Fraction(50000), debts=Fraction(90000)),), BEFORE).total == 50000
    assert imputable((Earnings(net_wages=Fraction(5000), maintenance_paid=Fraction(9000)),), BEFORE).total == 0


@pytest.mark.parametrize(
    ("size", "persons", "francs"),
    [
        (1, 1, 0),
        (2, 2, 0),
        (3, 3, 11400),
        (4, 4, 24000),
        (5, 5, 35000),
        (6, 6, 46200),
        (7, 7, 53900),
        (2, 3, 7600),
        ("2.5", 3, 9500),
        ("3.5", 4, 21000),
        ("1.5", 2, 0),
    ],
)
def test_the_family_deduction(size, persons, francs):
    assert deduction(FamilySize(Fraction(size), persons), BEFORE) == francs


def test_a_birth_counts_from_the_month_after_it():
    start = date(2024, 8, 1)
    children = [CountedChild(Fraction(1)), CountedChild(Fraction(1), date(2025, 1, 10))]
    assert family_size(2, children, date(2025, 1, 31), start) == FamilySize(Fraction(3), 3)
    assert family_size(2, children, date(2025, 2, 1), start) == FamilySize(Fraction(4), 4)
    assert family_size(2, [CountedChild(Fraction(1), date(2024, 7, 31))], start, start).persons == 3


def test_half_children_are_heads_and_those_without_a_share_are_not():
    half, none = CountedChild(Fraction(1, 2)), CountedChild(Fraction(0))
    assert family_size(1, [half, half, none], BEFORE, BEFORE) == FamilySize(Fraction(2), 3)


# fall in income


@pytest.mark.parametrize(
    ("base", "later", "percent"),
    [(100000, 80000, -20), (100000, 80001, -19), (181760, 144336, -20), (50000, 60000, 20)],
)
def test_the_change_is_rounded_towards_zero(base, later, percent):
    assert change_in_percent(Fraction(base), Fraction(later)) == percent


@pytest.mark.parametrize(
    ("base", "later", "determining", "hindrance"),
    [
        (79999, 63999, 79999, None),
        (79999, 64000, 79999, "fall_too_small"),
        (80000, 10000, 80000, "fall_base_too_high"),
        (95000, 76000, 71000, None),
        (0, 0, 0, "fall_too_small"),
        (60000, 70000, 60000, "fall_too_small"),
    ],
)
def test_a_fall_needs_both_conditions(base, later, determining, hindrance):
    assert fall_hindrance(Fraction(base), Fraction(later), Fraction(determining), fall_terms(BEFORE)) == hindrance


def test_without_a_limit_only_the_percentage_counts():
    assert fall_hindrance(Fraction(100000), Fraction(60000), Fraction(100000), FallTerms(None, 20)) is None


# babies


@pytest.mark.parametrize(
    ("born", "months", "last"),
    [
        ("2017-06-01", 12, "2018-06-30"),
        ("2024-07-31", 12, "2025-07-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-08-31", 18, "2027-02-28"),
    ],
)
def test_a_baby_is_one_to_the_end_of_the_month(born, months, last):
    assert baby_until(date.fromisoformat(born), months) == date.fromisoformat(last)


def test_the_baby_wins_over_the_stage_and_an_unknown_age_is_none():
    month = date(2025, 6, 1)
    assert age_group(date(2024, 6, 1), True, month, 12) == "baby"
    assert age_group(date(2024, 5, 31), True, month, 12) == "enrolled"
    assert age_group(None, False, month, 12) == "preschool"


# rounding


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("1.0749", "1.10"), ("1.0744", "1.05"), ("1.025", "1.05"), ("1.0245", "1.05"), ("1.02449", "1.00"), ("0", "0.00")],
)
def test_rounding_goes_through_three_decimals(exact, rounded):
    assert to_five_rappen(Fraction(exact)) == Decimal(rounded)


def test_francs_are_rounded_half_up():
    assert [to_franc(Fraction(amount)) for amount in ("607.35", "607.5", "0.49")] == [607, 608, 0]


# what must hold for every family

incomes = st.integers(-50_000, 250_000)
rates = st.integers(0, 100)
costs = st.decimals(1, 5000, places=2)
days = st.sampled_from((BEFORE, SINCE))
places = st.tuples(
    st.sampled_from(("daycare", "day_family")), st.sampled_from(("baby", "preschool", "enrolled")), st.booleans()
)


@st.composite
def months(draw: st.DrawFn) -> dict:
    care = draw(st.integers(1, 100))
    provider, group, needs = draw(places)
    return {
        "care": care,
        "rate": draw(st.integers(0, care)),
        "cost": draw(costs),
        "provider": provider,
        "group": group,
        "needs": needs,
        "day": draw(days),
    }


def rounded_below(amount: Decimal, exact: Fraction) -> bool:
    """Whether a rounded amount is at most the exact one, but for its rounding."""
    return Fraction(amount) <= exact + Fraction(STEP) / 2 + Fraction(1, 1000)


@given(incomes, months())
def test_a_voucher_stays_within_its_limits(income, month):
    found = voucher(income, **month)
    assert found.amount >= 0 and rounded_below(
        found.amount, max(found.subsidised_cost - found.contribution, Fraction(0))
    )
    assert found.amount + found.parents_pay == to_five_rappen(Fraction(month["cost"])) and found.parents_pay >= 0
    assert found.amount % STEP == 0


@given(incomes, st.integers(0, 50_000), months())
def test_a_voucher_falls_with_the_income(income, more, month):
    assert voucher(income + more, **month).amount <= voucher(income, **month).amount


@pytest.mark.parametrize("day", [BEFORE, SINCE])
@pytest.mark.parametrize("place", [("daycare", "baby"), ("daycare", "enrolled"), ("day_family", "preschool")])
@pytest.mark.parametrize("cost", [900, 4000])
def test_the_voucher_never_jumps_but_for_rounding(day, place, cost):
    month = {"provider": place[0], "group": place[1], "cost": cost, "rate": 60, "day": day}
    limits, step = limits_on(day), 250
    steepest = tariff_on(day, *place, False).maximum * 60 * tariff_on(day, *place, False).full_month / 100
    allowed = steepest / (limits.none - limits.full) * step + Fraction(2 * STEP)
    incomes = range(int(limits.full) - 1000, int(limits.none) + 1000, step)
    amounts = [voucher(income, **month).amount for income in incomes]
    assert amounts[0] > 0 == amounts[-1]
    assert all(0 <= more - less <= allowed for more, less in pairwise(amounts))


@given(st.integers(0, 100_000), months())
def test_above_the_limit_the_lump_sum_alone_remains(more, month):
    limit = int(limits_on(month["day"]).none)
    found = voucher(limit + more, **month)
    assert limits_on(month["day"]).too_high(Fraction(limit + more)) and (month["needs"] or found.amount == 0)
    assert found.rate == month["rate"]


@given(incomes, months(), st.integers(1, 30))
def test_a_part_of_a_month_is_its_share_of_the_whole(income, month, days_of_care):
    whole = voucher(income, **month)
    share = Fraction(days_of_care, 30)
    tariff = tariff_on(month["day"], month["provider"], month["group"], month["needs"])
    part: Reckoning = voucher_amount(
        whole.care * share,
        whole.rate * share,
        whole.cost * share,
        limits_on(month["day"]).share(Fraction(income)),
        tariff,
    )
    assert min(part.uncut, part.ceiling) == min(whole.uncut, whole.ceiling) * share


@given(st.integers(0, 100), st.lists(rates, max_size=4))
def test_places_share_the_entitled_rate_in_order(entitled, care):
    shares = shared_rate(Fraction(entitled), [Fraction(own) for own in care])
    assert sum(shares) == min(entitled, sum(care))
    assert all(0 <= own <= booked for own, booked in zip(shares, care, strict=True))
    assert all(later == 0 for place, later in enumerate(shares) if sum(care[:place]) >= entitled)
