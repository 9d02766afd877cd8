"""Mixed whole cases as JSON lines, drawn from a fixed seed: what a commune's file may hold."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from checks.law.activity import KINDS

MONTHS = [f"2024-{month:02}-01" for month in range(8, 13)] + [f"2025-{month:02}-01" for month in range(1, 8)]


def whole_cases(count: int) -> Iterator[str]:
    """`count` lines, the same each time; all of them are right."""
    draw = Random(4)
    return (json.dumps({"id": number, **_case(draw)}) for number in range(count))


def _case(draw: Random) -> dict[str, Any]:
    persons = draw.choice((1, 2, 2))
    case: dict[str, Any] = {
        "period": "2024/25",
        "filed_on": f"2024-{draw.randint(2, 12):02}-{draw.randint(1, 28):02}",
        "household": "single" if persons == 1 else "couple",
        "applicants": [
            {"activities": [_activity(draw) for _ in range(draw.choice((1, 1, 2)))]} for _ in range(persons)
        ],
        "child": {"birth_date": "2021-09-01", "school_stage": draw.choice(("preschool", "preschool", "kindergarten"))},
        "care": [
            {
                "provider": draw.choice(("daycare", "day_family")),
                "rate": draw.randrange(10, 101, 5),
                "from": f"2024-{draw.randint(8, 12):02}-{draw.randint(1, 28):02}",
            }
        ],
        "adaptation": draw.random() < 0.4,
    }
    if case["child"]["school_stage"] == "preschool" and draw.random() < 0.3:
        need = draw.choice(("language", "social"))
        rate = 40 if need == "language" else draw.randrange(20, 61, 20)
        case["specialist_confirmations"] = [{"need": need, "rate": rate, "from": draw.choice(MONTHS), "until": None}]
    if draw.random() < 0.1:
        case["residence"] = [{"from": draw.choice(MONTHS), "until": None, "in_commune": True}]
    return case


def _activity(draw: Random) -> dict[str, Any]:
    activity: dict[str, Any] = {"kind": draw.choice(KINDS), "rate": draw.randrange(0, 101, 5)}
    if draw.random() < 0.5:
        activity["from"] = draw.choice(MONTHS)
    if draw.random() < 0.2:
        activity["unpaid_leave"] = {"from": "2025-01-01", "until": "2025-05-31"}
    return activity
