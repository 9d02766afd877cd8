"""Keeps one session per chat in SQLite, stored before its reply is sent."""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import TracebackType

import aiosqlite
from pydantic import ValidationError

from bot.session import Session

_SCHEMA = """
CREATE TABLE IF NOT EXISTS session (chat TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
"""


class UnreadableDatabase(RuntimeError):
    """The database file cannot be opened or written; the message says why in one line."""


class Memory:
    """The sessions of all chats, by the name of the chat ("telegram:42"). Use as an async context."""

    def __init__(self, file: Path | str):
        self._file = file
        self._database: aiosqlite.Connection | None = None

    async def __aenter__(self) -> "Memory":
        # A first look without aiosqlite, whose thread would outlive a connection that fails.
        try:
            with closing(sqlite3.connect(self._file)) as first:
                first.execute("PRAGMA journal_mode = WAL")
                first.executescript(_SCHEMA)
        except sqlite3.Error as problem:
            raise UnreadableDatabase(f"{self._file}: {problem}") from problem
        self._database = await aiosqlite.connect(self._file)
        await self._database.execute("PRAGMA synchronous = NORMAL")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._database is not None:
            await self._database.close()
            self._database = None

    async def load(self, chat: str) -> Session:
        """The session of a chat; a new one where there is none, or where the stored one cannot be read any more."""
        async with self._open.execute("SELECT state FROM session WHERE chat = ?", (chat,)) as rows:
            row = await rows.fetchone()
        try:
            return Session.model_validate_json(row[0]) if row else Session()
        except ValidationError:
            return Session()

    async def save(self, chat: str, session: Session) -> None:
        """Store the session durably."""
        await self._open.execute(
            "INSERT INTO session VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET state = excluded.state",
            (chat, session.model_dump_json()),
        )
        await self._open.commit()

    @property
    def _open(self) -> aiosqlite.Connection:
        if self._database is None:
            raise RuntimeError("the memory is not open")
        return self._database
