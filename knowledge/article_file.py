"""Reads one article file: TOML front matter between `+++` lines, then passages under `## Heading {#anchor}`."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import tomli
from pydantic import BaseModel, ConfigDict, Field, ValidationError

_FRONT = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*\r?$\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^##[ \t]+(.+?)[ \t]*\{#([^}\s]*)\}[ \t]*$", re.MULTILINE)
_ANY_HEADING = re.compile(r"^#{1,6}[ \t]+.*$", re.MULTILINE)


class BrokenFile(ValueError):
    """A file that cannot be used; the message says why in one plain line."""


class Strict(BaseModel):
    """A row of a file in which nothing unknown may stand."""

    model_config = ConfigDict(extra="forbid", strict=True)


Head = TypeVar("Head", bound=Strict)


class PassageHead(Strict):
    """What the front matter says of one passage."""

    sources: list[str] = Field(min_length=1)
    law: str = ""
    questions: list[str] = []
    valid_from: date | None = None
    valid_until: date | None = None


class ArticleHead(Strict):
    """The front matter of an article."""

    title: str = Field(min_length=1)
    audience: list[Literal["parents", "institutions", "communes", "support_services"]] = Field(min_length=1)
    topic: str = Field(min_length=1)
    valid_from: date | None = None
    valid_until: date | None = None
    last_checked: date
    check: str = ""
    related: list[str] = []
    passages: dict[str, PassageHead] = Field(min_length=1)


def read_article(path: Path) -> tuple[ArticleHead, dict[str, tuple[str, str]]]:
    """The front matter of a file, and its headings and texts by anchor. A fault raises BrokenFile."""
    head, body = read_file(path, ArticleHead, "the file must begin with TOML front matter between two lines +++")
    bodies = _cut(body)
    _compare_anchors(head.passages, bodies)
    return head, bodies


def read_file(path: Path, form: type[Head], without: str) -> tuple[Head, str]:
    """The front matter of a file in its form, and what follows; BrokenFile, `without` where there is none."""
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BrokenFile("the text is not in UTF-8") from None
    except OSError as problem:
        raise BrokenFile(one_line(problem.strerror or problem)) from problem
    parts = front_matter(content)
    if parts is None:
        raise BrokenFile(without)
    try:
        return form.model_validate(parse_toml(parts[0])), parts[1]
    except ValidationError as problem:
        raise BrokenFile(plain(problem)) from problem


def front_matter(content: str) -> tuple[str, str] | None:
    """The TOML between two lines +++ at the beginning of a file, and what follows; None without it."""
    parts = _FRONT.match(content)
    return (parts[1], parts[2]) if parts else None


def parse_toml(text: str) -> dict[str, object]:
    """The tables of a TOML text; a fault raises BrokenFile."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as problem:
        raise BrokenFile(f"not valid TOML: {one_line(problem)}") from problem


def plain(problem: ValidationError) -> str:
    """The first fault of a row in one line."""
    first = problem.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return one_line(f"{place}: {first['msg']}")


def one_line(problem: object) -> str:
    """A message without line breaks."""
    return " ".join(str(problem).split())


def _cut(body: str) -> dict[str, tuple[str, str]]:
    found = list(_HEADING.finditer(body))
    known = {match.start() for match in found}
    for other in _ANY_HEADING.finditer(body):
        if other.start() not in known:
            raise BrokenFile(f"a heading must be written '## Heading {{#anchor}}': {other[0]}")
    ends = [match.start() for match in found[1:]] + [len(body)]
    bodies: dict[str, tuple[str, str]] = {}
    for match, end in zip(found, ends, strict=True):
        heading, anchor, text = match[1], match[2], body[match.end() : end].strip()
        if anchor in bodies:
            raise BrokenFile(f"the anchor {anchor} is used twice")
        if not text:
            raise BrokenFile(f"the passage {anchor} has no text")
        bodies[anchor] = (heading, text)
    if found and body[: found[0].start()].strip():
        raise BrokenFile("there is text before the first heading")
    return bodies


def _compare_anchors(heads: Iterable[str], bodies: Iterable[str]) -> None:
    heads, bodies = list(heads), list(bodies)
    for anchor in heads:
        if anchor not in bodies:
            raise BrokenFile(f"[passages.{anchor}] has no heading with {{#{anchor}}}")
    for anchor in bodies:
        if anchor not in heads:
            raise BrokenFile(f"the heading with {{#{anchor}}} has no [passages.{anchor}]")
