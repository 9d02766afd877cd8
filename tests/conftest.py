"""What several tests share: a Telegram stand-in and the bot running against it."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram_server import TelegramServer

from bot.channels.telegram import build
from bot.memory import Memory
from bot.settings import Settings
from knowledge.places import Places

TODAY = date(2026, 11, 22)
Serving = Callable[..., AbstractAsyncContextManager[None]]


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A strict stand-in for Telegram, on a free port of this machine."""
    async with TelegramServer() as server:
        yield server


def settings_for(server: TelegramServer, database: Path | str) -> Settings:
    """The settings of a bot that talks to the stand-in."""
    url = server.base_url.removesuffix("/bot")
    return Settings(telegram_token=SecretStr(server.token), telegram_url=url, database=Path(database))


@pytest.fixture
def serving(server: TelegramServer, tmp_path: Path) -> Serving:
    """Starts the bot on the stand-in with PTB's own network stack, as `kibon-bot telegram` does."""

    @asynccontextmanager
    async def start(today: date = TODAY, database: Path | None = None) -> AsyncIterator[None]:
        memory = Memory(database or tmp_path / "memory.sqlite3")
        application = build(settings_for(server, database or tmp_path / "memory.sqlite3"), memory, lambda: today)
        updater, begin, end = application.updater, application.post_init, application.post_shutdown
        assert updater and begin and end
        async with application:
            await begin(application)
            await application.start()
            await updater.start_polling()
            try:
                yield
            finally:
                await updater.stop()
                await application.stop()
        await end(application)

    return start


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands that tests run keep the built index."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """Tests do not see the settings and the cache of whoever runs them."""
    for name in os.environ:
        if name.startswith("KIBON_BOT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KIBON_BOT_CACHE", str(cache))
    monkeypatch.setattr("knowledge.places._used", Places())
