"""What can be said at any moment: back, edit, why, code, start over, leave, language, help, privacy, the checks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations

from bot import answers, dialog, guidance
from bot.documents.hand_over import HAND_OVER
from bot.messages import Block, Button, Kept, Kind, Pictures, Reply
from bot.privacy import PRIVACY
from bot.resume_code import code_of
from bot.session import Session
from bot.words import LANGUAGES, words
from checks.guided import guided
from knowledge.analysis import fold

Turn = tuple[Session, Reply]
NAMES = (
    *("start", "help", "checks", "back", "edit", "why", "continue", "code", "restart", "leave", "francais", "deutsch"),
    *HAND_OVER,
    *PRIVACY,
)
HELP = ("ask", "check", "back", "edit", "why", "code", "restart", "leave", "language", "privacy")
ALONE = ("start", "forget")  # never read out of a longer sentence

MOST_WORDS = 8  # of a sentence that may contain a command


def named(text: str, lang: str) -> str | None:
    """The command that a text names, by its slash name or by its words in either language, as button data."""
    if text.startswith("/"):
        word, _, rest = text[1:].partition(" ")
        name = word.partition("@")[0].lower()
        for code in NAMES:
            if name in {code, *(words(other)(f"command.{code}.name") for other in LANGUAGES)}:
                return f"/{code}.{rest.strip()}" if rest.strip() else f"/{code}"
        return next((f"/start.{check}" for check in guided() if name in _check_names(check)), "/help.unknown")
    for language in (lang, *(other for other in LANGUAGES if other != lang)):
        said, (whole, within) = fold(text, language), _phrases(language)
        found = [whole[said]] if said in whole else []
        if "?" not in text:
            found += [within[phrase] for phrase in _spans(said) if phrase in within]
        if found:
            return min(found)[1]
    return None


@cache
def _phrases(lang: str) -> tuple[dict[str, tuple[int, str]], dict[str, tuple[int, str]]]:
    """What is said for a command or a check, with its place (the first one wins) and button data: what is said alone,
    and what may stand in a longer sentence."""
    say = words(lang)
    said = [(f"/{code}", say.said(f"command.{code}.said")) for code in NAMES]
    for check in guided():
        said.append((f"/start.{check}", (*say.said(f"check.{check}.said"), fold(say(f"check.{check}.title"), lang))))
    whole: dict[str, tuple[int, str]] = {}
    within: dict[str, tuple[int, str]] = {}
    for place, (data, phrases) in enumerate(said):
        for phrase in phrases:
            whole.setdefault(phrase, (place, data))
            if " " in phrase and place < len(NAMES) and data[1:] not in ALONE:
                within.setdefault(phrase, (place, data))
    return whole, within


def _spans(said: str) -> Iterator[str]:
    """Every run of several words of a short sentence."""
    found = said.split()
    if len(found) <= MOST_WORDS:
        yield from (
            " ".join(found[first:end]) for first, end in combinations(range(len(found) + 1), 2) if end - first > 1
        )


def greeted_in(text: str, lang: str) -> str:
    """The language of a greeting: that of the talk where it is said there too."""
    others = (other for other in LANGUAGES if fold(text, other) in words(other).said("command.start.said"))
    return lang if fold(text, lang) in words(lang).said("command.start.said") else next(others, lang)


def slash_language(text: str) -> str:
    """The one language that a slash command is named in; "" where both share the name, as in /start."""
    name = text[1:].partition(" ")[0].partition("@")[0].lower()
    keys = [*(f"command.{code}.name" for code in NAMES), *(f"check.{check}.name" for check in guided())]
    own = [lang for lang in LANGUAGES if name in map(words(lang), keys)]
    return own[0] if len(own) == 1 and name not in (*NAMES, *guided()) else ""


def _check_names(check: str) -> set[str]:
    return {check, *(words(lang)(f"check.{check}.name") for lang in LANGUAGES)}


def run(data: str, session: Session, today: date, kept: Kept | None, pictures: Pictures) -> Turn | None:
    """Carry out the command of `data` ("/name" or "/name.rest"); None for one that does not exist."""
    name, _, rest = data[1:].partition(".")
    if name in HAND_OVER:
        return session, HAND_OVER[name](session, today, pictures) or _nothing_to_keep(session, today)
    if name in PRIVACY:
        return PRIVACY[name](session, today, kept)
    return _RUN[name](session, rest, today) if name in _RUN else None


def menu(session: Session, kind: Kind, before: Sequence[Block] = ()) -> Reply:
    """What one can do here: the guided checks as numbered choices, and that questions are welcome."""
    say = words(session.lang)
    choices = tuple(Button(say(f"check.{name}.title"), f"/start.{name}") for name in guided())
    other = next(lang for lang in LANGUAGES if lang != session.lang)
    switch = Button(words(other)("language.name"), f"/{_SWITCH[other]}")
    blocks = (*before, Block("text", say("menu.text")))
    return Reply(kind, session.lang, blocks, choices, (switch, *dialog.actions_of(("help",), say)))


_SWITCH = {"fr": "francais", "de": "deutsch"}


def _nothing_to_keep(session: Session, today: date) -> Reply:
    """A document is asked for where there is no result, or none of this kind."""
    say = words(session.lang)
    said = [Block("text", say("keep.nothing"))]
    if session.check not in guided():
        return menu(session, "info", said)
    standing = dialog.position(session, today, said)
    if standing.kind != "result":
        return standing
    return replace(standing, kind="info", blocks=(Block("text", say("keep.not_here")),))


def _start(session: Session, rest: str, today: date) -> Turn:
    say = words(session.lang)
    if not rest:
        greeting = [Block("title", say("greeting.title")), Block("text", say("greeting.text"))]
        others = (lang for lang in LANGUAGES if lang != say.lang)
        greeting += [Block("text", words(lang)("greeting.also"), lang=lang) for lang in others]
        session = session.with_(check=None)
        return session, menu(session, "info", greeting)
    if rest not in guided():
        quoted = guidance.article(session, rest)
        return (session, quoted) if quoted else _help(session, "unknown", today)
    session = session.with_(check=rest)
    return session, dialog.position(session, today)


def _help(session: Session, rest: str, today: date) -> Turn:
    say = words(session.lang)
    before = [Block("text", say("help.unknown"))] if rest == "unknown" else []
    items = tuple(say(f"help.{name}") for name in HELP)
    blocks = (*before, Block("title", say("help.title")), Block("list", items=items), Block("note", say("help.limits")))
    actions = dialog.actions_of(("continue",) if session.check else ("checks",), say)
    return session, Reply("info", session.lang, blocks, (), actions, check=session.check)


def _checks(session: Session, rest: str, today: date) -> Turn:
    """The menu closes the open check; its answers stay, so that starting it again goes on where it was."""
    session = session.with_(check=None)
    return session, menu(session, "info")


def _back(session: Session, rest: str, today: date) -> Turn:
    found = dialog.current(session, today)
    if found is None or not found.asked:
        said = [Block("text", words(session.lang)("back.nothing"))]
        return session, dialog.position(session, today, said) if found else menu(session, "info", said)
    last = list(found.asked)[-1]
    session = answers.withdrawn(session, last)
    return session, dialog.position(session, today)


def _edit(session: Session, rest: str, today: date) -> Turn:
    found = dialog.current(session, today)
    if rest and found and rest in found.asked:
        session = answers.withdrawn(session, rest)
        return session, dialog.position(session, today)
    said = dialog.answers_list(session, today)
    return session, said or menu(session, "info", [Block("text", words(session.lang)("edit.nothing"))])


def _why(session: Session, rest: str, today: date) -> Turn:
    blocks = dialog.why(session, today)
    if dialog.current(session, today):
        return session, dialog.position(session, today, blocks)
    return session, menu(session, "info", blocks)


def _continue(session: Session, rest: str, today: date) -> Turn:
    if dialog.current(session, today):
        return session, dialog.position(session, today)
    return session, menu(session, "info")


def _code(session: Session, rest: str, today: date) -> Turn:
    say, code = words(session.lang), code_of(session, today)
    if not code:
        return session, menu(session, "info", [Block("text", say("code.nothing"))])
    blocks = (Block("title", say("code.title")), Block("quote", code), Block("note", say("code.text")))
    return session, Reply("info", say.lang, blocks, (), dialog.actions_of(("continue",), say), check=session.check)


def _restart(session: Session, rest: str, today: date) -> Turn:
    say = words(session.lang)
    session = session.with_(answers={})
    if session.check in guided():
        return session, dialog.position(session, today, [Block("text", say("restarted"))])
    return session, menu(session, "info", [Block("text", say("restarted"))])


def _leave(session: Session, rest: str, today: date) -> Turn:
    say = words(session.lang)
    session = session.with_(check=None)
    return session, Reply(
        "info", say.lang, (Block("text", say("left")),), (), dialog.actions_of(("checks",), say), ended=True
    )


def _language(lang: str) -> Callable[[Session, str, date], Turn]:
    def switch(session: Session, rest: str, today: date) -> Turn:
        session = session.with_(lang=lang)
        said = [Block("note", words(lang)("language.switched"))]
        if dialog.current(session, today):
            return session, dialog.position(session, today, said)
        return session, menu(session, "info", said)

    return switch


_RUN: dict[str, Callable[[Session, str, date], Turn]] = {
    "start": _start,
    "help": _help,
    "checks": _checks,
    "back": _back,
    "edit": _edit,
    "why": _why,
    "continue": _continue,
    "code": _code,
    "restart": _restart,
    "leave": _leave,
    "francais": _language("fr"),
    "deutsch": _language("de"),
}
