"""A person's verdict on a quoted passage: useful, or one of three reasons why not. Only under real answers."""

from dataclasses import replace
from datetime import date

from bot import dialog
from bot.messages import Block, Button, Reply
from bot.session import Session
from bot.words import words
from knowledge.library import library

# One letter each: a passage's name takes up to 61 of a button's 64 bytes.
VERDICTS = {"+": "useful", "-": "not_useful", "a": "other_question", "b": "incomplete", "c": "wrong"}
REASONS = ("a", "b", "c")


def invited(answered: Reply) -> Reply:
    """An answer with the two buttons for a verdict on its first passage."""
    say, quoted = words(answered.lang), answered.passages[0]
    name = f"{quoted['article']}.{quoted['anchor']}"
    asked = tuple(Button(say(f"feedback.{VERDICTS[code]}"), f"{code}.{name}") for code in "+-")
    return replace(answered, actions=(*answered.actions, *asked))


def judged(session: Session, code: str, article: str, anchor: str, today: date) -> Reply | None:
    """The reply to a verdict; None where there is no such passage."""
    if library().passage(article, anchor, session.lang) is None:
        return None
    say, verdict = words(session.lang), (article, anchor, VERDICTS[code])
    if code == "-":
        reasons = tuple(Button(say(f"feedback.{VERDICTS[own]}"), f"{own}.{article}.{anchor}") for own in REASONS)
        asked = Block("text", say("feedback.why"))
        return Reply("info", say.lang, (asked,), reasons, check=session.check, judged=verdict)
    thanks = Block("text", say("feedback.thanks"))
    if dialog.current(session, today):
        return replace(dialog.position(session, today, [thanks]), judged=verdict)
    return Reply("info", say.lang, (thanks,), (), dialog.actions_of(("checks",), say), judged=verdict)
