"""Whether a million stored sessions slow the memory down, against an empty database in the same run."""

import asyncio
import sqlite3
import statistics
import tempfile
import time
from contextlib import AsyncExitStack, closing
from datetime import date
from pathlib import Path

from bot import record
from bot.memory import Memory
from bot.messages import Kept, Message
from bot.session import Session
from bot.turn import take

TODAY = date(2026, 11, 22)
MANY = 1_000_000
MESSAGES = 2000


def report() -> None:
    """Print start-up and reply time with an empty database and with MANY sessions, message by message in turn."""
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty.sqlite3", Path(folder) / "full.sqlite3"
        for file in (empty, full):
            asyncio.run(_opened(file))
        _fill(full)
        starts = [asyncio.run(_opened(file)) for file in (empty, full)]
        times = asyncio.run(_alternating(empty, full))
        size = full.stat().st_size / 1e6
    print(
        f"{MANY} stored sessions ({size:.0f} MB): start-up {starts[1] * 1000:.0f} ms, empty {starts[0] * 1000:.0f} ms; a "
        f"message with its session {times[1] * 1000:.2f} ms, empty {times[0] * 1000:.2f} ms, ratio {times[1] / times[0]:.2f}"
    )


async def _opened(file: Path) -> float:
    begin = time.perf_counter()
    async with Memory(file, today=lambda: TODAY):
        return time.perf_counter() - begin


async def _alternating(*files: Path) -> list[float]:
    """The median seconds of a message loaded, answered and stored, for each database; each chat writes twice."""
    times: list[list[float]] = [[] for _ in files]
    async with AsyncExitStack() as stack:
        memories = [await stack.enter_async_context(Memory(file, today=lambda: TODAY)) for file in files]
        for number in range(MESSAGES):
            message = Message(text=("/activite", "février 2027")[number % 2], hint="fr", kept=Kept())
            chat = f"telegram:{number // 2 * 7919 % MANY}"
            for memory, own in zip(memories, times, strict=True):
                start = time.perf_counter()
                await take(memory, chat, message, TODAY, f"telegram:{number}")
                own.append(time.perf_counter() - start)
    return [statistics.median(own) for own in times]


def _fill(file: Path) -> None:
    answers = {"care_start": "2027-02-01", "school_stage": "preschool", "commune": "other", "household": "married"}
    state = record.written(Session(lang="fr", check="minimum_activity", answers=answers))
    with closing(sqlite3.connect(file)) as database, database:
        rows = ((f"telegram:{number}", state, TODAY.isoformat()) for number in range(MANY))
        database.executemany("INSERT OR REPLACE INTO session (chat, state, seen) VALUES (?, ?, ?)", rows)
