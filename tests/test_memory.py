"""What is kept: one session per chat, for as long as the settings say, through updates of the program."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import aiosqlite
import pytest

from bot import record
from bot.memory import Memory, Notes, UnreadableDatabase
from bot.messages import Kept
from bot.migrations import VERSION
from bot.session import Session
from bot.sqlite import copy
from checks.guided import guided

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


async def test_an_answer_is_asked_again_only_where_its_question_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"household": "married", "commune": "bern", "employment_1": 60}
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        await memory.save("telegram:1", Session(lang="fr", check="minimum_activity", answers=answers))
        check = guided()["minimum_activity"]
        questions = {**check.questions, "commune": replace(check.questions["commune"], since=check.version + 1)}
        updated = replace(check, version=check.version + 1, questions=questions)
        monkeypatch.setattr(record, "guided", lambda: {**guided(), "minimum_activity": updated})
        assert (await memory.load("telegram:1")).answers == {"household": "married", "employment_1": 60}
        await memory.save("telegram:1", Session(lang="fr", check="minimum_activity", answers=answers))
        assert (await memory.load("telegram:1")).answers == answers


def test_a_changed_question_belongs_to_checks_of_that_version() -> None:
    for check in guided().values():
        for question in check.questions.values():
            assert question.since <= check.version, f"{check.name}.{question.id}"


async def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite3"
    with closing(sqlite3.connect(file)) as old, old:
        old.execute("CREATE TABLE session (chat TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID")
        old.execute("INSERT INTO session VALUES ('telegram:1', ?)", (SESSION.model_dump_json(),))
    async with Memory(file, today=lambda: date(2026, 11, 22)) as memory:
        assert await memory.load("telegram:1") == SESSION
    async with Memory(file, today=lambda: date(2026, 12, 23)) as memory:
        assert await memory.load("telegram:1") == Session()


@pytest.mark.parametrize("separators", [(", ", ": "), (",", ":")])
async def test_a_day_of_birth_that_an_older_program_kept_becomes_its_month(
    tmp_path: Path, separators: tuple[str, str]
) -> None:
    file, answers = tmp_path / "memory.sqlite3", {"need_kind": "language", "child_born": "2024-06-15"}
    old = Session(lang="fr", check="special_need", answers={**answers, "confirmed_from": "2026-12-13"})
    async with Memory(file) as memory:
        await memory.save("telegram:1", old)
        await memory.save("telegram:2", SESSION)
    with closing(sqlite3.connect(file)) as second, second:
        state = json.dumps(json.loads(record.written(old)), separators=separators)
        second.execute("UPDATE session SET state = ? WHERE chat = 'telegram:1'", (state,))
        second.execute("PRAGMA user_version = 2")
    async with Memory(file) as memory:
        assert await memory.load("telegram:1") == old.with_(answers={**old.answers, "child_born": "2024-06-01"})
        assert await memory.load("telegram:2") == SESSION
    assert b"2024-06-15" not in all_bytes(tmp_path)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite3"
    with closing(sqlite3.connect(file)) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(UnreadableDatabase, match="update"):
        async with Memory(file):
            pass


async def test_sessions_and_questions_go_when_their_time_is_over(tmp_path: Path) -> None:
    day = date(2026, 1, 1)
    async with Memory(tmp_path / "memory.sqlite3", Kept(30, 180), today=lambda: day) as memory:
        await memory.save("telegram:1", SESSION, "telegram:77", notes=Notes((), ("fr", "unknown", "vélo cargo ?")))
        day = date(2026, 1, 31)
        assert await memory.expire() == 0 and await memory.load("telegram:1") == SESSION
        assert not (await memory.arrival("telegram:1", "telegram:77")).handled
        day = date(2026, 2, 1)
        assert await memory.load("telegram:1") == Session()
        assert await memory.expire() == 1 and len(await memory.unanswered()) == 1
        day = date(2026, 7, 1)
        await memory.expire()
        assert await memory.unanswered() == []


async def test_each_message_prolongs_the_session(tmp_path: Path) -> None:
    day = date(2026, 1, 1)
    async with Memory(tmp_path / "memory.sqlite3", Kept(30, 180), today=lambda: day) as memory:
        await memory.save("telegram:1", SESSION)
        day = date(2026, 1, 30)
        await memory.save("telegram:1", SESSION)
        day = date(2026, 2, 28)
        assert await memory.load("telegram:1") == SESSION


async def test_what_belongs_together_is_stored_together_or_not_at_all(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        await memory.save("telegram:1", SESSION, "telegram:77", notes=Notes(("reply.ask",)))
        with pytest.raises(sqlite3.IntegrityError):
            await memory.save("telegram:1", Session(lang="fr"), "telegram:77", notes=Notes(("reply.ask",)))
        assert await memory.load("telegram:1") == SESSION
        assert [number for _, _, number in await memory.counters()] == [1]


async def test_a_copy_of_a_database_in_use_holds_everything_and_opens(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3") as memory:
        await memory.save("telegram:1", SESSION)
        copy(tmp_path / "memory.sqlite3", tmp_path / "copy.sqlite3")
        await memory.save("telegram:1", Session(lang="fr"))
    async with Memory(tmp_path / "copy.sqlite3") as restored:
        assert await restored.load("telegram:1") == SESSION
    with pytest.raises(FileExistsError):
        copy(tmp_path / "memory.sqlite3", tmp_path / "copy.sqlite3")
    with pytest.raises(UnreadableDatabase):
        copy(tmp_path / "nothing.sqlite3", tmp_path / "other.sqlite3")
