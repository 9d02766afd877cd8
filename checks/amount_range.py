"""A type of question: an amount in CHF, or the range in which it lies."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from checks.questions import Answer, Question

Range = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class AmountRange(Question[Range]):
    """An amount from `low` to `high` as text ("1950.00"), or two of them with a hyphen ("1500.00-1950.00").

    Read as the two ends; an amount alone is both. `of_a_unit` tells that an amount may be told by the day or the hour:
    the check then asks what it is of.
    """

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(100_000_000)
    of_a_unit: bool = False

    def read(self, answer: Any) -> Range:
        if isinstance(answer, str) and re.fullmatch(r"\d{1,9}(\.\d{1,2})?(-\d{1,9}(\.\d{1,2})?)?", answer):
            ends = [Decimal(end) for end in answer.split("-")]
            if self.low <= ends[0] <= ends[-1] <= self.high:
                return ends[0], ends[-1]
        raise self._wrong("amount_range")

    def samples(self) -> tuple[Answer, ...]:
        return (str(self.low), f"{self.low}-{self.high}")
