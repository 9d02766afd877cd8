"""The amount of a voucher for one place and one month (art. 55 and annex 1 OEJF, as kiBon calculates it).

Units times the amount for a unit, but at most what the subsidised care costs less the parents' minimum contribution.
Exact until the last step, which rounds to 5 Rappen.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from checks.law.rounding import to_five_rappen

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Tariff:
    """What holds for a child's place on a day, in CHF a unit (a day in a day nursery, an hour in a day family).

    `maximum` is the most that the income-based part pays, `special_needs` the lump sum where it is confirmed (else 0),
    `contribution` what the parents pay at least; `full_month` are the units of a month at 100 %.
    """

    maximum: Fraction
    special_needs: Fraction
    contribution: Fraction
    full_month: int


@dataclass(frozen=True)
class Reckoning:
    """The steps from rates to the amount. Rates in percent points, amounts in CHF, all exact but the last two.

    `cost` is the cost of the month, `subsidised_cost` the part of it that the voucher rate covers, `ceiling` the most
    that can be paid; `amount` and `parents_pay` are rounded to 5 Rappen and add up to the rounded cost.
    """

    care: Fraction
    rate: Fraction
    units: Fraction
    per_unit: Fraction
    cost: Fraction
    subsidised_cost: Fraction
    contribution: Fraction
    ceiling: Fraction
    amount: Decimal
    parents_pay: Decimal

    @property
    def uncut(self) -> Fraction:
        """Units times the amount for a unit, before the ceiling."""
        return self.units * self.per_unit


@lru_cache(maxsize=4096)  # most months of a year are the same
def voucher_amount(care: Fraction, rate: Fraction, cost: Fraction, share: Fraction, tariff: Tariff) -> Reckoning:
    """The voucher of a month with `care` percent at `cost` CHF, of which `rate` percent points are subsidised.

    `care`, `rate` and `cost` are means over the month's days, so that a part of a month counts by calendar days.
    `share` (0 to 1) is what the income leaves of the maximum.
    """
    units = rate * tariff.full_month / 100
    per_unit = share * tariff.maximum + tariff.special_needs
    subsidised = cost * rate / care if care else NOTHING
    contribution = units * tariff.contribution
    ceiling = max(subsidised - contribution, NOTHING)
    amount = to_five_rappen(min(units * per_unit, ceiling))
    return Reckoning(
        care=care,
        rate=rate,
        units=units,
        per_unit=per_unit,
        cost=cost,
        subsidised_cost=subsidised,
        contribution=contribution,
        ceiling=ceiling,
        amount=amount,
        parents_pay=to_five_rappen(cost) - amount,
    )
