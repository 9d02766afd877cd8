"""Keeps what must outlast the program: sessions, replies on their way, questions without an answer, counters.

A message's session, its reply and its counters are stored in one transaction before the reply is sent. Nothing in here
names a person but the chat's own id, and nothing stays longer than the settings say.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from pydantic import TypeAdapter

from bot import record
from bot.database import Database, Row, Statement, UnreadableDatabase
from bot.messages import Kept, Reply
from bot.session import Session
from bot.settings import Settings
from bot.sqlite import Sqlite

__all__ = ["Memory", "Notes", "UnreadableDatabase"]

HANDLED_DAYS = 3  # Telegram delivers an update for one day at most
OUTBOX_DAYS = 3
log = logging.getLogger("kibon-bot.memory")
REPLY = TypeAdapter(Reply)


@dataclass(frozen=True)
class Notes:
    """What is noted for the office beside a session: counters by name, and a masked question without an answer."""

    counters: tuple[str, ...] = ()
    unanswered: tuple[str, str, str] | None = field(default=None)  # language, kind of the reply, question


@dataclass(frozen=True)
class Arrival:
    """A chat's session; whether the event was `handled` before (its session and its reply are stored); and the note
    for users by language where the assistant is switched off."""

    session: Session
    handled: bool
    pause: Mapping[str, str]


class Memory:
    """All chats by name ("telegram:42"). Use as an async context. `today` gives the day of what is stored."""

    def __init__(
        self, database: Database | Path | str, kept: Kept | None = None, today: Callable[[], date] = date.today
    ):
        self.database: Database = Sqlite(database) if isinstance(database, str | Path) else database
        self.kept, self._today = kept or Kept(), today

    @classmethod
    def of(cls, settings: Settings, today: Callable[[], date] = date.today) -> "Memory":
        """The memory that the settings name: PostgreSQL where its address is set, else a file of SQLite."""
        url = settings.database_url.get_secret_value()
        return cls(_postgres(url) if url else settings.database, settings.kept, today)

    async def __aenter__(self) -> "Memory":
        await self.database.open(self._today())
        await self.expire()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.database.close()

    def turn(self, chat: str) -> AbstractAsyncContextManager[None]:
        """Within it, nobody else handles this chat, in this process or in another one."""
        turn: AbstractAsyncContextManager[None] = self.database.turn(chat)
        return turn

    async def load(self, chat: str) -> Session:
        """The session of a chat; a new one where there is none, where it is too old or cannot be read any more."""
        return (await self.arrival(chat)).session

    async def arrival(self, chat: str, event: str = "") -> "Arrival":
        """All that decides how to answer a chat now, in one look."""
        sql = (
            "SELECT 'handled', '' FROM handled WHERE event = ? UNION ALL SELECT lang, note FROM pause "
            "UNION ALL SELECT 'session', state FROM session WHERE chat = ? AND seen >= ?"
        )
        found: dict[str, str] = {
            row[0]: row[1] for row in await self.database.rows(sql, event, chat, self._before(self.kept.session_days))
        }
        session = record.read(found.pop("session")) if "session" in found else Session()
        return Arrival(session, found.pop("handled", None) is not None, found)

    async def save(
        self, chat: str, session: Session, event: str = "", reply: Reply | None = None, notes: Notes = Notes()
    ) -> None:
        """Store it all or nothing: the session, that the event is handled, the reply to be sent, and the notes.

        An empty session is deleted instead of stored. Replies that still wait stay until they are sent.
        """
        day = self._today().isoformat()
        statements: list[Statement] = []
        if event:
            statements.append(("INSERT INTO handled (event, day) VALUES (?, ?)", (event, day)))
        if reply:
            text = REPLY.dump_json(replace(reply, passages=())).decode()
            sql = "INSERT INTO outbox (chat, event, reply, day) VALUES (?, ?, ?, ?)"
            statements.append((sql, (chat, event, text, day)))
        for name in notes.counters:
            sql = (
                "INSERT INTO counter VALUES (?, ?, 1) ON CONFLICT (day, name) DO UPDATE SET number = counter.number + 1"
            )
            statements.append((sql, (day, name)))
        if notes.unanswered:
            sql = "INSERT INTO unanswered (day, lang, kind, question) VALUES (?, ?, ?, ?)"
            statements.append((sql, (day, *notes.unanswered)))
        if await self.database.write(*statements, _session(chat, session, day)):
            await self.database.scrub()

    async def expire(self) -> int:
        """Delete what is older than the settings allow; the number of sessions that went."""
        old = (self._before(self.kept.session_days),)
        (sessions,) = (await self.database.rows("SELECT count(*) FROM session WHERE seen < ?", *old))[0]
        await self.database.write(
            ("DELETE FROM unanswered WHERE day < ?", (self._before(self.kept.inbox_days),)),
            ("DELETE FROM handled WHERE day < ?", (self._before(HANDLED_DAYS),)),
            ("DELETE FROM outbox WHERE day < ?", (self._before(OUTBOX_DAYS),)),
            ("DELETE FROM session WHERE seen < ?", old),
        )
        await self.database.scrub()
        return int(sessions)

    async def expire_hourly(self) -> None:
        """Delete what is too old every hour, as long as the program runs."""
        while True:
            await asyncio.sleep(3600)
            try:
                await self.expire()
            except Exception as problem:
                log.error("old data could not be deleted; the next try is in an hour", exc_info=problem)

    async def unanswered(self) -> list[Row]:
        """The questions without an answer: day, language, kind of the reply, masked question, oldest first."""
        return await self.database.rows("SELECT day, lang, kind, question FROM unanswered ORDER BY id")

    async def counters(self) -> list[Row]:
        """The counters: day, name, number."""
        return await self.database.rows("SELECT day, name, number FROM counter ORDER BY day, name")

    async def pause(self, notes: Mapping[str, str]) -> None:
        """Switch off with a note for users in each language; on again where there are none."""
        since = self._today().isoformat()
        rows: list[Statement] = [
            ("INSERT INTO pause (lang, note, since) VALUES (?, ?, ?)", (lang, note, since))
            for lang, note in notes.items()
        ]
        await self.database.write(("DELETE FROM pause", ()), *rows)

    def _before(self, days: int) -> str:
        return (self._today() - timedelta(days=days)).isoformat()


def _postgres(url: str) -> Database:
    try:
        from bot.postgres import Postgres
    except ImportError as missing:
        raise UnreadableDatabase("PostgreSQL needs its driver: pip install 'kibon-bot[postgresql]'") from missing
    return Postgres(url)


def _session(chat: str, session: Session, day: str) -> Statement:
    if session == Session():
        return "DELETE FROM session WHERE chat = ? RETURNING chat", (chat,)
    sql = (
        "INSERT INTO session (chat, state, seen) VALUES (?, ?, ?) "
        "ON CONFLICT (chat) DO UPDATE SET state = excluded.state, seen = excluded.seen"
    )
    values: tuple[Any, ...] = (chat, record.written(session), day)
    return sql, values
