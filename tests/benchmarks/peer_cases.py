"""Whole cases with the rates expected on given days: python -m tests.benchmarks.peer_cases DATA.

A case agrees when it is accepted or refused as expected, and every segment on the days named has the rates named.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from bot.assessment import assessed
from bot.words import words

RATES = ("entitled_rate", "care_rate", "voucher_rate")


def main() -> None:
    """Assess and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with peer_cases_dev.json")
    report(parser.parse_args().data)


def report(data: Path) -> None:
    """Print how many cases agree, and the names of those that do not."""
    path = data / "peer_cases_dev.json"
    cases = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    wrong = [case["id"] for case in cases if not _agrees(case)]
    print(f"cases with expected rates: {len(cases) - len(wrong)} of {len(cases)} agree", *wrong)


def _agrees(case: dict[str, Any]) -> bool:
    answer = assessed(case["case"], words("fr"))
    if "error" in answer:
        return case.get("accepted") is False
    return case.get("accepted", True) and all(
        segment[rate] == expected[rate]
        for expected in case.get("expect", ())
        for segment in answer["segments"]
        if segment["from"] <= expected["until"] and segment["until"] >= expected["from"]
        for rate in RATES
        if rate in expected
    )


if __name__ == "__main__":
    main()
