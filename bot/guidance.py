"""Answers questions from the library: quotes a passage with its source, offers titles, or says it is not known."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Literal

from bot.messages import Block, Button, Reply, without_choices
from bot.session import Session
from bot.words import Words, words
from checks.guided import guided
from knowledge.library import Passage, library
from knowledge.search import NEIGHBOUR, REFUSING, Finding, Hit, excerpts, find, passage_named
from knowledge.texts import is_official

MOST_CHARACTERS = 1200
LEAST_OF_AN_EXCERPT = 100
MOST_QUESTIONS = 3  # that are read together, as one story
_QUESTION = re.compile(r"(?<=\?)\s+|\n+")
Quoted = Literal["alone", "beside_others", "cut"]


def ask(session: Session, question: str, foreign: bool = False) -> Reply:
    """The reply to a question; `foreign` says that it is written in neither French nor German."""
    say = words(session.lang)
    if foreign:
        return _unknown(Finding("unknown", ()), say, "unknown.language")
    asked = [part for part in _QUESTION.split(question) if part.endswith("?")]
    if len(asked) > MOST_QUESTIONS:
        first = _said(replace(find(asked[0], session.lang), shown=1), asked[0], say)
        return replace(first, blocks=(Block("note", say("guidance.first_of_many")), *first.blocks))
    return _said(find(question, session.lang), question, say)


def _said(found: Finding, question: str, say: Words) -> Reply:
    if found.kind == "answer":
        return _answer(found, question, say)
    return _suggest(found, question, say) if found.kind == "suggest" else _unknown(found, say, "unknown.text")


def read(session: Session, article: str, anchor: str) -> Reply | None:
    """The reply that quotes one passage by its name, or None where there is no such passage."""
    found = passage_named(article, anchor, session.lang)
    return _answer(Finding("answer", (Hit(found, 1.0),)), "", words(session.lang)) if found else None


def article(session: Session, name: str) -> Reply | None:
    """The reply that a link leads to: "article" quotes its first passage, "article__anchor" that one."""
    slug, _, anchor = name.partition("__")
    own = (passage for passage in library().passages(session.lang) if passage.article == slug)
    found = next((passage for passage in own if anchor in ("", passage.anchor)), None)
    return read(session, found.article, found.anchor) if found else None


def _answer(found: Finding, question: str, say: Words) -> Reply:
    """Quotes the first passage, and others that may be meant as well: whole, or what they say of the question.

    Where the first leaves them no room, it is cut like them; where not even that makes room, it stands alone.
    """
    passages = [hit.passage for hit in found.hits[: found.shown]]
    reply = _quoting(passages, (), found, say)
    if len(without_choices(reply)) <= MOST_CHARACTERS:
        return reply
    for kept in (1, 0):
        whole, cut = passages[:kept], passages[kept:]
        room = _room(_quoting(whole, [(one, "") for one in cut], found, say), cut)
        if cut and room >= LEAST_OF_AN_EXCERPT * len(cut):
            return _quoting(whole, list(zip(cut, excerpts(question, cut, room), strict=True)), found, say)
    return _quoting(passages[:1], (), found, say)


def _room(reply: Reply, cut: Sequence[Passage]) -> int:
    """For how many characters more of these passages a reply has room."""
    return MOST_CHARACTERS - len(without_choices(reply)) - len(cut)


def _quoting(whole: Sequence[Passage], cut: Sequence[tuple[Passage, str]], found: Finding, say: Words) -> Reply:
    """A reply that quotes some passages whole, and what is cut out of others, which can be read."""
    how: Quoted = "beside_others" if len(whole) + len(cut) > 1 else "alone"
    first, *others = (
        *(_quotation(one, one.text, say, how) for one in whole),
        *(_quotation(one, text, say, "cut") for one, text in cut),
    )
    also = [Block("note", say("guidance.also"))] if others else []
    shown = (*whole, *(one for one, _ in cut))
    checks = dict.fromkeys(one.check for one in shown if one.check in guided())
    choices = [Button(say("guidance.check", title=say(f"check.{name}.title")), f"/start.{name}") for name in checks]
    choices += [_read(one) for one, _ in cut]
    return Reply("answer", say.lang, (*first, *also, *chain(*others)), tuple(choices), (), _described(found.hits))


def _read(passage: Passage) -> Button:
    return Button(passage.heading, f"read.{passage.article}.{passage.anchor}")


def _quotation(passage: Passage, text: str, say: Words, how: Quoted = "alone") -> list[Block]:
    """What is quoted of a passage, with its heading and its source."""
    lang = passage.lang if passage.lang != say.lang else ""
    return [
        Block("title", passage.heading, lang=lang),
        Block("quote", text, lang=lang),
        Block("source", _source(passage, say, how), url=passage.sources[0].url),
    ]


def _source(passage: Passage, say: Words, how: Quoted) -> str:
    """Where a passage comes from, with the date. So that several fit into a reply, the title is left out, and under
    what is cut out of a passage also what stands with the whole one: the law, and when it was checked."""
    first = passage.sources[0]
    code = "source.official" if is_official(passage) else "source"
    title = (first.title,) if how == "alone" else ()
    named = ", ".join((first.publisher, *title, say.dated(first.date)))
    if how == "cut":
        return say(f"{code}.cut", named=named)
    law = f"{passage.law}; " if passage.law else ""
    return say(code, named=law + named, checked=passage.last_checked)


def _suggest(found: Finding, question: str, say: Words) -> Reply:
    """Offers the nearest passages, and what each says of the question where the reply has room for it."""
    offered = [hit.passage for hit in found.hits[: found.shown]]
    reply = _offering(offered, [""] * len(offered), found, say)
    room = _room(reply, offered)
    cut = excerpts(question, offered, room) if room >= LEAST_OF_AN_EXCERPT * len(offered) else []
    return _offering(offered, cut, found, say)


def _offering(offered: Sequence[Passage], cut: Sequence[str], found: Finding, say: Words) -> Reply:
    """A reply that offers these passages, with what is cut out of each."""
    quoted = [block for one in zip(offered, cut, strict=False) for block in _quotation(*one, say, "cut")]
    blocks = (Block("text", say("suggest.text")), *quoted, Block("note", say("suggest.none")))
    return Reply("suggest", say.lang, blocks, tuple(map(_read, offered)), (), _described(found.hits))


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
