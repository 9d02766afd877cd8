"""Replies as Telegram's HTML, cut between lines to its limit, and their buttons."""

import html
from collections.abc import Iterator
from typing import Any

from bot.commands import NAMES
from bot.messages import Block, Button, Reply, plain
from bot.words import words
from checks.guided import guided

MOST_IN_ROW = 34  # characters of labels that a phone shows side by side


def rendered(answered: Reply, limit: int) -> Iterator[str]:
    """The reply as HTML texts of at most `limit` UTF-16 units, the way Telegram counts."""
    text = gap = ""
    for block in answered.blocks:
        for part in _pieces(block, limit // 2):
            if text and _length(text) + _length(part) + 2 > limit:
                yield text
                text = ""
            text = f"{text}{gap}{part}" if text else part
        gap = "\n" if block.kind == "title" else "\n\n"
    yield text


def _pieces(block: Block, limit: int) -> Iterator[str]:
    """A block as HTML, cut between lines where it is longer than `limit`."""
    if block.kind == "source":
        yield _source(block)
        return
    before, after = _TAGS.get(block.kind, ("", ""))
    lines: list[str] = []
    for line in plain(Reply("info", "", (block,))).splitlines():
        line = html.escape(line.replace("- ", "• ", 1) if block.kind == "list" else line, quote=False)
        if lines and _length("\n".join([*lines, line])) > limit:
            yield before + "\n".join(lines) + after
            lines = []
        lines.append(line)
    yield before + "\n".join(lines) + after


_TAGS = {"title": ("<b>", "</b>"), "note": ("<i>", "</i>"), "quote": ("<blockquote>", "</blockquote>")}


def _source(block: Block) -> str:
    text = html.escape(block.text, quote=False)
    return f'<i>{text}</i> <a href="{html.escape(block.url)}">↗</a>' if block.url else f"<i>{text}</i>"


def _length(text: str) -> int:
    """UTF-16 units, the way Telegram counts; tags are counted too, which is on the safe side."""
    return len(text.encode("utf-16-le")) // 2


def keyboard(answered: Reply) -> dict[str, Any]:
    """The field of a message that holds its buttons; none where there are none."""
    rows = [[{"text": one.label, "callback_data": one.data} for one in row] for row in _pressable(answered)]
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _pressable(answered: Reply) -> Iterator[list[Button]]:
    """The buttons in rows: each choice with its number on one of its own, then the actions side by side."""
    yield from ([Button(f"{number}. {own.label}", own.data)] for number, own in enumerate(answered.choices, 1))
    row: list[Button] = []
    for button in answered.actions:
        if row and sum(len(own.label) for own in (*row, button)) > MOST_IN_ROW:
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def menu(lang: str) -> list[tuple[str, str]]:
    """The commands of a language, each with what it does: the guided checks first."""
    say = words(lang)
    names = [f"check.{name}" for name in guided()] + [f"command.{name}" for name in NAMES]
    return [(say(f"{name}.name"), say(f"{name}.about")) for name in names]
