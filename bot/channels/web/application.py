"""The web application: its memory, its routes, and the guard before them; `serve` runs it."""

import asyncio
import logging
import resource
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot.channels.web.connections import Impatient
from bot.channels.web.guard import Guard
from bot.channels.web.pages import fail, refuse, routes
from bot.channels.web.problems import Problem
from bot.channels.web.visits import Visits
from bot.memory import Memory
from bot.settings import Settings

MOST_HEADER = 16_384  # bytes of a request before its body
HOUR = 3600.0
CODES = {404: "not_found", 405: "method"}


class Unusable(RuntimeError):
    """The address cannot be listened at; the message says why in one line."""


def application(settings: Settings, memory: Memory, today: Callable[[], date]) -> Starlette:
    """The web chat alone; it opens the memory and closes it."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with memory:
            await visits.expire()
            tidying = asyncio.create_task(_tidy(visits))
            yield
            tidying.cancel()

    visits = Visits(memory, today, timedelta(hours=settings.web_session_hours))
    return Starlette(
        routes=routes(visits), middleware=[guard(settings)], exception_handlers=HANDLERS, lifespan=lifespan
    )


async def _tidy(visits: Visits) -> None:
    """Delete now and then what is over."""
    while True:
        await asyncio.sleep(HOUR)
        await visits.expire()


def guard(settings: Settings) -> Middleware:
    """What stands before all pages, for any application that has these routes."""
    return Middleware(
        Guard,
        refuse=refuse,
        fail=fail,
        per_minute=settings.web_requests_per_minute,
        sites=settings.web_embedded_in,
    )


def _problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return refuse(request, problem)


def _unknown(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    return refuse(request, Problem(problem.status_code, CODES.get(problem.status_code, "fields")))


HANDLERS = {Problem: _problem, HTTPException: _unknown}


def serve(settings: Settings, today: Callable[[], date], host: str, port: int) -> None:
    """Answer until stopped. Unusable where the address is taken, UnreadableDatabase where the memory cannot be used."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    memory = Memory(settings.database, settings.kept, today)
    asyncio.run(_try(memory))
    app = application(settings, memory, today)
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        raise Unusable(f"{host}:{port}: {problem}") from problem
    with listening:
        shown = f"[{host}]" if ":" in host else host
        print(f"kiBon-Bot: http://{shown}:{listening.getsockname()[1]}", flush=True)
        allow_many_connections()
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config(app)).run(sockets=[listening])


async def _try(memory: Memory) -> None:
    """Open and close the memory, so that a database that cannot be used is told before anybody is served."""
    async with memory:
        pass


def config(app: ASGIApp) -> uvicorn.Config:
    """How uvicorn serves: without a log of addresses, and without waiting for those who do not speak."""
    return uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=MOST_HEADER,
        timeout_graceful_shutdown=5,
    )


def allow_many_connections() -> None:
    """As many open connections as the system grants."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
