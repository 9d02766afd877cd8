"""The web chat as one application: its routes, the guard before them, and what ends the visits that are over."""

import asyncio
from contextlib import suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.channels.web.guard import SAFE, Guard
from bot.channels.web.pages import fail, refuse, routes
from bot.channels.web.problems import Problem
from bot.channels.web.visits import Visits
from bot.settings import Settings

HOUR = 3600.0
CODES = {404: "not_found", 405: "method"}


def application(settings: Settings, visits: Visits) -> Starlette:
    """The pages over an open memory, to be mounted where nothing else answers."""
    guard = Middleware(
        Guard,
        refuse=refuse,
        fail=fail,
        per_minute=settings.web_requests_per_minute,
        sites=settings.web_embedded_in,
    )
    # Pages hold no secret that their packed length could betray: the token stands in the cookie alone.
    packed = Middleware(Packed, minimum_size=1000, compresslevel=5)
    return Starlette(routes=routes(visits), middleware=[guard, packed], exception_handlers=_HANDLERS)


class Packed(GZipMiddleware):
    """Packs what is only read. Answers to what is sent are small, or lead to a page."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (super().__call__ if scope.get("method") in SAFE else self.app)(scope, receive, send)


async def tidy(visits: Visits, stop: asyncio.Event) -> None:
    """Delete what is over, now and every hour, until asked to stop."""
    while not stop.is_set():
        await visits.expire()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), HOUR)


def _problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    return refuse(request, problem)


def _unknown(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    return refuse(request, Problem(problem.status_code, CODES.get(problem.status_code, "fields")))


_HANDLERS = {Problem: _problem, HTTPException: _unknown}
