"""What would change the result: the smallest changes in life that end in a better one, found by running the check."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from checks.case import Answers, Check, Run, ended, run
from checks.explorer import FirstSamples
from checks.questions import Answer, Question, Several
from checks.result import TOP, Result


@dataclass(frozen=True)
class Change:
    """One answer that a person could bring about, and how far it is from the answer given (in the question's unit)."""

    question: Question[Any]
    answer: Any
    distance: int


@dataclass(frozen=True)
class Improvement:
    """The smallest change, or two changes together, for a better result.

    `answers` are all answers that change; `run` is what the check then ends in. Questions that a change opens are
    answered with their first sample, which means nothing special; behind a gate they stay open.
    """

    changes: tuple[Change, ...]
    answers: Mapping[str, Any]
    run: Run

    @property
    def distance(self) -> int:
        """How much changes, all changes together."""
        return sum(change.distance for change in self.changes)

    @property
    def level(self) -> int:
        """The level of the better result; TOP behind a gate, where nothing stands in the way yet."""
        return self.run.result.merit[0] if self.run.result else TOP


@dataclass(frozen=True)
class _Way:
    """Answers to one question that a person could bring about, nearest first; `base` is what changes with each."""

    question: Question[Any]
    before: Answer
    answers: tuple[Answer, ...]
    base: Mapping[str, Any]

    def changed(self, number: int) -> dict[str, Any]:
        return {**self.base, self.question.id: self.answers[number]}

    def change(self, number: int) -> Change:
        answer = self.answers[number]
        return Change(self.question, answer, self.question.distance(self.before, answer))


Wanted = Callable[[Result], bool]


def improvements(check: Check, answers: Answers, today: date) -> list[Improvement]:
    """For each answer that a person can change, the smallest change for each better level, else for a better number
    of the same level; two changes together where no single one reaches the best level.

    A list of activities may grow by one activity, whose rate is then sought.
    """
    start = run(check, answers, today)
    if start.result is None or start.result.merit[0] < 0 or start.result.merit == (TOP,):
        return []
    search = _Search(check, answers, today)
    ways = list(search.ways(start))
    singles = [found for way in ways for found in search.nearest(way, start.result)]
    level = max((start.result.merit[0], *(found.level for found in singles)))
    return singles if level >= TOP else [*singles, *search.pairs(ways, level)]


@dataclass(frozen=True)
class _Search:
    check: Check
    answers: Answers
    today: date

    def ways(self, start: Run) -> Iterator[_Way]:
        """The questions whose answer can change, with the answers; one way for each activity that a list could gain."""
        for question in start.asked.values():
            before = self.answers[question.id]
            others = []
            for answer in question.better(before):
                rate = self._rate_of(question, answer, start)
                if rate:
                    yield _Way(rate, 0, tuple(rate.better(0)), {question.id: answer})
                else:
                    others.append(answer)
            if others:
                yield _Way(question, before, tuple(others), {})

    def _rate_of(self, question: Question[Any], answer: Answer, start: Run) -> Question[Any] | None:
        """The rate that a longer list asks for besides, and that can itself be sought (a left-over answer is none)."""
        if not isinstance(question, Several):
            return None
        after = run(self.check, {**self.answers, question.id: answer}, self.today)
        asked = (*(one for name, one in after.asked.items() if name not in start.asked), after.open)
        return asked[0] if asked[0] and asked[0].climbs else None

    def nearest(self, way: _Way, start: Result) -> list[Improvement]:
        """The smallest change for each better level, else for a better number of the same level."""
        if way.question.gate:
            return self._behind(way)
        found: list[Improvement] = []
        while more := self._first(way, _above(found[-1].level if found else start.merit[0])):
            found.append(more)
        if (
            not found
            and not way.question.weighty
            and (more := self._first(way, lambda result: result.merit > start.merit))
        ):
            found.append(more)
        return found

    def _behind(self, way: _Way) -> list[Improvement]:
        """The change that opens a gate: the check asks on."""
        after = run(self.check, {**self.answers, **way.changed(0)}, self.today)
        return [Improvement((way.change(0),), way.changed(0), after)] if after.open else []

    def _first(self, way: _Way, wanted: Wanted, more: Improvement | None = None) -> Improvement | None:
        """The nearest answer with a wanted result, on top of the changes of `more`."""

        def made(number: int) -> Improvement:
            changes, changed = (more.changes, more.answers) if more else ((), {})
            return self._made((*changes, way.change(number)), {**changed, **way.changed(number)})

        last = len(way.answers) - 1
        if not way.question.climbs:
            return next((one for one in map(made, range(last + 1)) if _ends_in(wanted, one)), None)
        if not _ends_in(wanted, made(last)):
            return None
        return made(bisect_left(range(last), True, key=lambda number: _ends_in(wanted, made(number))))

    def pairs(self, ways: Sequence[_Way], level: int) -> list[Improvement]:
        """Two changes together, the smallest for each level above `level`."""
        found: list[Improvement] = []
        while more := self._pair(ways, _above(found[-1].level if found else level)):
            found.append(more)
        return found

    def _pair(self, ways: Sequence[_Way], wanted: Wanted) -> Improvement | None:
        best = None
        for one, other in combinations(ways, 2):
            if one.question.gate or other.question.gate or one.question.id == other.question.id:
                continue
            both = one.question.climbs and other.question.climbs
            found = (self._evenly if both else self._one_by_one)(one, other, wanted, best)
            if found and (best is None or found.distance < best.distance):
                best = found
        return best

    def _evenly(self, one: _Way, other: _Way, wanted: Wanted, best: Improvement | None) -> Improvement | None:
        """Both rise by as much as possible the same, so that neither person bears it all."""
        ends = len(one.answers), len(other.answers)

        def made(steps: int) -> Improvement:
            first = min(ends[0], max(steps // 2, steps - ends[1]))
            numbers = (first - 1, steps - first - 1)
            changes = (one.change(numbers[0]), other.change(numbers[1]))
            return self._made(changes, {**one.changed(numbers[0]), **other.changed(numbers[1])})

        most = min(sum(ends), best.distance - 1 if best else sum(ends))
        if most < 2 or not _ends_in(wanted, made(most)):
            return None
        return made(bisect_left(range(most), True, lo=2, key=lambda steps: _ends_in(wanted, made(steps))))

    def _one_by_one(self, one: _Way, other: _Way, wanted: Wanted, best: Improvement | None) -> Improvement | None:
        outer, inner = (other, one) if one.question.climbs else (one, other)
        found = (
            self._first(inner, wanted, self._made((outer.change(number),), outer.changed(number)))
            for number in range(len(outer.answers))
        )
        return min((pair for pair in found if pair), key=lambda pair: pair.distance, default=None)

    def _made(self, changes: tuple[Change, ...], changed: Mapping[str, Any]) -> Improvement:
        return Improvement(changes, changed, finished(self.check, {**self.answers, **changed}, self.today))


def _above(level: int) -> Wanted:
    return lambda result: result.merit[0] > level


def _ends_in(wanted: Wanted, found: Improvement) -> bool:
    return found.run.result is not None and wanted(found.run.result)


def finished(check: Check, answers: Answers, today: date) -> Run:
    """The run with the first sample for each question that is still open: nothing special besides."""
    return ended(check, FirstSamples(answers, today))
