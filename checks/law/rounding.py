"""Rounds amounts as kiBon does: incomes to the franc, the voucher to 5 Rappen in two steps. Halves go up.

Source: kiBon's program (state of March 2021); until the last step everything is exact.
"""

from decimal import Decimal
from fractions import Fraction

_THOUSANDTH = 1000
_FIVE_RAPPEN = 50  # in thousandths of a franc


def to_franc(amount: Fraction) -> int:
    """The nearest whole franc."""
    return _nearest(amount)


def to_five_rappen(amount: Fraction) -> Decimal:
    """CHF to three decimals, then to 5 Rappen: 1.0749 gives 1.075 and so 1.10."""
    thousandths = _nearest(amount * _THOUSANDTH)
    return Decimal(_nearest(Fraction(thousandths, _FIVE_RAPPEN))) * Decimal("0.05")


def _nearest(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
