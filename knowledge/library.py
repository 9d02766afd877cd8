"""The library: loads articles and sources and checks their form.

An article is two Markdown files (`<slug>.fr.md`, `<slug>.de.md`) with TOML front matter between `+++`
lines and passages under `## Heading {#anchor}`. A broken article is named in `Library.mistakes` in one
plain line and left out; the rest is loaded.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from knowledge.article_file import ArticleHead, BrokenFile, Strict, one_line, parse_toml, plain, read_article
from knowledge.sources import Source

LANGUAGES = ("fr", "de")
FOLDER = Path(__file__).parent

_NAME = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<lang>fr|de)\.md")


@dataclass(frozen=True, slots=True)
class Passage:
    """One answer: a few sentences under a heading, quoted word for word.

    `questions` are wordings that people use for it; `check` names a related guided check or is "";
    `valid_from` and `valid_until` bound the days on which the rule holds (None: open).
    """

    article: str
    anchor: str
    lang: str
    title: str
    heading: str
    text: str
    sources: tuple[Source, ...]
    law: str
    questions: tuple[str, ...]
    audience: tuple[str, ...]
    topic: str
    check: str
    related: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    last_checked: date
    source_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Library:
    """All passages of both languages, in the order of slugs and files, and what was wrong with the files."""

    all_passages: tuple[Passage, ...]
    mistakes: list[str] = field(default_factory=list)

    def passages(self, lang: str) -> tuple[Passage, ...]:
        """The passages of one language ("fr" or "de")."""
        return self._by_language.get(lang, ())

    def passage(self, article: str, anchor: str, lang: str) -> Passage | None:
        """The passage with this slug and anchor in this language, or None."""
        return self._by_name.get((article, anchor, lang))

    def titles(self, lang: str) -> dict[str, str]:
        """The title of every article of one language, by slug."""
        return {passage.article: passage.title for passage in self.passages(lang)}

    def __post_init__(self) -> None:
        by_language = {lang: tuple(p for p in self.all_passages if p.lang == lang) for lang in LANGUAGES}
        by_name = {(p.article, p.anchor, p.lang): p for p in self.all_passages}
        object.__setattr__(self, "_by_language", by_language)
        object.__setattr__(self, "_by_name", by_name)

    _by_language: dict[str, tuple[Passage, ...]] = field(init=False, repr=False, compare=False)
    _by_name: dict[tuple[str, str, str], Passage] = field(init=False, repr=False, compare=False)


class _Words(Strict):
    fr: str = ""
    de: str = ""

    def of(self, lang: str) -> str:
        """The text in this language; where it is missing, in the other one."""
        own, other = (self.fr, self.de) if lang == "fr" else (self.de, self.fr)
        return own or other


class _SourceEntry(Strict):
    title: _Words
    publisher: _Words
    date: str = ""
    url: _Words = _Words()


@cache
def library() -> Library:
    """The library of this package, loaded once."""
    return load(FOLDER / "articles", FOLDER / "sources.toml")


def load(articles: Path, sources: Path) -> Library:
    """Load all articles of a folder. What cannot be used is named in `mistakes`, never raised."""
    mistakes: list[str] = []
    entries = _load_sources(sources, mistakes)
    passages: list[Passage] = []
    for path in sorted(articles.glob("*.md")):
        try:
            passages.extend(_read(path, entries))
        except BrokenFile as problem:
            mistakes.append(f"{path.name}: {problem}")
    return Library(tuple(passages), mistakes)


def _load_sources(path: Path, mistakes: list[str]) -> dict[str, _SourceEntry]:
    try:
        rows = parse_toml(path.read_text(encoding="utf-8"))
    except (BrokenFile, OSError, UnicodeDecodeError) as problem:
        mistakes.append(f"{path.name}: {one_line(problem)}")
        return {}
    entries = {}
    for key, row in rows.items():
        try:
            entries[key] = _SourceEntry.model_validate(row)
        except ValidationError as problem:
            mistakes.append(f"{path.name}: [{key}] {plain(problem)}")
    return entries


def _read(path: Path, sources: Mapping[str, _SourceEntry]) -> list[Passage]:
    name = _NAME.fullmatch(path.name)
    if not name:
        raise BrokenFile("the name must be <slug>.fr.md or <slug>.de.md, in lower case with hyphens")
    head, bodies = read_article(path)
    return [
        _passage(name["slug"], name["lang"], head, anchor, heading, text, sources)
        for anchor, (heading, text) in bodies.items()
    ]


def _passage(
    slug: str,
    lang: str,
    head: ArticleHead,
    anchor: str,
    heading: str,
    text: str,
    sources: Mapping[str, _SourceEntry],
) -> Passage:
    own = head.passages[anchor]
    return Passage(
        article=slug,
        anchor=anchor,
        lang=lang,
        title=head.title,
        heading=heading,
        text=text,
        # An unknown key is no reason to lose the passage; knowledge.check names it.
        sources=tuple(_source(sources[key], lang) for key in own.sources if key in sources),
        law=own.law,
        questions=tuple(own.questions),
        audience=tuple(head.audience),
        topic=head.topic,
        check=head.check,
        related=tuple(head.related),
        valid_from=own.valid_from or head.valid_from,
        valid_until=own.valid_until or head.valid_until,
        last_checked=head.last_checked,
        source_keys=tuple(own.sources),
    )


def _source(entry: _SourceEntry, lang: str) -> Source:
    return Source(entry.title.of(lang), entry.publisher.of(lang), entry.date, entry.url.of(lang))
