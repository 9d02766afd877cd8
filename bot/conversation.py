"""Decides what a message is and answers it: one pure function of session, message and day.

The order is fixed, the first hit wins: nothing readable, resume code, command, button, numbered choice, several facts
or a correction for the open check, answer to the open question, small talk, facts of a personal case, question to the
library, did you mean, do not know.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from bot import answers, commands, dialog, feedback, guidance
from bot.cost_unit import with_unit
from bot.facts import personal_case, without_guessed_days
from bot.facts.in_check import told_in_check
from bot.facts.told import Told
from bot.messages import Block, Kept, Message, Pictures, Reply
from bot.resume_code import BrokenCode, looks_like_code, read_code
from bot.session import Session
from bot.small_talk import small_talk
from bot.typed import clean
from bot.unclear import Unclear
from bot.understand import answer
from bot.words import LANGUAGES, Words, words
from checks.case import Run
from checks.guided import guided
from checks.questions import Several
from knowledge.language import language_of

MOST_CHARACTERS = 4000
FEW_WORDS = 3  # too few to be sure that they are in a third language
Turn = tuple[Session, Reply]


@dataclass(frozen=True)
class Talk:
    """One turn of a conversation: the session before it, what was said, and the day."""

    session: Session
    text: str
    today: date
    kept: Kept | None = None
    pictures: Pictures = "png"

    @property
    def say(self) -> Words:
        return words(self.session.lang)

    @cached_property
    def found(self) -> Run | None:
        """The run of the open check before the message."""
        return dialog.current(self.session, self.today)


def reply(session: Session, message: Message, today: date) -> Turn:
    """The session after the message, and the reply to it. Never raises for anything a person can send."""
    text = clean(message.text)
    session = session if session.lang else session.with_(lang=_first_language(text, message.hint))
    talk = Talk(session, text, today, message.kept, message.pictures)
    if message.button:
        after, answered = _button(talk, message.button)
    else:
        after, answered = next(found for step in STEPS if (found := step(talk)))
    if message.kept and answered.kind == "answer" and answered.passages:
        answered = feedback.invited(answered)
    return after.with_(offered=tuple(button.data for button in answered.choices)), answered


def _first_language(text: str, hint: str) -> str:
    """The language of a first message: of a command that of the person's program, else that of the text itself."""
    hinted = hint[:2] if hint[:2] in LANGUAGES else ""
    if text.startswith("/"):
        return hinted or commands.slash_language(text) or "fr"
    found = language_of(text)
    return found if found in LANGUAGES else hinted or "fr"


def _unreadable(talk: Talk) -> Turn | None:
    if len(talk.text) > MOST_CHARACTERS:
        return _refuse(talk, "too_long", most=MOST_CHARACTERS)
    if not re.search(r"\w", talk.text):
        return _refuse(talk, "nothing_to_read")
    return None


def _refuse(talk: Talk, code: str, **facts: object) -> Turn:
    """Say what is expected, then the open question again: the session stays as it was."""
    said = Block("text", talk.say(f"refusal.{code}", **facts))
    if talk.found:
        return talk.session, replace(dialog.position(talk.session, talk.today, [said]), kind="refusal")
    return talk.session, commands.menu(talk.session, "refusal", [said])


def _code(talk: Talk) -> Turn | None:
    """A resume code opens its check with its answers, and reads them back."""
    if not looks_like_code(talk.text):
        return None
    try:
        check, told = read_code(talk.text)
    except BrokenCode as problem:
        return _refuse(talk, f"code_{problem}")
    session = answers.told(talk.session.with_(check=check), told)
    return session, dialog.taken_up(session, talk.today)


def _command(talk: Talk) -> Turn | None:
    found = commands.named(talk.text, talk.session.lang)
    session = talk.session
    if found == "/start" and not talk.text.startswith("/"):
        session = session.with_(lang=commands.greeted_in(talk.text, session.lang))
    return commands.run(found, session, talk.today, talk.kept, talk.pictures) if found else None


def _button(talk: Talk, data: str) -> Turn:
    """What a button stands for: a command, a passage, or an answer to a question of a check."""
    if data.startswith("/"):
        return commands.run(data, talk.session, talk.today, talk.kept, talk.pictures) or _refuse(talk, "unknown_button")
    check, _, rest = data.partition(".")
    name, _, code = rest.partition(".")
    if check in feedback.VERDICTS:
        thanked = feedback.judged(talk.session, check, name, code, talk.today)
        return (talk.session, thanked) if thanked else _refuse(talk, "unknown_button")
    if check == "read":
        quoted = guidance.read(talk.session, name, code)
        return (quoted and (talk.session, quoted)) or _refuse(talk, "unknown_button")
    question = guided()[check].questions.get(name) if check in guided() else None
    if question is None:
        return _refuse(talk, "unknown_button")
    session = talk.session.with_(check=check)
    found = dialog.current(session, talk.today)
    asked = {**found.asked, **({found.open.id: found.open} if found.open else {})} if found else {}
    try:
        value = dialog.pressed(asked.get(name, question), code)
    except ValueError:
        return _refuse(talk, "unknown_button")
    return _store(replace(talk, session=session), asked.get(name, question), value)


