"""What the templates show: a reply with its headings and footnotes, the choices, the answers so far, the progress."""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby, takewhile
from typing import Any

from bot import dialog
from bot.channels.web.place import Place
from bot.documents.hand_over import HAND_OVER
from bot.messages import Block, Button, Reply
from bot.report import answered, sentence
from bot.session import Session
from bot.understand import labels
from bot.words import Words, words
from checks.case import Run
from checks.guided import guided
from checks.progress import questions_left
from checks.questions import Amount, Day, Percent, Question, Several, YesNo
from checks.rate_if_known import RateIfKnown
from checks.rates_by_month import RatesByMonth
from checks.units import Units

WRITTEN = (Percent, RateIfKnown, Day, Amount, Units, RatesByMonth)  # what is shown of them can be read again
MANY = 4  # answers read back at once
DASH = "- "  # before an item of a list in a quotation
# What a family asks next, once a check has its result.
ONWARD = {
    "minimum_activity": ("voucher", "documents"),
    "voucher": ("documents", "period"),
    "period": ("documents",),
    "documents": ("period",),
}
_HELD = re.compile(r"(?<=CHF) |(?<=«) | (?=[:;?!%»])|(?<=\b(?:[Aa]rt|Abs|let|Bst)\.) |(?<=\bal\.) |(?<=\bp\.) (?=ex\.)")
_MARK = re.compile(r"\s*\[(\d+)\]$")
_NUMBERED = re.compile(r"^\[(\d+)\]\s*")


@dataclass(frozen=True)
class Text:
    """A text without the mark of its footnote, and the footnote's number or ""."""

    text: str
    mark: str = ""

    @property
    def leads(self) -> bool:
        """Whether it says what the items after it are about."""
        return self.text.endswith(":")


@dataclass(frozen=True)
class Part:
    """A block as a page shows it: `level` of a heading, its texts, the number of a footnote, its address.

    `lang` is its language where that is not the reply's.
    """

    kind: str
    texts: tuple[Text, ...]
    level: int = 0
    number: str = ""
    url: str = ""
    lang: str = ""

    @property
    def groups(self) -> list[tuple[bool, list[str]]]:
        """The lines of a quotation, in order: paragraphs, and the items of lists (True) without their dashes."""
        lines = (text.text for text in self.texts)
        grouped = groupby(lines, lambda line: line.startswith(DASH))
        return [(items, [line.removeprefix(DASH) for line in group]) for items, group in grouped]


def parts(reply: Reply) -> list[Part]:
    """The blocks of a reply. The first title heads the reply, the others its sections; of titles offered none heads it.

    Many answers that are read back above a result stand together, to be opened: the page lists them beside it.
    """
    read = list(takewhile(lambda block: block.kind == "note", reply.blocks))
    found: list[Part] = []
    if reply.kind == "result" and len(read) >= MANY:
        found.append(Part("taken_up", tuple(Text(_unbroken(block.text)) for block in read)))
    for block in reply.blocks[len(read) if found else 0 :]:
        first = reply.kind != "suggest" and not any(part.kind == "title" for part in found)
        found.append(_source(block) if block.kind == "source" else _part(block, first))
    return found


def _part(block: Block, first: bool) -> Part:
    level = (2 if first else 3) if block.kind == "title" else 0
    if block.kind in ("list", "steps"):
        return Part(block.kind, tuple(_marked(item) for item in block.items), lang=block.lang)
    lines = tuple(_marked(line.strip()) for line in block.text.splitlines() if line.strip())
    return Part(block.kind, lines, level, lang=block.lang)


def _unbroken(text: str) -> str:
    """A text whose marks, units and abbreviations stay on one line with what they belong to."""
    return _HELD.sub("\N{NO-BREAK SPACE}", text)


def _marked(text: str) -> Text:
    text = _unbroken(text)
    found = _MARK.search(text)
    return Text(text[: found.start()], found[1]) if found else Text(text)


def _source(block: Block) -> Part:
    found = _NUMBERED.match(block.text)
    text = block.text[found.end() :] if found else block.text
    return Part("source", (Text(text),), number=found[1] if found else "", url=block.url)


