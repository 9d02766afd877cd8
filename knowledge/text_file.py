"""The stored form of an operator's official text: TOML front matter, then passages under `## Heading`.

The file is written by the import and may be mended by hand, for example where text recognition misread a word.
"""

import datetime
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from knowledge.article_file import BrokenFile, Strict, read_file

LONGEST_TITLE = 110
LONGEST_PUBLISHER = 80
_DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
_URL = re.compile(r"https?://\S+")
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)


class TextHead(Strict):
    """What is known of a text. `date` is a year, month or day, "" if it bears none; `file` is what was imported."""

    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    publisher: str = Field(min_length=1, max_length=LONGEST_PUBLISHER)
    date: str
    url: str
    lang: Literal["fr", "de"]
    file: str
    added: datetime.date

    @field_validator("date")
    @classmethod
    def _is_date(cls, value: str) -> str:
        if not _DATE.fullmatch(value):
            raise ValueError("expected a year, a month or a day such as 2024, 2024-03 or 2024-03-01")
        return value

    @field_validator("url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not _URL.fullmatch(value):
            raise ValueError("expected an address that begins with https:// or http://")
        return value


def read_text_file(path: Path) -> tuple[TextHead, list[tuple[str, str]]]:
    """The head of a stored text, and its headings and texts. A fault raises BrokenFile."""
    head, body = read_file(path, TextHead, "not an imported text: use kibon-bot knowledge import")
    found = list(_HEADING.finditer(body))
    ends = [match.start() for match in found[1:]] + [len(body)]
    passages = [(match[1], body[match.end() : end].strip()) for match, end in zip(found, ends, strict=True)]
    passages = [(heading, text) for heading, text in passages if text]
    if not passages:
        raise BrokenFile("there is no passage under a heading '## …'")
    return head, passages


def written(head: TextHead, passages: Sequence[tuple[str, str]]) -> str:
    """The stored form of a text."""
    # A JSON string is a TOML string.
    rows = [
        f"{name} = {value.isoformat() if isinstance(value, datetime.date) else json.dumps(value, ensure_ascii=False)}"
        for name, value in head
    ]
    # Only headings begin a line with two marks.
    body = "".join(f"\n## {heading}\n\n{_HEADING.sub(_indented, text)}\n" for heading, text in passages)
    return "\n".join(["+++", *rows, "+++", body])


def _indented(match: re.Match[str]) -> str:
    return f" {match[0]}"
