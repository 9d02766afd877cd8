"""Talks as scripts: what a person says or presses, and what each reply must contain. Played in every channel."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.conversation import reply
from bot.messages import Message, Reply, plain
from bot.session import Session

FOLDER = Path(__file__).parent / "talks"


@dataclass
class Turn:
    """One thing that a person says, or the label of a button that they press, and fragments of the reply."""

    says: str = ""
    presses: str = ""
    reads: list[str] = field(default_factory=list)


@dataclass
class Script:
    """A whole talk in the language of its file name, on a fixed day."""

    name: str
    lang: str
    today: date
    turns: list[Turn]


def scripts() -> list[Script]:
    """All talks of the folder, by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.txt"))]


def _read(path: Path) -> Script:
    lang = path.stem.rsplit(".", 1)[1]
    today, turns = date(2026, 11, 22), []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# today:"):
            today = date.fromisoformat(line.removeprefix("# today:").strip())
        elif line.startswith("> "):
            said = line[2:]
            pressed = re.fullmatch(r"\[(.+)\]", said)
            turns.append(Turn(presses=pressed[1]) if pressed else Turn(says=said))
        elif line.startswith("< "):
            turns[-1].reads.append(flat(line[2:]))
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{path.name}: {line!r} begins with neither '> ', '< ' nor '#'")
    return Script(path.stem, lang, today, turns)


def flat(text: str) -> str:
    """The text with every kind of white space as one blank, for comparing."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def data_of(answered: Reply, label: str) -> str:
    """The data of the button with this label, as a person would find it (the beginning is enough)."""
    buttons = (*answered.choices, *answered.actions)
    found = [button for button in buttons if flat(button.label) == label] or [
        button for button in buttons if flat(button.label).startswith(label)
    ]
    if len(found) != 1:
        raise AssertionError(f"no single button {label!r} among {[button.label for button in buttons]}")
    return found[0].data


def replies(script: Script) -> Iterator[tuple[Turn, Reply]]:
    """Each turn with the reply of the conversation itself."""
    yield from play(script, reply)


def play(
    script: Script, answer: Callable[[Session, Message, date], tuple[Session, Reply]]
) -> Iterator[tuple[Turn, Reply]]:
    """Play the script with any function that answers."""
    session = Session(lang=script.lang)
    answered: Reply | None = None
    for turn in script.turns:
        button = data_of(answered, turn.presses) if turn.presses and answered else ""
        session, answered = answer(session, Message(text=turn.says, button=button), script.today)
        yield turn, answered


def text_of(answered: Reply) -> str:
    """The reply's words without the numbered choices, for comparing across channels."""
    return flat(plain(Reply(answered.kind, answered.lang, answered.blocks)))
