"""Runs the channels of one process until it is asked to stop, then lets them finish what they received."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import date

import uvicorn
from starlette.routing import BaseRoute

from bot.channels.telegram import connected
from bot.memory import Memory
from bot.server import application, webhook
from bot.settings import Settings
from bot.turn import warm_up


async def run(settings: Settings, memory: Memory, today: Callable[[], date], routes: Sequence[BaseRoute] = ()) -> None:
    """Serve `routes` over HTTP, and Telegram where there is a token: by webhook where its address is set, else by long
    polling. UnreadableDatabase and Unreachable where it cannot begin."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    work: list[Awaitable[None]] = []
    async with AsyncExitStack() as running:
        await running.enter_async_context(memory)
        if settings.telegram_token.get_secret_value():
            telegram = await running.enter_async_context(connected(settings, memory, today))
            if settings.webhook_url:
                routes = [*routes, webhook(telegram.receive, settings.secret)]
            else:
                work.append(telegram.poll(stop))
        if routes:
            app = application(memory, routes)
            config = uvicorn.Config(
                app, settings.host, settings.port, log_config=None, access_log=False, lifespan="off"
            )
            work.append(_listen(uvicorn.Server(config), stop))
        await asyncio.gather(*work, asyncio.to_thread(warm_up, today()))


async def _listen(server: uvicorn.Server, stop: asyncio.Event) -> None:
    await server.serve()
    stop.set()
