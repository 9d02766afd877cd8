"""The commands that hand a result over: what each gives, and what it says where there is nothing to give."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import TODAY
from finished import finished

from bot.channels.terminal import chat
from bot.conversation import reply
from bot.messages import Message, Reply, plain
from bot.session import Session
from bot.words import LANGUAGES, words
from checks.year import year_of

DONE = {
    "care_start": "2027-02-01",
    "school_stage": "preschool",
    "commune": "other",
    "household": "married",
    "activities_1": ["employment"],
    "employment_1": 60,
    "activities_2": ["employment"],
    "employment_2": 70,
    "unpaid_leave": "nobody",
}
AT_RESULT = Session(lang="fr", check="minimum_activity", answers=DONE)


def says(session: Session, text: str) -> Reply:
    return reply(session, Message(text=text), TODAY)[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_result_offers_what_it_can_hand_over_and_hands_it_over(lang: str) -> None:
    for check, path in finished():
        session = Session(lang=lang, check=check.name, answers=path.answers)
        result = reply(session, Message(button="/continue"), TODAY)[1]
        offered = [button.data for button in result.actions]
        assert "/summary" in offered and "/letter" in offered
        assert path.run.result is not None
        assert ("/calendar" in offered) == bool(path.run.result.deadlines)
        paid = any(month.at_most for month in path.run.result.paid)
        assert ("/year" in offered) == (paid or bool(year_of(path.run.result.grants)))
        assert ("/curve" in offered) == any(point.at_most for point in path.run.result.curve)


@pytest.mark.parametrize(
    ("text", "ending", "magic"), [("résumé", "pdf", b"%PDF"), ("agenda", "ics", b"BEGIN:VCALENDAR")]
)
def test_a_file_is_named_and_dated(text: str, ending: str, magic: bytes) -> None:
    answered = says(AT_RESULT, text)
    assert answered.kind == "info" and answered.file is not None
    assert answered.file.name.endswith(f"-{TODAY.isoformat()}.{ending}")
    assert answered.file.content.startswith(magic)


def test_the_text_goes_into_a_letter() -> None:
    answered = says(AT_RESULT, "texte à envoyer")
    link = next(block.url for block in answered.blocks if block.url.startswith("mailto:"))
    query = parse_qs(urlsplit(link).query)
    assert query["subject"] == [words("fr")("check.minimum_activity.title")]
    assert "Début de la prise en charge : 1er février 2027" in plain(answered).replace("\xa0", " ")


@pytest.mark.parametrize(("commune", "address"), [("biel", "bg@biel-bienne.ch"), ("thun", "bg@thun.ch"), ("other", "")])
def test_the_letter_is_addressed_to_the_office_that_decides_where_its_address_is_known(
    commune: str, address: str
) -> None:
    answered = says(AT_RESULT.with_(answers={**DONE, "commune": commune}), "texte à envoyer")
    link = next(block.url for block in answered.blocks if block.url.startswith("mailto:"))
    assert urlsplit(link).path == address


@pytest.mark.parametrize("session", [Session(lang="fr"), AT_RESULT.with_(answers={})])
@pytest.mark.parametrize("command", ["/summary", "/calendar", "/year", "/curve", "/letter"])
def test_without_a_result_nothing_is_handed_over(session: Session, command: str) -> None:
    after, answered = reply(session, Message(button=command), TODAY)
    assert answered.file is None and words("fr")("keep.nothing") in plain(answered)
    assert (after.check, after.answers) == (session.check, session.answers)


@pytest.mark.parametrize("command", ["/calendar", "/year", "/curve"])
def test_a_result_without_days_or_amounts_says_what_can_be_handed_over_instead(command: str) -> None:
    young = {"need_topic": "right", "need_kind": "language", "confirmed_from": "2027-01-01", "child_born": "2025-03-01"}
    session = Session(lang="fr", check="special_need", answers=young)
    after, answered = reply(session, Message(button=command), TODAY)
    assert answered.file is None and plain(answered) == words("fr")("keep.not_here")
    assert [button.data for button in answered.actions][:2] == ["/summary", "/letter"]
    assert after.answers == young


def test_the_terminal_puts_the_file_into_the_present_folder_and_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [
        "/minimum_activity",
        "2027-02-01",
        "1",
        "autre",
        "marié",
        "1",
        "60",
        "1",
        "70",
        "non",
        "résumé",
        "résumé",
        "/export",
    ]
    chat("fr", lambda: TODAY, True, lines)
    said = capsys.readouterr().out
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 2 and all(name in said for name in names)
    assert {path.read_bytes()[:4] for path in tmp_path.iterdir()} == {b"%PDF"}
    assert json.loads(said[said.rindex("\n{") :])["check"] == "minimum_activity"
