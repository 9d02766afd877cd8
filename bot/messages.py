"""What goes in and out of a conversation: Message and Reply, the only things channels and talk share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ConfigDict

Pictures = Literal["png", "svg", "svg-dark"]
Kind = Literal["ask", "result", "answer", "suggest", "unknown", "refusal", "info", "error"]


@dataclass(frozen=True)
class Kept:
    """For how many days a channel keeps a session after its last message, and a question that found no answer."""

    session_days: int = 30
    inbox_days: int = 180


@dataclass(frozen=True)
class Message:
    """What a person sends: a text, or the data of a button. `hint` is the language of their program, "" if unknown.

    `kept` says what the channel keeps of the talk; None where it keeps nothing. `pictures` is how the channel shows
    them: "svg-dark" on a dark page.
    """

    text: str = ""
    button: str = ""
    hint: str = ""
    kept: Kept | None = None
    pictures: Pictures = "png"


@dataclass(frozen=True)
class Block:
    """A part of a reply: a paragraph, a title, a note in small print, a list, numbered steps or a quotation.

    `lang` is its language where that is not the reply's.
    """

    kind: Literal["text", "title", "note", "list", "steps", "quote", "source"]
    text: str = ""
    items: tuple[str, ...] = ()
    url: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Button:
    """Something to press: `data` carries its whole meaning, at most 64 bytes."""

    label: str
    data: str


@dataclass(frozen=True)
class File:
    """A file that goes with a reply; `media` is its kind, such as "application/pdf"."""

    name: str
    media: str
    content: bytes

    # bytes of any kind, where a reply is stored as JSON
    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


@dataclass(frozen=True)
class Reply:
    """What the assistant says. `choices` answer the open question (numbered from 1), `actions` lead elsewhere.

    `passages` are those quoted, best first, as in the contract of `ask`; `check` is the check that is open. `judged` is
    a person's verdict on a passage, for the editors: article, anchor, "useful" or one of the reasons why not.
    """

    kind: Kind
    lang: str
    blocks: tuple[Block, ...]
    choices: tuple[Button, ...] = ()
    actions: tuple[Button, ...] = ()
    passages: tuple[Mapping[str, Any], ...] = field(default=())
    check: str | None = None
    ended: bool = False
    file: File | None = None
    judged: tuple[str, str, str] | None = None


def plain(reply: Reply) -> str:
    """The reply as plain text: one line for each paragraph, item and numbered choice; no blank lines."""
    choices = [f"{number}. {button.label}" for number, button in enumerate(reply.choices, 1)]
    return "\n".join((*_said(reply), *choices))


def without_choices(reply: Reply) -> str:
    """What the reply says, as plain text without its choices."""
    return "\n".join(_said(reply))


def _said(reply: Reply) -> list[str]:
    return [line for block in reply.blocks for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    if block.kind == "list":
        return [f"- {item}" for item in block.items]
    if block.kind == "steps":
        return [f"{number}. {item}" for number, item in enumerate(block.items, 1)]
    return [line.strip() for line in block.text.splitlines() if line.strip()]
