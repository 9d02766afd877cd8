"""Imports official texts: reads a file, completes what it says of itself, cuts it, and stores it in the folder."""

import os
import re
import tempfile
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from knowledge.article_file import BrokenFile, one_line, plain
from knowledge.cutting import cut
from knowledge.formats import read
from knowledge.formats.draft import Draft
from knowledge.language import language_of
from knowledge.library import LANGUAGES
from knowledge.text_file import LONGEST_TITLE, TextHead, read_text_file, written

# A button names the file and a passage in 64 bytes.
_LONGEST_NAME = 40
_LETTERS_READ = 6000
_MONTHS = (
    "janvier|januar février|fevrier|februar mars|märz|maerz avril|april mai juin|juni juillet|juli août|aout|august "
    "septembre|september octobre|oktober novembre|november décembre|decembre|dezember"
).split()
_DATED = re.compile(
    r"(?:(?:stand|état|etat|version|mise à jour|date)\b[ :]*)?(?:(\d{1,2})(?:er|\.)? )?([^\W\d_]+)\.? ((?:19|20)\d\d)",
    re.I,
)
_FIGURES = re.compile(
    r"(?:(?:stand|état|etat|version|mise à jour|date)\b[ :]*)?(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)", re.I
)
_LINES_DATED = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a text; "" for what nobody has said, and None for a date that nobody has said."""

    title: str = ""
    publisher: str = ""
    date: str | None = None
    url: str = ""
    lang: str = ""

    def missing(self) -> list[str]:
        """The names of what is needed and not said."""
        named = [("title", self.title), ("publisher", self.publisher), ("lang", self.lang)]
        return [name for name, value in named if not value] + ([] if self.date is not None else ["date"])


@dataclass(frozen=True, slots=True)
class Stored:
    """A text that was stored: where, its language, how many passages, and whether it replaced an older one."""

    path: Path
    lang: str
    passages: int
    replaced: bool


def completed(given: Facts, draft: Draft) -> Facts:
    """What is said by whoever imports, else by the file itself, else recognised."""
    title = draft.title or next((row.text for row in draft.blocks if row.kind == "heading"), "")
    day = given.date if given.date is not None else draft.date or _day(draft) or None
    lang = given.lang or (draft.lang if draft.lang in LANGUAGES else "") or _language(draft)
    return Facts(
        given.title or _shortened(title), given.publisher or draft.publisher, day, given.url or draft.url, lang
    )


def draft_of(path: Path) -> Draft:
    """The text of a file; one that cannot be used raises BrokenFile."""
    return read(path)


def store(path: Path, draft: Draft, facts: Facts, folder: Path, today: date, taken: Collection[Path] = ()) -> Stored:
    """Cut a text and write it to the folder. A new edition replaces the text imported from a file of the same name.

    `taken` are the files that this import has written already. What is not right raises BrokenFile.
    """
    try:
        head = TextHead(
            title=facts.title,
            publisher=facts.publisher,
            date=facts.date or "",
            url=facts.url,
            lang="fr" if facts.lang == "fr" else "de",
            file=path.name,
            added=today,
        )
    except ValidationError as problem:
        raise BrokenFile(plain(problem)) from problem
    passages = cut(draft.blocks, head.title)
    target = _target(path, folder, taken)
    replaced = target.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(target, written(head, passages))
    except OSError as problem:
        raise BrokenFile(f"cannot be stored in {folder}: {one_line(problem.strerror or problem)}") from problem
    return Stored(target, head.lang, len(passages), replaced)


def _target(path: Path, folder: Path, taken: Collection[Path]) -> Path:
    plain_name = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain_name)[:_LONGEST_NAME].strip("-") or "text"
    number = 1
    while True:
        target = folder / (f"{name}.md" if number == 1 else f"{name[: _LONGEST_NAME - 3]}-{number}.md")
        if target not in taken and (not target.exists() or _imported_from(target) == path.name):
            return target
        number += 1


def _imported_from(path: Path) -> str:
    try:
        return read_text_file(path)[0].file
    except BrokenFile:
        return ""


def _write(target: Path, content: str) -> None:
    """Write in one go, so that a running bot never reads half a file."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _language(draft: Draft) -> str:
    found = language_of(" ".join(row.text for row in draft.blocks)[:_LETTERS_READ])
    return found if found in LANGUAGES else ""


def _shortened(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _day(draft: Draft) -> str:
    """The day or month that stands alone in one of the first or last lines, as ISO writes it."""
    rows = [row.text for row in draft.blocks]
    for row in (*rows[:_LINES_DATED], *rows[-_LINES_DATED:]):
        if found := _FIGURES.fullmatch(row.strip()):
            return _iso(found[3], int(found[2]), found[1])
        if found := _DATED.fullmatch(row.strip()):
            month = next((n for n, names in enumerate(_MONTHS, 1) if found[2].lower() in names.split("|")), 0)
            if month:
                return _iso(found[3], month, found[1] or "")
    return ""


def _iso(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day or 1)).isoformat()[: 10 if day else 7]
    except ValueError:
        return ""
