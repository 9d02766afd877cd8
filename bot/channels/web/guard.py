"""Stands before every page: security headers, foreign origins, and how much one address may ask for."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.problems import Problem

MOST_ADDRESSES = 10_000  # that are remembered
SAFE = ("GET", "HEAD")
EMBEDDED, STATIC, SCRIPT = "/embed/", "/static/", "/embed.js"


class Guard:
    """An ASGI application before another one. `refuse` answers a Problem, and `fail` any other error, in place of the
    application; `sites` may show our pages in a frame."""

    def __init__(
        self,
        app: ASGIApp,
        refuse: Callable[[Request, Problem], ASGIApp],
        fail: Callable[[Request, Exception], ASGIApp],
        per_minute: int,
        sites: str,
    ):
        self._app, self._refuse, self._fail = app, refuse, fail
        self._allowance = Allowance(per_minute)
        self._frames = sites or "'none'"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._add_headers(scope, MutableHeaders(scope=message))
            await send(message)

        problem = self._problem(scope)
        if problem:
            await self._refuse(Request(scope), problem)(scope, receive, send_guarded)
            return
        try:
            await self._app(scope, receive, send_guarded)
        except Exception as error:
            if begun:
                raise
            await self._fail(Request(scope), error)(scope, receive, send_guarded)

    def _problem(self, scope: Scope) -> Problem | None:
        if scope["method"] not in SAFE and not from_here(Headers(scope=scope), scope["scheme"]):
            return Problem(403, "foreign")
        if STATIC not in scope["path"] and not self._allowance.takes(_address(scope)):
            return Problem(429, "too_many")
        return None

    def _add_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        path = scope["path"]
        embedded = EMBEDDED in path
        frames = self._frames if embedded else "'none'"
        headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
            f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
        )
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        shared = embedded or path.endswith(SCRIPT)
        headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
        if not embedded:
            headers["X-Frame-Options"] = "DENY"
        if scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = "max-age=31536000"
        headers.setdefault("Cache-Control", "no-store")


def from_here(headers: Headers, scheme: str) -> bool:
    """Whether a request that changes something comes from our own page, or from a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is None or origin == f"{scheme}://{headers.get('host', '')}"


class Allowance:
    """Requests a minute for each address, spent from a store that fills evenly."""

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic):
        self._most, self._now = per_minute, now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def takes(self, address: str) -> bool:
        """Spend one request of the address; False where it has none left."""
        now = self._now()
        left, since = self._left.pop(address, (float(self._most), now))
        left = min(self._most, left + (now - since) * self._most / 60)
        granted = left >= 1
        self._left[address] = (left - granted, now)
        if len(self._left) > MOST_ADDRESSES:
            self._left.popitem(last=False)
        return granted


def _address(scope: Scope) -> str:
    """The address of whoever asks; of an IPv6 address the network, which one household has to itself."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or int(address) >> 64)
    return host
