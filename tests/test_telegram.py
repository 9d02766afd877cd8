"""The bot on Telegram: PTB's real network stack against a strict stand-in."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import pytest
from conftest import TODAY, Serving
from scripts import flat
from telegram_server import TelegramServer

from bot.channels.telegram_text import rendered
from bot.conversation import reply
from bot.logs import Lines
from bot.messages import Block, Message, Reply
from bot.session import Session
from bot.words import LANGUAGES
from knowledge.library import library


async def test_commands_are_set_in_both_languages(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        for lang, name in (("fr", "retour"), ("de", "zurueck"), ("", "retour")):
            assert name in [command["command"] for command in server.commands[lang]]


async def test_the_language_of_the_program_greets(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        swiss, french = server.person(language_code="de"), server.person(language_code="fr")
        await swiss.says("/start")
        await french.says("/start")
        assert "Guten Tag" in (await swiss.reads()).text
        assert "Bonjour" in (await french.reads()).text


async def test_a_check_goes_by_buttons_alone(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        person = server.person(language_code="fr")
        await person.says("/activite")
        await person.reads()
        await person.says("février")
        await person.reads()
        for label in ("1. Pas", "4. Une autre", "4. Sans", "2. Non", "1. Emploi", "60\u00a0%", "1. Non"):
            await person.presses(label)
            message = await person.reads()
        assert "droit à 80 % de prise en charge" in flat(message.text)
        assert "<b>" in message.html and len(message.text) <= 4096


async def test_a_dialog_goes_on_after_a_restart(server: TelegramServer, serving: Serving, tmp_path: Path) -> None:
    person = server.person(language_code="de")
    async with serving(database=tmp_path / "kept.sqlite3"):
        await person.says("/pensum")
        await person.reads()
        await person.says("Anfang Februar")
        await person.reads()
    async with serving(database=tmp_path / "kept.sqlite3"):
        await person.says("baby")
        assert "In welcher Gemeinde wohnen Sie?" in (await person.reads()).text


async def test_a_flood_limit_is_obeyed_and_nothing_is_lost(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        person = server.person(language_code="fr")
        server.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
        await person.says("/aide")
        assert "à tout moment" in flat((await person.reads()).text)


async def test_a_server_error_and_a_dropped_connection_are_survived(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        person = server.person(language_code="fr")
        server.fail_next("sendMessage", 502, "Bad Gateway")
        await person.says("/aide")
        assert "à tout moment" in flat((await person.reads()).text)
        server.drop_next(1, "sendMessage")
        await person.says("/verifications")
        assert "Posez votre question" in flat((await person.reads()).text)


async def test_a_blocked_bot_does_not_stop_other_chats(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        gone, here = server.person(language_code="fr"), server.person(language_code="fr")
        await gone.says("/aide")
        await gone.blocks_bot()
        await here.says("/aide")
        assert "à tout moment" in flat((await here.reads()).text)


async def test_forged_buttons_are_answered(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        person = server.person(language_code="de")
        await person.says("/start")
        await person.reads()
        await person.presses_data("nonsense.\x01.x")
        assert "passt hier zu nichts mehr" in (await person.reads()).text


async def test_what_is_not_text_gets_a_word(server: TelegramServer, serving: Serving) -> None:
    async with serving():
        person = server.person(language_code="de")
        for send in (person.sends_sticker, person.sends_photo, person.sends_voice, person.sends_location):
            await send()
            assert "Ich lese nur Text." in (await person.reads()).text


async def test_inside_a_chat_the_order_is_kept_while_chats_run_side_by_side(
    server: TelegramServer, serving: Serving
) -> None:
    server.latency = 0.02
    words = ["/activite", "février", "1", "4", "4", "non", "1", "60"]
    async with serving():
        people = [server.person(language_code="fr") for _ in range(8)]
        for word in words:
            for person in people:
                await person.says(word)
        for person in people:
            texts = [(await person.reads(timeout=20)).text for _ in words]
            assert "À partir de quand" in texts[0] and "60 %" in flat(texts[-1])
            assert "Dans quelle commune" in texts[2]


async def test_an_error_of_ours_is_told_with_a_reference_and_no_traceback(
    server: TelegramServer, serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret 756.1234.5678.97")

    caplog.handler.setFormatter(Lines())
    async with serving():
        person = server.person(language_code="fr")
        await person.says("/start")
        await person.reads()
        monkeypatch.setattr("bot.turn.reply", broken)
        await person.says("bonjour")
        text = (await person.reads()).text
    reference = re.search(r"Référence : ([a-z]{7})", flat(text))
    assert reference and reference[1] in caplog.text
    assert "ZeroDivision" not in text and "secret" not in text
    assert "ZeroDivision" in caplog.text and "secret" not in caplog.text and "756" not in caplog.text


async def command(
    server: TelegramServer, token: str, database: Path, url: str = "", name: str = "telegram"
) -> asyncio.subprocess.Process:
    """The command `kibon-bot telegram` as a process of its own."""
    environment = {
        **os.environ,
        "KIBON_BOT_TELEGRAM_TOKEN": token,
        "KIBON_BOT_TELEGRAM_URL": url or server.base_url.removesuffix("/bot"),
        "KIBON_BOT_DATABASE": str(database),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", name, env=environment, stdout=-1, stderr=-1
    )


@pytest.mark.parametrize(
    ("token", "url", "said"),
    [
        ("123456789:wrong-wrong-wrong-wrong-wrong-wrong", "", "Telegram refuses the token"),
        ("no token at all", "", "Telegram refuses the token"),
        ("123456789:right", "http://127.0.0.1:9", "Telegram cannot be reached at http://127.0.0.1:9"),
    ],
)
async def test_a_wrong_token_or_server_is_named_in_one_line(
    server: TelegramServer, tmp_path: Path, token: str, url: str, said: str
) -> None:
    process = await command(server, token, tmp_path / "memory.sqlite3", url)
    out, err = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert said in err.decode() and err.count(b"\n") == 1, err.decode()


async def test_a_start_in_a_storm_names_it_in_one_line_or_goes_on(server: TelegramServer, tmp_path: Path) -> None:
    for method in ("getMe", "deleteWebhook"):
        server.fail_next(method, 429, "Too Many Requests: retry after 3", retry_after=3)
        process = await command(server, server.token, tmp_path / "memory.sqlite3")
        _, err = await process.communicate()
        assert process.returncode == 1 and err.count(b"\n") == 1 and b"Telegram cannot be reached" in err, err.decode()
    server.fail_next("setMyCommands", 500, "Internal Server Error")
    process = await command(server, server.token, tmp_path / "memory.sqlite3")
    person = server.person(language_code="de")
    await person.says("Hilfe")
    assert "jederzeit" in (await person.reads(timeout=30)).text
    process.terminate()
    await process.communicate()


async def test_the_web_chat_starts_without_telegram_which_is_tried_again(
    server: TelegramServer, tmp_path: Path, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIBON_BOT_PORT", str(unused_port))
    server.fail_next("getMe", 502, "Bad Gateway", times=3)
    person = server.person(language_code="de")
    await person.says("Hilfe")
    process = await command(server, server.token, tmp_path / "memory.sqlite3", name="serve")
    assert "jederzeit" in (await person.reads(timeout=30)).text
    process.terminate()
    out, err = await process.communicate()
    assert process.returncode == 0 and f":{unused_port}" in out.decode()
    assert ["tried again" in line for line in err.decode().splitlines()] == [True, False], err.decode()


async def test_an_unreadable_database_is_named_in_one_line(server: TelegramServer, tmp_path: Path) -> None:
    process = await command(server, server.token, tmp_path)
    out, err = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert "KIBON_BOT_DATABASE" in err.decode() and err.count(b"\n") == 1, err.decode()


async def test_the_command_answers_and_stops_when_asked(server: TelegramServer, tmp_path: Path) -> None:
    process = await command(server, server.token, tmp_path / "memory.sqlite3")
    person = server.person(language_code="de")
    await person.says("Hilfe")
    assert "jederzeit" in (await person.reads(timeout=20)).text
    process.send_signal(signal.SIGINT)
    _, err = await process.communicate()
    assert process.returncode == 0 and b"Traceback" not in err


async def test_what_telegram_says_never_reaches_the_log(server: TelegramServer, tmp_path: Path) -> None:
    person, broken = server.person(language_code="de"), b'{"ok": true, "result": [{"text": "Perlenfischer"'
    for method in ("getUpdates", "sendMessage"):
        server.garble_next(method, broken)
    sent = {"message_id": 1, "date": "never", "chat": person.chat, "from": person.user, "text": "Perlenfischer"}
    server.push({"message": sent})
    process = await command(server, server.token, tmp_path / "memory.sqlite3")
    await person.says("Hilfe")
    assert "jederzeit" in (await person.reads(timeout=30)).text
    process.send_signal(signal.SIGTERM)
    _, err = await process.communicate()
    assert b"could not be read" in err and b"cannot be fetched" in err and b"Perlenfischer" not in err


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_passage_fits_into_one_message_and_its_button_into_64_bytes(lang: str) -> None:
    for passage in library().passages(lang):
        data = f"read.{passage.article}.{passage.anchor}"
        assert len(data.encode()) <= 64, data
        answered = reply(Session(lang=lang), Message(button=data), TODAY)[1]
        assert len(list(rendered(answered, 4096))) == 1


def test_a_long_reply_is_cut_between_lines() -> None:
    lines = tuple(f"Zeile {number} mit etwas <Text> & Zeichen" for number in range(400))
    texts = list(rendered(Reply("info", "de", (Block("title", "Titel"), Block("list", items=lines))), 4096))
    assert len(texts) > 1 and all(len(text) <= 4096 for text in texts)
    assert sum(text.count("• Zeile") for text in texts) == 400


def test_user_text_never_becomes_a_tag() -> None:
    text = next(rendered(Reply("info", "de", (Block("text", "<b>fett</b> & <script>"),)), 4096))
    assert text == "&lt;b&gt;fett&lt;/b&gt; &amp; &lt;script&gt;"
