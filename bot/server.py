"""The web application: the channels' routes, `/webhook`, `/health` and `/metrics`, in one process."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot import metrics
from bot.memory import Memory

LARGEST_UPDATE = 1_000_000  # bytes
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
log = logging.getLogger("kibon-bot.server")


def application(memory: Memory, routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The application over an open memory: its own routes, then those of the channels."""

    async def health(_: Request) -> Response:
        try:
            await memory.database.rows("SELECT 1")
        except Exception as problem:
            log.error("the database does not answer", exc_info=problem)
            return JSONResponse({"status": "database"}, 503)
        return JSONResponse({"status": "ok"})

    async def counters(_: Request) -> Response:
        return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4")

    own = [Route("/health", health), Route("/metrics", counters)]
    return Starlette(routes=[*own, *routes])


def webhook(receive: Callable[[Mapping[str, Any]], Awaitable[bool]], secret: str) -> Route:
    """The route to which Telegram delivers updates. `receive` handles one and is True once its reply is stored.

    Only a request with the secret is read. Anything else than a handled update is answered so that Telegram delivers it
    again (503) or does not (200 for an update that cannot be understood, 4xx for what is none).
    """

    async def deliver(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("latin-1"), secret.encode()):
            metrics.REFUSED.inc()
            return PlainTextResponse("wrong secret", 403)
        try:
            update = json.loads(await _body(request))
        except (ValueError, RecursionError, ClientDisconnect):
            update = None
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            metrics.REFUSED.inc()
            return PlainTextResponse("not an update", 400)
        return PlainTextResponse("ok") if await receive(update) else PlainTextResponse("try again", 503)

    return Route("/webhook", deliver, methods=["POST"])


async def _body(request: Request) -> bytes:
    """The body, up to the size of an update; ValueError beyond it."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_UPDATE:
            raise ValueError("too large")
    return body
