"""Which maximum a child has in a month: baby, preschool or enrolled (from kindergarten on).

Source: kiBon's program (state of March 2021). The stage is that of August and holds for the whole period.
"""

from datetime import date
from typing import Literal

from checks.law.calendar import add_months, month_end

AgeGroup = Literal["baby", "preschool", "enrolled"]


def baby_until(born: date, months: int) -> date:
    """The last day with the higher amount for babies: the end of the month in which the child is `months` old."""
    return month_end(add_months(born, months))


def age_group(born: date | None, enrolled: bool, month: date, months: int) -> AgeGroup:
    """The group in the month that begins on `month`; a baby is one whatever its stage, unknown age is no baby."""
    if born is not None and month <= baby_until(born, months):
        return "baby"
    return "enrolled" if enrolled else "preschool"
