"""What wealth counts for: a share of the net wealth of all persons together (kiBon's program, state of March 2021)."""

from fractions import Fraction

from checks.law.rounding import to_franc


def net_wealth(gross: Fraction, debts: Fraction) -> Fraction:
    """Wealth less debts in CHF, of all persons together, never below 0."""
    return max(gross - debts, Fraction(0))


def wealth_income(net: Fraction, share: Fraction) -> int:
    """What the net wealth adds to the income, in whole CHF; `share` in percent."""
    return to_franc(net * share / 100)
