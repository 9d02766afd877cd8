"""Sessions are kept, one per chat, and nothing else."""

from pathlib import Path

import aiosqlite
import pytest

from bot.memory import Memory, UnreadableDatabase
from bot.session import Session

SESSION = Session(lang="de", check="minimum_activity", answers={"commune": "bern", "activities_1": ["training"]})


async def test_a_session_comes_back_as_it_was(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        await memory.save("telegram:1", SESSION)
        await memory.save("telegram:2", Session(lang="fr"))
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        assert await memory.load("telegram:1") == SESSION
        assert await memory.load("telegram:2") == Session(lang="fr")
        assert await memory.load("telegram:3") == Session()


async def test_a_state_that_cannot_be_read_any_more_starts_anew(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        await memory.save("telegram:1", SESSION)
    async with aiosqlite.connect(tmp_path / "memory.sqlite3") as database:
        await database.execute("UPDATE session SET state = 'broken'")
        await database.commit()
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        assert await memory.load("telegram:1") == Session()


@pytest.mark.parametrize("content", [b"this is not a database, but a text of some length" * 100, None])
async def test_an_unreadable_database_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "memory.sqlite3"
    if content:
        file.write_bytes(content)
    else:
        file.mkdir()
    with pytest.raises(UnreadableDatabase, match=r"memory\.sqlite3"):
        async with Memory(file):
            pass
