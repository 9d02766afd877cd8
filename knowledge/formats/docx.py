"""Word documents (DOCX), by python-docx: headings by their style, lists, and tables row by row."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table

from knowledge.article_file import BrokenFile
from knowledge.formats.draft import Draft, blocks_of

_LARGEST = 200_000_000  # bytes when unpacked


def read(path: Path) -> Draft:
    """The blocks of a Word document."""
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise BrokenFile("the document is too large when unpacked")
        document = docx.Document(str(path))
        blocks = blocks_of(_rows(document))
    except BrokenFile:
        raise
    except zipfile.BadZipFile:
        raise BrokenFile("not a Word document (.docx), or one with a password: save a copy without it") from None
    except Exception as problem:  # python-docx and lxml raise many kinds for a damaged part
        raise BrokenFile("the Word document is damaged and cannot be read") from problem
    said = document.core_properties
    top = next((block.text for block in blocks if block.kind == "heading"), "")
    day = said.modified or said.created
    return Draft(blocks, title=said.title or top, date=day.date().isoformat() if day else "")


def _rows(document: Document) -> Iterator[tuple[str, str]]:
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield "item", " | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
            continue
        style = (part.style.name or "").lower() if part.style else ""
        if style.startswith(("heading", "title", "überschrift", "titre")):
            yield "heading", part.text
        elif style.startswith("list") or (part._p.pPr is not None and part._p.pPr.numPr is not None):
            yield "item", f"- {part.text}" if part.text.strip() else ""
        else:
            yield "text", part.text
