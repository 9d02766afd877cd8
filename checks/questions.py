"""The types of questions a check asks, and which answers each type accepts.

An answer is a plain JSON value (a code, a list of codes, a whole number, an ISO date), so that stored answers,
files and buttons hold the same thing. `read` gives the typed value or raises WrongAnswer. `samples` are the
answers that the explorer tries: one for each class that a rule may tell apart, with the borders.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

Answer = str | int | bool | list[str] | list[int]
T = TypeVar("T")


class WrongAnswer(ValueError):
    """The value is not an answer to the question; `expected` is a code of the catalogues."""

    def __init__(self, question: "Question[Any]", expected: str):
        super().__init__(f"{question.id}: {expected}")
        self.question, self.expected = question, expected


@dataclass(frozen=True)
class Question(Generic[T]):
    """A question with a name for its answer.

    `text` is the code of its wording (by default the id), `facts` are figures for the wording, `law` and `source`
    answer "why do you ask?" (as in `checks.result`). `tried` are the explorer's answers where the rules tell fewer
    apart than the type of question does. `since` is the VERSION of its check (of all its checks) in which it got its
    present meaning: older stored answers are asked again.

    A type of question has a `reach`: what a person could still bring about in life instead of the answer given. What
    lies in the past or in somebody else's judgement has none. `gate` tells that the check asks on only after a
    fitting answer, so that nobody can say yet what another answer would end in. `weighty` tells that nobody would
    change the answer for a better number alone, only for a better level of result. `about` names the questions whose
    answers this one speaks of: it is asked again when one of them changes.
    """

    climbs: ClassVar[bool] = False  # each of the `better` answers is worth at least as much as the one before

    id: str
    text: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    law: str = ""
    source: str = ""
    tried: tuple[Answer, ...] = ()
    since: int = 1
    gate: bool = False
    weighty: bool = False
    about: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        return self.text or self.id

    def read(self, answer: Any) -> T:
        raise NotImplementedError

    def samples(self) -> tuple[Answer, ...]:
        raise NotImplementedError

    def better(self, answer: Any) -> Iterator[Answer]:
        """The answers within `reach`, nearest first."""
        return iter(())

    def distance(self, answer: Any, other: Any) -> int:
        """How far two answers are apart, in the question's own unit."""
        return 1

    def _wrong(self, expected: str) -> WrongAnswer:
        return WrongAnswer(self, expected)


@dataclass(frozen=True)
class Choice(Question[str]):
    """One of `options`, each a code. `reach` names, for an option, those that a person could bring about instead."""

    options: tuple[str, ...] = ()
    reach: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, answer: Any) -> str:
        if isinstance(answer, str) and answer in self.options:
            return answer
        raise self._wrong("one_option")

    def samples(self) -> tuple[Answer, ...]:
        return self.options

    def better(self, answer: Any) -> Iterator[Answer]:
        yield from self.reach.get(answer, ())


@dataclass(frozen=True)
class Several(Question[tuple[str, ...]]):
    """Some of `options` in their order, or none of them: an empty list. `together` is tried beside each one alone.

    `reach` are the options that a person could add, one at a time.
    """

    options: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    reach: tuple[str, ...] = ()

    def read(self, answer: Any) -> tuple[str, ...]:
        if isinstance(answer, list) and all(isinstance(code, str) and code in self.options for code in answer):
            return tuple(code for code in self.options if code in answer)
        raise self._wrong("some_options")

    def samples(self) -> tuple[Answer, ...]:
        alone = [[option] for option in self.options]
        return ([], *alone, *(list(codes) for codes in self.together))

    def better(self, answer: Any) -> Iterator[Answer]:
        yield from ([option, *answer] for option in self.reach if option not in answer)


@dataclass(frozen=True)
class YesNo(Question[bool]):
    """Yes or no. `reach` is the answer that a person could bring about, None where there is none."""

    reach: bool | None = None

    def read(self, answer: Any) -> bool:
        if isinstance(answer, bool):
            return answer
        raise self._wrong("yes_or_no")

    def samples(self) -> tuple[Answer, ...]:
        return (True, False)

    def better(self, answer: Any) -> Iterator[Answer]:
        if self.reach is not None and answer is not self.reach:
            yield self.reach


