"""What a family may deduct for its size (kiBon's rules, settings of 2022/23)."""

from collections.abc import Mapping
from fractions import Fraction

from checks.law.family_size import FamilySize


def family_deduction(family: FamilySize, amounts: Mapping[int, Fraction]) -> Fraction:
    """The deduction in CHF: the family's size times the amount for as many heads.

    `amounts` are CHF a person by number of heads; fewer heads than the smallest give nothing, more than the largest
    the largest amount.
    """
    reached = [heads for heads in amounts if heads <= family.persons]
    return family.size * amounts[max(reached)] if reached else Fraction(0)
