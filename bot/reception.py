"""Takes what people send over a channel: not too much at once, each message once, and a word where we fail."""

import asyncio
import logging
from collections.abc import Callable
from datetime import date

from bot import logs, metrics
from bot.inbox import is_inbox, overview
from bot.memory import Memory
from bot.messages import Message
from bot.outbox import Outbox
from bot.pace import MOST_KEYS, Pace
from bot.settings import Settings
from bot.turn import remark, take

CHATS_AT_ONCE = 16
log = logging.getLogger("kibon-bot.reception")


class Reception:
    """Stores the reply to each message, then lets the outbox send it, chats side by side."""

    def __init__(self, memory: Memory, outbox: Outbox, settings: Settings, today: Callable[[], date]):
        self._memory, self._outbox, self._settings, self._today = memory, outbox, settings, today
        self._chats = asyncio.Semaphore(CHATS_AT_ONCE)
        self._pace = Pace(settings.messages_a_minute / 60, settings.messages_a_minute)
        self._told_to_wait: set[str] = set()

    async def receive(self, chat: str, event: str, said: Message | str, hint: str, editor: bool = False) -> bool:
        """Handle what was said: a message, or the name of a remark on what is none. False where it could not be stored.

        `hint` is the language of the person's program. Who sends too much is told so once, and not read until the next
        place is free. An `editor` may ask for the inbox.
        """
        reference = logs.new_reference()
        if not self._pace.allows(chat, asyncio.get_running_loop().time()):
            if chat in self._told_to_wait:
                return True
            if len(self._told_to_wait) > MOST_KEYS:  # of those who never came back; the others are told once more
                self._told_to_wait.clear()
            self._told_to_wait.add(chat)
            said = "too_many"
        else:
            self._told_to_wait.discard(chat)
        try:
            async with self._chats:
                try:
                    await self._answer(chat, event, said, hint, editor)
                except Exception as problem:
                    metrics.FAILED.inc()
                    log.error("a message could not be answered", exc_info=problem)
                    await remark(self._memory, chat, "error", event, hint, reference=reference)
        except Exception as problem:
            log.error("a message could not be stored", exc_info=problem)
            return False
        self._outbox.begin(chat)
        return True

    async def _answer(self, chat: str, event: str, said: Message | str, hint: str, editor: bool) -> None:
        if isinstance(said, str):
            await remark(self._memory, chat, said, event, hint)
        elif editor and is_inbox(said.text):
            await remark(self._memory, chat, "inbox", event, hint, questions=await overview(self._memory))
        else:
            with metrics.SECONDS.time():
                answered = await take(self._memory, chat, said, self._today(), event)
            if answered:
                metrics.REPLIES.labels(answered.kind, answered.lang).inc()
