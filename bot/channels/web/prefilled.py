"""Answers in the address of a check (`?household=single&rate=60`): only those that fit count, and are read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import dialog
from bot.report import sentence, shown
from bot.resume_code import code_of
from bot.session import Session
from bot.unclear import Unclear
from bot.understand import answer
from bot.words import Words, words
from checks.guided import Guided
from checks.questions import Question, Several, WrongAnswer

MOST_CHARACTERS = 400  # of one value


@dataclass(frozen=True)
class Prefilled:
    """The answers as people read them, what is wrong with the others, and the code that begins the check with them."""

    read: tuple[tuple[str, str], ...]
    wrong: tuple[tuple[str, str], ...]
    code: str


def prefilled(check: Guided, given: Iterable[tuple[str, str]], lang: str, today: date) -> Prefilled:
    """The answers to questions of `check` that an address gives: codes of options, or what a person would write."""
    say = words(lang)
    answers: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for name, text in given:
        question = check.questions.get(name)
        if question is None:
            wrong.append((name, say("web.check.unknown")))
            continue
        try:
            answers[name] = _read(question, text[:MOST_CHARACTERS], say, today)
        except (WrongAnswer, Unclear) as problem:
            code, figures = dialog.expectation(question, problem.expected)
            wrong.append((sentence("label", question, say), say(f"refusal.expected.{code}", **figures)))
    read = tuple(
        (sentence("label", check.questions[name], say), shown(check.questions[name], value, say))
        for name, value in answers.items()
    )
    session = Session(lang=lang, check=check.name, answers=answers)
    return Prefilled(read, tuple(wrong), code_of(session, today, only_asked=False) if answers else "")


def _read(question: Question[Any], text: str, say: Words, today: date) -> Any:
    """The answer that the value of an address stands for; WrongAnswer or Unclear where it is none."""
    if isinstance(question, Several) and "," in text:
        value: Any = text.split(",")
        question.read(value)
        return value
    try:
        return dialog.pressed(question, text)
    except WrongAnswer:
        found = answer(question, text, say, today)
        if found is None:
            raise
        return found
