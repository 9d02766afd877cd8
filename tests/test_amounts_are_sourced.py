"""Wherever an amount of a voucher is shown, its rules are named with their dates, and that the commune decides."""

import json
import re
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from finished import one_of_each_outcome
from pypdf import PdfReader
from test_paths import surveyed
from web_site import Page, visitor, words_of

from bot.__main__ import main
from bot.channels.telegram_text import rendered
from bot.channels.terminal import chat
from bot.conversation import reply
from bot.dialog import current
from bot.documents.curve_drawing import curve_picture
from bot.documents.paid_drawing import paid_picture
from bot.documents.picture import Label, Picture
from bot.messages import Message, plain
from bot.report import named_source, report
from bot.resume_code import code_of
from bot.session import Session
from bot.summary import Summary, summary
from bot.words import LANGUAGES, words
from checks.explorer import Path as Way
from checks.guided import guided

CHECK = guided()["voucher"]
DECIDES = {"fr": "c'est la commune qui décide", "de": "Die Gemeinde entscheidet"}
AMOUNT = re.compile(r"CHF\s[\d’]+")
UNDATED = {"fr": "sans date", "de": "ohne Datum"}
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def flat(text: str) -> str:
    return " ".join(text.split())


def holds(text: str, way: Way, lang: str) -> None:
    """The text shows amounts, every source of the result with its date, and who decides."""
    result, said = way.run.result, flat(text)
    assert result is not None and DECIDES[lang] in said, said
    for key in {reason.source for reason in result.reasons}:
        source = named_source(key, words(lang))
        assert re.search(r"\d{4}$", source) or source.endswith(UNDATED[lang]), source
        assert flat(source) in said, source


def shown() -> list[Way]:
    """One of each outcome with an amount."""
    return [way for way in one_of_each_outcome("voucher") if way.run.result and way.run.result.paid]


@cache
def results() -> list[Way]:
    """Of all paths with an amount one for each outcome, with each set of rules behind it and kinds of lines beside it."""
    found: dict[object, Way] = {}
    for way in surveyed(CHECK).examples.values():
        result = way.run.result
        if result and result.paid:
            sources = frozenset(reason.source for reason in result.reasons)
            found.setdefault((result.outcome, sources, frozenset(note.code for note in result.notes)), way)
    return list(found.values())


def drawn(way: Way, lang: str) -> list[Picture]:
    session = Session(lang=lang, check="voucher", answers=way.answers)
    found = current(session, TODAY)
    assert found is not None
    say = words(lang)
    told: Summary = summary(CHECK, found, way.answers, say, TODAY)
    below = (told.limits, say("keep.rules", sources="; ".join(told.sources)))
    year = paid_picture(told.paid, told.title, below, say)
    paid = any(point.at_most for point in told.curve)
    return [curve_picture(told.curve, told.title, below, say), year] if paid else [year]


def test_there_are_results_of_every_kind() -> None:
    outcomes = {way.run.result.outcome for way in results() if way.run.result}
    assert outcomes == {way.run.result.outcome for way in surveyed(CHECK).examples.values() if way.run.result} - {
        "no_rule", "school_stage", "nothing_granted",
    }  # fmt: skip


@each_language
def test_the_result_and_the_text_to_send_in_every_channel(lang: str) -> None:
    for way in results():
        session = Session(lang=lang, check="voucher", answers=way.answers)
        for button in ("/continue", "/letter"):
            answered = reply(session, Message(button=button), TODAY)[1]
            text = plain(answered)
            assert AMOUNT.search(text)
            holds(text, way, lang)
            holds(re.sub("<[^>]+>", "", " ".join(rendered(answered, 4096))), way, lang)


@each_language
def test_the_data_of_a_result(lang: str) -> None:
    for way in results():
        data = report(CHECK, way.answers, words(lang), TODAY)["result"]
        holds(json.dumps(data, ensure_ascii=False), way, lang)
        for cited in chain(data["reasons"], data["would_change"], [data["fixed"]] if data["fixed"] else []):
            assert cited["source"] and not ("CHF" in cited["text"] and not cited["source"])


@each_language
def test_the_words_below_the_pictures_are_whole(lang: str) -> None:
    for way in results():
        for picture in drawn(way, lang):
            labels = [shape for shape in picture.shapes if isinstance(shape, Label)]
            below = sorted((label for label in labels if label.size == 9), key=lambda label: label.y)
            holds(" ".join(label.text for label in below), way, lang)


@each_language
def test_the_files_and_what_is_said_with_them(lang: str) -> None:
    for way in shown()[LANGUAGES.index(lang) :: 2]:  # drawn slowly: half of them in each language
        session = Session(lang=lang, check="voucher", answers=way.answers)
        paper = reply(session, Message(button="/summary"), TODAY)[1].file
        assert paper is not None
        pages = PdfReader(BytesIO(paper.content)).pages
        holds(" ".join(page.extract_text() for page in pages), way, lang)
        assert all(DECIDES[lang] in flat(page.extract_text()) for page in pages)
        for button in ("/year", "/curve"):
            answered = reply(session, Message(button=button), TODAY)[1]
            if answered.file:
                holds(plain(answered), way, lang)


@each_language
async def test_the_page_of_the_web_chat_and_its_print_view(lang: str, tmp_path: Path) -> None:
    async with visitor(tmp_path / "web.sqlite3") as browser:
        for way in shown():
            code = code_of(Session(lang=lang, check="voucher", answers=way.answers), TODAY)
            page = Page(await browser.post("/messages", data={"lang": lang, "text": code}))
            assert AMOUNT.search(page.reply)
            holds(page.reply, way, lang)
            holds(words_of((await browser.get(f"/{lang}/print")).text), way, lang)


@each_language
def test_the_terminal(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    for way in shown():
        chat(lang, lambda: TODAY, True, [str(code_of(Session(lang=lang, check="voucher", answers=way.answers), TODAY))])
        holds(capsys.readouterr().out, way, lang)


@each_language
@pytest.mark.parametrize("json_wanted", [True, False])
def test_a_whole_case(lang: str, json_wanted: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case: dict[str, Any] = {
        "period": "2026/27",
        "household": "single",
        "applicants": [{"activities": [{"kind": "employment", "rate": 80}]}],
        "child": {"birth_date": "2025-03-10", "school_stage": "preschool"},
        "care": [{"provider": "daycare", "rate": 60, "monthly_cost": 1500}],
        "finances": {"imputable_income": 70000, "household_size": 3},
    }
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    assert main(["assess", str(file), "--lang", lang, *(["--json"] if json_wanted else [])]) == 0
    out = capsys.readouterr().out
    note = {"fr": "C'est la commune qui décide", "de": "Die Gemeinde entscheidet"}[lang]
    assert note in flat(out)
    steps = json.loads(out)["finances"]["steps"] if json_wanted else []
    assert all(step["source"] for step in steps)
    assert "Roggwil" in out and "2026" in out
