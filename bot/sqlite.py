"""The memory's database on one machine: SQLite in WAL mode, written by aiosqlite's thread, with nothing to install."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from bot.database import Row, Statement, UnreadableDatabase
from bot.group_commit import Connection
from bot.migrations import VERSION, NewerSchema, steps_from

T = TypeVar("T", Connection, sqlite3.Connection)
PRAGMAS = (
    *("synchronous = NORMAL", "secure_delete = ON", "busy_timeout = 5000"),
    *("cache_size = -32000", "mmap_size = 2000000000"),  # 32 MB of pages, and reads without copies
)


class Sqlite:
    """One file, and one process that handles chats."""

    shared = False

    def __init__(self, file: Path | str):
        self._file = file
        self._connection: Connection | None = None
        self._reading: sqlite3.Connection | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, today: date) -> None:
        # A first look without aiosqlite, whose thread would outlive a connection that fails.
        try:
            with closing(sqlite3.connect(self._file, isolation_level=None)) as first:
                first.execute("PRAGMA journal_mode = WAL")
                _migrate(first, today)
        except (sqlite3.Error, NewerSchema) as problem:
            raise UnreadableDatabase(f"{self._file}: {problem}") from problem
        connection = Connection(partial(sqlite3.connect, self._file, isolation_level=None), 64)
        self._connection = connection
        await connection
        for pragma in PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")
        self._reading = sqlite3.connect(self._file, isolation_level=None)
        for pragma in (*PRAGMAS, "query_only = ON"):
            self._reading.execute(f"PRAGMA {pragma}")

    async def close(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = None
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def rows(self, sql: str, *values: Any) -> list[Row]:
        # In WAL mode a reader waits for nobody: by an index it takes less than the way to another thread and back.
        return _opened(self._reading).execute(sql, values).fetchall()

    async def write(self, *statements: Statement) -> list[Row]:
        return await _opened(self._connection).write(statements)

    async def scrub(self) -> None:
        await _opened(self._connection).execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    @asynccontextmanager
    async def turn(self, chat: str) -> AsyncIterator[None]:
        turn = self._turns.setdefault(chat, asyncio.Lock())
        async with turn:
            yield


def _opened(connection: T | None) -> T:
    if connection is None:
        raise RuntimeError("the memory is not open")
    return connection


def _migrate(connection: sqlite3.Connection, today: date) -> None:
    """Bring the schema up to date in one transaction; two processes that start at once do it once."""
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    types = {"serial": "INTEGER PRIMARY KEY", "seconds": "REAL", "position": "instr"}
    for statement in steps_from(version, today=today.isoformat(), **types):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def copy(file: Path, to: Path) -> None:
    """A consistent copy of a database in use. UnreadableDatabase where it cannot be read, FileExistsError for `to`."""
    if to.exists():
        raise FileExistsError(f"{to} is there already")
    if not file.is_file():
        raise UnreadableDatabase(f"{file}: there is no such file")
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
            source.backup(target)
    except sqlite3.Error as problem:
        raise UnreadableDatabase(f"{file}: {problem}") from problem
