"""What a reader of a file format gives: the blocks of the text in order, and what the file says of itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

# Characters that show nothing: controls, soft hyphens, zero-width and direction marks, the byte order mark.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or an item of a list with its mark ("- ", "2. ")."""

    kind: Literal["heading", "text", "item"]
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was read; "" for what the file does not say. `date` is a year, month or day as ISO writes it."""

    blocks: list[Block]
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    lang: str = ""
    lines: list[str] = field(default_factory=list)


def visible(text: str) -> str:
    """The text without characters that show nothing, with single spaces."""
    return re.sub(r"[ \t\u00a0]*\n[ \t]*|[ \t]+", " ", _UNSEEN.sub("", text)).strip()


def blocks_of(rows: Iterable[tuple[str, str]]) -> list[Block]:
    """Blocks of kinds and texts, without the empty ones."""
    kinds: dict[str, Literal["heading", "text", "item"]] = {"heading": "heading", "text": "text", "item": "item"}
    return [Block(kinds[kind], clean) for kind, text in rows if (clean := visible(text))]


def iso_day(text: str) -> str:
    """The day, month or year at the beginning of a machine's date ("2024-03-01T…", "D:20240301…"); "" without one."""
    found = re.match(
        r"(?:D:)?((?:19|20)\d\d)(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?)?(?!\d{1,3}\b)", text.strip()
    )
    return "-".join(part for part in found.groups() if part) if found else ""
