"""Calls over HTTP on connections that are kept, by aiohttp: its parser in C needs a third of the time of httpx."""

from collections.abc import Mapping
from typing import IO
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from httpx import create_ssl_context

CONNECT = 5.0  # seconds until a connection has to stand
UPLOAD = 20.0  # seconds more for a call that carries a file
JSON = "application/json"

Files = Mapping[str, tuple[str, bytes | IO[bytes], str]]
"""By field: the file's name, its content and its kind, such as "application/pdf"."""


class Unanswered(Exception):
    """The call got no answer. The message never holds its address, which may hold a secret."""

    def __init__(self, problem: BaseException):
        plain = isinstance(problem, OSError) and not isinstance(problem, TimeoutError)
        super().__init__(f"{type(problem).__name__}: {problem}" if plain else type(problem).__name__)


class HttpCalls:
    """At most `at_once` calls to the server at `url`, each waiting at most `patience` seconds for the next piece of its
    answer. Proxies are those of the environment (HTTPS_PROXY, NO_PROXY). Made within a running event loop."""

    def __init__(self, url: str, at_once: int, patience: float, headers: Mapping[str, str]):
        self._patience = patience
        connections = TCPConnector(limit=at_once, ssl=create_ssl_context())
        self._session = ClientSession(
            connector=connections, cookie_jar=DummyCookieJar(), headers=headers, proxy=_proxy_for(url)
        )

    async def close(self) -> None:
        """Close all connections; twice does no harm."""
        await self._session.close()

    async def post(self, url: str, json: bytes) -> tuple[int, bytes]:
        """Status and body of the answer to a body of JSON; Unanswered where there is none."""
        return await self._post(url, json, {"Content-Type": JSON}, self._patience)

    async def post_files(self, url: str, fields: Mapping[str, str], files: Files) -> tuple[int, bytes]:
        """The same for a form with files."""
        form = FormData()
        for name, value in fields.items():
            form.add_field(name, value)
        for name, (filename, content, kind) in files.items():
            form.add_field(name, content, filename=filename, content_type=kind)
        return await self._post(url, form, {}, self._patience + UPLOAD)

    async def _post(
        self, url: str, data: bytes | FormData, headers: Mapping[str, str], patience: float
    ) -> tuple[int, bytes]:
        limits = ClientTimeout(sock_connect=CONNECT, sock_read=patience)
        try:
            async with self._session.post(
                url, data=data, headers=headers, timeout=limits, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (ClientError, OSError) as problem:  # also TimeoutError
            raise Unanswered(problem) from problem


def _proxy_for(url: str) -> str | None:
    """The proxy that the environment names for a server. aiohttp would look there again for each call, in a thread."""
    place, proxies = urlsplit(url), getproxies()
    proxy = None if proxy_bypass(place.hostname or "") else proxies.get(place.scheme, proxies.get("all"))
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
