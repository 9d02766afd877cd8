"""Looks at everything that can be wrong with an installation, and says in plain words what to do."""

import re
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from babel.messages.pofile import read_po

from bot.channels.telegram import Unreachable, name_of
from bot.memory import Memory, UnreadableDatabase
from bot.settings import Settings
from bot.words import LANGUAGES, catalogues, words
from checks.guided import guided
from checks.values import all_rows
from knowledge.check import mistakes
from knowledge.library import library
from knowledge.search import find

YEAR = 365  # days after which something is to be checked again
SHOWN = 5


State = Literal["ok", "look", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One look: at what, how it is ("look": not broken, but somebody should look), what was found, what to do."""

    of: str
    state: State
    found: str
    to_do: str = ""


async def findings(settings: Settings, today: date) -> AsyncIterator[Finding]:
    """All looks, one after the other."""
    yield await _token(settings)
    yield await _database(settings, today)
    yield _catalogues()
    yield _articles(today)
    yield _index()
    yield _aging_articles(today)
    yield _aging_values(today)
    yield _values_of_today(today)


async def _token(settings: Settings) -> Finding:
    if not settings.telegram_token.get_secret_value():
        return Finding("telegram", "ok", "no token: Telegram is not served, the terminal and the web are")
    try:
        return Finding("telegram", "ok", f"answers as @{await name_of(settings)}")
    except Unreachable as problem:
        return Finding("telegram", "wrong", str(problem), "set the token that @BotFather shows, or mend the connection")


async def _database(settings: Settings, today: date) -> Finding:
    try:
        async with Memory.of(settings, lambda: today) as memory:
            (sessions,), (waiting,) = [
                (await memory.database.rows(f"SELECT count(*) FROM {table}"))[0] for table in ("session", "outbox")
            ]
            paused = (await memory.arrival("")).pause
    except UnreadableDatabase as problem:
        advice = "check KIBON_BOT_DATABASE or KIBON_BOT_DATABASE_URL: does it exist, and may this user write there?"
        return Finding("database", "wrong", str(problem), advice)
    found = f"{sessions} sessions, {waiting} replies on their way"
    if paused:
        return Finding("database", "look", f"{found}; SWITCHED OFF", "`kibon-bot switch on` when it may answer again")
    return Finding("database", "ok", found)


def _catalogues() -> Finding:
    keys: dict[str, dict[str, Any]] = {lang: {} for lang in LANGUAGES}
    for lang in LANGUAGES:
        for file in catalogues(lang):
            with file.open("rb") as stream:
                keys[lang] |= {str(m.id): str(m.string) for m in read_po(stream, locale=lang) if m.id and m.string}
    first, second = (keys[lang] for lang in LANGUAGES)
    wrong = sorted(first.keys() ^ second.keys())
    wrong += [key for key in first.keys() & second.keys() if _places(first[key]) != _places(second[key])]
    advice = "give both languages the same sentences with the same {placeholders}"
    return Finding(
        "catalogues", _ok_unless("wrong", wrong), f"{len(first)} sentences; differing: {_some(wrong)}", advice
    )


def _places(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


def _articles(today: date) -> Finding:
    wrong = mistakes(library(), today, guided())
    count = len(library().titles(LANGUAGES[0]))
    return Finding(
        "articles", _ok_unless("wrong", wrong), f"{count} articles; wrong: {_some(wrong)}", "mend the files named here"
    )


def _index() -> Finding:
    silent = [lang for lang in LANGUAGES if find(words(lang)("warm_up"), lang).kind != "answer"]
    advice = "the index finds nothing where it must: are the articles complete?"
    return Finding("index", _ok_unless("wrong", silent), f"answers its test question; silent: {_some(silent)}", advice)


def _aging_articles(today: date) -> Finding:
    old = {p.article for p in library().all_passages if (today - p.last_checked).days > YEAR}
    advice = "read them against their sources, then set last_checked"
    return Finding("age of articles", _ok_unless("look", old), f"not checked for a year: {_some(sorted(old))}", advice)


def _aging_values(today: date) -> Finding:
    old = sorted(
        f"{row.name} ({row.last_confirmed})"
        for rows in all_rows().values()
        for row in rows
        if row.valid_from <= today <= row.valid_until and (today - _last_day(row.last_confirmed)).days > YEAR
    )
    advice = "look whether the newest source still names them, then set last_confirmed in checks/values/*.toml"
    return Finding("age of values", _ok_unless("look", old), f"not confirmed for a year: {_some(old)}", advice)


def _values_of_today(today: date) -> Finding:
    gone = sorted(name for name, rows in all_rows().items() if rows[-1].valid_until < today and _in_use(name))
    advice = "add a row for the present period to checks/values/*.toml; until then these questions are refused"
    return Finding("values of today", _ok_unless("wrong", gone), f"without a row for today: {_some(gone)}", advice)


def _in_use(name: str) -> bool:
    """Whether a value holds for the newest period that any value knows."""
    return all_rows()[name][-1].valid_until == max(rows[-1].valid_until for rows in all_rows().values())


def _last_day(confirmed: str) -> date:
    """The last day that "2026", "2026-03" or "2026-03-31" can mean."""
    parts = [int(part) for part in confirmed.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts if len(parts) == 2 else (parts[0], 12)
    return date(year + month // 12, month % 12 + 1, 1)


def _ok_unless(state: State, names: Collection[str]) -> State:
    return state if names else "ok"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return (", ".join(names[:SHOWN]) or "none") + more


def lines(found: Finding) -> Iterator[str]:
    """A finding for people."""
    yield f"{found.state:5} {found.of}: {found.found}"
    if found.state != "ok":
        yield f"    {found.to_do}"
