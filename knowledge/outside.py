"""Subjects that people ask about and the library does not answer (outside.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomli

from knowledge.library import FOLDER, LANGUAGES


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject outside the library, with wordings of questions by language."""

    name: str
    questions: Mapping[str, tuple[str, ...]]


def load_subjects(path: Path = FOLDER / "outside.toml") -> tuple[Subject, ...]:
    """Read the subjects; a row without a name and wordings for fr and de raises ValueError naming it."""
    rows = tomli.loads(path.read_text(encoding="utf-8")).get("subject", [])
    return tuple(_subject(number, row) for number, row in enumerate(rows, start=1))


def _subject(number: int, row: Mapping[str, object]) -> Subject:
    questions = {lang: row.get(lang) for lang in LANGUAGES}
    plain = {lang: tuple(rows) for lang, rows in questions.items() if isinstance(rows, list) and rows}
    if set(row) != {"name", *LANGUAGES} or len(plain) != len(LANGUAGES):
        raise ValueError(f"{FOLDER.name}/outside.toml: subject {number} must hold a name and wordings for fr and de")
    return Subject(str(row["name"]), plain)
