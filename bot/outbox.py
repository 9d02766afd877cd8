"""Replies that are stored but not sent yet: in order for each chat, by one process at a time, none forgotten."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from bot import metrics
from bot.database import Database, Statement
from bot.memory import REPLY
from bot.messages import Reply

LEASE = 30.0  # seconds during which no other process sends a reply that one has taken
SWEEP = 5.0  # seconds between looks for replies that another process left behind
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 30.0  # seconds between tries, doubled each time
log = logging.getLogger("kibon-bot.outbox")

Part = Callable[[], Awaitable[object]]


class Later(Exception):
    """The channel asks to try again after some `seconds`; None: it is in trouble, try less and less often."""

    def __init__(self, seconds: float | None, trouble: str):
        super().__init__(trouble)
        self.seconds = seconds


class Undeliverable(Exception):
    """The reply can never be sent; the message says why."""


class Outbox:
    """Sends what the memory keeps for the chats of one channel (`prefix`, as "telegram:").

    `parts` turns a chat and a reply into calls that send it; each may raise Later or Undeliverable.
    """

    def __init__(self, database: Database, prefix: str, parts: Callable[[str, Reply], Sequence[Part]]):
        self._database, self._prefix, self._parts = database, prefix, parts
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._due: set[str] = set()
        self._troubled = False

    def begin(self, chat: str) -> None:
        """Send what waits for this chat, beside everything else."""
        self._due.add(chat)
        if chat not in self._tasks:
            self._tasks[chat] = asyncio.create_task(self._work_off(chat))

    async def sweep(self) -> None:
        """Again and again: send what a process that ended, or a lost race, left behind."""
        if not self._database.shared:  # whoever took a reply before is gone
            await self._database.write(("UPDATE outbox SET leased_until = 0", ()))
        while True:
            sql = "SELECT DISTINCT chat FROM outbox WHERE leased_until < ?"
            for (chat,) in await self._database.rows(sql, time.time()):
                if chat.startswith(self._prefix):
                    self.begin(chat)
            await asyncio.sleep(SWEEP)

    async def finish(self, seconds: float) -> None:
        """Wait until all is sent, at most so long; what is left stays stored."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        for task in list(self._tasks.values()):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _work_off(self, chat: str) -> None:
        try:
            while chat in self._due:
                self._due.discard(chat)
                waiting = await self._claim(chat)
                while waiting:
                    await self._send(chat, *waiting)
                    waiting = await self._claim(chat, waiting[0])
        except asyncio.CancelledError:
            await self._database.write(("UPDATE outbox SET leased_until = 0 WHERE chat = ?", (chat,)))
            raise
        except Exception as problem:  # the rest stays stored, and the next sweep tries again
            log.error("replies wait in the outbox: %s", type(problem).__name__, exc_info=problem)
        finally:
            self._tasks.pop(chat, None)

    async def _claim(self, chat: str, sent: int | None = None) -> tuple[int, Reply] | None:
        """Delete the reply that was `sent`, and take the oldest one unless another process is about to send it."""
        now = time.time()
        sql = (
            "UPDATE outbox SET leased_until = ? WHERE id = (SELECT min(id) FROM outbox WHERE chat = ?) "
            "AND leased_until < ? RETURNING id, reply"
        )
        done: list[Statement] = [] if sent is None else [("DELETE FROM outbox WHERE id = ?", (sent,))]
        rows = await self._database.write(*done, (sql, (now + LEASE, chat, now)))
        return (int(rows[0][0]), REPLY.validate_json(rows[0][1])) if rows else None

    async def _send(self, chat: str, number: int, reply: Reply) -> None:
        for part in self._parts(chat, reply):
            pause = FIRST_PAUSE
            while True:
                try:
                    await part()
                except Later as later:
                    self._say_once(later)
                    await self._rest(number, pause if later.seconds is None else later.seconds)
                    pause = min(2 * pause, LONGEST_PAUSE)
                except Undeliverable as reason:
                    log.info("a reply was not wanted: %s", reason)
                    metrics.SENT.labels("undeliverable").inc()
                    return
                else:
                    break
        metrics.SENT.labels("sent").inc()
        if self._troubled:
            self._troubled = False
            log.info("replies are being delivered again")

    def _say_once(self, later: Later) -> None:
        metrics.SENT.labels("again").inc()
        if not self._troubled:
            self._troubled = True
            log.warning("replies are delayed: %s", later)

    async def _rest(self, number: int, seconds: float) -> None:
        until = time.time() + seconds + LEASE
        await self._database.write(("UPDATE outbox SET leased_until = ? WHERE id = ?", (until, number)))
        await asyncio.sleep(seconds)
