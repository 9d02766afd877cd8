"""Runs every path of a check: proofs, tables, diagrams and "what would change it?" come from these runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.case import Answers, Check, Run, run
from checks.questions import Answer, Question


@dataclass(frozen=True)
class Path:
    """One way through a check: the answers in the order asked, and the run that ended in a result."""

    answers: dict[str, Any]
    run: Run


def paths(check: Check, today: date) -> Iterator[Path]:
    """Every path through `check` with the sample answers of its questions, depth first."""
    pending: list[dict[str, Any]] = [{}]
    while pending:
        answers = pending.pop()
        found = run(check, answers, today)
        if found.open is None:
            yield Path(answers, found)
            continue
        pending.extend({**answers, found.open.id: answer} for answer in reversed(samples(found.open)))


def samples(question: Question[Any]) -> tuple[Answer, ...]:
    """The answers that the explorer tries."""
    return question.tried or question.samples()


@dataclass(frozen=True)
class Arrow:
    """An arrow of the flow chart: these answers to `question` lead to `then`, a question or the code of an outcome."""

    question: Question[Any]
    answers: tuple[Answer, ...]
    then: Question[Any] | str


def flow(check: Check, today: date) -> list[Arrow]:
    """The arrows between questions and outcomes that occur on any path, in the order first met."""
    found: dict[tuple[str, str], Arrow] = {}
    for path in paths(check, today):
        asked = list(path.run.asked.values())
        outcome = path.run.result.outcome if path.run.result else ""
        following: list[Question[Any] | str] = [*asked[1:], outcome]
        for question, then in zip(asked, following, strict=True):
            key = (question.id, then if isinstance(then, str) else then.id)
            known = found.setdefault(key, Arrow(question, (), then))
            answer = path.answers[question.id]
            if answer not in known.answers:
                found[key] = Arrow(question, (*known.answers, answer), then)
    return list(found.values())


@dataclass(frozen=True)
class Improvement:
    """One answer that could change in life, the nearest that gives a better result, and that result."""

    question: Question[Any]
    answer: Any
    run: Run


def improvements(check: Check, answers: Answers, today: date) -> list[Improvement]:
    """For each answer that a person can change, the smallest change that gives a better outcome.

    A list of activities may grow by one activity, whose rate is then sought.
    """
    start = run(check, answers, today)
    if start.result is None or start.result.merit[0] < 0:
        return []
    return [
        found
        for question in start.asked.values()
        if question.actionable
        for found in _nearest(check, answers, question, start.result.merit, today)
    ]


def _nearest(
    check: Check, answers: Answers, question: Question[Any], merit: tuple[int, ...], today: date
) -> Iterator[Improvement]:
    """The smallest change for each better outcome; where the outcome is the best already, for a better number."""
    best = merit
    for candidate in _candidates(check, answers, question, today):
        found = candidate.run.result
        if found is None or found.merit <= best:
            continue
        if found.merit[0] > best[0]:
            yield candidate
            best = (found.merit[0], *(MOST,) * len(found.merit))
        elif found.merit[0] == merit[0] == TOP:
            yield candidate
            return


TOP = 3  # the best outcome of a check
MOST = 1000  # above any number of a result


def _candidates(check: Check, answers: Answers, question: Question[Any], today: date) -> Iterator[Improvement]:
    for answer in question.better(answers[question.id]):
        changed = {**answers, question.id: answer}
        after = run(check, changed, today)
        if after.open is not None and after.open.actionable:
            for second in after.open.better(-1):
                yield Improvement(after.open, second, _finish(check, {**changed, after.open.id: second}, today))
        else:
            yield Improvement(question, answer, _finish(check, changed, today))


def _finish(check: Check, answers: Answers, today: date) -> Run:
    """The run with the first sample for each question that the change opens: nothing special besides."""
    found = run(check, answers, today)
    while found.open is not None:
        answers = {**answers, found.open.id: samples(found.open)[0]}
        found = run(check, answers, today)
    return found
