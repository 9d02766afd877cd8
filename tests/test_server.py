"""The web application: only Telegram gets in, nothing that is sent to it breaks it, and it says how it is."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import TODAY, settings_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scripts import flat
from telegram_server import TelegramServer

from bot.channels.telegram import connected
from bot.memory import Memory
from bot.server import SECRET_HEADER, application, webhook

FUZZ = int(os.environ.get("FUZZ_EXAMPLES", "60"))


@asynccontextmanager
async def listening(server: TelegramServer, folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, str]]]:
    """A client of the application in this process, and the header with the right secret."""
    own = settings_for(server, folder / "memory.sqlite3", webhook_url="https://bot.example/webhook")
    memory = Memory(own.database, own.kept, lambda: TODAY)
    async with memory, connected(own, memory, lambda: TODAY) as telegram:
        transport = httpx.ASGITransport(application(memory, [webhook(telegram.receive, own.secret)]))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            yield client, {SECRET_HEADER: own.secret}


def update(server: TelegramServer, number: int, text: str, chat: int = 5) -> dict[str, Any]:
    person = server.person(language_code="fr", chat_id=chat)
    message = {"message_id": number, "date": 1, "chat": person.chat, "from": person.user, "text": text}
    return {"update_id": number, "message": message}


async def test_only_a_request_with_the_secret_is_read(server: TelegramServer, tmp_path: Path) -> None:
    async with listening(server, tmp_path) as (client, secret):
        for header in ({}, {SECRET_HEADER: ""}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: secret[SECRET_HEADER] + "x"}):
            answered = await client.post("/webhook", json=update(server, 1, "/aide"), headers=header)
            assert answered.status_code == 403
        assert (await client.get("/webhook", headers=secret)).status_code == 405
        assert (await client.post("/webhook", json=update(server, 1, "/aide"), headers=secret)).status_code == 200
        person = server.person(chat_id=5)
        assert "à tout moment" in flat((await person.reads()).text)
    assert len(person.messages) == 1


async def test_a_replayed_request_is_answered_once(server: TelegramServer, tmp_path: Path) -> None:
    async with listening(server, tmp_path) as (client, secret):
        for _ in range(3):
            assert (await client.post("/webhook", json=update(server, 9, "/aide"), headers=secret)).status_code == 200
        await server.person(chat_id=5).reads()
    assert len(server.sent[5]) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"x"', 400),
        (b"{}", 400),
        (b'{"update_id": "1"}', 400),
        (b'{"update_id": true}', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 1, "text": "' + b"x" * 1_100_000 + b'"}', 400),
        (b"\xff\xfe", 400),
        (b'{"update_id": 1}', 200),
        (b'{"update_id": 1, "message": 7}', 200),
        (b'{"update_id": 1, "message": {"message_id": 1, "date": "x", "chat": {"id": 5, "type": "private"}}}', 200),
        (b'{"update_id": 1, "callback_query": {"id": "1", "from": {"id": 5}}}', 200),
    ],
)
async def test_what_is_no_update_never_breaks_it(
    server: TelegramServer, tmp_path: Path, body: bytes, status: int
) -> None:
    async with listening(server, tmp_path) as (client, secret):
        assert (await client.post("/webhook", content=body, headers=secret)).status_code == status
        assert (await client.get("/health")).status_code == 200


async def test_health_and_counters(server: TelegramServer, tmp_path: Path) -> None:
    async with listening(server, tmp_path) as (client, secret):
        assert (await client.get("/health")).json() == {"status": "ok"}
        await client.post("/webhook", json=update(server, 9, "/aide"), headers=secret)
        text = (await client.get("/metrics")).text
    assert 'kibon_bot_replies_total{kind="info",lang="fr"}' in text
    assert "chat" not in text and "telegram:5" not in text


async def test_health_says_when_the_database_does_not_answer(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "memory.sqlite3")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(memory)), base_url="http://bot") as client:
        answered = await client.get("/health")
    assert answered.status_code == 503 and answered.json() == {"status": "database"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
odd_text = st.text(max_size=60) | st.sampled_from(
    ["/start adaptation", "/forget", "/inbox", "1", "oui", "60 %", "/start " + "x" * 64]
)
private = st.just({"id": 5, "type": "private", "first_name": "A"})
chats = private | st.fixed_dictionaries(
    {"id": st.integers(-(2**52), 2**52), "type": st.sampled_from(["private", "group", "channel", "?"])}
)
people = st.fixed_dictionaries({"id": st.just(5), "is_bot": st.booleans(), "first_name": st.just("A")},
                               optional={"language_code": st.sampled_from(["fr", "de", "x", ""]) | json_values})  # fmt: skip
messages = st.fixed_dictionaries(
    {"message_id": st.integers(1, 9) | json_values, "date": st.integers(0, 2**31) | json_values, "chat": chats | json_values},
    optional={"from": people | json_values, "text": odd_text | json_values, "photo": json_values, "edit_date": st.integers(1, 9),
              "pinned_message": json_values, "caption": odd_text, "entities": json_values},
)  # fmt: skip
queries = st.fixed_dictionaries({"id": st.text(min_size=1, max_size=5), "from": people, "chat_instance": st.just("1")},
                                optional={"data": odd_text | st.sampled_from(["/forget", "a.b.c", "read.x.y"]), "message": messages})  # fmt: skip
updates = st.fixed_dictionaries(
    {"update_id": st.integers(1, 2**31)},
    optional={
        "message": messages,
        "edited_message": messages,
        "callback_query": queries,
        "my_chat_member": json_values,
    },
)


async def test_no_update_breaks_it_or_reaches_another_chat(
    server: TelegramServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(server, tmp_path) as (client, secret):
        await client.post("/webhook", json=update(server, 1, "/pensum", chat=777_000_777), headers=secret)
        other = server.person(chat_id=777_000_777)
        await other.reads()
        server.person(chat_id=5)
        bodies: list[bytes] = []

        @settings(
            max_examples=FUZZ, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(updates)
        def collect(one: dict[str, Any]) -> None:
            bodies.append(json.dumps(one).encode())

        collect()
        for number, body in enumerate(bodies):
            answered = await client.post("/webhook", content=body, headers=secret)
            assert answered.status_code == 200, (number, body, answered.text)
        assert (await client.get("/health")).status_code == 200
    assert len(other.messages) == 1, "a foreign chat was written to"
    for messages_of in server.sent.values():
        assert not [message.text for message in messages_of if "Traceback" in message.text or "Error" in message.text]
    failed = [record for record in caplog.records if "could not be answered" in record.getMessage()]
    assert not failed, [record.exc_text for record in failed]


async def test_the_command_serves_a_webhook_and_stops_when_asked(
    server: TelegramServer, tmp_path: Path, unused_port: int
) -> None:
    own = settings_for(server, tmp_path / "memory.sqlite3")
    environment = {
        **os.environ,
        "KIBON_BOT_TELEGRAM_TOKEN": server.token,
        "KIBON_BOT_TELEGRAM_URL": own.telegram_url,
        "KIBON_BOT_DATABASE": str(own.database),
        "KIBON_BOT_WEBHOOK_URL": f"http://127.0.0.1:{unused_port}/webhook",
        "KIBON_BOT_PORT": str(unused_port),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "telegram", env=environment, stdout=-3, stderr=-1
    )
    person = server.person(language_code="de")
    await person.says("Hilfe")
    assert "jederzeit" in (await person.reads(timeout=40)).text
    process.terminate()
    _, err = await process.communicate()
    assert process.returncode == 0 and b"Traceback" not in err, err
    assert all(json.loads(line)["level"] for line in err.splitlines())
