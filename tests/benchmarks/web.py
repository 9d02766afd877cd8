"""`POST /messages` over loopback beside a bare Starlette endpoint that reads and answers the same JSON; what a page weighs,
and when Chromium paints it."""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.web.static_files import address
from bot.channels.web.views import left
from bot.conversation import reply
from bot.listening import address_of, config, listen_at
from bot.memory import Memory
from bot.messages import Message
from bot.serve import run
from bot.session import Session
from bot.settings import Settings
from tests.chromium_here import CHROMIUM

TODAY = date(2026, 11, 22)
VISITORS, ROUNDS, SLICES, PAINTS = 8, 10, 5, 7
FILES = ("web.css", "public-sans.woff2", "mark.svg", "talk.js")
STEPS = (
    {"button": "/start.adaptation", "lang": "fr"},
    {"button": "adaptation.adaptation_role.parents"},
    {"button": "adaptation.child_at_institution.new"},
    {"button": "adaptation.adaptation_box.open"},
    {"text": "60 %"},
    {"text": "1er septembre 2027"},
    {"text": "1er octobre 2027"},
    {"button": "/restart"},
)
QUESTIONS = (
    {"text": "Qui coche la case d'adaptation ?", "lang": "fr"},
    {"text": "Wer setzt das Häkchen bei der Eingewöhnung?", "lang": "de"},
    {"text": "salaire à l'heure, quels documents ?", "lang": "fr"},
    {"text": "Bis wann muss ich den Antrag einreichen?", "lang": "de"},
    {"text": "Mon employeur ne veut pas remplir l'attestation", "lang": "fr"},
    {"text": "Was passiert, wenn wir umziehen?", "lang": "de"},
    {"text": "Combien d'enfants par groupe dans une crèche ?", "lang": "fr"},
    {"text": "Wie melde ich eine Änderung im Einkommen?", "lang": "de"},
)


