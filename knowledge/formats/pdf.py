"""PDF, by pypdf; a page that is a picture has no text to read."""

import logging
import re
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError

from knowledge.article_file import BrokenFile
from knowledge.formats.draft import Draft, iso_day
from knowledge.formats.plain import from_lines

_MOST_PAGES = 500
_FEWEST_LETTERS = 20
_PAGE_NUMBER = re.compile(r"(?:page|seite|s\.|p\.)?\s*\d{1,3}(?:\s*(?:/|von|sur|de|of)\s*\d{1,3})?", re.IGNORECASE)


def read(path: Path) -> Draft:
    """The blocks of a PDF with text."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on untidy files help nobody here
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise BrokenFile("the PDF is encrypted: save a copy without a password")
        if len(reader.pages) > _MOST_PAGES:
            raise BrokenFile(f"the PDF has {len(reader.pages)} pages, at most {_MOST_PAGES}")
        pages = [page.extract_text() for page in reader.pages]
        said = reader.metadata
        title = str(said.title or "") if said else ""
        day = str(said.get("/CreationDate", "")) if said else ""
    except BrokenFile:
        raise
    except DependencyError:
        raise BrokenFile("the PDF is encrypted: save a copy without a password") from None
    except Exception as problem:  # pypdf raises many kinds for a damaged file
        raise BrokenFile("the PDF is damaged and cannot be read") from problem
    lines = [
        line for page in pages for line in [*page.splitlines(), ""] if not _PAGE_NUMBER.fullmatch(line.strip() or "-")
    ]
    if sum(character.isalpha() for line in lines for character in line) < _FEWEST_LETTERS:
        raise BrokenFile("the PDF has no text, only pictures of it: run a text recognition (OCR) over it first")
    return Draft(from_lines(lines), title=title.strip(), date=iso_day(day), lines=lines)
