"""The same memory on PostgreSQL, and two real processes that share it."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date

import httpx
import pytest
from conftest import TODAY, settings_for
from postgres_server import postgres_server
from scripts import flat
from telegram_server import TelegramServer

from bot.memory import Memory, Notes, UnreadableDatabase
from bot.messages import Block, Kept, Reply
from bot.outbox import Outbox
from bot.postgres import Postgres
from bot.server import SECRET_HEADER
from bot.session import Session

SESSION = Session(lang="de", check="minimum_activity", answers={"commune": "bern"})
STEPS = ("/activite", "février 2027", "1", "4", "4", "non", "1", "60")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgres_server(free_port()) as address:
        yield address


async def test_sessions_notes_and_their_end(url: str) -> None:
    day = date(2026, 1, 1)
    async with Memory(Postgres(url), Kept(30, 180), lambda: day) as memory:
        await memory.save(
            "telegram:1", SESSION, "telegram:77", notes=Notes(("reply.ask",), ("fr", "unknown", "vélo ?"))
        )
        found = await memory.arrival("telegram:1", "telegram:77")
        assert found.session == SESSION and found.handled
        assert [row[1:] for row in await memory.counters()] == [("reply.ask", 1)]
        await memory.save("telegram:2", SESSION)
        await memory.save("telegram:2", Session())
        assert await memory.load("telegram:2") == Session()
        await memory.pause({"fr": "Pause.", "de": "Pause."})
        assert set((await memory.arrival("telegram:1")).pause) == {"fr", "de"}
        await memory.pause({})
    day = date(2026, 2, 1)
    async with Memory(Postgres(url), Kept(30, 180), lambda: day) as memory:
        assert await memory.load("telegram:1") == Session() and len(await memory.unanswered()) == 1
        day = date(2026, 8, 1)
        await memory.expire()
        assert await memory.unanswered() == []


async def test_a_day_of_birth_that_an_older_program_kept_becomes_its_month(url: str) -> None:
    old = Session(lang="fr", check="special_need", answers={"child_born": "2024-06-15", "confirmed_rate": 40})
    async with Memory(Postgres(url)) as memory:
        await memory.save("telegram:15", old)
        await memory.database.rows("UPDATE schema_version SET version = 2")
    async with Memory(Postgres(url)) as memory:
        kept = (await memory.load("telegram:15")).answers
    assert kept == {"child_born": "2024-06-01", "confirmed_rate": 40}


async def test_an_update_is_stored_once_even_if_two_processes_get_it(url: str) -> None:
    async with Memory(Postgres(url)) as one, Memory(Postgres(url)) as other:
        order: list[str] = []

        async def handle(memory: Memory, name: str) -> None:
            async with memory.turn("telegram:9"):
                order.append(f"{name} begins")
                if not (await memory.arrival("telegram:9", "telegram:500")).handled:
                    await memory.save("telegram:9", SESSION, "telegram:500", notes=Notes(("once",)))
                order.append(f"{name} ends")

        await asyncio.gather(handle(one, "one"), handle(other, "other"))
        assert [entry.split()[0] for entry in order][::2] == [entry.split()[0] for entry in order][1::2]
        assert [number for _, name, number in await one.counters() if name == "once"] == [1]


async def test_a_reply_that_one_process_is_sending_is_left_to_it(url: str) -> None:
    sent: list[str] = []
    release = asyncio.Event()

    def parts_of(name: str) -> object:
        async def send() -> None:
            sent.append(name)
            await release.wait()

        return lambda chat, reply: [send]

    async with Memory(Postgres(url)) as memory:
        reply = Reply("info", "fr", (Block("text", "bonjour"),))
        await memory.save("telegram:11", SESSION, "telegram:600", reply)
        first, second = (Outbox(memory.database, "telegram:", parts_of(name)) for name in ("first", "second"))  # type: ignore[arg-type]
        first.begin("telegram:11")
        while not sent:  # noqa: ASYNC110
            await asyncio.sleep(0)
        second.begin("telegram:11")
        await second.finish(5)
        release.set()
        await first.finish(5)
        assert sent == ["first"]
        assert await memory.database.rows("SELECT 1 FROM outbox WHERE chat = ?", "telegram:11") == []


async def test_a_database_that_is_not_there_is_named() -> None:
    with pytest.raises(UnreadableDatabase, match="PostgreSQL"):
        async with Memory(Postgres(f"postgresql://kibon@127.0.0.1:{free_port()}/postgres")):
            pass


@asynccontextmanager
async def replicas(server: TelegramServer, url: str, number: int) -> AsyncIterator[list[httpx.AsyncClient]]:
    """So many processes of `kibon-bot telegram` behind one webhook address, as a client of each."""
    own = settings_for(server, "unused", webhook_url="http://127.0.0.1:1/webhook")
    limits = ("telegram_url", "telegram_per_second", "telegram_per_second_a_chat", "messages_a_minute", "webhook_url")
    environment = {
        **os.environ,
        **{f"KIBON_BOT_{name.upper()}": str(getattr(own, name)) for name in limits},
        "KIBON_BOT_TELEGRAM_TOKEN": server.token,
        "KIBON_BOT_DATABASE_URL": url,
    }
    processes, clients = [], []
    command = (sys.executable, "-m", "bot", "telegram", "--today", TODAY.isoformat())
    try:
        for _ in range(number):
            port = free_port()
            environment["KIBON_BOT_PORT"] = str(port)
            processes.append(await asyncio.create_subprocess_exec(*command, env=environment, stdout=-3, stderr=-3))
            headers = {SECRET_HEADER: own.secret}
            clients.append(httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30))
        for client in clients:
            await _until_healthy(client)
        yield clients
    finally:
        for process in processes:
            if process.returncode is None:
                process.terminate()
                await process.wait()
        for client in clients:
            await client.aclose()


async def _until_healthy(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                if (await client.get("/health")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)


async def test_two_processes_keep_the_order_and_answer_once(server: TelegramServer, url: str) -> None:
    people = [server.person(language_code="fr") for _ in range(8)]
    async with replicas(server, url, 2) as clients:

        async def talk(number: int) -> None:
            person = people[number]
            for place, text in enumerate(STEPS):
                message = {"message_id": 1, "date": 1, "chat": person.chat, "from": person.user, "text": text}
                update = {"update_id": 10_000 + 100 * number + place, "message": message}
                first, second = clients[place % 2], clients[(place + 1) % 2]
                both = await asyncio.gather(first.post("/webhook", json=update), second.post("/webhook", json=update))
                assert [answered.status_code for answered in both] == [200, 200]

        await asyncio.gather(*(talk(number) for number in range(len(people))))
        await server.until(lambda: all(len(person.messages) >= len(STEPS) for person in people), timeout=60)
    for person in people:
        texts = [flat(message.text) for message in person.messages]
        assert len(texts) == len(STEPS) and "60 %" in texts[-1], texts
        expected = ("partir de quand", "Où en est", "Dans quelle commune", "Comment vivez-vous")
        assert all(part in text for part, text in zip(expected, texts, strict=False)), texts


@pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not installed")
async def test_a_dump_restores_everything(url: str) -> None:
    async with Memory(Postgres(url)) as memory:
        await memory.save("telegram:21", SESSION)
    dump = await asyncio.to_thread(subprocess.run, ["pg_dump", "--no-owner", url], capture_output=True, check=True)
    admin = ["psql", "-q", "-v", "ON_ERROR_STOP=1", url]
    await asyncio.to_thread(subprocess.run, [*admin, "-c", "CREATE DATABASE restored"], check=True)
    other = url.replace("/postgres", "/restored")
    restore = ["psql", "-q", "-v", "ON_ERROR_STOP=1", other]
    await asyncio.to_thread(subprocess.run, restore, input=dump.stdout, check=True, stdout=subprocess.DEVNULL)
    async with Memory(Postgres(other)) as memory:
        assert await memory.load("telegram:21") == SESSION
