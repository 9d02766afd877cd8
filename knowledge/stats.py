"""Figures of the library for editors: how much there is, by language, topic and audience, and how old it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.analysis import fold
from knowledge.library import LANGUAGES, Library, Passage


def stats(articles: Library, texts: Library) -> dict[str, Any]:
    """Counts of articles, passages, questions and words, as JSON values; `texts` are the official texts."""
    rows = articles.all_passages
    return {
        "articles": len({row.article for row in rows}),
        **_counts(rows),
        "by_language": {lang: _all(articles.passages(lang)) for lang in LANGUAGES},
        "by_topic": _grouped((row.topic, row) for row in rows),
        "by_audience": _grouped((name, row) for row in rows for name in row.audience),
        "oldest_last_checked": min((row.last_checked.isoformat() for row in rows), default=None),
        "texts": [_text(name, texts) for name in sorted({row.article for row in texts.all_passages})],
    }


def _grouped(rows: Iterable[tuple[str, Passage]]) -> dict[str, dict[str, int]]:
    groups: defaultdict[str, list[Passage]] = defaultdict(list)
    for name, row in rows:
        groups[name].append(row)
    return {name: _all(groups[name]) for name in sorted(groups)}


def _all(rows: Sequence[Passage]) -> dict[str, int]:
    return {"articles": len({row.article for row in rows}), **_counts(rows)}


def _counts(rows: Sequence[Passage]) -> dict[str, int]:
    return {
        "passages": len(rows),
        "questions": sum(len(row.questions) for row in rows),
        "words": sum(len(fold(f"{row.heading} {row.text}").split()) for row in rows),
    }


def _text(name: str, texts: Library) -> dict[str, Any]:
    rows = [row for row in texts.all_passages if row.article == name]
    first, source = rows[0], rows[0].sources[0]
    return {
        "name": name,
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date or None,
        "lang": first.lang,
        "passages": len(rows),
        "words": _counts(rows)["words"],
        "added": first.last_checked.isoformat(),
    }
