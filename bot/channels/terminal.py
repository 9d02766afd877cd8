"""Talks in the terminal: colours where there are any, numbered choices, plain lines for pipes."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.conversation import reply
from bot.messages import Block, File, Message, Reply, plain
from bot.session import Session
from bot.words import Words, words

_STYLES = {"title": "1", "note": "2", "source": "2;3", "quote": "36"}


def chat(lang: str, today: Callable[[], date], plain_lines: bool, lines: Iterable[str] | None = None) -> None:
    """Talk until the person leaves or the input ends. `plain_lines`: one line in, one block of text out."""
    out = sys.stdout
    colours = out.isatty() and "NO_COLOR" not in os.environ and not plain_lines
    session = Session(lang=lang)
    if not plain_lines:
        session, first = reply(session, Message(button="/start"), today())
        _show(first, out, colours)
    for line in lines if lines is not None else _typed(not plain_lines):
        session, answered = reply(session, Message(text=line), today())
        if plain_lines:
            handed = [_handed_over(answered.file, words(answered.lang))] if answered.file else []
            out.write("\n".join(line for line in (plain(answered), *handed) if line) + "\n\n")
            out.flush()
        else:
            _show(answered, out, colours)
        if answered.ended:
            return


def _typed(prompt: bool) -> Iterator[str]:
    while True:
        try:
            yield input("> ") if prompt else input()
        except (EOFError, KeyboardInterrupt):
            if prompt:
                sys.stdout.write("\n")
            return


def _show(reply: Reply, out: TextIO, colours: bool) -> None:
    out.write("\n")
    for block in reply.blocks:
        out.write(_styled(block, colours))
    for number, button in enumerate(reply.choices, 1):
        out.write(f"  {_paint(f'{number}.', '1;34', colours)} {button.label}\n")
    if reply.file:
        out.write(_handed_over(reply.file, words(reply.lang)) + "\n")
    labels = " · ".join(button.label for button in reply.actions)
    if labels:
        out.write(_paint(f"  [{labels}]", "2", colours) + "\n")
    out.flush()


def _handed_over(file: File, say: Words) -> str:
    """What can be read is shown, a picture is told in the reply already, the rest is put into the present folder."""
    if file.media == "application/json":
        return file.content.decode()
    if file.media.startswith("image/"):
        return ""
    name = _free_name(file.name)
    try:
        Path(name).write_bytes(file.content)
    except OSError:
        return say("terminal.not_saved", name=name)
    return say("terminal.saved", name=name)


def _free_name(name: str) -> str:
    """The name, or one with a number where the folder has such a file already."""
    path, number = Path(name), 2
    while path.exists():
        path = Path(f"{Path(name).stem}-{number}{Path(name).suffix}")
        number += 1
    return path.name


def _styled(block: Block, colours: bool) -> str:
    text = plain(Reply("info", "", (block,)))
    return _paint(text, _STYLES.get(block.kind, ""), colours) + "\n"


def _paint(text: str, style: str, colours: bool) -> str:
    return f"\033[{style}m{text}\033[0m" if colours and style else text
