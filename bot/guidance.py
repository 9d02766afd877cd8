"""Answers questions from the library: quotes a passage with its source, offers titles, or says it is not known."""

from collections.abc import Sequence
from typing import Any

from bot.messages import Block, Button, Reply, without_choices
from bot.session import Session
from bot.words import Words, words
from checks.guided import guided
from knowledge.library import Passage, library
from knowledge.search import NEIGHBOUR, REFUSING, Finding, Hit, find, passage_named
from knowledge.texts import is_official

MOST_CHARACTERS = 1200


def ask(session: Session, question: str, foreign: bool = False) -> Reply:
    """The reply to a question; `foreign` says that it is written in neither French nor German."""
    say = words(session.lang)
    found = find(question, session.lang)
    if foreign:
        return _unknown(Finding("unknown", ()), say, "unknown.language")
    if found.kind == "answer":
        return _answer(found, say)
    return _suggest(found, say) if found.kind == "suggest" else _unknown(found, say, "unknown.text")


def read(session: Session, article: str, anchor: str) -> Reply | None:
    """The reply that quotes one passage by its name, or None where there is no such passage."""
    found = passage_named(article, anchor, session.lang)
    return _answer(Finding("answer", (Hit(found, 1.0),)), words(session.lang)) if found else None


def article(session: Session, name: str) -> Reply | None:
    """The reply that a link leads to: "article" quotes its first passage, "article__anchor" that one."""
    slug, _, anchor = name.partition("__")
    own = (passage for passage in library().passages(session.lang) if passage.article == slug)
    found = next((passage for passage in own if anchor in ("", passage.anchor)), None)
    return read(session, found.article, found.anchor) if found else None


def _answer(found: Finding, say: Words) -> Reply:
    """Quotes the first passage; a second that may be meant as well whole, or what it says of the question, or only
    behind a button, as the reply has room."""
    hits = found.hits[: found.shown]
    whole = [(hit.passage, hit.passage.text) for hit in hits]
    for quoted in (whole, [*whole[:1], *((hit.passage, hit.excerpt) for hit in hits[1:])], whole[:1]):
        reply = _quoting(quoted, found, say)
        if len(without_choices(reply)) <= MOST_CHARACTERS:
            break
    return reply


def _quoting(quoted: Sequence[tuple[Passage, str]], found: Finding, say: Words) -> Reply:
    """A reply that holds these passages, each with what is quoted of it; what is not quoted whole can be read."""
    blocks = [block for passage, text in quoted for block in _quotation(passage, text, say, brief=len(quoted) > 1)]
    sources = [block for block in blocks if block.kind == "source"]
    if len(sources) > 1 and len(set(sources)) == 1:
        blocks.remove(sources[0])
    checks = dict.fromkeys(passage.check for passage, _ in quoted if passage.check in guided())
    choices = [Button(say("guidance.check", title=say(f"check.{name}.title")), f"/start.{name}") for name in checks]
    whole = [passage for passage, text in quoted if text == passage.text]
    choices += [_read(hit.passage) for hit in found.hits[: found.shown] if hit.passage not in whole]
    return Reply("answer", say.lang, tuple(blocks), tuple(choices), (), _described(found.hits))


def _read(passage: Passage) -> Button:
    return Button(passage.heading, f"read.{passage.article}.{passage.anchor}")


def _quotation(passage: Passage, text: str, say: Words, brief: bool = False) -> list[Block]:
    """What is quoted of a passage, with its heading and its source."""
    lang = passage.lang if passage.lang != say.lang else ""
    return [
        Block("title", passage.heading, lang=lang),
        Block("quote", text, lang=lang),
        _source(passage, say, brief),
    ]


def _source(passage: Passage, say: Words, brief: bool) -> Block:
    """Where a passage comes from, with the date; `brief` leaves the title out, so that two passages fit in a reply."""
    first = passage.sources[0]
    title = () if brief else (first.title,)
    named = ", ".join((first.publisher, *title, say.dated(first.date)))
    law = f"{passage.law}; " if passage.law else ""
    code = "source.official" if is_official(passage) else "source"
    return Block("source", say(code, named=law + named, checked=passage.last_checked), url=first.url)


def _suggest(found: Finding, say: Words) -> Reply:
    """Offers the nearest passages, and what each says of the question where the reply has room for it."""
    offered = found.hits[: found.shown]
    choices = tuple(_read(hit.passage) for hit in offered)
    for shown in range(len(offered), -1, -1):
        cut = [block for hit in offered[:shown] for block in _quotation(hit.passage, hit.excerpt, say, brief=True)]
        blocks = (Block("text", say("suggest.text")), *cut, Block("note", say("suggest.none")))
        reply = Reply("suggest", say.lang, blocks, choices, (), _described(found.hits))
        if len(without_choices(reply)) <= MOST_CHARACTERS:
            break
    return reply


def _unknown(found: Finding, say: Words, code: str) -> Reply:
    """Not known here: the passage that says so where there is one, else the offices that may know."""
    said = [hit.passage for hit in found.hits[:1] if hit.passage.topic in REFUSING]
    blocks = [block for passage in said for block in _quotation(passage, passage.text, say)]
    if not said or said[0].topic == NEIGHBOUR:
        blocks.insert(0, Block("text", say("unknown.neighbour" if said else code)))
    if not said:
        blocks.append(Block("list", items=tuple(say(f"office.{name}") for name in ("commune", "canton", "kibon"))))
    hits = found.hits if said else ()
    checks = Button(say("command.checks.label"), "/checks")
    return Reply("unknown", say.lang, tuple(blocks), (), (checks,), _described(hits))


def _described(hits: tuple[Hit, ...]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "article": hit.passage.article,
            "anchor": hit.passage.anchor,
            "lang": hit.passage.lang,
            "title": hit.passage.heading,
            "text": hit.passage.text,
            "score": round(hit.score, 3),
            "source": {
                "title": hit.passage.sources[0].title,
                "publisher": hit.passage.sources[0].publisher,
                "date": hit.passage.sources[0].date or None,
                "url": hit.passage.sources[0].url or None,
            },
        }
        for hit in hits[:5]
    )
