"""Runs every path of a check: proofs, tables, diagrams and "what would change it?" come from these runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from checks.case import Answers, Case, Check, Run, Unanswered, ended
from checks.questions import Answer, Question

T = TypeVar("T")


@dataclass(frozen=True)
class Path:
    """One way through a check: the answers in the order asked, and the run that ended in a result."""

    answers: dict[str, Any]
    run: Run


class FirstSamples(Case):
    """A case that takes the first sample for each answer that is not there; `opened` are these questions, in order.

    So one run goes to the end of a path, where a run for each question would begin anew every time. Only a question
    without samples stays open.
    """

    def __init__(self, answers: Answers, today: date):
        super().__init__({}, today)
        self.answers: dict[str, Any] = dict(answers)
        self.opened: list[Question[Any]] = []

    def ask(self, question: Question[T], **borders: Any) -> T:
        try:
            return super().ask(question, **borders)
        except Unanswered:
            assert self.open is not None
            tried = samples(self.open)
            if not tried:
                raise
            self.opened.append(self.open)
            self.answers[question.id] = tried[0]
            self.open = self.wrong = None
            return super().ask(question)

    def turnings(self) -> list[tuple[Question[Any], list[dict[str, Any]]]]:
        """For each opened question the answers up to there, with each of its other samples in turn."""
        names = list(self.answers)
        found = []
        for question in self.opened:
            before = {name: self.answers[name] for name in names[: names.index(question.id)]}
            found.append((question, [{**before, question.id: other} for other in samples(question)[1:]]))
        return found


def paths(check: Check, today: date) -> Iterator[Path]:
    """Every path through `check` with the sample answers of its questions, depth first."""
    pending: list[dict[str, Any]] = [{}]
    while pending:
        case = FirstSamples(pending.pop(), today)
        found = ended(check, case)
        if found.open is None:
            yield Path(case.answers, found)
        for _, others in case.turnings():
            pending.extend(reversed(others))


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
