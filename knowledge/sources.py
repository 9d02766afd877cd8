"""The sources that passages and rules name by a key: title, publisher, date and address in one language."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

FILE = Path(__file__).parent / "sources.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from, in one language. `date` is a year, month or day; "" if undated. `url` may be ""."""

    title: str
    publisher: str
    date: str
    url: str


@cache
def source(key: str, lang: str) -> Source:
    """The source of `key` in "fr" or "de"; KeyError for an unknown key. A missing address is the other language's."""
    row = _rows()[key]
    url = row.get("url", {})
    return Source(
        row["title"][lang], row["publisher"][lang], row["date"], url.get(lang) or next(iter(url.values()), "")
    )


@cache
def _rows() -> dict[str, Any]:
    with FILE.open("rb") as stream:
        return tomli.load(stream)
