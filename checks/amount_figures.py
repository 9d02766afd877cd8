"""The dated figures of the amount as the rules take them: limits, deductions, tariffs of a day or an hour."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache

from checks.law.age_group import AgeGroup
from checks.law.family_deduction import family_deduction
from checks.law.family_size import FamilySize
from checks.law.imputable_income import Earnings, Imputable, imputable_income
from checks.law.income_fall import FallTerms
from checks.law.income_limits import IncomeLimits
from checks.law.voucher_amount import Tariff
from checks.values import value

UNITS = {"daycare": "day", "day_family": "hour"}
HEADS = (3, 4, 5, 6)
MONTHLY = 12_000  # CHF: wages of a year below this are more likely those of a month
TOGETHER_MONTHLY = 20_000  # CHF: the same for the income of a whole family
DAILY = 250  # CHF: a cost of a month below this is more likely that of a day or an hour
CHEAP = {"daycare": 40, "day_family": 4}  # CHF a day or an hour: a cost of a month that gives less is one of a day too


def figure(name: str, day: date) -> Fraction:
    """The exact amount of a dated row; NoRule where none covers the day."""
    return Fraction(value(name, day).amount)


@cache
def limits_on(day: date) -> IncomeLimits:
    """The income limits of a day."""
    return IncomeLimits(figure("income_full_voucher", day), figure("income_no_voucher", day))


@cache
def deductions_on(day: date) -> Mapping[int, Fraction]:
    """The family deduction a person (CHF) by the number of heads from which on it holds."""
    return {heads: figure(f"family_deduction_{heads}", day) for heads in HEADS}


def deduction(family: FamilySize, day: date) -> Fraction:
    """The deduction of a family on a day, in CHF."""
    return family_deduction(family, deductions_on(day))


def imputable(persons: tuple[Earnings, ...], day: date) -> Imputable:
    """The imputable income of a year of these persons, by the rules of a day."""
    return imputable_income(persons, figure("wealth_share", day), int(figure("business_profit_years", day)))


def fall_terms(day: date) -> FallTerms:
    """When a fall in income counts, by the rules of a day."""
    return FallTerms(figure("income_fall_limit", day), int(figure("income_fall_percent", day)))


def is_estimate(day: date) -> bool:
    """Whether the maxima of a day are known as a raise in percent only, not as published francs."""
    return figure("maximum_raise", day) > 0


@cache
def tariff_on(day: date, provider: str, group: AgeGroup, special_needs: bool) -> Tariff:
    """The tariff of a place (`provider` is daycare or day_family) for a child of an age group, on a day."""
    unit = UNITS[provider]
    raised = 1 + figure("maximum_raise", day) / 100
    return Tariff(
        maximum=figure(f"maximum_{unit}_{group}", day) * raised,
        special_needs=figure(f"special_needs_{unit}", day) * raised if special_needs else Fraction(0),
        contribution=figure(f"minimum_contribution_{unit}", day),
        full_month=int(figure(f"full_month_{unit}s", day)),
    )


def units_of_month(unit: str, rate: Fraction, day: date) -> Fraction:
    """The days or hours of a month at `rate` percent; `unit` is day or hour."""
    return figure(f"full_month_{unit}s", day) * rate / 100


def is_cost_of_a_unit(cost: Fraction, provider: str, rate: Fraction, day: date) -> bool:
    """Whether the cost of a month at `rate` percent is so low that it seems to be that of a day or an hour."""
    return cost < DAILY or cost < CHEAP[provider] * units_of_month(UNITS[provider], rate, day)
