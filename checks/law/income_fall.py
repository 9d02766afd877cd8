"""When a fall in income replaces the base year (art. 57 al. 2 OEJF, as kiBon calculates it).

Each claimed year is compared with the base year, never with another one, and holds for its own calendar year.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class FallTerms:
    """The determining income of the base year must lie below `limit` (CHF; None: no limit), and the imputable income
    fall by `percent` or more."""

    limit: Fraction | None
    percent: int


def change_in_percent(base: Fraction, later: Fraction) -> int:
    """The change from `base` to `later` (imputable incomes), rounded towards 0: -19.999 is -19. `base` is above 0."""
    change = (later - base) * 100 / base
    return int(change)


def fall_hindrance(base: Fraction, later: Fraction, base_determining: Fraction, terms: FallTerms) -> str | None:
    """Why a fall from `base` to `later` does not count, as a code; None where it does.

    `base_determining` is the determining income of the base year (CHF), after the family deduction.
    """
    if terms.limit is not None and base_determining >= terms.limit:
        return "fall_base_too_high"
    if base <= 0 or change_in_percent(base, later) > -terms.percent:
        return "fall_too_small"
    return None