class Server(NamedTuple):
    """A server in a process of its own."""

    port: int
    process: int

    def worked(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Rate(NamedTuple):
    """Requests a second, the median and 95th percentile and the server's processor time of one, in milliseconds."""

    per_second: float
    p50: float
    p95: float
    worked: float


class Parts(NamedTuple):
    """Milliseconds of processor time: the conversation, the questions left and the storing of a dialog step; the
    conversation of a question, which is nearly all search."""

    conversation: float
    progress: float
    storing: float
    search: float


async def report() -> None:
    """Print the figures of dialog steps and questions, and where the time goes; then those of pages."""
    with tempfile.TemporaryDirectory() as folder, _server("bare", folder) as bare, _server("ours", folder) as ours:
        both = ((bare, STEPS), (ours, STEPS), (ours, QUESTIONS))
        for server, messages in both:
            await _rate(server, messages, 3)
        many = [[await _rate(server, messages, ROUNDS) for server, messages in both] for _ in range(SLICES)]
        alone = [[await _rate(server, messages, ROUNDS, 1) for server, messages in both] for _ in range(SLICES)]
        weights = await asyncio.to_thread(_weights, ours.port)
        painted = await asyncio.to_thread(_first_paint, ours.port)
    parts = await _parts()
    _tell(f"{VISITORS} visitors", many)
    floor, step, question = _tell("one visitor", alone)
    ratio = statistics.median(ours.per_second / bare.per_second for bare, ours, _ in many)
    print(f"  ratio of a dialog step to bare Starlette, requests a second of {VISITORS} visitors: {ratio:.2f}")
    print(
        f"  of the processor time of a dialog step ({step.worked:.2f} ms): HTTP and JSON {floor.worked:.2f}, conversation "
        f"{parts.conversation:.2f}, storing {parts.storing:.2f}, questions left {parts.progress:.2f}, rest "
        f"{step.worked - floor.worked - sum(parts[:3]):.2f} ms"
    )
    print(
        f"  a question takes {question.worked - step.worked:.1f} ms of processor time more than a dialog step; its search costs "
        f"{parts.search:.1f} ms, the conversation that it replaces {parts.conversation:.1f} ms"
    )
    print(
        f"web, first page with all it needs: {weights[0] / 1e3:.0f} KB, packed as browsers ask for it {weights[1] / 1e3:.0f} KB"
    )
    print(f"web, first paint without JavaScript: {painted}")


def _tell(who: str, slices: list[list[Rate]]) -> list[Rate]:
    """Print the medians of the slices of one kind of measurement, and return them."""
    found = [_middle([one[number] for one in slices]) for number in range(3)]
    told = "; ".join(
        f"{name} {rate.per_second:.0f}/s, p50 {rate.p50:.1f}, p95 {rate.p95:.1f}, processor {rate.worked:.2f} ms"
        for name, rate in zip(("bare Starlette", "dialog steps", "questions"), found, strict=True)
    )
    print(f"web, {who}: {told}")
    return found


def _middle(rates: list[Rate]) -> Rate:
    return Rate(*(statistics.median(figures) for figures in zip(*rates, strict=True)))


def _weights(port: int) -> tuple[int, int]:
    """Bytes of the first page with the files that it needs: as they are, and packed as they are sent."""
    total = {"identity": 0, "gzip": 0}
    for path in ("/fr/", *(address(name) for name in FILES)):
        for kind in total:
            request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": kind})
            with urllib.request.urlopen(request) as answer:
                total[kind] += len(answer.read())
    return total["identity"], total["gzip"]


def _first_paint(port: int) -> str:
    """Milliseconds until Chromium paints the first page of a fresh profile; the median of some."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        return "not measured, there is no Chromium here"
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(PAINTS):
            context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/fr/", wait_until="load")
            page.screenshot()  # waits for the paint
            times.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            context.close()
        browser.close()
    return f"{statistics.median(times):.0f} ms (first contentful paint, median of {len(times)} fresh profiles)"


@contextmanager
def _server(kind: str, folder: str) -> Iterator[Server]:
    """Start a server, and stop it at the end."""
    command = [sys.executable, "-m", "tests.benchmarks.web", kind, str(Path(folder) / "web.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield Server(int(server.stdout.readline().rpartition(":")[2]), server.pid)
        finally:
            server.terminate()


async def _rate(server: Server, messages: tuple[dict[str, str], ...], rounds: int, visitors: int = VISITORS) -> Rate:
    begin, worked = time.perf_counter(), server.worked()
    times = [
        seconds
        for own in await asyncio.gather(*(_visit(server.port, messages, rounds) for _ in range(visitors)))
        for seconds in own
    ]
    took = time.perf_counter() - begin
    worked = (server.worked() - worked) / len(times)
    return Rate(
        len(times) / took,
        statistics.median(times) * 1e3,
        statistics.quantiles(times, n=20)[-1] * 1e3,
        worked * 1e3,
    )


async def _visit(port: int, messages: tuple[dict[str, str], ...], rounds: int) -> list[float]:
    """One visitor on one connection, one message after the other; the seconds of each."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    cookie, times = "", []
    for message in messages * rounds:
        body = json.dumps(message).encode()
        head = f"POST /messages HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{cookie}Content-Length: {len(body)}\r\n\r\n"
        begin = time.perf_counter()
        writer.write(head.encode() + body)
        fields = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        assert fields[0].startswith("HTTP/1.1 200"), fields[0]
        named = {name.lower(): value for name, _, value in (field.partition(": ") for field in fields[1:])}
        await reader.readexactly(int(named["content-length"]))
        times.append(time.perf_counter() - begin)
        if "set-cookie" in named:
            cookie = f"Cookie: {named['set-cookie'].partition(';')[0]}\r\n"
    writer.close()
    return times


async def _parts() -> Parts:
    """Processor time of the parts, in this process."""
    session, sessions = Session(lang="fr"), []
    for question in QUESTIONS:
        reply(Session(lang=question["lang"]), Message(question["text"]), TODAY)  # loads the library
    begin = time.process_time()
    for message in STEPS * ROUNDS:
        session, _ = reply(session, Message(message.get("text", ""), message.get("button", "")), TODAY)
        sessions.append(session)
    talked = time.process_time()
    for session in sessions:
        left(session, TODAY)
    counted = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        async with Memory(Path(folder) / "parts.sqlite3") as memory:
            for session in sessions:
                await memory.load("web:bench")
                await memory.save("web:bench", session)
    stored = time.process_time()
    for question in QUESTIONS * ROUNDS:
        reply(Session(lang=question["lang"]), Message(question["text"]), TODAY)
    asked = time.process_time()
    step = 1e3 / len(sessions)
    search = (asked - stored) * 1e3 / len(QUESTIONS * ROUNDS)
    return Parts((talked - begin) * step, (counted - talked) * step, (stored - counted) * step, search)


async def _echo(request: Request) -> Response:
    return JSONResponse(await request.json())


def _serve(kind: str, database: str) -> None:
    if kind == "ours":
        settings = Settings(web_requests_per_minute=10_000_000, port=0)
        asyncio.run(run(settings, Memory(database), lambda: TODAY, web=True))
        return
    bare = Starlette(routes=[Route("/messages", _echo, methods=["POST"])])
    with listen_at("127.0.0.1", 0) as listening:
        print(address_of(listening), flush=True)
        uvicorn.Server(config(bare)).run(sockets=[listening])


if __name__ == "__main__":
    _serve(*sys.argv[1:])
