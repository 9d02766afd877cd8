"""A type of question: a rate in percent that the person may not know."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from checks.questions import Answer, Question

UNKNOWN = "unknown"


@dataclass(frozen=True)
class RateIfKnown(Question[int | None]):
    """A whole rate from `low` to `high` in percent, or UNKNOWN, which is read as None.

    `reach` is the lowest rate that a person could bring about instead of a lower one.
    """

    low: int = 0
    high: int = 100
    reach: int | None = None

    def read(self, answer: Any) -> int | None:
        if answer == UNKNOWN:
            return None
        if isinstance(answer, int) and not isinstance(answer, bool) and self.low <= answer <= self.high:
            return answer
        raise self._wrong("percent")

    def samples(self) -> tuple[Answer, ...]:
        return (self.low, self.high, UNKNOWN)

    def better(self, answer: Any) -> Iterator[Answer]:
        if self.reach is not None and answer != UNKNOWN and answer < self.reach:
            yield self.reach