@dataclass(frozen=True)
class Choices:
    """What may be pressed below a reply. `several` are the options that can be ticked together, `none` the button for
    none of them; `passages` can be read, `rates` are quick answers, `commands` lead elsewhere, `hand_over` make
    something to keep."""

    one: tuple[Button, ...] = ()
    several: tuple[Button, ...] = ()
    none: Button | None = None
    passages: tuple[Button, ...] = ()
    rates: tuple[Button, ...] = ()
    commands: tuple[Button, ...] = ()
    hand_over: tuple[Button, ...] = ()

    @property
    def menu(self) -> bool:
        """Whether these are the checks to begin with: writing a question comes first then."""
        return len(self.one) > 3 and all(button.data.startswith("/start.") for button in self.one)


def choices(reply: Reply, place: Place) -> Choices:
    """The buttons of a reply, by what they do."""
    passages = tuple(button for button in reply.actions if button.data.startswith("read."))
    rates = tuple(button for button in reply.actions if not button.data.startswith(("/", "read.")))
    others = [button for button in reply.actions if button.data.startswith("/")]
    kept = tuple(button for button in others if button.data.removeprefix("/") in HAND_OVER)
    commands = tuple(button for button in others if button not in kept)
    question = guided()[place.check].questions[place.question] if place else None
    if isinstance(question, Several) and all(button.data.startswith(f"{place}.") for button in reply.choices):
        *several, none = reply.choices
        return Choices((), tuple(several), none, passages, rates, commands, kept)
    return Choices(reply.choices, (), None, passages, rates, commands, kept)


@dataclass(frozen=True)
class Given:
    """An answer so far: the question's wording, the answer as people read it, and how to change it in place: one of
    `options`, some of `several` (each with whether it is chosen), a text where it is `written`, or else by being asked
    again."""

    place: str
    label: str
    answer: str
    question: str
    options: tuple[tuple[str, str, bool], ...] = ()
    several: tuple[tuple[str, bool], ...] = ()
    written: bool = False

    @property
    def name(self) -> str:
        """The question's name in its check."""
        return self.place.partition(".")[2]


@dataclass(frozen=True)
class Standing:
    """How far the open check is: its name and title, the answers that count, about how many questions are left."""

    check: str
    title: str
    given: tuple[Given, ...]
    left: int
    done: bool

    @property
    def onward(self) -> tuple[str, ...]:
        """The checks that a result leads on to."""
        return ONWARD.get(self.check, ()) if self.done else ()


def standing(session: Session, lang: str, today: date) -> Standing | None:
    """Where the open check stands, in the language of the page; None where none is open."""
    found = dialog.current(session, today)
    if found is None or session.check is None:
        return None
    say = words(lang)
    given = tuple(
        _given(Place(session.check, name), found.asked[name], session.answers[name], label, answer, say)
        for name, label, answer in answered(found, session.answers, say)
    )
    title = say(f"check.{session.check}.title")
    return Standing(session.check, title, given, _left(session.check, found, session, today), found.result is not None)


def left(session: Session, today: date) -> int | None:
    """About how many questions of the open check are left; None where none is open."""
    found = dialog.current(session, today)
    return None if found is None or session.check is None else _left(session.check, found, session, today)


def _given(place: Place, question: Question[Any], answer: Any, label: str, written: str, say: Words) -> Given:
    named = labels(question, say)
    several = isinstance(question, Several)
    code = {True: "yes", False: "no"}.get(answer, answer) if isinstance(question, YesNo) else answer
    return Given(
        place=str(place),
        label=label,
        answer=written,
        question=sentence("question", question, say),
        options=tuple((f"{place}.{name}", text, name == code) for name, text in named.items() if not several),
        several=tuple((text, name in answer) for name, text in named.items() if several),
        written=isinstance(question, WRITTEN),
    )


def _left(check: str, found: Run, session: Session, today: date) -> int:
    counted = {name: session.answers[name] for name in found.asked}
    return _counted(check, json.dumps(counted, sort_keys=True), today) if found.open else 0


@lru_cache(maxsize=5000)
def _counted(check: str, answers: str, today: date) -> int:
    return questions_left(guided()[check].check, json.loads(answers), today)
