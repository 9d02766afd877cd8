"""Requests a second of `POST /messages` over loopback, beside a bare Starlette endpoint that reads and answers JSON."""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
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

from bot.channels.web.static_files import contents
from bot.channels.web.views import standing
from bot.conversation import reply
from bot.listening import address_of, config, listen_at
from bot.memory import Memory
from bot.messages import Message
from bot.serve import run
from bot.session import Session
from bot.settings import Settings

TODAY = date(2026, 11, 22)
VISITORS, ROUNDS, SLICES = 8, 10, 5
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
QUESTIONS = ({"text": "Qui coche la case d'adaptation ?", "lang": "fr"},)


class Rate(NamedTuple):
    """Requests a second, and the 95th percentile in milliseconds."""

    per_second: float
    p95: float


async def report() -> None:
    """Print the figures of dialog steps and questions, and where the time goes."""
    with tempfile.TemporaryDirectory() as folder, _server("bare", folder) as bare, _server("ours", folder) as ours:
        for port in (bare, ours):
            await _rate(port, STEPS, 3)
        steps = [(await _rate(bare, STEPS, ROUNDS), await _rate(ours, STEPS, ROUNDS)) for _ in range(SLICES)]
        questions = [await _rate(ours, QUESTIONS, ROUNDS) for _ in range(SLICES)]
    floor, own = (_middle([pair[number] for pair in steps]) for number in (0, 1))
    ratio = statistics.median(ours.per_second / bare.per_second for bare, ours in steps)
    print(
        f"web, dialog steps: {own.per_second:.0f}/s, p95 {own.p95:.1f} ms; "
        f"bare Starlette {floor.per_second:.0f}/s, p95 {floor.p95:.1f} ms; ratio {ratio:.2f}"
    )
    asked = _middle(questions)
    print(f"web, questions: {asked.per_second:.0f}/s, p95 {asked.p95:.1f} ms")
    conversation, progress, memory, question = await _parts()
    print(
        f"  processor time: of a dialog step the conversation {conversation:.2f} ms, the questions left {progress:.2f} ms, "
        f"storing {memory:.2f} ms; the answer to a question {question:.1f} ms"
    )
    print(f"web, files of a page: {sum(len(data) for data in contents().values()) / 1000:.1f} KB, uncompressed")


def _middle(rates: list[Rate]) -> Rate:
    return Rate(*(statistics.median(figures) for figures in zip(*rates, strict=True)))


@contextmanager
def _server(kind: str, folder: str) -> Iterator[int]:
    """A server in a process of its own; gives its port."""
    command = [sys.executable, "-m", "tests.benchmarks.web", kind, str(Path(folder) / "web.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline().rpartition(":")[2])
        finally:
            server.terminate()


async def _rate(port: int, messages: tuple[dict[str, str], ...], rounds: int) -> Rate:
    begin = time.perf_counter()
    times = [
        seconds
        for own in await asyncio.gather(*(_visit(port, messages, rounds) for _ in range(VISITORS)))
        for seconds in own
    ]
    took = time.perf_counter() - begin
    return Rate(len(times) / took, statistics.quantiles(times, n=20)[-1] * 1e3)


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


async def _parts() -> tuple[float, float, float, float]:
    """Milliseconds of processor time: the conversation, the progress and the storing of a dialog step; a question."""
    session, sessions = Session(lang="fr"), []
    reply(session, Message(QUESTIONS[0]["text"]), TODAY)  # loads the library
    begin = time.process_time()
    for message in STEPS * ROUNDS:
        session, _ = reply(session, Message(message.get("text", ""), message.get("button", "")), TODAY)
        sessions.append(session)
    talked = time.process_time()
    for session in sessions:
        standing(session, "fr", TODAY)
    counted = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        async with Memory(Path(folder) / "parts.sqlite3") as memory:
            for session in sessions:
                await memory.load("web:bench")
                await memory.save("web:bench", session)
    stored = time.process_time()
    for _ in range(ROUNDS):
        reply(Session(lang="fr"), Message(QUESTIONS[0]["text"]), TODAY)
    asked = time.process_time()
    step = 1e3 / len(sessions)
    return (
        (talked - begin) * step,
        (counted - talked) * step,
        (stored - counted) * step,
        (asked - stored) * 1e3 / ROUNDS,
    )


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
