"""A child's place as the voucher check reckons with it, and what a voucher pays for it at an income and a cost."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from checks.amount_figures import limits_on, tariff_on
from checks.law.age_group import AgeGroup, age_group
from checks.law.voucher_amount import Reckoning, Tariff, voucher_amount
from checks.result import Reason
from checks.values import value


@dataclass(frozen=True)
class Place:
    """The place of a child: its number in the check, rates in percent, the lowest and highest cost of a month in CHF.

    `born` is the first day of the month of birth, None where it was not asked (a child from kindergarten on).
    """

    child: int
    stage: str
    provider: str
    born: date | None
    booked: int
    granted: int
    cost: tuple[Decimal, Decimal]
    needs: bool
    reasons: tuple[Reason, ...] = ()  # how its cost was found

    @property
    def rate(self) -> int:
        return min(self.booked, self.granted)

    def is_there(self, day: date) -> bool:
        """Whether the child is born in the month of `day`."""
        return self.born is None or self.born <= day

    def group(self, day: date) -> AgeGroup:
        """Which maximum holds for the child in the month of `day`."""
        return age_group(self.born, self.stage != "preschool", day.replace(day=1), int(value("baby_months", day)))

    def tariff(self, day: date) -> Tariff:
        """What holds for this place in the month of `day`."""
        return tariff_on(day, self.provider, self.group(day), self.needs)

    def voucher(self, day: date, income: Fraction, cost: Decimal) -> Reckoning:
        """The voucher of the month of `day` for this determining income and cost."""
        share = limits_on(day).share(income)
        return voucher_amount(Fraction(self.booked), Fraction(self.rate), Fraction(cost), share, self.tariff(day))
