"""A result as people read it: headline, answers, sections with their sources. Replies and documents are made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.paid_months import told_months
from bot.report import answered, line, report
from bot.words import Words
from checks.case import Run
from checks.guided import Guided
from checks.result import PaidMonth, Point
from checks.year import YearMonth, year_of

_ADDRESS = re.compile(r"[\w.-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Section:
    """A titled part: a list, numbered steps, or papers to tick off. `name` is its code, such as "documents"."""

    name: str
    title: str
    kind: Literal["list", "steps", "ticks"]
    items: tuple[str, ...]


@dataclass(frozen=True)
class DueDay:
    """Something to do by a day (that day included)."""

    day: date
    text: str


@dataclass(frozen=True)
class Summary:
    """The result of a check with all its sentences in one language; `limits` says what it is not.

    `office` is the electronic address of the office that decides, "" where the sources name none.
    """

    check: str
    lang: str
    day: date
    subject: str
    title: str
    text: str
    answers: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    due: tuple[DueDay, ...]
    year: tuple[YearMonth, ...]
    curve: tuple[Point, ...]
    paid: tuple[PaidMonth, ...]
    limits: str
    office: str
    version: int


def summary(guided: Guided, found: Run, answers: Mapping[str, Any], say: Words, today: date) -> Summary:
    """The finished run `found` of a check over `answers`."""
    data = report(guided, answers, say, today)["result"]
    paid = found.result.paid if found.result else ()
    months = told_months(paid, say)
    changes = data["would_change"] or ([data["fixed"]] if data["fixed"] else [])
    sources = tuple(dict.fromkeys(cited["source"] for cited in (*data["reasons"], *changes)))

    def marked(all_cited: list[dict[str, str]]) -> tuple[str, ...]:
        return tuple(_with_mark(cited, sources) for cited in all_cited)

    parts: tuple[tuple[str, Literal["list", "steps", "ticks"], tuple[str, ...]], ...] = (
        ("because", "list", marked(data["reasons"])),
        ("deadlines", "list", tuple(item["text"] for item in data["deadlines"])),
        ("steps", "steps", tuple(data["steps"])),
        ("documents", "ticks", tuple(data["documents"])),
        ("would_change", "list", marked(changes)),
        ("paid", "list", tuple(months if len(months) > 1 else ())),
        ("curve", "list", tuple(point["text"] for point in data.get("curve", ()))),
    )
    return Summary(
        guided.name,
        say.lang,
        today,
        say(f"check.{guided.name}.title"),
        data["title"],
        data["text"],
        tuple((label, answer) for _, label, answer in answered(found, answers, say)),
        tuple(Section(name, say(f"section.{name}"), kind, items) for name, kind, items in parts if items),
        tuple(data["notes"]),
        sources,
        tuple(DueDay(date.fromisoformat(item["date"]), item["text"]) for item in data["deadlines"]),
        year_of(found.result.grants) if found.result else (),
        found.result.curve if found.result else (),
        paid,
        data["pre_check"],
        _office(found, say),
        guided.version,
    )


def _office(found: Run, say: Words) -> str:
    steps = found.result.steps if found.result else ()
    told = (line(step, "step", say) for step in steps if step.code.startswith("office_"))
    return next((address[0] for text in told if (address := _ADDRESS.search(text))), "")


def _with_mark(cited: Mapping[str, str], sources: tuple[str, ...]) -> str:
    """The sentence with its article, and the number of its source."""
    article = f" ({cited['article']})" if cited["article"] else ""
    return f"{cited['text']}{article} [{sources.index(cited['source']) + 1}]"
