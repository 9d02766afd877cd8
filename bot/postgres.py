"""The memory's database for several machines: PostgreSQL by asyncpg (the extra `postgresql`)."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any
from weakref import WeakValueDictionary

import asyncpg

from bot.database import Row, Statement, UnreadableDatabase
from bot.migrations import VERSION, NewerSchema, steps_from

CONNECTIONS = 20
TURNS = 8  # each holds one connection for its lock and needs another one for its work
PROBLEMS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError, ValueError, NewerSchema)


class Postgres:
    """One database for all processes. A chat's turn is an advisory lock, so it holds across machines."""

    shared = True

    def __init__(self, url: str):
        self._url = url
        self._pool: asyncpg.Pool | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._room = asyncio.Semaphore(TURNS)

    async def open(self, today: date) -> None:
        try:
            self._pool = await asyncpg.create_pool(self._url, min_size=1, max_size=CONNECTIONS, timeout=10)
            async with self._pool.acquire() as connection, connection.transaction():
                await _migrate(connection, today)
        except PROBLEMS as problem:
            await self.close()
            raise UnreadableDatabase(
                f"PostgreSQL: {' '.join(str(problem).split()) or type(problem).__name__}"
            ) from problem

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def rows(self, sql: str, *values: Any) -> list[Row]:
        return await self.write((sql, values))

    async def write(self, *statements: Statement) -> list[Row]:
        async with self._open.acquire() as connection:
            if len(statements) == 1:
                return [tuple(row) for row in await connection.fetch(numbered(statements[0][0]), *statements[0][1])]
            async with connection.transaction():
                for sql, values in statements:
                    rows = await connection.fetch(numbered(sql), *values)
            return [tuple(row) for row in rows]

    async def scrub(self) -> None:
        """PostgreSQL reuses the room of deleted rows by itself (autovacuum)."""

    @asynccontextmanager
    async def turn(self, chat: str) -> AsyncIterator[None]:
        turn = self._turns.setdefault(chat, asyncio.Lock())
        async with turn, self._room, self._open.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", chat)
            yield

    @property
    def _open(self) -> asyncpg.Pool:
        if self._pool is None:
            raise RuntimeError("the memory is not open")
        return self._pool


@lru_cache(maxsize=256)
def numbered(sql: str) -> str:
    """The statement with PostgreSQL's `$1`, `$2` in the place of `?`."""
    numbers = count(1)
    return re.sub(r"\?", lambda _: f"${next(numbers)}", sql)


async def _migrate(connection: Any, today: date) -> None:
    """Bring the schema up to date; processes that start at once do it once."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('schema', 0))")
    await connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
    version = await connection.fetchval("SELECT version FROM schema_version") or 0
    types = {"serial": "BIGSERIAL PRIMARY KEY", "seconds": "DOUBLE PRECISION", "position": "strpos"}
    for statement in steps_from(version, today=today.isoformat(), **types):
        await connection.execute(statement)
    await connection.execute("DELETE FROM schema_version")
    await connection.execute("INSERT INTO schema_version VALUES ($1)", VERSION)
