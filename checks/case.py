"""What a check sees of a family's case: it asks, looks values up for the day of the case, and gives reasons.

A check is a plain function of a Case. A missing answer stops it: that is the open question. The check runs again
on every message, so the answers are the whole state; an answer that this run did not ask for cannot count.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from checks.questions import Question, WrongAnswer
from checks.result import Reason, Result
from checks.values import NoRule, Value, value

T = TypeVar("T")
Check = Callable[["Case"], Result]
Answers = Mapping[str, Any]


class Unanswered(Exception):
    """The run needs an answer that is not there yet."""


class Case:
    """The answers of one family on one day; it remembers what was asked and why."""

    def __init__(self, answers: Answers, today: date):
        self.today = today
        self.day = today
        self.asked: dict[str, Question[Any]] = {}
        self.open: Question[Any] | None = None
        self.wrong: WrongAnswer | None = None
        self.reasons: list[Reason] = []
        self.answers = answers

    def ask(self, question: Question[T], **borders: Any) -> T:
        """The typed answer; stops the run where there is none, or where it does not fit the question.

        `borders` (or `tried`) tell the explorer of this case's samples; they are set when the question is open only.
        """
        if question.id in self.answers:
            try:
                answer = question.read(self.answers[question.id])
            except WrongAnswer as wrong:
                self.wrong = wrong
            else:
                self.asked[question.id] = question
                return answer
        self.open = replace(question, **borders) if borders else question
        raise Unanswered

    def offer(self, question: Question[Any], reach: Any, **rule: str) -> None:
        """Say what a person could still bring about instead of the answer to `question`, where it was asked.

        `rule` names the law and the source of what then holds, where they are not those of the question.
        """
        if question.id in self.asked:
            self.asked[question.id] = replace(self.asked[question.id], **{"reach": reach, **rule})

    def value(self, name: str) -> Value:
        """The value of `name` on the day of the case (`case.day`); NoRule where no row covers it."""
        return value(name, self.day)

    def because(self, code: str, *rows: Value, law: str = "", source: str = "", **facts: Any) -> None:
        """Note a rule that decided: article and source come from its value rows unless named here."""
        laws = dict.fromkeys(row.law for row in rows)
        source = source or (rows[0].source if rows else "")
        self.reasons.append(Reason(code, law or "; ".join(laws), source, facts))


@dataclass(frozen=True)
class Run:
    """One run of a check: either an open question or a result.

    `asked` are the questions that were answered, in order; `ignored` the names of answers that this run did not ask
    for; `wrong` says that a stored answer does not fit its question any more (the question is open then).
    """

    asked: Mapping[str, Question[Any]]
    ignored: tuple[str, ...]
    open: Question[Any] | None = None
    result: Result | None = None
    wrong: WrongAnswer | None = None


def run(check: Check, answers: Answers, today: date) -> Run:
    """Run `check` over the stored answers as of `today`. A period without rules ends in the outcome "no_rule"."""
    return ended(check, Case(answers, today))


def ended(check: Check, case: Case) -> Run:
    """Run `check` over this case."""
    result = None
    try:
        result = check(case)
    except Unanswered:
        pass
    except NoRule as missing:
        result = _no_rule(missing)
    ignored = tuple(name for name in case.answers if name not in case.asked)
    return Run(case.asked, ignored, case.open, result, case.wrong)


def _no_rule(missing: NoRule) -> Result:
    code = "no_rule_yet" if missing.day > missing.last else "no_rule_any_more"
    facts = {"day": missing.day, "first": missing.first, "last": missing.last}
    fixed = Reason(code, "", missing.row.source, facts)
    return Result("no_rule", (Reason(code, "", missing.row.source, facts),), merit=(-1,), fixed=fixed)
