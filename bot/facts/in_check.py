"""What a message tells while a check is open: several facts at once, or that an earlier answer was not right."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from bot.days import day_in, months
from bot.facts import Answers, facts_for
from bot.facts.told import BORDER, PERCENT, Told, meaning
from bot.unclear import Unclear
from bot.understand import answer
from bot.words import LANGUAGES, words
from checks.case import Run
from checks.guided import guided
from checks.questions import Day, Percent, Question, Several
from knowledge.analysis import fold

Questions = Mapping[str, Question[Any]]
_FEWEST = 2  # facts that are more than an answer to the open question
_PLAINLY = {
    "fr": r"correction|je corrige|rectification|pardon|je voulais dire|erreur",
    "de": r"korrektur|ich korrigiere|korrigiere|berichtigung|ich meinte|irrtum",
}
_PERHAPS = {"fr": r"non|en fait|plutot|desolee?|oups", "de": r"nein|eigentlich|sorry|ups|entschuldigung|falsch"}
_OPENING = {lang: re.compile(rf"(?P<plainly>{_PLAINLY[lang]})\b|(?:{_PERHAPS[lang]})\b") for lang in ("fr", "de")}
_ASKS = meaning(
    fr=r"quel\w*|comment|quand|combien|pourquoi|est ce|faut il|puis je|dois je",
    de=r"welche\w*|wie|wann|wieviel|warum|was|muss ich|kann ich|darf ich",
)
_RATE = {
    "fr": re.compile(rf"(?:c est |a |plutot |je suis )*\d{{1,3}}(?: {PERCENT})?"),
    "de": re.compile(rf"(?:es sind |zu |eher |doch |auf )*\d{{1,3}}(?: {PERCENT})?"),
}


@cache
def _alone() -> re.Pattern[str]:
    """A rate, a number, a day or a month and nothing else, in folded words: one answer, not several facts."""
    named = "|".join(re.escape(month) for lang in LANGUAGES for month in months(lang))
    return re.compile(rf"\d+|\d{{1,2}} \d{{1,2}} \d{{4}}|(?:\d{{1,2}}(?:er)? )?(?:{named})(?: \d{{4}})?")


def told_in_check(check: str, found: Run, stored: Mapping[str, Any], told: Told) -> Answers | None:
    """The answers to store; None where the message is none of these; {} where a correction may concern several answers.

    `found` is the run of the open check over the `stored` answers.
    """
    if "?" in told.text or _alone().fullmatch(fold(told.text, told.lang)) or told.has(_ASKS):
        return None
    questions = {name: question for name, question in guided()[check].questions.items() if name in stored}
    facts = facts_for(check, told)
    changed = {name: value for name, value in facts.items() if name in stored and stored[name] != value}
    further = {name: value for name, value in facts.items() if name not in stored}
    opening = _OPENING[told.lang].match(fold(told.text, told.lang))
    if opening and changed:
        return _changed(questions, stored, changed)
    if opening and not facts:
        return _bare_correction(found, {**questions, **found.asked}, told, opening)
    return further if found.open and not changed and len(further) >= _FEWEST else None


def _changed(questions: Questions, stored: Mapping[str, Any], changed: Answers) -> Answers:
    """The corrected answers; none where another kind of activity is told: it is not said which one it replaces."""
    for name, value in changed.items():
        if isinstance(questions[name], Several) and not set(value) <= set(stored[name]):
            return {}
    return {name: value for name, value in changed.items() if not isinstance(questions[name], Several)}


def _bare_correction(found: Run, answered: Questions, told: Told, opening: re.Match[str]) -> Answers | None:
    """A rate or a day without a word on what it is: it corrects the only answer of its kind."""
    rest = told.said[len(opening[0]) :].strip(f" {BORDER}")
    kind = Percent if _RATE[told.lang].fullmatch(rest) else Day if _is_day(rest, told) else None
    if kind is None or (not opening["plainly"] and _answers_open(found, told)):
        return None
    candidates = [name for name, question in answered.items() if type(question) is kind]
    if len(candidates) != 1 or type(found.open) is kind:
        return {}
    value = answer(answered[candidates[0]], rest.replace("x", "."), words(told.lang), told.today)
    return None if value is None else {candidates[0]: value}


def _is_day(text: str, told: Told) -> bool:
    try:
        return day_in(text.replace("x", "."), told.lang, told.today) is not None
    except ValueError:
        return False


def _answers_open(found: Run, told: Told) -> bool:
    """Whether the whole message is an answer to the open question: "no" may be just that."""
    if found.open is None or type(found.open) in (Percent, Day):
        return False
    try:
        return answer(found.open, told.text, words(told.lang), told.today) is not None
    except Unclear:
        return True
