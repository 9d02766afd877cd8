"""What is kept of a person: said in plain words, handed over, deleted; the same commands in both languages."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY, Serving
from scripts import flat
from telegram_server import TelegramServer

from bot.channels.terminal import chat
from bot.conversation import reply
from bot.logs import Lines
from bot.memory import Memory
from bot.messages import Kept, Message, plain
from bot.resume_code import read_code
from bot.session import Session
from bot.turn import take
from bot.words import LANGUAGES, words

KEPT = Kept(session_days=30, inbox_days=180)
SESSION = Session(lang="fr", check="minimum_activity", answers={"household": "married", "employment_1": 60})


def said(session: Session, text: str, kept: Kept | None = KEPT) -> tuple[Session, str]:
    after, answered = reply(session, Message(text=text, kept=kept), TODAY)
    return after, flat(plain(answered))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_and_wording_of_a_privacy_command_is_understood(lang: str) -> None:
    for name in ("privacy", "export", "forget"):
        wordings = [f"/{name}", f"/{words(lang)(f'command.{name}.name')}", *words(lang).said(f"command.{name}.said")]
        expected = said(SESSION.with_(lang=lang), f"/{name}")
        for wording in wordings:
            assert said(SESSION.with_(lang=lang), wording) == expected, wording


def test_privacy_says_how_long_by_the_settings() -> None:
    text = said(SESSION, "/privacy", Kept(session_days=12, inbox_days=99))[1]
    assert "12 jours après votre dernier message" in text and "Effacée après 99 jours" in text
    assert "rien" not in said(SESSION, "/privacy")[1]
    assert "je n'enregistre rien" in said(SESSION, "/privacy", None)[1]


def test_export_holds_every_answer_as_stored_and_in_words() -> None:
    answered = reply(SESSION, Message(text="/export", kept=KEPT), TODAY)[1]
    assert answered.file is not None and answered.file.name.endswith(".json")
    data = json.loads(answered.file.content)
    assert data["kept_until"] == "2026-12-22" and data["check"] == "minimum_activity"
    assert {row["question"]: row["answer"] for row in data["answers"]} == SESSION.answers
    assert flat(next(row["in_words"] for row in data["answers"] if row["question"] == "employment_1")) == "60 %"


def test_an_answer_of_an_older_program_does_not_break_the_export() -> None:
    session = Session(lang="de", answers={"gone": "x", "employment_1": "sixty"})
    answered = reply(session, Message(text="/export", kept=KEPT), TODAY)[1]
    assert answered.file is not None
    assert [row["answer"] for row in json.loads(answered.file.content)["answers"]] == ["x", "sixty"]


def test_forget_leaves_an_empty_session() -> None:
    after, text = said(SESSION, "/forget")
    assert after == Session() and "je ne garde plus rien de vous" in text


@pytest.mark.parametrize(
    "text", ["comment effacer mes données dans kiBon", "on va oublier la crèche", "wie lösche ich meine daten in kibon"]
)
def test_a_sentence_about_deleting_deletes_nothing(text: str) -> None:
    assert said(SESSION, text)[0].answers == SESSION.answers


def test_the_terminal_hands_over_and_says_that_it_keeps_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    chat("de", lambda: TODAY, plain_lines=True, lines=["/datenschutz", "/exportieren", "/vergessen"])
    out = capsys.readouterr().out
    assert "Hier speichere ich nichts" in out and '"lang": "de"' in out and "Ihre Antworten sind gelöscht" in out
    assert out.count("\n\n") == 3


async def test_after_forget_no_file_of_ours_holds_anything_of_the_chat(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite3"
    async with Memory(file, today=lambda: TODAY) as memory:
        for text in ("/activite", "février 2031", "1"):
            await take(memory, "telegram:4242", Message(text=text, hint="fr", kept=KEPT), TODAY)
        assert b"telegram:4242" in everything(tmp_path)
        await take(memory, "telegram:4242", Message(text="/oublier", kept=KEPT), TODAY)
        assert b"telegram:4242" not in everything(tmp_path) and b"2031-02-01" not in everything(tmp_path)


async def test_questions_without_an_answer_are_kept_masked_and_without_their_chat(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3", today=lambda: TODAY) as memory:
        asked = (
            "Je m'appelle Zoé Quartz, 079 123 45 67, zoe@quartz.ch, née le 3 avril 1988 : où acheter un vélo cargo ?"
        )
        answered = await take(memory, "telegram:4242", Message(text=asked, hint="fr", kept=KEPT), TODAY)
        assert answered is not None and answered.kind in ("unknown", "suggest")
        ((day, lang, _, question),) = await memory.unanswered()
        assert (day, lang) == ("2026-11-22", "fr") and "vélo cargo" in question
        for secret in ("Zoé", "Quartz", "123 45", "zoe@", "1988", "4242"):
            assert secret not in question


async def test_what_is_typed_within_a_check_is_never_kept_as_text(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3", today=lambda: TODAY) as memory:
        await take(memory, "telegram:1", Message(text="/activite", hint="fr", kept=KEPT), TODAY)
        await take(memory, "telegram:1", Message(text="mon voisin Kaspar vend un vélo cargo rouge", kept=KEPT), TODAY)
        assert await memory.unanswered() == []
    assert b"Kaspar" not in everything(tmp_path) and b"rouge" not in everything(tmp_path)


async def test_the_rights_hold_while_the_assistant_is_switched_off(tmp_path: Path) -> None:
    async with Memory(tmp_path / "memory.sqlite3", today=lambda: TODAY) as memory:
        await memory.save("telegram:1", SESSION)
        await memory.pause({"fr": "Nous corrigeons une erreur.", "de": "Wir beheben einen Fehler."})
        paused = await take(memory, "telegram:1", Message(text="60 %", kept=KEPT), TODAY)
        assert paused is not None and plain(paused) == "Nous corrigeons une erreur."
        assert await memory.load("telegram:1") == SESSION
        rights = await take(memory, "telegram:1", Message(text="/oublier", kept=KEPT), TODAY)
        assert rights is not None and "je ne garde plus rien" in plain(rights)
        await memory.pause({})
        again = await take(memory, "telegram:1", Message(text="/aide", hint="de", kept=KEPT), TODAY)
        assert again is not None and again.lang in LANGUAGES and again.kind == "info"


def everything(folder: Path) -> bytes:
    """All bytes of all files of the database."""
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_the_day_of_the_export_is_the_day_of_the_talk() -> None:
    answered = reply(SESSION, Message(text="/export", kept=Kept(1, 1)), date(2027, 12, 31))[1]
    assert answered.file is not None and json.loads(answered.file.content)["kept_until"] == "2028-01-01"


PLANTED = (
    *(
        "Zebulon",
        "Quartzmann",
        "zebulon.q@bluewin.ch",
        "756.9217.0769.85",
        "079 555 17 23",
        "CH93 0076 2011 6238 5295 7",
    ),
    *("14.03.1987", "14 mars 1987", "Distelgasse 77", "zq_kibon_77", "Perlenfischer"),
)
TALK = (
    "/start",
    "Je m'appelle Zebulon Quartzmann, mon AVS est 756.9217.0769.85, où acheter un vélo cargo ?",
    "écrivez à zebulon.q@bluewin.ch ou au 079 555 17 23, né le 14 mars 1987 : combien coûte un vélo ?",
    "IBAN CH93 0076 2011 6238 5295 7, où verser l'impôt sur les chiens ?",
    "/activite",
    "mon voisin Perlenfischer habite Distelgasse 77",
    "né le 14.03.1987",
    "février 2027",
    "Perlenfischer ?",
    "1",
    "/exporter",
    "/registrierung",
    "3",
    "Zebulon Quartzmann zebulon.q@bluewin.ch admin organisme",
    "code",
    "Mon fils, né le 17 avril 2024, a un besoin linguistique confirmé dès le 1er mars 2027 : ai-je droit au bon ?",
    "/besoin",
    "recommencer",
    "1",
    "besoin linguistique",
    "le 16 mars 2027",
    "16.03.2025",
    "code",
    "/exporter",
    "oui",
)
BIRTHS = ("17 avril", "17.04.2024", "2024-04-17", "16.03.2025", "16 mars 2025", "2025-03-16")


async def test_after_a_day_of_talks_nothing_of_the_planted_data_is_found(
    server: TelegramServer, serving: Serving, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "kibon-bot")
    caplog.handler.setFormatter(Lines())
    person = server.person(language_code="fr", name="Zebulon")
    user = {**person.user, "last_name": "Quartzmann", "username": "zq_kibon_77"}
    async with serving():
        for number, text in enumerate(TALK):
            message = {
                "message_id": number,
                "date": 1,
                "chat": {**person.chat, **user, "type": "private"},
                "from": user,
            }
            server.push({"message": {**message, "text": text}})
        contact = {"phone_number": "079 555 17 23", "first_name": "Zebulon"}
        server.push({"message": {"message_id": 99, "date": 1, "chat": person.chat, "from": user, "contact": contact}})
        # each text one reply, the two exports their file, and a word on the contact
        await server.until(lambda: len(person.messages) == len(TALK) + 3, timeout=60)
        stored = everything(tmp_path).decode("utf-8", "ignore")
    files = [message.upload.content.decode() for message in person.messages if message.upload]
    handed_over = "\n".join([*files, *(flat(message.text) for message in person.messages)])
    for secret in (*PLANTED, *BIRTHS):
        assert secret not in stored, secret
        assert secret not in caplog.text, secret
        assert secret not in handed_over, secret
    assert "[AHV/AVS]" in stored and str(person.chat_id) in stored
    assert '"2025-03-01"' in stored and '"in_words": "mars 2025"' in files[-1]
    (code,) = re.findall(r"KIBON-[0-9A-Z-]+", flat(person.messages[-5].text))
    assert read_code(code)[1]["child_born"] == "2025-03-01"