def _number(talk: Talk) -> Turn | None:
    """A number picks from the choices of the last reply, unless several may be named."""
    if not re.fullmatch(r"\d{1,2}[.)]?", talk.text):
        return None
    found = talk.found
    offered = talk.session.offered
    if found and found.open and (isinstance(found.open, Several) or not offered):
        return None
    number = int(talk.text.rstrip(".)"))
    return _button(talk, offered[number - 1]) if 1 <= number <= len(offered) else None


def _facts_for_check(talk: Talk) -> Turn | None:
    """Several facts told at once for the open check, or the correction of an answer; the list where it is unclear."""
    session, found = talk.session, talk.found
    if found is None or session.check is None:
        return None
    for lang in (session.lang, *(other for other in LANGUAGES if other != session.lang)):
        told = told_in_check(session.check, found, session.answers, Told(talk.text, lang, talk.today))
        if told == {}:
            return session, dialog.answers_list(session, talk.today) or dialog.position(session, talk.today)
        if told:
            return _fill(talk, session, told)
    return None


def _fill(talk: Talk, session: Session, told: dict[str, Any]) -> Turn:
    """Store the answers to questions of the open check and read each one back."""
    session = answers.told(session, told)
    questions, say = guided()[session.check or ""].questions, words(session.lang)
    said = [dialog.read_back(questions[name], value, say) for name, value in told.items()]
    return session, dialog.position(session, talk.today, said)


def _answer(talk: Talk) -> Turn | None:
    """The answer to the open question, in the language of the talk or in the other one."""
    found = talk.found
    if found is None or found.open is None:
        return None
    unclear: Unclear | None = None
    for lang in (talk.session.lang, *(other for other in LANGUAGES if other != talk.session.lang)):
        try:
            value = answer(found.open, talk.text, words(lang), talk.today)
        except Unclear as problem:
            unclear = unclear or problem
            continue
        if value is not None:
            return _store(talk, found.open, value)
    return _expect(talk, found.open, unclear) if unclear else None


def _expect(talk: Talk, question: dialog.AnyQuestion, unclear: Unclear | None = None) -> Turn:
    """Say in one sentence what an answer to the question looks like, and ask it again."""
    code, figures = dialog.expectation(question, unclear.expected if unclear else "")
    return _refuse(talk, f"expected.{code}", **figures, **(unclear.facts if unclear else {}))


def _small_talk(talk: Talk) -> Turn | None:
    """A word on small talk, then the open question again, or the menu: never a question to the library."""
    code = small_talk(talk.text, talk.today)
    if code is None:
        return None
    found = talk.found
    if found and found.open:
        said = [Block("text", talk.say(f"{code}.open"))]
        return talk.session, dialog.position(talk.session, talk.today, said)
    return talk.session, commands.menu(talk.session, "info", [Block("text", talk.say(f"{code}.text"))])


def _store(talk: Talk, question: dialog.AnyQuestion, value: object) -> Turn:
    told = with_unit(talk.session, question, value, talk.text, talk.today)
    session = answers.told(talk.session, {own.id: given for own, given in told})
    return session, dialog.position(session, talk.today, [dialog.read_back(*each, talk.say) for each in told])


def _personal_case(talk: Talk) -> Turn | None:
    """Facts of a personal case open the check that fits, with these answers filled in and read back."""
    lang = language_of(talk.text)
    session = talk.session.with_(lang=lang) if lang in LANGUAGES else talk.session
    found = personal_case(talk.text, session.lang, talk.today)
    if found is None:
        return None
    return _fill(talk, session.with_(check=found.check), without_guessed_days(found, talk.text, talk.today))


def _library(talk: Talk) -> Turn:
    """A question to the library: a quoted passage, did-you-mean, or that it is not known here."""
    session = talk.session
    lang = language_of(talk.text)
    if lang in LANGUAGES and lang != session.lang and len(talk.text.split()) > 2:
        session = session.with_(lang=lang)
    found = dialog.current(session, talk.today)
    if found and found.open and _too_little(talk.text):
        return _expect(talk, found.open)
    foreign = lang == "other" and len(talk.text.split()) > FEW_WORDS
    said = guidance.ask(session, talk.text, foreign)
    if found and found.open:
        return session, dialog.resume(said, session, talk.today)
    return session, said


def _too_little(text: str) -> bool:
    """One or two words without a question mark are a failed answer rather than a question."""
    return "?" not in text and len(text.split()) < 3


STEPS: tuple[Callable[[Talk], Turn | None], ...] = (
    _unreadable,
    _code,
    _command,
    _number,
    _facts_for_check,
    _answer,
    _small_talk,
    _personal_case,
    _library,
)
