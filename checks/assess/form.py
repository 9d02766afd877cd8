"""What the fields of a case have in common: nothing unknown, ISO days, amounts in CHF."""

import math
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from checks.law.timeline import Span, clip

MOST_FRANCS = 1_000_000_000
MOST_PERSONS = 30


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    # fromisoformat alone would also read 20240801 and 2024-W31-4
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "not a day")


def _number(low: float, high: float, code: str, step: float = 0) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            number = float(value)
            if low <= number <= high and not (step and number % step):
                return number
        raise PydanticCustomError(code, "not such a number")

    return read


Day = Annotated[date, BeforeValidator(_day)]
Francs = Annotated[
    float, BeforeValidator(_number(0, MOST_FRANCS, "not_an_amount")), Field(json_schema_extra={"minimum": 0})
]
SignedFrancs = Annotated[float, BeforeValidator(_number(-MOST_FRANCS, MOST_FRANCS, "not_a_number"))]
Cost = Annotated[
    float,
    BeforeValidator(_number(0.01, MOST_FRANCS, "not_a_cost")),
    Field(json_schema_extra={"exclusiveMinimum": 0}),
]
Size = Annotated[
    float,
    BeforeValidator(_number(1, MOST_PERSONS, "not_a_size", 0.5)),
    Field(json_schema_extra={"minimum": 1, "multipleOf": 0.5}),
]
Heads = Annotated[
    float,
    BeforeValidator(_number(1, MOST_PERSONS, "not_a_size", 1)),
    Field(json_schema_extra={"minimum": 1, "multipleOf": 1}),
]


class Days(Form):
    first: Day | None = Field(None, alias="from", description="First day; null or left out: open.")
    last: Day | None = Field(None, alias="until", description="Last day, included; null or left out: open.")

    def within(self, period: Span) -> Span | None:
        """The days that lie in `period`, or None."""
        return clip(self.first, self.last, period)


def exact_francs(amount: float) -> Fraction:
    """The amount as it was written."""
    return Fraction(int(amount)) if amount == int(amount) else Fraction(repr(amount))
