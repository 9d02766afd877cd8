"""Between which incomes the voucher shrinks (art. 31 al. 1 let. c and 55 OEJF)."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class IncomeLimits:
    """Determining incomes in CHF a year: `full` the last with the highest voucher, `none` the first without any."""

    full: Fraction
    none: Fraction

    def share(self, income: Fraction) -> Fraction:
        """Which share of the maximum an income leaves, 0 to 1: a straight line between the limits."""
        return min(max((self.none - income) / (self.none - self.full), Fraction(0)), Fraction(1))

    def too_high(self, income: Fraction) -> bool:
        """Whether nothing is paid for this income: the limit itself is too high already."""
        return income >= self.none
