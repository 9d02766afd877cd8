"""The commands of those who run it: what they see, and what they are told to do."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY
from scripts import data_of, flat
from telegram_server import TelegramServer

from bot import inbox
from bot.__main__ import main
from bot.conversation import reply
from bot.feedback import VERDICTS
from bot.memory import Memory
from bot.messages import Kept, Message, Reply, plain
from bot.session import Session
from bot.turn import take
from bot.words import LANGUAGES
from knowledge.library import library

KEPT = Kept()
QUESTION = {"fr": "Qui coche la case d'adaptation ?", "de": "Wer setzt das Häkchen bei der Eingewöhnung?"}


@pytest.fixture(autouse=True)
def a_database_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "memory.sqlite3"
    monkeypatch.setenv("KIBON_BOT_DATABASE", str(file))
    return file


def asked(file: Path, *texts: str, hint: str = "fr") -> None:
    async def ask() -> None:
        async with Memory(file, today=lambda: TODAY) as memory:
            for number, text in enumerate(texts):
                await take(memory, f"telegram:{number}", Message(text=text, hint=hint, kept=KEPT), TODAY)

    asyncio.run(ask())


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main([arguments[0], "--today", TODAY.isoformat(), *arguments[1:]])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_inbox_groups_what_is_alike_and_names_the_nearest_passages(
    a_database_of_its_own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(
        a_database_of_its_own,
        "où acheter un vélo cargo d'occasion ?",
        "où acheter un vélo cargo pas cher ?",
        "quel temps fera-t-il dimanche ?",
    )
    status, out, _ = run(capsys, "inbox", "--json")
    groups = json.loads(out)
    assert status == 0 and [group["number"] for group in groups] == [2, 1]
    assert len(groups[0]["wordings"]) == 2 and 1 <= len(groups[0]["nearest"]) <= 3
    assert all(library().passage(*name.split("#"), "fr") for group in groups for name in group["nearest"])
    assert run(capsys, "inbox")[1].startswith("2 × [fr] où acheter un vélo cargo d'occasion ?")


def test_languages_are_not_grouped_together() -> None:
    rows = [("2026-11-22", lang, "unknown", "vélo cargo") for lang in LANGUAGES]
    assert [group.lang for group in inbox.grouped(rows)] == ["fr", "de"]


def test_stats_count_replies_checks_and_verdicts(
    a_database_of_its_own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(a_database_of_its_own, "/activite", "/aide", QUESTION["fr"])
    total = json.loads(run(capsys, "stats", "--json")[1])["total"]
    assert total["reply.ask"] == total["reply.info"] == total["reply.answer"] == 1
    assert total["check.minimum_activity.ask"] == 1 and total["lang.fr"] == 3
    assert "reply.answer" in run(capsys, "stats", "--days")[1]


def test_switched_off_users_read_the_note_and_on_again_they_do_not(
    a_database_of_its_own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "switch", "off", "--note-fr", "En travaux jusqu'à midi.")[0] == 0

    async def ask() -> Reply:
        async with Memory(a_database_of_its_own) as memory:
            answered = await take(memory, "telegram:1", Message(text="/aide", hint="fr", kept=KEPT), TODAY)
            assert answered is not None
            return answered

    assert plain(asyncio.run(ask())) == "En travaux jusqu'à midi."
    assert "SWITCHED OFF" in run(capsys, "doctor")[1]
    assert run(capsys, "switch", "on")[0] == 0
    assert "à tout moment" in flat(plain(asyncio.run(ask())))


def test_doctor_finds_this_installation_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "doctor", "--json")
    states = {row["of"]: row["state"] for row in json.loads(out)}
    assert status == 0 and "wrong" not in states.values(), out
    expected = {
        "telegram",
        "database",
        "catalogues",
        "articles",
        "index",
        "age of articles",
        "age of values",
        "values of today",
    }
    assert set(states) == expected


def test_doctor_names_what_has_not_been_checked_for_a_year(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--today", "2027-11-23"]) == 1
    out = capsys.readouterr().out
    assert "look  age of articles" in out and "last_checked" in out and "wrong values of today" in out
    assert main(["doctor", "--today", "2027-07-31"]) == 0
    assert "ok    age of articles" in capsys.readouterr().out


def test_doctor_says_what_to_do_about_a_database_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIBON_BOT_DATABASE", str(tmp_path))
    status, out, _ = run(capsys, "doctor")
    assert status == 1 and "wrong database" in out and "may this user write there?" in out


async def test_doctor_tries_the_token(server: TelegramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIBON_BOT_TELEGRAM_URL", server.base_url.removesuffix("/bot"))
    for token, state in ((server.token, "ok"), ("1:wrong", "wrong")):
        monkeypatch.setenv("KIBON_BOT_TELEGRAM_TOKEN", token)
        command = ["doctor", "--json", "--today", TODAY.isoformat()]
        found = await asyncio.to_thread(_printed, command)
        assert found["telegram"] == state


def _printed(command: list[str]) -> dict[str, str]:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as out:
        main(command)
    return {row["of"]: row["state"] for row in json.loads(out.getvalue())}


def test_a_backup_is_a_database_and_never_overwrites(
    a_database_of_its_own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(a_database_of_its_own, "/activite")
    copy = tmp_path / "copy.sqlite3"
    assert run(capsys, "backup", str(copy))[0] == 0
    assert run(capsys, "backup", str(copy))[0] == 1
    monkeypatch.setenv("KIBON_BOT_DATABASE", str(copy))
    assert json.loads(run(capsys, "stats", "--json")[1])["total"]["check.minimum_activity.ask"] == 1


@pytest.mark.parametrize(("name", "value"), [("PORT", "x"), ("SESSION_DAYS", "0"), ("ADMINS", "Anna")])
def test_a_wrong_setting_is_named_in_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"KIBON_BOT_{name}", value)
    status, out, err = run(capsys, "stats")
    assert (status, out) == (1, "") and f"KIBON_BOT_{name}" in err and err.count("\n") == 1


# verdicts


def said(lang: str, **message: str) -> Reply:
    return reply(Session(lang=lang), Message(kept=KEPT, **message), TODAY)[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_real_answer_asks_for_a_verdict_and_offers_three_reasons(lang: str) -> None:
    answered = said(lang, text=QUESTION[lang])
    useful, not_useful = answered.actions[-2:]
    thanks = said(lang, button=useful.data)
    assert thanks.judged is not None and thanks.judged[2] == "useful"
    reasons = said(lang, button=not_useful.data)
    assert len(reasons.choices) == 3
    verdicts = [said(lang, button=button.data).judged for button in reasons.choices]
    assert [verdict and verdict[2] for verdict in verdicts] == ["other_question", "incomplete", "wrong"]
    assert {verdict and verdict[:2] for verdict in verdicts} == {thanks.judged[:2]}


@pytest.mark.parametrize("text", ["/aide", "/activite", "où acheter un vélo cargo ?", "merci"])
def test_nothing_else_asks_for_a_verdict(text: str) -> None:
    buttons = (*said("fr", text=text).actions, *said("fr", text=text).choices)
    assert not [button for button in buttons if button.data[0] in VERDICTS and button.data[1] == "."]


def test_where_nothing_is_kept_no_verdict_is_asked_for() -> None:
    answered = reply(Session(lang="fr"), Message(text=QUESTION["fr"]), TODAY)[1]
    assert answered.kind == "answer" and not answered.actions


def test_a_verdict_in_the_middle_of_a_check_comes_back_to_the_open_question() -> None:
    session = reply(Session(lang="fr"), Message(text="/activite", kept=KEPT), TODAY)[0]
    session, answered = reply(session, Message(text=QUESTION["fr"], kept=KEPT), TODAY)
    after, thanks = reply(session, Message(button=data_of(answered, "Utile"), kept=KEPT), TODAY)
    assert "partir de quand" in flat(plain(thanks)) and after.check == "minimum_activity"


def test_a_forged_verdict_is_refused() -> None:
    assert said("fr", button="+.no-such-article.x").kind == "refusal"


def test_every_verdict_fits_into_a_button() -> None:
    for passage in library().all_passages:
        assert len(f"+.{passage.article}.{passage.anchor}".encode()) <= 64


def test_the_day_of_the_command_counts(a_database_of_its_own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked(a_database_of_its_own, "où acheter un vélo cargo d'occasion ?")
    main(["inbox", "--today", date(2027, 6, 30).isoformat(), "--json"])
    assert json.loads(capsys.readouterr().out) == []
