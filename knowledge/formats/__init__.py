"""Reads official texts: Markdown, plain text, HTML, PDF and Word, each by a parser that is imported only when used."""

from importlib import import_module
from pathlib import Path

from knowledge.article_file import BrokenFile, one_line
from knowledge.formats.draft import Draft

# Bytes by kind: a page of a PDF may hold pictures, a text has none.
LARGEST = {"pdf": 25_000_000, "docx": 25_000_000, "html": 5_000_000, "markdown": 5_000_000, "plain": 5_000_000}
MOST_CHARACTERS = 1_000_000
_MODULES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}


def read(path: Path) -> Draft:
    """The blocks of a file and what it says of itself; a file that cannot be used raises BrokenFile."""
    name = _MODULES.get(path.suffix.lower())
    if name is None:
        raise BrokenFile(f"not a kind of file that can be read; expected {', '.join(_MODULES)}")
    try:
        size = path.stat().st_size
        if size == 0:
            raise BrokenFile("the file is empty")
        if size > LARGEST[name]:
            raise BrokenFile(f"the file is too large ({size // 1_000_000} MB, at most {LARGEST[name] // 1_000_000})")
        draft: Draft = import_module(f"knowledge.formats.{name}").read(path)
    except OSError as problem:
        raise BrokenFile(one_line(problem.strerror or problem)) from problem
    except RecursionError:
        raise BrokenFile("the file is nested too deeply to be read") from None
    length = sum(len(block.text) for block in draft.blocks)
    if length > MOST_CHARACTERS:
        raise BrokenFile(f"the text is too long ({length} characters, at most {MOST_CHARACTERS}): cut it")
    if not any(character.isalpha() for block in draft.blocks for character in block.text):
        raise BrokenFile("there is no text in it")
    return draft
