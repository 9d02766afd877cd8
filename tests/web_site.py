"""The web chat for tests: without a socket for requests, and on a free port of this machine for browsers."""

import html
import re
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from conftest import TODAY
from scripts import flat
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.channels.web.application import application
from bot.channels.web.visits import Visits
from bot.listening import config
from bot.memory import Memory
from bot.settings import Settings
from bot.words import LANGUAGES, words


@asynccontextmanager
async def visitor(
    database: Path | str, today: date = TODAY, client: tuple[str, int] = ("192.0.2.1", 1), **settings: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a screen: it keeps cookies and follows redirects."""
    settings.setdefault("web_requests_per_minute", 100_000)
    memory = Memory(database)
    chosen = Settings(**settings)
    app = application(chosen, Visits(memory, lambda: today, timedelta(hours=chosen.web_session_hours)))
    transport = httpx.ASGITransport(app, raise_app_exceptions=True, client=client)
    async with (
        memory,
        httpx.AsyncClient(transport=transport, base_url="http://kibon.test", follow_redirects=True) as own,
    ):
        yield own


class Page:
    """What a person finds on a page: the newest reply, the buttons, the hidden fields of the forms."""

    def __init__(self, answer: httpx.Response):
        self.status, self.html, self.url = answer.status_code, answer.text, str(answer.url)

    @property
    def reply(self) -> str:
        """The words of the newest reply."""
        return self.words('<div class="reply [a-z]+" id="reply"[^>]*>(.*?)</div>')

    @property
    def file(self) -> str:
        """The address of the file that goes with the newest reply."""
        newest = self.html.rpartition('id="reply"')[2].partition("</ol>")[0]
        found = re.search(r'href="([^"]+)" download', newest)
        return found[1] if found else ""

    @property
    def place(self) -> str:
        """The question that the page shows, as its forms name it."""
        form = re.search(r'<form class="write".*?</form>', self.html, re.DOTALL)
        found = re.search(r'name="question" value="([^"]*)"', form[0] if form else "")
        return found[1] if found else ""

    @property
    def answers(self) -> str:
        """The words of the list of answers."""
        return self.words('<aside id="answers"[^>]*>(.*?)</aside>')

    @property
    def buttons(self) -> dict[str, str]:
        """The data of each button by its label."""
        return {
            words_of(label): html.unescape(data)
            for data, label in re.findall(
                r'<button(?: class="main")? name="button" value="([^"]*)"[^>]*>(.*?)</button>', self.html
            )
        }

    def words(self, pattern: str) -> str:
        """The words of what the pattern's group finds in the page."""
        found = re.search(pattern, self.html, re.DOTALL)
        return words_of(found[1]) if found else ""


def words_of(source: str) -> str:
    """The words of some HTML, as a person reads them."""
    reader = _Words()
    reader.feed(source)
    return " ".join("".join(reader.found).replace("\u00a0", " ").replace("\u202f", " ").split())


def letters(text: str) -> str:
    """The letters alone of a reply, for comparing with other channels: a page draws the marks of lists and footnotes
    itself, names results, links of sources and the answers that it folds up, and offers to copy."""
    text = flat(text)
    for label in (
        words(lang).filled(key, {"count": ""})
        for lang in LANGUAGES
        for key in ("web.source.open", "web.result", "web.taken_up", "web.copy")
    ):
        text = text.replace(flat(label), "")
    return "".join(char for char in text if char.isalpha())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("sup", "a", "span"):
            self.found.append(" ")


class _Telling(uvicorn.Server):
    """Tells when it listens; leaves the signals to the tests."""

    def __init__(self, settings: uvicorn.Config):
        super().__init__(settings)
        self.begun = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.begun.set()


class Site:
    """The web chat on a port of this machine, in a thread of its own; `today` may be changed while it runs."""

    def __init__(self, database: Path, **settings: Any):
        self.today, self.database = TODAY, database
        self._settings = {"web_requests_per_minute": 1_000_000, **settings}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin to listen; returns when it does."""
        chosen, memory = Settings(**self._settings), Memory(self.database)
        visits = Visits(memory, lambda: self.today, timedelta(hours=chosen.web_session_hours))

        @asynccontextmanager
        async def opened(_: Starlette) -> AsyncIterator[None]:
            async with memory:
                yield

        app = Starlette(routes=[Mount("/", app=application(chosen, visits))], lifespan=opened)
        settings = config(app)
        settings.lifespan, settings.timeout_graceful_shutdown = "on", 1
        self._server = _Telling(settings)
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self._thread = threading.Thread(target=self._server.run, args=([self._listening],))
        self._thread.start()
        assert self._server.begun.wait(20)

    def stop(self) -> None:
        """Stop listening; returns when everything is closed."""
        self._server.should_exit = True
        self._thread.join(20)
        self._listening.close()

    def restart(self) -> None:
        """Stop, and begin again on the same port with the same database."""
        self.stop()
        self.start()
