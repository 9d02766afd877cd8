"""Looks at all paths of a check at once: how many there are, which results occur, which questions change nothing."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from checks.case import Check, ended
from checks.explorer import FirstSamples, Path
from checks.questions import Question
from checks.result import Result


@dataclass
class Survey:
    """What all paths show: their number, the most questions on one, the questions asked and those that mattered
    somewhere, and one example path for each result that a reader could tell apart."""

    paths: int = 0
    longest: int = 0
    questions: dict[str, Question[Any]] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    examples: dict[Hashable, Path] = field(default_factory=dict)

    @property
    def needless(self) -> set[str]:
        """The questions whose answer never changes what follows, a result least of all."""
        return set(self.questions) - self.needed


def survey(check: Check, today: date) -> Survey:
    """Run every path of `check` with the sample answers of its questions."""
    found = Survey()
    _below(check, {}, today, found)
    return found


def _below(check: Check, answers: dict[str, Any], today: date, found: Survey) -> int:
    """The hash of everything that can follow these answers."""
    case = FirstSamples(answers, today)
    reached = ended(check, case)
    assert reached.result is not None, "every question has samples"
    found.paths += 1
    found.longest = max(found.longest, len(case.answers))
    result = _told_apart(reached.result)
    found.examples.setdefault(result, Path(case.answers, reached))
    for question in case.opened:
        found.questions.setdefault(question.id, question)
    below = hash(result)
    for question, others in reversed(case.turnings()):
        following = [below, *(_below(check, other, today, found) for other in others)]
        if len(set(following)) > 1:
            found.needed.add(question.id)
            below = hash((question.id, *following))
    return below


def _told_apart(result: Result) -> Hashable:
    """What makes a result another one for its reader: outcome, numbers, and every line by its code."""
    return (
        result.outcome,
        tuple(result.numbers.items()),
        tuple(reason.code for reason in result.reasons),
        tuple(line.code for line in (*result.steps, *result.notes)),
        tuple((line.code, line.facts.get("person"), line.facts.get("child")) for line in result.documents),
        tuple(deadline.code for deadline in result.deadlines),
    )
