"""What several tests share: a Telegram stand-in and the bot running against it."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr
from telegram_server import TelegramServer

from bot.channels.telegram import Telegram, connected
from bot.memory import Memory
from bot.settings import Settings
from bot.turn import warm_up
from knowledge.places import Places

pytest_plugins = ["chromium"]
hypothesis_settings.register_profile("any machine", deadline=None)  # a slow machine is no wrong result
hypothesis_settings.load_profile("any machine")
TODAY = date(2026, 11, 22)
Serving = Callable[..., AbstractAsyncContextManager[Any]]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A strict stand-in for Telegram, on a free port of this machine."""
    async with TelegramServer() as server:
        yield server


def settings_for(server: TelegramServer, database: Path | str, **more: Any) -> Settings:
    """The settings of a bot that talks to the stand-in, without limits of frequency unless they are given."""
    url = server.base_url.removesuffix("/bot")
    free = {"telegram_per_second": 1e6, "telegram_per_second_a_chat": 1e6, "messages_a_minute": 10**6}
    token = SecretStr(server.token)
    return Settings(telegram_token=token, telegram_url=url, database=Path(database), **{**free, **more})


@pytest.fixture
def serving(server: TelegramServer, tmp_path: Path) -> Serving:
    """Starts the bot on the stand-in with PTB's own network stack, as `kibon-bot telegram` does."""

    @asynccontextmanager
    async def start(today: date = TODAY, database: Path | None = None, **more: Any) -> AsyncIterator[Telegram]:
        settings, stop = settings_for(server, database or tmp_path / "memory.sqlite3", **more), asyncio.Event()
        memory = Memory(settings.database, settings.kept, lambda: today)
        warm_up(today)
        async with memory, connected(settings, memory, lambda: today) as telegram:
            polling = asyncio.create_task(telegram.poll(stop))
            try:
                yield telegram
            finally:
                stop.set()
                await polling

    return start


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bot of these tests keeps the built index: one folder for all workers, so that few build it."""
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "cache"


@pytest.fixture
def unused_port() -> int:
    """A port of this machine that nobody listened on a moment ago."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """Tests do not see the settings and the cache of whoever runs them."""
    for name in os.environ:
        if name.startswith("KIBON_BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KIBON_BOT_CACHE", str(cache))
    monkeypatch.setattr("knowledge.places._used", Places())
