"""The voucher of a month over the determining income, with the places of the family on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from checks.amount_figures import limits_on
from checks.amount_steps import chf
from checks.result import Point
from checks.voucher_family import CHEAPEST, DEAREST, corner
from checks.voucher_income import Incomes
from checks.voucher_place import Place

STEP = 20_000  # CHF between two points


def curve(day: date, incomes: Incomes, places: Sequence[Place]) -> Iterator[Point]:
    """The vouchers of all places at their lowest and at their highest cost."""
    limits = limits_on(day)
    own = {incomes.low.determining, incomes.high.determining} if incomes.low.state == "declared" else set()
    first, last = int(limits.full), int(limits.none)
    grid = {Fraction(income) for income in (first, *range((first // STEP + 1) * STEP, last, STEP), last)}
    bends = {_cut_until(day, place, cost) for place in places for cost in dict.fromkeys(place.cost)}
    grid |= {income for income in bends if first < income < last}
    for income in sorted(grid | own):
        low = high = corner(places, day, income, CHEAPEST).voucher
        if any(place.cost[0] != place.cost[1] for place in places):
            high = corner(places, day, income, DEAREST).voucher
        yield Point(chf(income), low, high, income in own)


def _cut_until(day: date, place: Place, cost: Decimal) -> Fraction:
    """The income (whole CHF) up to which the cost, not the income, limits the voucher."""
    limits, tariff = limits_on(day), place.tariff(day)
    ceiling = place.voucher(day, limits.full, cost).ceiling
    share = (ceiling * 100 / (place.rate * tariff.full_month) - tariff.special_needs) / tariff.maximum
    return Fraction(int(limits.none - share * (limits.none - limits.full)))
