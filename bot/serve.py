"""Runs the channels of one process until it is asked to stop, then lets them finish what they received."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import date, timedelta

import uvicorn
from starlette.routing import BaseRoute, Mount

from bot.awaited_telegram import AwaitedTelegram
from bot.channels.telegram import connected
from bot.channels.web.application import application as web_chat
from bot.channels.web.application import tidy
from bot.channels.web.visits import Visits
from bot.listening import address_of, allow_many_connections, config, listen_at
from bot.memory import Memory
from bot.server import application, webhook
from bot.settings import Settings
from bot.turn import warm_up


async def run(settings: Settings, memory: Memory, today: Callable[[], date], web: bool) -> None:
    """Serve the web chat (`web`), and Telegram where there is a token: by webhook where its address is set, else by
    long polling. UnreadableDatabase, Unusable and Unreachable where it cannot begin; beside the web chat, a Telegram
    that does not answer is tried again."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work: list[Awaitable[None]] = []
    routes: list[BaseRoute] = []
    async with AsyncExitStack() as running:
        serving = web or settings.webhook_url
        listening = running.enter_context(listen_at(settings.host, settings.port)) if serving else None
        await running.enter_async_context(memory)
        if settings.telegram_token.get_secret_value():
            telegram = AwaitedTelegram(lambda: running.enter_async_context(connected(settings, memory, today)))
            await telegram.begin(patient=web)
            if settings.webhook_url:
                routes.append(webhook(telegram.receive, settings.secret))
            work.append(telegram.reach(stop) if settings.webhook_url else telegram.poll(stop))
        if web:
            visits = Visits(memory, today, timedelta(hours=settings.web_session_hours))
            routes.append(Mount("/", app=web_chat(settings, visits)))
            work.append(tidy(visits, stop))
        if listening:
            allow_many_connections()
            print(f"kiBon-Bot: {address_of(listening)}", flush=True)
            work.append(_listen(uvicorn.Server(config(application(memory, routes))), listening, stop))
        await asyncio.gather(*work, asyncio.to_thread(warm_up, today()))


async def _listen(server: uvicorn.Server, listening: socket.socket, stop: asyncio.Event) -> None:
    await server.serve(sockets=[listening])
    stop.set()
