"""Writes of several chats at the same time: fewer commits, and each stored as if it were alone."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.memory import Memory, Notes
from bot.messages import Block, Reply
from bot.session import Session
from bot.sqlite import Sqlite

SAID = Reply("info", "fr", (Block("text", "Bonjour."),))


async def test_of_writes_at_the_same_time_only_the_one_that_fails_is_not_stored(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        await memory.save("telegram:3", Session(lang="de"), "telegram:77")
        chats = [f"telegram:{number}" for number in range(8)]
        events = [f"telegram:{77 if number == 3 else number}" for number in range(8)]
        notes = Notes(("reply.ask",))
        saved = (
            memory.save(chat, Session(lang="fr"), event, SAID, notes) for chat, event in zip(chats, events, strict=True)
        )
        outcomes = await asyncio.gather(*saved, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [
            sqlite3.IntegrityError if number == 3 else type(None) for number in range(8)
        ]
        assert [(await memory.load(chat)).lang for chat in chats] == [*("fr",) * 3, "de", *("fr",) * 4]
        assert [number for _, _, number in await memory.counters()] == [7]
        assert [chat for (chat,) in await memory.database.rows("SELECT chat FROM outbox ORDER BY id")] == [
            *chats[:3],
            *chats[4:],
        ]


async def test_writes_at_the_same_time_are_committed_together_in_their_order(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "memory.sqlite3")
    async with Memory(database) as memory:
        done: list[str] = []
        assert database._connection is not None
        await database._connection.set_trace_callback(done.append)  # what SQLite is told to do
        langs = ["fr", "de"] * 10
        await asyncio.gather(
            *(memory.save("telegram:1", Session(lang=lang, check=str(n))) for n, lang in enumerate(langs))
        )
        assert await memory.load("telegram:1") == Session(lang="de", check="19")
        assert 0 < done.count("COMMIT") <= 2


async def test_a_locked_database_fails_every_write_and_the_next_ones_are_stored(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "memory.sqlite3")
    async with Memory(database) as memory:
        await database.write(("PRAGMA busy_timeout = 0", ()))
        with closing(sqlite3.connect(tmp_path / "memory.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            saved = (memory.save(f"telegram:{number}", Session(lang="fr")) for number in range(5))
            outcomes = await asyncio.gather(*saved, return_exceptions=True)
            assert {str(outcome) for outcome in outcomes} == {"database is locked"}
        await memory.save("telegram:1", Session(lang="fr"))
        assert await memory.load("telegram:1") == Session(lang="fr")


async def test_what_still_waits_is_stored_before_the_end(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        waiting = [asyncio.create_task(memory.save(f"telegram:{n}", Session(lang="fr"))) for n in range(5)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting[0]
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        assert [(await memory.load(f"telegram:{n}")).lang for n in range(5)] == ["fr"] * 5
