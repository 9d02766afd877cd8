"""Facts of a personal case in a free text, one module for each check; nothing is assumed that is not said.

Such a module has `facts` (the answers that a message gives to the questions of its check) and `fits` (whether the
message asks for its own case what this check settles).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bot.facts import (
    adaptation,
    documents,
    minimum_activity,
    monthly_rate,
    period,
    registration,
    role,
    special_need,
    voucher,
)
from bot.facts.persons import FIRST_PERSON
from bot.facts.told import BORDER, Told, meaning
from checks.case import run
from checks.guided import guided
from checks.questions import Day, WrongAnswer

Answers = dict[str, Any]
_YEAR = re.compile(r"\b20\d\d\b")
MOST_CHARACTERS = 1500  # a longer story is no case that a sentence could read back
_SUPPOSED = meaning(fr=r"si|lorsque?|quand (?:une?|le|la|l|les|des)", de=r"wenn|falls|sofern")


@dataclass(frozen=True)
class PersonalCase:
    """The check that fits a text, and the answers that the text itself gives to its questions."""

    check: str
    answers: Answers


class Recogniser(NamedTuple):
    """How facts for one check are found, and whether they make a case for it."""

    facts: Callable[[Told], Answers]
    fits: Callable[[Told, Answers], bool]


RECOGNISERS: Mapping[str, Recogniser] = {
    module.__name__.rpartition(".")[2]: Recogniser(module.facts, module.fits)
    for module in (
        minimum_activity,
        adaptation,
        period,
        documents,
        special_need,
        monthly_rate,
        role,
        registration,
        voucher,
    )
}


def personal_case(text: str, lang: str, today: date) -> PersonalCase | None:
    """The case that a text tells, or None. A text that fits two checks is left to the library."""
    told = Told(text, lang, today)
    if len(text) > MOST_CHARACTERS or _in_general(told):
        return None
    found = []
    for check, recogniser in RECOGNISERS.items():
        answers = _valid(check, recogniser.facts(told))
        if answers and recogniser.fits(told, answers):
            found.append(PersonalCase(check, answers))
    return found[0] if len(found) == 1 else None


def without_guessed_days(case: PersonalCase, text: str, today: date) -> Answers:
    """The answers; without days whose year nobody said, where our guess leads into a period without rules."""
    check = guided()[case.check]
    ends = run(check.check, case.answers, today).result
    if _YEAR.search(text) or ends is None or ends.outcome != "no_rule":
        return case.answers
    return {name: answer for name, answer in case.answers.items() if not isinstance(check.questions[name], Day)}


def _in_general(told: Told) -> bool:
    """Whether nobody tells of themselves and all is supposed or one question: "does an adaptation in July count?"."""
    return not told.has(FIRST_PERSON) and (told.has(_SUPPOSED) or BORDER not in told.said)


def facts_for(check: str, told: Told) -> Answers:
    """The answers that a message gives to the questions of a check, whatever it asks."""
    recogniser = RECOGNISERS.get(check)
    return _valid(check, recogniser.facts(told)) if recogniser else {}


def _valid(check: str, answers: Answers) -> Answers:
    """The answers that their questions accept."""
    questions = guided()[check].questions
    return {name: answer for name, answer in answers.items() if _accepted(questions[name], answer)}


def _accepted(question: Any, answer: Any) -> bool:
    try:
        question.read(answer)
    except WrongAnswer:
        return False
    return True
