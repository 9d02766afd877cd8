"""Reads the question sets of a data folder, and grades an answer against the facts of a question."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETS = ("de_covid", "de_xquad", "fr_cnil", "fr_piaf", "fr_quebec")


@dataclass(frozen=True)
class Asked:
    """A question with what a right answer must and must not hold (patterns, ignoring case).

    `passages` name those that answer (article#anchor, or an article), where they stand instead of facts.
    """

    lang: str
    text: str
    kind: str
    style: str
    facts: tuple[tuple[str, ...], ...]
    forbidden: tuple[tuple[str, ...], ...]
    check: str = ""
    passages: tuple[str, ...] = ()


def questions(data: Path) -> list[Asked]:
    """The questions of a data folder (questions_dev.json) or of a file, one for all or one a line; empty if none."""
    path = data / "questions_dev.json" if data.is_dir() else data
    if not path.exists():
        return []
    return [
        Asked(
            row["lang"],
            row["question"],
            row["kind"],
            row["style"],
            tuple(tuple(fact) for fact in row["facts"]),
            tuple((fact,) if isinstance(fact, str) else tuple(fact) for fact in row["forbidden"]),
            row.get("check") or "",
            tuple(row.get("passages", ())),
        )
        for row in _rows(path.read_text(encoding="utf-8"))
    ]


def _rows(text: str) -> list[dict[str, Any]]:
    rows = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    return list(rows)


def right(asked: Asked, text: str) -> bool:
    """Whether a text holds every fact and nothing forbidden."""
    flat = " ".join(text.split())
    return all(_found(fact, flat) for fact in asked.facts) and not any(_found(fact, flat) for fact in asked.forbidden)


def retrieval_sets(data: Path) -> Iterator[dict[str, Any]]:
    """The question-to-passage sets of a data folder."""
    for name in SETS:
        path = data / "retrieval" / f"{name}.json"
        if path.exists():
            yield json.loads(path.read_text(encoding="utf-8"))


def _found(alternatives: tuple[str, ...], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in alternatives)
