"""The commands: JSON on standard output and nothing else, errors in one plain line, exit status 0, 1 or 2."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.words import LANGUAGES
from checks import explorer
from checks.guided import guided

DAY = ("--today", "2026-11-22")
ANSWERS = {"care_start": "2027-02-01", "school_stage": "preschool", "commune": "other", "household": "alone",
           "shared_custody": False, "activities_1": ["employment"], "employment_1": 60, "unpaid_leave": "nobody"}  # fmt: skip


@pytest.fixture
def kibon_bot(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command and gives its exit status, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main([*arguments, *DAY])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def answers_file(folder: Path, answers: dict[str, Any]) -> str:
    file = folder / "answers.json"
    file.write_text(json.dumps({"answers": answers}), encoding="utf-8")
    return str(file)


def test_ask_prints_the_reply_as_in_the_contract(kibon_bot: Any) -> None:
    status, out, err = kibon_bot("ask", "Welche Unterlagen braucht es im Stundenlohn?", "--lang", "de", "--json")
    answered = json.loads(out)
    assert (status, err) == (0, "")
    assert list(answered) == ["id", "kind", "lang", "text", "passages", "check"]
    assert answered["kind"] == "answer" and len(answered["text"]) <= 1200 and 1 <= len(answered["passages"]) <= 5
    assert set(answered["passages"][0]) == {"article", "anchor", "lang", "title", "text", "score", "source"}


def test_ask_answers_a_file_line_by_line(kibon_bot: Any, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "lang": "fr", "question": "Qui coche la case d'adaptation ?"},
        {"id": 2, "lang": "de", "question": "😀"},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    status, out, _ = kibon_bot("ask", "--batch", str(file))
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 0 and [line["id"] for line in lines] == ["a", 2]
    assert lines[1]["kind"] == "unknown"


@pytest.mark.parametrize("content", ["no json", '{"question": 5}', "[]", '{"id": 1, "lang": "it", "question": "x"}'])
def test_a_wrong_line_is_named(kibon_bot: Any, tmp_path: Path, content: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(content, encoding="utf-8")
    status, out, err = kibon_bot("ask", "--batch", str(file))
    assert (status, out) == (1, "") and "line 1" in err and err.count("\n") == 1


def test_checks_lists_questions_types_and_choices(kibon_bot: Any) -> None:
    status, out, _ = kibon_bot("checks", "--json")
    named = {row["name"]: row for row in json.loads(out)}
    questions = {question["id"]: question for question in named["minimum_activity"]["questions"]}
    assert status == 0 and questions["employment_1"]["type"] == "percent"
    assert questions["school_stage"]["choices"] == ["preschool", "kindergarten", "school"]


def test_check_gives_the_open_question(kibon_bot: Any, tmp_path: Path) -> None:
    status, out, _ = kibon_bot("check", "minimum_activity", "--answers", answers_file(tmp_path, {}), "--json")
    found = json.loads(out)
    assert (
        status == 0 and found["kind"] == "ask" and found["question"]["id"] == "care_start" and found["result"] is None
    )


def test_check_gives_the_result_and_what_it_ignored(kibon_bot: Any, tmp_path: Path) -> None:
    file = answers_file(tmp_path, {**ANSWERS, "provider": "daycare"})
    _, out, _ = kibon_bot("check", "minimum_activity", "--answers", file, "--json", "--lang", "de")
    found = json.loads(out)
    assert found["ignored"] == ["provider"]
    result = found["result"]
    assert result["outcome"] == "entitled" and result["numbers"] == {"entitled_rate": 80}
    assert all(reason["text"] and reason["source"] for reason in result["reasons"])
    assert result["deadlines"][0]["date"] == "2027-01-31"
    assert result["would_change"][0]["numbers"]["entitled_rate"] == 85


@pytest.mark.parametrize(
    ("answers", "named"),
    [({"employment_1": 101}, "employment_1"), ({"employment_1": "60"}, "employment_1"), ({"nonsense": 1}, "nonsense"),
     ({"care_start": "1850-01-01"}, "care_start"), ({"school_stage": "university"}, "school_stage"),
     ({"activities_1": "employment"}, "activities_1"), ({"shared_custody": 1}, "shared_custody")],
)  # fmt: skip
def test_a_wrong_answer_is_named(kibon_bot: Any, tmp_path: Path, answers: dict[str, Any], named: str) -> None:
    status, out, err = kibon_bot(
        "check", "minimum_activity", "--answers", answers_file(tmp_path, {**ANSWERS, **answers}), "--json"
    )
    assert (status, out) == (1, "") and named in err and err.count("\n") == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"answers": 5}', b"\xff\xfe\x00"])
def test_a_file_that_is_not_right_is_named(kibon_bot: Any, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "answers.json"
    file.write_bytes(content)
    status, _, err = kibon_bot("check", "minimum_activity", "--answers", str(file))
    assert status == 1 and "answers.json" in err and err.count("\n") == 1


def test_an_unknown_check_and_a_missing_file_are_named(kibon_bot: Any, tmp_path: Path) -> None:
    assert "minimum_activity" in kibon_bot("check", "no_such", "--answers", "-")[2]
    assert "cannot be read" in kibon_bot("check", "minimum_activity", "--answers", str(tmp_path / "nothing.json"))[2]


def test_wrong_usage_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["nothing"], ["chat", "--lang", "it"], ["chat", "--today", "tomorrow"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2


@pytest.fixture
def three_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """At most three answers are tried for each question, a tenth of the paths of the largest check: that all of them
    can be walked and that all their words exist is proven in tests/test_paths.py."""
    tried = explorer.samples
    monkeypatch.setattr(explorer, "samples", lambda question: (*tried(question)[:2], *tried(question)[2:][-1:]))


@pytest.mark.usefixtures("three_samples")
def test_the_diagram_is_made_by_running_the_check(kibon_bot: Any) -> None:
    status, out, _ = kibon_bot("diagram", "minimum_activity", "--lang", "de")
    assert status == 0 and out.startswith("flowchart TD")
    assert "Wie leben Sie?" in out and "Das Minimum ist nicht erreicht" in out and "-->" in out


@pytest.mark.parametrize("name", [name for name in guided() if name != "minimum_activity"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_can_be_drawn(kibon_bot: Any, name: str, lang: str) -> None:
    status, out, _ = kibon_bot("diagram", name, "--lang", lang)
    assert status == 0 and out.count("-->") > 3


@pytest.mark.usefixtures("three_samples")
def test_the_table_of_cases_is_csv(kibon_bot: Any) -> None:
    status, out, _ = kibon_bot("cases", "minimum_activity")
    rows = list(csv.reader(io.StringIO(out)))
    assert status == 0 and rows[0] == ["answers", "outcome", "numbers", "reasons", "sources", "limits"]
    assert all(re.search(r"\d{4}|sans date", row[4]) and "c'est la commune qui décide" in row[5] for row in rows[1:])
    assert {row[1] for row in rows[1:]} == {
        "entitled",
        "exception_possible",
        "below_minimum",
        "school_stage",
        "no_rule",
    }


def test_telegram_without_a_token_says_what_to_do(kibon_bot: Any) -> None:
    status, out, err = kibon_bot("telegram")
    assert (status, out) == (1, "") and "KIBON_BOT_TELEGRAM_TOKEN" in err and err.count("\n") == 1


def test_chat_ends_with_the_input(kibon_bot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Grüezi\nbeenden\nnicht mehr gelesen\n"))
    status, out, _ = kibon_bot("chat", "--plain", "--lang", "de")
    assert status == 0 and out.count("\n\n") == 2 and "Auf Wiedersehen" in out


def test_a_wrong_setting_is_named(kibon_bot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIBON_BOT_SESSION_DAYS", "soon")
    status, out, err = kibon_bot("checks")
    assert (status, out, err.count("\n")) == (1, "", 1) and "KIBON_BOT_SESSION_DAYS" in err
