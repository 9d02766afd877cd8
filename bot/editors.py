"""The commands for editors and operators: knowledge check, stats and import."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.options import Refused, day_of
from knowledge.article_file import BrokenFile
from knowledge.library import library
from knowledge.places import places
from knowledge.texts import load_texts

_ASKED = {
    "title": "title of the text",
    "publisher": "who published it (an office)",
    "date": "date of the text (2024, 2024-03 or 2024-03-01; empty if it bears none)",
    "lang": "language (fr or de)",
}


def check(options: argparse.Namespace) -> int:
    """Print every mistake of the articles, the word lists and the official texts, one a line."""
    from checks.guided import guided
    from knowledge.check import mistakes

    found = [*mistakes(library(), day_of(options), guided()), *_in_lists(), *load_texts(places().texts).mistakes]
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(found) or "no mistakes")
    if found:
        sys.stderr.write(f"kibon-bot: mistakes to mend: {len(found)}\n")
    return 1 if found else 0


def _in_lists() -> Iterator[str]:
    from knowledge.glossary import load_glossary
    from knowledge.outside import load_subjects

    for name, load in (("glossary.toml", load_glossary), ("outside.toml", load_subjects)):
        try:
            load()
        except ValueError as problem:  # also what tomli raises
            yield f"{name}: {' '.join(str(problem).split()).removeprefix(f'{name}: ')}"


def stats(options: argparse.Namespace) -> None:
    """Print the figures of the library."""
    from knowledge.stats import stats as figures_of

    figures = figures_of(library(), load_texts(places().texts))
    print(json.dumps(figures, ensure_ascii=False) if options.json else "\n".join(_shown(figures)))


def _shown(figures: dict[str, Any]) -> Iterator[str]:
    yield _line("library", figures)
    for group in ("by_language", "by_topic", "by_audience"):
        for name, row in figures[group].items():
            yield _line(f"{group.removeprefix('by_')} {name}", row)
    yield f"oldest last_checked: {figures['oldest_last_checked']}"
    for text in figures["texts"]:
        yield (
            f"official text {text['name']}: {text['title']}, {text['publisher']}, {text['date'] or 'undated'}, "
            f"{text['lang']}, {text['passages']} passages, {text['words']} words, added {text['added']}"
        )
    if not figures["texts"]:
        yield "official texts: none"


def _line(name: str, row: dict[str, Any]) -> str:
    return f"{name}: " + ", ".join(f"{row[key]} {key}" for key in ("articles", "passages", "questions", "words"))


def import_texts(options: argparse.Namespace) -> int:
    """Import official texts into the folder; a file that cannot be used is named, the others are imported."""
    folder = places().texts
    if folder is None:
        raise Refused("no folder for official texts: set KIBON_BOT_TEXTS to one")
    done: list[Path] = []
    failed = 0
    for name in options.files:
        try:
            done.append(_import(Path(name), folder, options, done))
        except BrokenFile as problem:
            failed += 1
            sys.stderr.write(f"kibon-bot: {name}: {problem}\n")
    return 1 if failed else 0


def _import(path: Path, folder: Path, options: argparse.Namespace, taken: list[Path]) -> Path:
    from knowledge.importing import Facts, completed, draft_of, store

    given = Facts(options.title, options.publisher, options.date, options.url, options.lang or "")
    draft = draft_of(path)
    facts = completed(given, draft)
    missing = facts.missing()
    if missing and not sys.stdin.isatty():
        raise BrokenFile(
            f"say what the file does not: {', '.join(f'--{name}' for name in missing)}" + _undated(missing)
        )
    for name in missing:
        facts = replace(facts, **{name: _typed(path.name, name)})
    stored = store(path, draft, facts, folder, day_of(options), taken)
    state = "replaced" if stored.replaced else "imported"
    print(f"{path.name}: {state} as {stored.path.name}: {facts.title} ({stored.lang}), {stored.passages} passages")
    return stored.path


def _undated(missing: list[str]) -> str:
    return ' (--date "" if it bears none)' if "date" in missing else ""


def _typed(file: str, name: str) -> str:
    try:
        return input(f"{file}: {_ASKED[name]}: ").strip()
    except EOFError:
        raise BrokenFile(f"not imported: {name} is missing") from None
