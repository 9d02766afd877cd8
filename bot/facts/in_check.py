"""What a message tells while a check is open: several facts at once, or that an earlier answer was not right."""

import re
from collections.abc import Mapping
from typing import Any

from bot.facts import Answers, facts_for
from bot.facts.told import Told, meaning
from bot.unclear import Unclear
from bot.understand import answer
from bot.words import words
from checks.case import Run
from checks.questions import Amount, Choice, Day, Percent, Question, Several, YesNo
from checks.units import Units
from knowledge.analysis import fold

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
_CHOSEN = (Choice, Several, YesNo)
_VALUES = (Percent, Day, Amount, Units)


def told_in_check(check: str, found: Run, stored: Mapping[str, Any], told: Told) -> Answers | None:
    """The answers to store; None where the message is none of these; {} for a correction of nobody knows which answer.

    `found` is the run of the open check over the `stored` answers.
    """
    if "?" in told.text or told.has(_ASKS):
        return None
    correction = _OPENING[told.lang].match(fold(told.text, told.lang))
    if correction:
        return _corrected(check, found, stored, told, correction)
    facts = facts_for(check, told)
    further = {name: value for name, value in facts.items() if name not in found.asked}
    if (
        found.open is None
        or len(further) < _FEWEST
        or any(stored[name] != facts[name] for name in facts if name in found.asked)
    ):
        return None
    return further


def _corrected(check: str, found: Run, stored: Mapping[str, Any], told: Told, opening: re.Match[str]) -> Answers | None:
    facts = facts_for(check, told)
    changed = {name: value for name, value in facts.items() if name in found.asked and stored[name] != value}
    if any(isinstance(found.asked[name], Several) and not set(changed[name]) <= set(stored[name]) for name in changed):
        return {}  # another kind of activity: which one it replaces is not said
    changed = {name: value for name, value in changed.items() if not isinstance(found.asked[name], Several)}
    if changed:
        return changed
    rest = _behind(told.text, opening[0])
    if not rest or facts:
        return None
    candidates = {
        name: value
        for name, question in found.asked.items()
        if isinstance(question, _VALUES) and (value := _value(question, rest, told)) is not None
    }
    if not opening["plainly"] and isinstance(found.open, _CHOSEN):
        return None  # "no, from May on" may well answer the open question
    also_open = isinstance(found.open, _VALUES) and _value(found.open, rest, told) is not None
    if len(candidates) == 1 and not also_open:
        return candidates
    return {} if candidates else None


def _behind(text: str, opening: str) -> str:
    """What follows the word or words that open a correction."""
    words_of_it = len(opening.split())
    return re.sub(rf"^\s*(?:[\w'’]+[\s,:;.!–-]*){{{words_of_it}}}", "", text).strip()


def _value(question: Question[Any], text: str, told: Told) -> Any | None:
    try:
        return answer(question, text, words(told.lang), told.today)
    except Unclear:
        return None
