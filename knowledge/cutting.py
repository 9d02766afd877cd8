"""Cuts an official text into passages: by its headings, long parts between paragraphs, never a word changed."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.formats.draft import Block

LONGEST_PASSAGE = 800
LONGEST_HEADING = 100
_FIRST_WORDS = 55
_SHORT_LINE = 60
_SENTENCE = re.compile(r"(?<=[.!?;:…»])\s+")


def cut(blocks: Sequence[Block], title: str) -> list[tuple[str, str]]:
    """Headings and texts; what stands before the first heading bears the title."""
    passages = []
    for heading, part in _sections(blocks, title):
        for number, text in enumerate(_parts(part)):
            passages.append((heading if number == 0 else _continued(heading, text), text))
    return passages


def _sections(blocks: Sequence[Block], title: str) -> Iterator[tuple[str, list[Block]]]:
    """Headings with the blocks below them. A heading with nothing below it is joined with the next one."""
    heading, part = title, list[Block]()
    for block in blocks:
        if block.kind != "heading":
            part.append(block)
        elif part:
            yield _titled(heading, part, title)
            heading, part = block.text, []
        elif heading == title or len(heading) + len(block.text) + 3 > LONGEST_HEADING:
            part = [*part, Block("text", heading)] if heading not in (title, block.text) else part
            heading = block.text
        else:
            heading = f"{heading} – {block.text}"
    if part:
        yield _titled(heading, part, title)
    elif heading != title:
        yield _titled(title, [Block("text", heading)], title)


def _titled(heading: str, part: list[Block], title: str) -> tuple[str, list[Block]]:
    """The heading, shortened if it must be; then it stands whole before the text."""
    short = _clipped(heading, LONGEST_HEADING)
    return short, part if short == heading or heading == title else [Block("text", heading), *part]


def _parts(blocks: Sequence[Block]) -> Iterator[str]:
    """Texts of about equal length below the limit; a line that announces a list stays with it."""
    rows = [Block(block.kind, piece) for block in blocks for piece in _pieces(block.text)]
    total = left = sum(len(row.text) + 2 for row in rows)
    target = total / math.ceil(total / LONGEST_PASSAGE)
    part: list[Block] = []
    for row in rows:
        full = part and (len(_text([*part, row])) > LONGEST_PASSAGE or len(_text(part)) >= target)
        if full and len(_text(part)) + 2 + left > LONGEST_PASSAGE:
            announced = [part.pop()] if len(part) > 1 and part[-1].text.endswith(":") else []
            if len(_text([*announced, row])) > LONGEST_PASSAGE:
                part, announced = [*part, *announced], []
            yield _text(part)
            part = announced
        part.append(row)
        left -= len(row.text) + 2
    if part:
        yield _text(part)


def _text(part: Sequence[Block]) -> str:
    text = part[0].text
    for before, row in pairwise(part):
        close = before.kind == row.kind == "item" or max(len(before.text), len(row.text)) < _SHORT_LINE
        text += ("\n" if close else "\n\n") + row.text
    return text


def _pieces(text: str) -> Iterator[str]:
    """A paragraph that is too long, cut between sentences; a sentence that is too long, between words."""
    piece = ""
    for sentence in _SENTENCE.split(text) if len(text) > LONGEST_PASSAGE else [text]:
        for word in sentence.split(" ") if len(sentence) > LONGEST_PASSAGE else [sentence]:
            for bit in (word[at : at + LONGEST_PASSAGE] for at in range(0, len(word), LONGEST_PASSAGE)):
                if piece and len(piece) + 1 + len(bit) > LONGEST_PASSAGE:
                    yield piece
                    piece = bit
                else:
                    piece = f"{piece} {bit}" if piece else bit
    if piece:
        yield piece


def _continued(heading: str, text: str) -> str:
    """The heading of a further part: with the words that it begins with, so that parts can be told apart."""
    room = LONGEST_HEADING - _FIRST_WORDS - 3
    return f"{_clipped(heading, room)} – {_clipped(text.lstrip('-–>•* '), _FIRST_WORDS)}"


def _clipped(text: str, most: int) -> str:
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
