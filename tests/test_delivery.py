"""Nothing is lost and nothing doubled: through kills, storms, drops and broken answers of Telegram's servers."""

import asyncio
import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import TODAY, Serving, settings_for
from scripts import flat
from telegram_server import Person, TelegramServer

from bot.channels.telegram import connected
from bot.channels.telegram_limits import BURST_A_GROUP, GROUP_PER_SECOND
from bot.memory import Memory
from bot.pace import Pace

STEPS = ("/activite", "février 2027", "1", "4", "4", "non", "1", "60")
ASKED = (
    "partir de quand",
    "Où en est",
    "Dans quelle commune",
    "Comment vivez-vous",
    "mesure",
    "activités",
    "taux",
    "droit",
)


def texts_of(person: Person) -> list[str]:
    return [flat(message.text) for message in person.messages]


async def started(server: TelegramServer, database: Path) -> asyncio.subprocess.Process:
    """`kibon-bot telegram` as a process of its own, without limits of frequency."""
    settings = settings_for(server, database)
    names = ("telegram_url", "telegram_per_second", "telegram_per_second_a_chat", "messages_a_minute", "database")
    own = {f"KIBON_BOT_{name.upper()}": str(getattr(settings, name)) for name in names}
    environment = {**os.environ, **own, "KIBON_BOT_TELEGRAM_TOKEN": server.token}
    command = (sys.executable, "-m", "bot", "telegram", "--today", TODAY.isoformat())
    return await asyncio.create_subprocess_exec(*command, env=environment, stdout=-3, stderr=-3)


