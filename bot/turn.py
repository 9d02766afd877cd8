"""One message with memory: loaded, answered by the pure conversation, stored; the channel sends what comes out.

The session, the reply and the counters are stored together before the reply is sent, and a message that comes twice
is handled once.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date

from bot import commands
from bot.conversation import reply
from bot.dialog import actions_of
from bot.documents.hand_over import HAND_OVER
from bot.masks import masked
from bot.memory import Memory, Notes
from bot.messages import Block, Kind, Message, Reply
from bot.privacy import PRIVACY
from bot.session import Session
from bot.typed import clean
from bot.words import LANGUAGES, words
from checks.guided import guided

MOST_OF_AN_ANSWER = 40  # characters
Answering = Callable[[Session, Message, date], tuple[Session, Reply]]


async def take(
    memory: Memory, chat: str, message: Message, today: date, event: str = "", answering: Answering | None = None
) -> Reply | None:
    """The reply to a message, stored with its session; None where this `event` was handled before.

    With an event the reply waits in the memory's outbox until the channel says that it is sent. `answering` is how a
    channel asks the conversation, where it does so in its own way.
    """
    async with memory.turn(chat):
        found = await memory.arrival(chat, event)
        if found.handled:
            return None
        if found.pause and not _asks_for_rights(message):
            after, answered = found.session, _paused(found.session, message, found.pause)
        else:
            answer = answering or reply
            if _quick(found.session, message):
                after, answered = answer(found.session, message, today)
            else:
                after, answered = await asyncio.to_thread(answer, found.session, message, today)
        await memory.save(chat, after, event, answered if event else None, notes(message, answered))
    return answered


def warm_up(today: date) -> None:
    """Load what the first question would wait for: catalogues, library, index. Takes a few seconds."""
    for lang in LANGUAGES:
        reply(Session(lang=lang), Message(text=words(lang)("warm_up")), today)


async def remark(memory: Memory, chat: str, code: str, event: str, hint: str = "", **facts: object) -> None:
    """Store a word on something that is no message: a picture, an edit, too many messages, an error of ours."""
    async with memory.turn(chat):
        found = await memory.arrival(chat, event)
        if found.handled:
            return
        session = found.session
        lang = session.lang or (hint[:2] if hint[:2] in LANGUAGES else LANGUAGES[0])
        kind: Kind = "error" if code == "error" else "info" if code == "inbox" else "refusal"
        answered = Reply(kind, lang, (Block("text", words(lang)(f"remark.{code}", **facts)),))
        await memory.save(chat, session, event, answered, Notes((f"remark.{code}",)))


def _quick(session: Session, message: Message) -> bool:
    """Whether the answer comes within milliseconds, so that a thread would cost more than it brings: to a button that
    makes no document, or to figures for an open check. Another text may ask the library, which may not be loaded."""
    if not message.button:
        figures = any(map(str.isdigit, message.text))
        return session.check is not None and figures and len(message.text) <= MOST_OF_AN_ANSWER
    name = message.button.partition(".")[0]
    return name in guided() or (name.startswith("/") and name[1:] not in HAND_OVER)


def _asks_for_rights(message: Message) -> bool:
    """Whether a message is one of the commands that work even while the assistant is switched off."""
    named = message.button or commands.named(clean(message.text), LANGUAGES[0]) or ""
    return named.removeprefix("/") in PRIVACY


def _paused(session: Session, message: Message, pause: Mapping[str, str]) -> Reply:
    lang = session.lang or (message.hint[:2] if message.hint[:2] in LANGUAGES else LANGUAGES[0])
    actions = actions_of(tuple(PRIVACY), words(lang))
    return Reply("refusal", lang, (Block("text", pause[lang]),), (), actions, check=session.check)


def notes(message: Message, answered: Reply) -> Notes:
    """What the office counts, and the question that found no answer. Nothing that is typed within a check is noted."""
    counters = [f"reply.{answered.kind}", f"lang.{answered.lang}"]
    if answered.check and answered.kind in ("ask", "result"):
        counters.append(f"check.{answered.check}.{answered.kind}")
    if answered.judged:
        counters.append("feedback." + ".".join(answered.judged))
    asked = not message.button and not answered.check and answered.kind in ("unknown", "suggest")
    question = (answered.lang, answered.kind, masked(clean(message.text))) if asked else None
    return Notes(tuple(counters), question)
