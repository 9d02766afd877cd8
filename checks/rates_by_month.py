"""Types of questions on the months of one period: a care rate for each month, and some of its months."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from checks.questions import Answer, Question, Several

MONTHS = (
    "august",
    "september",
    "october",
    "november",
    "december",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
)
ALL = "all"
FIRST_MONTH = 8  # a period begins in August

SAMPLES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "always_at_the_minimum": (40,) * 12,
        "one_month_lower": (40, 30, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40),
        "illness_then_lower_for_long": (40, 30, 40, 40, 40, 40, 20, 20, 20, 20, 20, 20),
        "holidays_break_holidays": (40, 30, 40, 20, 20, 40, 40, 40, 40, 30, 40, 40),
        "starts_lower": (0, 20, 30, 40, 40, 40, 40, 40, 40, 40, 40, 0),
        "always_just_below": (39,) * 12,
        "pause_without_care": (60, 30, 0, 0, 20, 60, 60, 60, 60, 60, 60, 60),
        "no_care": (0,) * 12,
    }
)


@dataclass(frozen=True)
class RatesByMonth(Question[tuple[int, ...]]):
    """A whole rate in percent (0 to `high`) for each month from August to July, as a list of twelve numbers.

    `year` is the year in which the period begins. 0 stands for a month without care.
    """

    year: int = 0
    high: int = 100

    def read(self, answer: Any) -> tuple[int, ...]:
        if isinstance(answer, list) and len(answer) == len(MONTHS) and all(self._is_rate(rate) for rate in answer):
            return tuple(answer)
        raise self._wrong("rates_by_month")

    def _is_rate(self, rate: Any) -> bool:
        return isinstance(rate, int) and not isinstance(rate, bool) and 0 <= rate <= self.high

    def samples(self) -> tuple[Answer, ...]:
        return tuple(list(rates) for rates in SAMPLES.values())


@dataclass(frozen=True)
class SeveralMonths(Several):
    """Some months out of `options` (codes of MONTHS, and "all" as the last one for all of them), or none of them.

    `reach` are the lists of months that could be chosen instead.
    """

    reach: tuple[tuple[str, ...], ...] = ()  # type: ignore[assignment]  # here whole lists

    @property
    def months(self) -> tuple[str, ...]:
        """The months to choose from, in order."""
        return tuple(code for code in self.options if code != ALL)

    def read(self, answer: Any) -> tuple[str, ...]:
        codes = super().read(answer)
        return self.months if ALL in codes else codes

    def samples(self) -> tuple[Answer, ...]:
        first, last = self.months[:1], self.months[-1:]
        lists: tuple[list[str], ...] = (
            [],
            list(first),
            list(last),
            list(dict.fromkeys((*first, *last))),
            list(self.months),
        )
        return tuple(codes for number, codes in enumerate(lists) if codes not in lists[:number])

    def better(self, answer: Any) -> Iterator[Answer]:
        yield from sorted((list(codes) for codes in self.reach), key=lambda codes: self.distance(answer, codes))

    def distance(self, answer: Any, other: Any) -> int:
        """In months."""
        return len({*self.read(answer)} ^ {*self.read(other)})


def months_among(months: tuple[int, ...]) -> tuple[str, ...]:
    """The options of a question on these months (0 for August): their codes, and "all" where there are several."""
    codes = tuple(MONTHS[month] for month in months)
    return (*codes, ALL) if len(codes) > 1 else codes
