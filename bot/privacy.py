"""What is kept of a person, as they may ask for it: /privacy says it, /export hands it over, /forget deletes it.

All that a memory holds of a chat is its session, so this too is a function of the session alone.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.dialog import actions_of
from bot.messages import Block, File, Kept, Reply
from bot.report import sentence, shown
from bot.session import Session
from bot.words import Words, words
from checks.guided import guided
from checks.questions import Question

Turn = tuple[Session, Reply]
FILE = "kibon-bot.json"


def privacy(session: Session, today: date, kept: Kept | None) -> Turn:
    """What is stored and for how long, in plain words."""
    say = words(session.lang)
    items = ["never", "documents"]
    if kept:
        items = ["session", "never", "documents", "inbox", "reply", "counters", "rights"]
    figures = {"session_days": kept.session_days, "inbox_days": kept.inbox_days} if kept else {}
    blocks = [
        Block("title", say("privacy.title")),
        Block("text", say("privacy.kept" if kept else "privacy.nothing")),
        Block("list", items=tuple(say(f"privacy.{item}", **figures) for item in items)),
    ]
    actions = actions_of(("export", "forget") if kept else ("export",), say)
    return session, Reply("info", say.lang, tuple(blocks), (), actions, check=session.check)


def export(session: Session, today: date, kept: Kept | None) -> Turn:
    """All that is held of this chat, as a file."""
    say = words(session.lang)
    until = today + timedelta(days=kept.session_days) if kept else None
    data = {
        "lang": session.lang,
        "check": session.check,
        "answers": [_answer(name, value, say) for name, value in session.answers.items()],
        "offered": list(session.offered),
        "kept_until": until.isoformat() if until else None,
    }
    text = json.dumps(data, ensure_ascii=False, indent=2)
    said = say("export.kept", until=until) if until else say("export.nothing")
    actions = actions_of(("forget", "privacy") if kept else ("privacy",), say)
    reply = Reply(
        "info",
        say.lang,
        (Block("text", said),),
        (),
        actions,
        check=session.check,
        file=File(FILE, "application/json", text.encode()),
    )
    return session, reply


def _answer(name: str, value: Any, say: Words) -> dict[str, Any]:
    """An answer as stored, and as people read it where its question is still asked so."""
    question = next((check.questions[name] for check in guided().values() if name in check.questions), None)
    return {"question": name, "answer": value, **(_in_words(question, value, say) if question else {})}


def _in_words(question: Question[Any], value: Any, say: Words) -> dict[str, str]:
    try:
        question.read(value)
        return {"label": sentence("label", question, say), "in_words": shown(question, value, say)}
    except (ValueError, KeyError):
        return {}


def forget(session: Session, today: date, kept: Kept | None) -> Turn:
    """Delete all of it: an empty session is not kept."""
    say = words(session.lang)
    said = Block("text", say("forget.done" if kept else "forget.nothing"))
    return Session(), Reply("info", say.lang, (said,), (), actions_of(("start", "privacy"), say))


PRIVACY: Mapping[str, Callable[[Session, date, Kept | None], Turn]] = {
    "privacy": privacy,
    "export": export,
    "forget": forget,
}
