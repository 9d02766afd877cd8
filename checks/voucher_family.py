"""The places of a family's children together: what their vouchers pay at the ends of what the answers allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from checks.law.voucher_amount import Reckoning
from checks.voucher_income import Incomes
from checks.voucher_place import Place

CHEAPEST, DEAREST = 0, -1  # ends of the cost


@dataclass(frozen=True)
class Corner:
    """One end of what the answers allow: a determining income, a cost and a reckoning for each place; CHF."""

    income: Fraction
    costs: tuple[Decimal, ...]
    found: tuple[Reckoning, ...]

    @property
    def voucher(self) -> Decimal:
        return sum((one.amount for one in self.found), start=Decimal(0))

    @property
    def parents_pay(self) -> Decimal:
        return sum((one.parents_pay for one in self.found), start=Decimal(0))


def corner(places: Sequence[Place], day: date, income: Fraction, cost: int) -> Corner:
    """The places in the month of `day` at this income and at the CHEAPEST or the DEAREST cost of each."""
    costs = tuple(place.cost[cost] for place in places)
    found = tuple(place.voucher(day, income, own) for place, own in zip(places, costs, strict=True))
    return Corner(income, costs, found)


def corners(places: Sequence[Place], day: date, incomes: Incomes) -> list[Corner]:
    """Every end, the best for the parents first: lowest and highest income, each at the lowest and highest cost.

    A child that is born later has no place yet.
    """
    there = [place for place in places if place.is_there(day)]
    ends = (CHEAPEST, DEAREST) if any(place.cost[0] != place.cost[1] for place in there) else (CHEAPEST,)
    both = dict.fromkeys((incomes.low.determining, incomes.high.determining))
    return [corner(there, day, income, cost) for income in both for cost in ends]
