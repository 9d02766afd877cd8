"""What a business counts for: the mean of the profits of up to three years (kiBon's program, state of March 2021)."""

from collections.abc import Sequence
from fractions import Fraction


def mean_profit(profits: Sequence[Fraction | None], years: int) -> Fraction:
    """The mean of `profits` (CHF a year, latest first, None: not known) over at most `years`, never below 0.

    Without a profit for the latest year nothing counts.
    """
    if not profits or profits[0] is None:
        return Fraction(0)
    known = [profit for profit in profits[:years] if profit is not None]
    return max(sum(known, start=Fraction(0)) / len(known), Fraction(0))
