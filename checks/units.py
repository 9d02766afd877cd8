"""A type of question: how many days or hours of care."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from checks.questions import Answer, Question


@dataclass(frozen=True)
class Units(Question[Decimal]):
    """A number of days or hours (`unit`) above `low` and up to `high`, kept as text with at most two decimals ("6.5").

    `full` are the units of a month at 100 %; where it is given, the answer concerns a whole month and may be said as
    a rate in percent or in days a week. `reach` is the most that could still be agreed on.
    """

    unit: str = "days"
    low: int = 0
    high: int = 744
    full: int = 0
    reach: str = ""

    def read(self, answer: Any) -> Decimal:
        if isinstance(answer, str) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,2})?", answer):
            units = Decimal(answer)
            if self.low < units <= self.high:
                return units
        raise self._wrong("units")

    def samples(self) -> tuple[Answer, ...]:
        return (str(Decimal(self.high) / 2), str(self.high))

    def better(self, answer: Any) -> Iterator[Answer]:
        """The most within `reach`, where the answer is above it."""
        if self.reach and self.read(answer) > Decimal(self.reach):
            yield self.reach
