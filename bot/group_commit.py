"""Writes of several chats that wait at the same time: one transaction for them all, each stored whole or not at all."""

import asyncio
from collections.abc import Sequence
from typing import Any

import aiosqlite

from bot.database import Row, Statement

Write = Sequence[Statement]


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, which stores writes in the order in which they are asked for.

    Nobody waits for others to come: a group is whatever came while the one before was being stored, or is there now.
    """

    def __init__(self, *given: Any):
        super().__init__(*given)
        self._waiting: list[tuple[Write, asyncio.Future[list[Row]]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def write(self, statements: Write) -> list[Row]:
        """The rows that the last statement returns, once all are committed; an error where none is."""
        stored: asyncio.Future[list[Row]] = asyncio.get_running_loop().create_future()
        self._waiting.append((statements, stored))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        return await stored

    async def close(self) -> None:
        """Store what still waits, and disconnect."""
        if self._storing is not None:
            await self._storing
        await super().close()

    async def _store(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)  # whoever is just being answered comes along
            group, self._waiting = self._waiting, []
            try:
                outcomes = await self._execute(_carry_out, self._conn, [write for write, _ in group])  # type: ignore[no-untyped-call]  # aiosqlite has no types here
            except Exception as problem:
                outcomes = [problem] * len(group)
            for (_, stored), outcome in zip(group, outcomes, strict=True):
                if stored.cancelled():
                    continue
                if isinstance(outcome, Exception):
                    stored.set_exception(outcome)
                else:
                    stored.set_result(outcome)
        self._storing = None


def _carry_out(connection: Any, group: Sequence[Write]) -> list[list[Row] | Exception]:
    """What became of each write: its rows, or the error for which nothing of it is stored. Raises where none is."""
    if len(group) == 1 and len(group[0]) == 1:
        return [_rows(connection, group[0])]
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_whole_or_not(connection, write) for write in group]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may end it by itself
            connection.execute("ROLLBACK")
        raise
    return outcomes


def _whole_or_not(connection: Any, write: Write) -> list[Row] | Exception:
    connection.execute("SAVEPOINT own")
    try:
        rows = _rows(connection, write)
    except Exception as problem:
        if not connection.in_transaction:
            raise
        connection.execute("ROLLBACK TO own")
        return problem
    connection.execute("RELEASE own")
    return rows


def _rows(connection: Any, write: Write) -> list[Row]:
    for statement in write:
        rows: list[Row] = connection.execute(*statement).fetchall()
    return rows
