"""Messages per second against the stand-in: our dialog and a bare echo bot, each with one chat at a time in order."""

import asyncio
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from pydantic import SecretStr
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.channels.telegram import App, OneChatAtATime, build
from bot.memory import Memory
from bot.settings import Settings

sys.path.insert(0, str(Path(__file__).parent.parent))
from telegram_server import TelegramServer

CHATS, STEPS = 40, ("/activite", "1er février 2027", "1", "4", "4", "non", "1", "60")


async def ours(latency: float) -> float:
    """Dialog steps a second of kibon-bot; `latency` is the stand-in's, in seconds a call."""
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramServer() as server:
            url = server.base_url.removesuffix("/bot")
            settings = Settings(telegram_token=SecretStr(server.token), telegram_url=url)
            application = build(settings, Memory(Path(folder) / "bench.sqlite3"), lambda: date(2026, 11, 22))
            return await _measure(server, application, latency)


async def echo(latency: float) -> float:
    """Messages a second of a bot that repeats what it reads."""
    async with TelegramServer() as server:

        async def repeat(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            assert update.effective_chat is not None and update.message is not None
            await context.bot.send_message(update.effective_chat.id, update.message.text or "")

        builder = ApplicationBuilder().token(server.token).base_url(server.base_url)
        application = builder.concurrent_updates(OneChatAtATime()).build()
        application.add_handler(MessageHandler(filters.TEXT, repeat))
        return await _measure(server, application, latency)


async def _measure(server: TelegramServer, application: App, latency: float) -> float:
    async with application:
        if application.post_init:
            await application.post_init(application)
        await application.start()
        people = [server.person(language_code="fr") for _ in range(CHATS)]
        for step in STEPS:
            for person in people:
                await person.says(step)
        server.latency = latency
        begin = time.perf_counter()
        assert application.updater is not None
        await application.updater.start_polling()
        await asyncio.wait_for(
            server.until(lambda: all(len(person.messages) >= len(STEPS) for person in people)), timeout=120
        )
        seconds = time.perf_counter() - begin
        await application.updater.stop()
        await application.stop()
    if application.post_shutdown:
        await application.post_shutdown(application)
    return CHATS * len(STEPS) / seconds
