"""The commands of those who run it: inbox, stats, doctor, switch and backup.

What they need is imported where it is used: every other command would wait for it at its start.
"""

import argparse
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from bot.options import Refused, day_of
from bot.settings import Settings
from bot.words import LANGUAGES, words

if TYPE_CHECKING:
    from bot.memory import Memory

T = TypeVar("T")


def settings() -> Settings:
    """The settings of the environment; Refused with the name of the wrong one."""
    try:
        return Settings()
    except ValidationError as problem:
        wrong = problem.errors()[0]
        raise Refused(f"KIBON_BOT_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}") from None


def _with_memory(today: date, work: Callable[["Memory"], Awaitable[T]]) -> T:
    import asyncio

    from bot.memory import Memory, UnreadableDatabase

    async def opened() -> T:
        async with Memory.of(settings(), lambda: today) as memory:
            return await work(memory)

    try:
        return asyncio.run(opened())
    except UnreadableDatabase as problem:
        raise Refused(f"cannot use the database ({problem})") from problem


def inbox(options: argparse.Namespace) -> None:
    """Print the questions that found no answer, grouped by likeness, with the nearest articles."""
    from bot.inbox import grouped, lines

    rows = _with_memory(day_of(options), lambda memory: memory.unanswered())
    groups = grouped((str(day), str(lang), str(kind), str(text)) for day, lang, kind, text in rows)
    if options.json:
        print(json.dumps([{**asdict(group), "nearest": group.nearest()} for group in groups], ensure_ascii=False))
    else:
        print("\n".join(lines(groups)) or "no question without an answer")


def stats(options: argparse.Namespace) -> None:
    """Print the counters: all days together, and for each day with --days."""
    rows = _with_memory(day_of(options), lambda memory: memory.counters())
    total: Counter[str] = Counter()
    for _, name, number in rows:
        total[str(name)] += int(number)
    if options.json:
        days = [{"day": day, "name": name, "number": number} for day, name, number in rows]
        print(json.dumps({"total": dict(sorted(total.items())), "days": days}, ensure_ascii=False))
        return
    shown = [f"{day}  {number:>7}  {name}" for day, name, number in rows] if options.days else []
    print("\n".join([*shown, *(f"{number:>7}  {name}" for name, number in sorted(total.items()))]) or "nothing yet")


def doctor(options: argparse.Namespace) -> int:
    """Look at everything that can be wrong, and say what to do. Exit status 1 where something is broken."""
    import asyncio

    from bot import doctor

    async def look() -> list[doctor.Finding]:
        return [found async for found in doctor.findings(settings(), day_of(options))]

    found = asyncio.run(look())
    if options.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        print("\n".join(line for one in found for line in doctor.lines(one)))
    return 1 if any(one.state == "wrong" for one in found) else 0


def switch(options: argparse.Namespace) -> None:
    """Switch the assistant off with a note for users, or on again; in every process, at once."""
    if options.to == "on":
        _with_memory(day_of(options), lambda memory: memory.pause({}))
        print("switched on")
        return
    notes = {lang: getattr(options, f"note_{lang}") or words(lang)("paused") for lang in LANGUAGES}
    _with_memory(day_of(options), lambda memory: memory.pause(notes))
    print("\n".join(["switched off; users read:", *(f"  {lang}: {note}" for lang, note in notes.items())]))


def backup(options: argparse.Namespace) -> None:
    """Copy the database of SQLite while it is in use."""
    from bot.database import UnreadableDatabase
    from bot.sqlite import copy

    own = settings()
    if own.database_url.get_secret_value():
        raise Refused("this database is PostgreSQL: use pg_dump")
    try:
        copy(own.database, Path(options.file))
    except (UnreadableDatabase, OSError) as problem:
        raise Refused(str(problem)) from None
    print(f"copied to {options.file}")
