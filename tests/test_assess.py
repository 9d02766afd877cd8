"""The command `assess`: whole cases in, day-exact answers out, faults named by their field."""

import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.assessment import assessed
from bot.words import LANGUAGES, words
from checks.assess import WholeCase

CASE: dict[str, Any] = {
    "id": "x",
    "period": "2024/25",
    "filed_on": "2024-07-10",
    "household": "couple",
    "applicants": [
        {
            "activities": [
                {
                    "kind": "employment",
                    "rate": 60,
                    "from": "2024-10-01",
                    "until": None,
                    "unpaid_leave": {"from": "2025-01-01", "until": "2025-05-31"},
                }
            ]
        },
        {"activities": [{"kind": "training", "rate": 80, "from": None, "until": None}]},
    ],
    "child": {"birth_date": "2022-03-01", "school_stage": "preschool"},
    "care": [{"provider": "daycare", "rate": 80, "from": "2024-09-01", "until": None}],
    "adaptation": True,
}


def changed(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(CASE), **changes}


def segment(first: str, last: str, entitled: int, care: int, *reasons: str) -> dict[str, Any]:
    return {"from": first, "until": last, "entitled_rate": entitled, "care_rate": care,
            "voucher_rate": min(entitled, care), "reasons": list(reasons)}  # fmt: skip


def test_a_couple_with_adaptation_and_unpaid_leave_day_by_day() -> None:
    answer = assessed(CASE, words("fr"))
    assert answer["segments"] == [
        segment("2024-08-01", "2024-08-31", 0, 0, "below_minimum"),
        segment("2024-09-01", "2024-09-30", 60, 80, "adaptation"),
        segment("2024-10-01", "2025-03-31", 60, 80, "activity"),
        segment("2025-04-01", "2025-05-31", 0, 80, "below_minimum", "unpaid_leave"),
        segment("2025-06-01", "2025-07-31", 60, 80, "activity"),
    ]
    assert len(answer["months"]) == 12
    assert answer["months"][1] == {
        "month": "2024-09",
        "care_rate": 80.0,
        "entitled_rate": 60,
        "voucher_rate": 60.0,
        "amount": None,
    }
    assert answer["filing"]["applications"] == [{"period": "2024/25", "before": "2024-09-01"}]
    assert [document["for"] for document in answer["documents"]] == ["applicant 1", "applicant 2"]
    adaptation = next(reason for reason in answer["reasons"] if reason["code"] == "adaptation")
    assert adaptation["article"] == "art. 36 al. 3 OEJF" and adaptation["source"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages_give_the_same_figures(lang: str) -> None:
    answer = assessed(CASE, words(lang))
    assert answer["segments"] == assessed(CASE, words("fr"))["segments"]
    assert all(reason["text"] and "{" not in reason["text"] for reason in answer["reasons"])


@pytest.mark.parametrize(
    ("case", "named"),
    [
        (changed(period="2024/26"), "period"),
        (changed(period="2027/28", care=[]), "period"),
        (changed(period="2021/22", care=[]), "period"),
        (changed(household="trio"), "household"),
        (changed(household="single"), "applicants"),
        (changed(unknown=1), "unknown"),
        (changed(filed_on="10.07.2024"), "filed_on"),
        (changed(child={}), "child.school_stage"),
        (changed(child={"school_stage": "preschool", "birth_date": "2030-01-01"}), "child.birth_date"),
        (changed(care=[{"provider": "daycare", "rate": 101}]), "care[0].rate"),
        (changed(care=[{"provider": "daycare", "rate": "80"}]), "care[0].rate"),
        (changed(care=[{"provider": "daycare", "rate": 80, "from": "2026-01-01"}]), "care[0].from"),
        (changed(care=[{"provider": "daycare", "rate": 80, "from": "2025-02-01", "until": "2025-01-01"}]), "care[0].until"),
        (changed(applicants=[{"activities": [{"kind": "hobby", "rate": 5}]}, {}]), "applicants[0].activities[0].kind"),
        (changed(specialist_confirmations=[{"need": "language", "rate": 50}]), "specialist_confirmations[0].rate"),
        (changed(specialist_confirmations=[{"need": "social", "rate": 61}]), "specialist_confirmations[0].rate"),
        (changed(specialist_confirmations=[{"need": "language", "rate": 40, "from": "2024-02-01"}]), "specialist_confirmations[0].from"),
        (changed(specialist_confirmations=[{"need": "social", "rate": 40}, {"need": "social", "rate": 60}]), "specialist_confirmations[1].from"),
        (changed(exceptional_need={"rate": 25}), "exceptional_need.rate"),
        ("text", "."),
        (None, "."),
        ([], "."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_names_its_field(case: Any, named: str, lang: str) -> None:
    answer = assessed(case, words(lang))
    assert set(answer) == {"id", "error"} and answer["error"].startswith(f"{named}: "), answer


def test_a_file_with_bad_lines_answers_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps(changed(id=number)) for number in range(100)]
    for number in range(0, 100, 10):
        lines[number] = "{broken" if number % 20 else json.dumps(changed(id=number, household="trio"))
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert main(["assess", str(file), "--json"]) == 1
    out, err = capsys.readouterr()
    answers = [json.loads(line) for line in out.splitlines()]
    assert len(answers) == 100 and sum("error" in answer for answer in answers) == 10
    assert "10 of 100" in err


def test_one_case_over_several_lines_and_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(CASE, indent=2)))
    assert main(["assess", "-", "--lang", "de"]) == 0
    text = capsys.readouterr().out
    assert "Periode 2024/25" in text and "Eingewöhnung" in text and "Art. 36 Abs. 3 FKJV" in text


def test_the_schema_describes_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert set(CASE) <= set(schema["properties"])
    assert schema == WholeCase.model_json_schema(by_alias=True)
