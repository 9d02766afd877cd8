"""The official texts of an operator: the passages of all files in a folder, marked as what they are."""

from datetime import date
from pathlib import Path

from knowledge.article_file import BrokenFile
from knowledge.library import Library, Passage
from knowledge.sources import Source
from knowledge.text_file import read_text_file

# Slugs of articles have no slash.
OFFICIAL = "official/"
State = tuple[tuple[str, int, int], ...]


def is_official(passage: Passage) -> bool:
    """Whether a passage is from an official text of the operator."""
    return passage.article.startswith(OFFICIAL)


def state(folder: Path | None) -> State:
    """What tells whether a file of the folder is new, changed or gone."""
    found = []
    for path in _files(folder):
        try:
            told = path.stat()
        except OSError:
            continue
        found.append((path.name, told.st_mtime_ns, told.st_size))
    return tuple(found)


def load_texts(folder: Path | None) -> Library:
    """The passages of all texts; a file that cannot be used is named in `mistakes`, never raised."""
    passages: list[Passage] = []
    mistakes: list[str] = []
    for path in _files(folder):
        try:
            passages.extend(_passages(path))
        except BrokenFile as problem:
            mistakes.append(f"{path.name}: {problem}")
    return Library(tuple(passages), mistakes)


def _files(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_file())
    except OSError:
        return []


def _passages(path: Path) -> list[Passage]:
    if path.suffix != ".md":
        raise BrokenFile("not imported yet: use kibon-bot knowledge import")
    head, rows = read_text_file(path)
    source = Source(head.title, head.publisher, head.date, head.url)
    return [_passage(path.stem, number, head.lang, heading, text, source, head.added)
            for number, (heading, text) in enumerate(rows, 1)]  # fmt: skip


def _passage(name: str, number: int, lang: str, heading: str, text: str, source: Source, added: date) -> Passage:
    return Passage(
        article=f"{OFFICIAL}{name}",
        anchor=f"p{number}",
        lang=lang,
        title=source.title,
        heading=heading,
        text=text,
        sources=(source,),
        law="",
        questions=(),
        audience=(),
        topic="official",
        check="",
        related=(),
        valid_from=None,
        valid_until=None,
        last_checked=added,
    )
