"""How the places of a child share its entitled rate (kiBon's program, state of March 2021)."""

from collections.abc import Sequence
from fractions import Fraction


def shared_rate(entitled: Fraction, care: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """What each place gets of the entitled rate, the first one first; all in percent points.

    The places stand in kiBon's order: earlier start, then higher rate at the start, then order of entry.
    """
    rates = []
    for own in care:
        rates.append(min(own, entitled))
        entitled -= rates[-1]
    return tuple(rates)