@dataclass(frozen=True)
class Percent(Question[int]):
    """A whole rate from `low` to `high` in percent. `borders` are the rates at which a rule changes.

    `reach` are the lowest and the highest rate that a person could bring about; within them, more is never worse.
    """

    climbs: ClassVar[bool] = True
    low: int = 0
    high: int = 100
    borders: tuple[int, ...] = ()
    reach: tuple[int, int] | None = None

    def read(self, answer: Any) -> int:
        if isinstance(answer, int) and not isinstance(answer, bool) and self.low <= answer <= self.high:
            return answer
        raise self._wrong("percent")

    def samples(self) -> tuple[Answer, ...]:
        near = {border + step for border in self.borders for step in (-1, 0)}
        inside = {rate for rate in near if self.low <= rate <= self.high} or {(self.low + self.high) // 2}
        return tuple(sorted(inside | {self.low, self.high}))

    def better(self, answer: Any) -> Iterator[Answer]:
        """The rates above the answer; for an answer above them all, the highest within `reach`."""
        if self.reach is not None:
            lowest, highest = self.reach
            yield from (highest,) if answer > highest else range(max(answer + 1, lowest), highest + 1)

    def distance(self, answer: Any, other: Any) -> int:
        """In percent points."""
        return int(abs(other - answer))


@dataclass(frozen=True)
class Day(Question[date]):
    """A day between `earliest` and `latest`, as an ISO date. `borders` are days at which a rule changes.

    `past` tells that the day lies behind (a month without a year is the last one), `closing` that it ends something
    (a month alone means its last day). `reach` are the days that a person could still choose instead and from which
    on the rules give something else.
    """

    earliest: date = date(1990, 1, 1)
    latest: date = date(2060, 12, 31)
    borders: tuple[date, ...] = ()
    past: bool = False
    closing: bool = False
    reach: tuple[date, ...] = ()

    def read(self, answer: Any) -> date:
        if isinstance(answer, str):
            try:
                day = date.fromisoformat(answer)
            except ValueError:
                day = date.min
            if self.earliest <= day <= self.latest:
                return day
        raise self._wrong("day")

    def samples(self) -> tuple[Answer, ...]:
        near = {border + timedelta(days=step) for border in self.borders for step in (-1, 0)}
        inside = {day for day in near if self.earliest <= day <= self.latest}
        return tuple(day.isoformat() for day in sorted(inside))

    def better(self, answer: Any) -> Iterator[Answer]:
        day = self.read(answer)
        others = sorted({*self.reach} - {day}, key=lambda other: abs(other - day))
        yield from (other.isoformat() for other in others)

    def distance(self, answer: Any, other: Any) -> int:
        """In days."""
        return abs((self.read(other) - self.read(answer)).days)


@dataclass(frozen=True)
class Month(Day):
    """A month, kept as its first day (as an ISO date)."""

    def read(self, answer: Any) -> date:
        day = super().read(answer)
        if day.day != 1:
            raise self._wrong("month")
        return day


@dataclass(frozen=True)
class Amount(Question[Decimal]):
    """An amount in CHF from `low` (below 0 where a loss may be told) to `high`, as text with two decimals."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(100_000_000)
    borders: tuple[Decimal, ...] = ()

    def read(self, answer: Any) -> Decimal:
        if isinstance(answer, str) and re.fullmatch(r"-?\d{1,9}(\.\d{1,2})?", answer):
            amount = Decimal(answer)
            if self.low <= amount <= self.high:
                return amount
        raise self._wrong("amount")

    def samples(self) -> tuple[Answer, ...]:
        near = {border + step for border in self.borders for step in (Decimal(-1), Decimal(0))}
        return tuple(str(amount) for amount in sorted({self.low, *near}) if self.low <= amount <= self.high)
