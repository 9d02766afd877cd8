"""The income that decides on the amount: the imputable income less the family deduction (art. 55 OEJF)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from checks.law.family_size import FamilySize
from checks.law.imputable_income import Imputable

State = Literal["declared", "social_assistance", "not_declared", "rejected"]


@dataclass(frozen=True)
class Income:
    """What decides from `first` to `last` (whole months), in CHF a year.

    `state` tells why no declared income decides: with social assistance it is 0, without a declaration (or where the
    commune rejects it) the upper limit. `year` is the calendar year of the income, `parts` its arithmetic where it is
    known in parts, `family` None where no size is known. `determining` may be negative.
    """

    first: date
    last: date
    state: State
    year: int
    imputable: Fraction
    parts: Imputable | None
    family: FamilySize | None
    deduction: Fraction

    @property
    def determining(self) -> Fraction:
        return self.imputable - self.deduction
