"""From the parts of a year to the imputable income (kiBon's program, state of March 2021).

Net wages, family allowances and other taxable income, replacement income, maintenance received and the mean business
profit of each person, plus a share of the net wealth of all together, minus the maintenance paid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.law.business_profit import mean_profit
from checks.law.rounding import to_franc
from checks.law.wealth_share import net_wealth, wealth_income

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Earnings:
    """What one person has in one year, in CHF. Profits: the latest year first, None where a year is not known."""

    net_wages: Fraction = NOTHING
    family_allowances: Fraction = NOTHING
    replacement_income: Fraction = NOTHING
    maintenance_received: Fraction = NOTHING
    maintenance_paid: Fraction = NOTHING
    business_profits: tuple[Fraction | None, ...] = ()
    gross_wealth: Fraction = NOTHING
    debts: Fraction = NOTHING


@dataclass(frozen=True)
class Imputable:
    """The imputable income of all persons together and its parts, in CHF a year."""

    wages: Fraction
    allowances: Fraction
    replacement: Fraction
    received: Fraction
    profit: Fraction
    net_wealth: Fraction
    wealth: int
    paid: Fraction
    total: int


def imputable_income(persons: Sequence[Earnings], wealth_share: Fraction, profit_years: int) -> Imputable:
    """The imputable income in whole CHF, never below 0; `wealth_share` is in percent, `profit_years` the most."""

    def together(part: str) -> Fraction:
        return sum((getattr(person, part) for person in persons), start=NOTHING)

    wages, allowances = together("net_wages"), together("family_allowances")
    replacement, received, paid = (
        together(part) for part in ("replacement_income", "maintenance_received", "maintenance_paid")
    )
    profit = sum((mean_profit(person.business_profits, profit_years) for person in persons), start=NOTHING)
    net = net_wealth(together("gross_wealth"), together("debts"))
    wealth = wealth_income(net, wealth_share)
    total = wages + allowances + replacement + received + profit + wealth - paid
    return Imputable(wages, allowances, replacement, received, profit, net, wealth, paid, max(to_franc(total), 0))