async def killed_again_and_again(server: TelegramServer, database: Path, chats: int, kills: int, seed: int) -> None:
    """Play the same talk in many chats while the program is killed at random moments; then look at every chat."""
    chance = random.Random(seed)
    people = [server.person(language_code="fr") for _ in range(chats)]
    for step in STEPS:
        for person in people:
            await person.says(step)
    wanted = chats * len(STEPS)

    def arrived() -> int:
        return sum(map(len, server.sent.values()))

    process = await started(server, database)
    for kill in range(kills):
        goal = chance.randrange(wanted * kill // kills, wanted * (kill + 1) // kills)
        assert await server.until(lambda goal=goal: arrived() >= goal, timeout=60), "no reply after a restart"
        process.kill()
        await process.wait()
        process = await started(server, database)
    done = await server.until(lambda: not server.updates and arrived() >= wanted, timeout=120)
    process.terminate()
    await process.wait()
    assert done
    doubled = arrived() - wanted
    assert doubled <= kills * 16, "more than what was in flight at a kill came twice"
    for person in people:
        texts = texts_of(person)
        once = [text for before, text in zip(["", *texts], texts, strict=False) if text != before]
        assert len(once) == len(STEPS), texts
        assert "60 %" in once[-1]
        assert all(part in text for part, text in zip(ASKED[:4], once, strict=False)), once


async def test_kills_under_load_lose_nothing(server: TelegramServer, tmp_path: Path) -> None:
    await killed_again_and_again(server, tmp_path / "memory.sqlite3", chats=8, kills=2, seed=20261122)


async def test_a_storm_of_errors_loses_nothing_and_is_logged_once(
    server: TelegramServer, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving():
        people = [server.person(language_code="fr") for _ in range(6)]
        server.fail_next("sendMessage", 500, "Internal Server Error", times=6)
        server.drop_next(3, "sendMessage")
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1, times=4)
        server.fail_next("getUpdates", 502, "Bad Gateway", times=2)
        for step in STEPS:
            for person in people:
                await person.says(step)
        await server.until(lambda: all(len(person.messages) >= len(STEPS) for person in people), timeout=60)
    for person in people:
        texts = texts_of(person)
        assert len(texts) == len(STEPS) and "60 %" in texts[-1]
        assert all(part in text for part, text in zip(ASKED[:4], texts, strict=False)), texts
    delayed = [record for record in caplog.records if "delayed" in record.getMessage()]
    assert len(delayed) == 1, [record.getMessage() for record in caplog.records]


async def test_a_chat_that_has_to_wait_does_not_halt_the_others(server: TelegramServer, serving: Serving) -> None:
    waiting, other = server.person(language_code="fr"), server.person(language_code="fr")
    async with serving() as telegram:
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 3600", retry_after=3600)
        await waiting.says("/aide")
        await server.until(lambda: [name for name, _ in server.calls if name == "sendMessage"])
        await other.says("/aide")
        assert "à tout moment" in flat((await other.reads()).text)
        assert not waiting.messages
        await telegram._outbox.finish(0)  # what is still waiting stays stored
    async with serving():
        assert "à tout moment" in flat((await waiting.reads()).text)


async def test_an_answer_that_cannot_be_read_is_tried_again(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        person = server.person(language_code="fr")
        for body in (b"<html>", b'{"ok": true}', b'{"ok": true, "result": {"message_id": "x"}}', b"[1]"):
            server.garble_next("sendMessage", body)
        await person.says("/aide")
        assert "à tout moment" in flat((await person.reads(timeout=30)).text)


async def test_a_slow_telegram_loses_nothing_and_mixes_nothing_up(
    server: TelegramServer, serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channels.telegram.ANSWER", 0.2)
    people = [server.person(language_code="fr") for _ in range(4)]
    async with serving():
        server.latency = 0.5  # every call to send is given up before it is answered, though it was carried out
        for step in STEPS:
            for person in people:
                await person.says(step)
        await server.until(lambda: all(person.messages for person in people), timeout=60)
        server.latency = 0
        await server.until(lambda: all(len(set(texts_of(person))) == len(STEPS) for person in people), timeout=60)
    for person in people:
        once = list(dict.fromkeys(texts_of(person)))  # what was given up may still arrive, even later than the next one
        assert len(once) == len(STEPS) and all(part in text for part, text in zip(ASKED[:4], once, strict=False)), once
    delayed = [record for record in caplog.records if "delayed" in record.getMessage()]
    assert len(delayed) == 1


async def test_one_update_that_cannot_be_read_holds_up_no_other(
    server: TelegramServer, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    person, other = server.person(language_code="fr"), server.person(language_code="fr")
    await person.says("/aide")
    message = {"message_id": "x", "date": "never", "chat": person.chat, "from": person.user, "text": "Perlenfischer"}
    server.push({"message": message})
    server.push({"message": {**message, "message_id": 7, "date": 7, "text": 7, "chat": {"id": -7, "type": "group"}}})
    await other.says("/aide")
    server.garble_next("getUpdates", b'{"ok": true, "result": [7]}')
    async with serving():
        for one in (person, other):
            assert "à tout moment" in flat((await one.reads()).text)
        await person.says("/verifications")
        assert "Posez votre question" in flat((await person.reads()).text)
    assert len([record for record in caplog.records if "could not be read" in record.getMessage()]) == 2


async def test_an_update_that_comes_twice_is_answered_once(server: TelegramServer, tmp_path: Path) -> None:
    settings = settings_for(server, tmp_path / "memory.sqlite3")
    memory, person = Memory(settings.database), server.person(language_code="fr")
    message = {"message_id": 1, "date": 1, "chat": person.chat, "from": person.user, "text": "/aide"}
    async with memory, connected(settings, memory, lambda: TODAY) as telegram:
        for _ in range(3):
            assert await telegram.receive({"update_id": 77, "message": message})
        assert await telegram.receive({"update_id": 76, "message": {**message, "text": "/activite"}})
        texts = [flat((await person.reads()).text), flat((await person.reads()).text)]
    assert "à tout moment" in texts[0] and "partir de quand" in texts[1] and len(person.messages) == 2


async def test_an_update_that_cannot_be_stored_is_not_confirmed(
    server: TelegramServer, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures, save = iter([True, True]), Memory.save

    async def failing(self: Memory, *given: object, **more: object) -> None:
        if next(failures, False):
            raise OSError("disk full")
        await save(self, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Memory, "save", failing)
    async with serving():
        person = server.person(language_code="fr")
        await person.says("/aide")
        assert "à tout moment" in flat((await person.reads()).text)
    assert len(person.messages) == 1


async def test_a_stop_finishes_what_was_received(server: TelegramServer, serving: Serving) -> None:
    people = [server.person(language_code="fr") for _ in range(20)]
    server.latency = 0.02
    async with serving():
        for person in people:
            await person.says("/aide")
        await server.until(lambda: any(person.messages for person in people))
    assert all(len(person.messages) == 1 for person in people) and not server.updates


async def test_who_sends_too_much_is_told_once_and_read_again_later(server: TelegramServer, serving: Serving) -> None:
    flood, calm = server.person(language_code="de"), server.person(language_code="de")
    async with serving(messages_a_minute=3):
        for _ in range(9):
            await flood.says("/hilfe")
        await calm.says("/hilfe")
        assert "jederzeit" in flat((await calm.reads()).text)
        texts = [flat((await flood.reads()).text) for _ in range(4)]
    assert ["jederzeit" in text for text in texts] == [True, True, True, False]
    assert "Das sind zu viele Nachrichten" in texts[3] and len(flood.messages) == 4


def waits(pace: Pace, times: Sequence[float], key: str = "chat") -> list[float]:
    return [round(pace.wait(key, now), 3) for now in times]


def test_a_chat_gets_a_burst_and_then_one_a_second() -> None:
    assert waits(Pace(1.0, 3), [0.0] * 6) == [0, 0, 0, 1, 2, 3]
    assert waits(Pace(1.0, 3), [0.0, 0.0, 0.0, 2.5, 2.5, 2.5]) == [0, 0, 0, 0, 0, 0.5]


def test_thirty_a_second_overall() -> None:
    assert waits(Pace(30.0, 30), [10.0] * 90)[-1] == 2.0


def test_places_are_counted_for_each_key_and_a_refusal_takes_none() -> None:
    pace = Pace(0.5, 2)
    assert [pace.allows("a", 5.0) for _ in range(4)] == [True, True, False, False]
    assert pace.allows("b", 5.0)
    assert [pace.allows("a", 7.0) for _ in range(2)] == [True, False]


def test_limits_do_not_grow_with_the_number_of_people() -> None:
    pace = Pace(1.0, 1)
    for number in range(50_000):
        pace.allows(str(number), number / 100)
    assert len(pace._due) < 2_000


async def test_pictures_edits_groups_and_service_messages_have_a_designed_reply_or_silence(
    server: TelegramServer, serving: Serving
) -> None:
    async with serving():
        person = server.person(language_code="de")
        group(server, -100)
        sender = {"message_id": 5, "date": 1, "from": person.user}
        in_group(server, -100, person, "wer setzt das Häkchen?")
        in_group(server, -100, person, "/start@stand_in_bot")
        chat = {"id": -100, "type": "group", "title": "Kita"}
        server.push({"message": {**sender, "chat": chat, "migrate_to_chat_id": -1000}})
        server.push({"message": {**sender, "chat": person.chat, "pinned_message": {**sender, "chat": person.chat}}})
        server.push({"message": {**sender, "chat": person.chat, "text": "wer setzt das Häkchen?", "forward_origin": {
            "type": "hidden_user", "sender_user_name": "Jemand", "date": 1}}})  # fmt: skip
        assert "Häkchen" in (await person.reads()).text
        number = await person.says("/hilfe")
        await person.reads()
        await person.edits(number, "/pensum")
        assert "lese ich nicht noch einmal" in (await person.reads()).text
        await server.until(lambda: server.sent[-100])
    assert ["unter vier Augen" in message.text for message in server.sent[-100]] == [True]
    assert len(person.messages) == 3


def group(server: TelegramServer, number: int) -> Person:
    """A group in which the bot is, as the stand-in's chat."""
    server.chats[number] = Person(server, number, "Kita", "de")
    return server.chats[number]


def in_group(server: TelegramServer, number: int, sender: Person, text: str) -> None:
    chat = {"id": number, "type": "group", "title": "Kita"}
    server.push({"message": {"message_id": 5, "date": 1, "from": sender.user, "chat": chat, "text": text}})


def test_a_group_gets_at_most_twenty_messages_in_any_minute() -> None:
    pace = Pace(GROUP_PER_SECOND, BURST_A_GROUP)
    asked = [number / 10 for number in range(200)] + [300.0] * 50
    sent = [now + pace.wait("group", now) for now in asked]
    assert max(len([at for at in sent if start <= at < start + 60]) for start in sent) <= 20


async def test_a_busy_group_waits_alone(
    server: TelegramServer, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram_limits.GROUP_PER_SECOND", 1 / 3600)
    person = server.person(language_code="de")
    group(server, -100)
    async with serving() as telegram:
        for _ in range(BURST_A_GROUP + 3):
            in_group(server, -100, person, "/start")
        await server.until(lambda: len(server.sent[-100]) == BURST_A_GROUP)
        await person.says("/hilfe")
        assert "jederzeit" in flat((await person.reads()).text)
        await telegram._outbox.finish(0)  # the next one would be due in an hour
    assert len(server.sent[-100]) == BURST_A_GROUP


async def test_a_reply_follows_a_group_that_has_become_a_supergroup(server: TelegramServer, serving: Serving) -> None:
    person = server.person(language_code="de")
    group(server, -100)
    server.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    async with serving():
        in_group(server, -100, person, "/start")
        await server.until(lambda: [name for name, _ in server.calls if name == "sendMessage"])
        server.migrate(-100, -1000)
        await server.until(lambda: server.sent[-1000])
    assert ["unter vier Augen" in message.text for message in server.sent[-1000]] == [True]
    assert not server.sent[-100]


@pytest.mark.parametrize(
    ("payload", "part"),
    [("adaptation", "Eingewöhnung"), ("filing-deadline", "Antrag"), ("data-protection__what-the-assistant-keeps", "AHV"),
     ("nothing-like-that", "kenne ich nicht")],
)  # fmt: skip
async def test_a_link_opens_a_check_or_an_article(
    server: TelegramServer, serving: Serving, payload: str, part: str
) -> None:
    async with serving():
        person = server.person(language_code="de")
        await person.says(f"/start {payload}")
        assert part in flat((await person.reads()).text)


async def test_the_export_comes_as_a_file(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        person = server.person(language_code="fr")
        for text in ("/activite", "février 2027", "/exporter"):
            await person.says(text)
        for _ in range(3):
            await person.reads()
        upload = (await person.reads()).upload
    assert upload is not None and upload.filename == "kibon-bot.json"
    assert json.loads(upload.content)["answers"][0]["answer"] == "2027-02-01"


@pytest.mark.parametrize(("asked", "begins"), [("/resume", b"%PDF"), ("/agenda", b"BEGIN:VCALENDAR")])
async def test_what_is_to_be_kept_comes_as_a_file(
    server: TelegramServer, serving: Serving, asked: str, begins: bytes
) -> None:
    async with serving():
        person = server.person(language_code="fr")
        for text in (*STEPS, "non", asked):
            await person.says(text)
        await server.until(lambda: any(message.upload for message in person.messages), timeout=30)
    (upload,) = [message.upload for message in person.messages if message.upload]
    assert upload.content.startswith(begins)


async def test_only_listed_editors_see_the_inbox(server: TelegramServer, serving: Serving) -> None:
    editor, stranger = server.person(language_code="fr"), server.person(language_code="fr")
    async with serving(admins=str(editor.chat_id)):
        await stranger.says("où acheter un vélo cargo d'occasion ?")
        await stranger.reads()
        await stranger.says("/inbox")
        assert "vélo" not in (await stranger.reads()).text
        await editor.says("/inbox")
        assert "1 × [fr] où acheter un vélo cargo d'occasion ?" in flat((await editor.reads()).text)
