"""Runs every path of a check: proofs, tables, diagrams and "what would change it?" come from these runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from checks.case import Check, Run, run
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
