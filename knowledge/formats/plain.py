"""Plain text, also with hard line ends and from text recognition: finds paragraphs, lists and headings by form."""

import re
from collections.abc import Sequence, Set
from pathlib import Path

from knowledge.analysis import fold
from knowledge.article_file import BrokenFile
from knowledge.formats.draft import Block, Draft, blocks_of, visible
from knowledge.language import known_words

_ITEM = re.compile(r"(?:[-–—•*·▪◦○]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)|[•▪◦]")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+\S")
_ADDRESS = re.compile(r"\S+@|www\.|https?:")
_LETTERED = re.compile(r"\w\)? ")
_ENDED = re.compile(r"[.!?:;…»”\"')]$")
_NO_HEADING = re.compile(r"[.,;:!]$|@|www\.|https?://|\+?\d{2,3} \d{2,3} \d{2} \d{2}|%|\[|\||[_.]{4}")
_TWICE_ENCODED = re.compile("Ã[\u00a0-\u00bf]|â€[\u0080-\u00ff™œ]|\ufffd")
_LONG_LINE = 160
_LONGEST_HEADING = 120
_WRAPPED = 45
_PROSE = 50
_MOST_LINES = 50  # of one paragraph


def read(path: Path) -> Draft:
    """The text of a UTF-8 file (or UTF-16 with its mark)."""
    lines = decoded(path.read_bytes()).splitlines()
    return Draft(from_lines(lines), lines=lines)


def decoded(content: bytes) -> str:
    """The text of a file's bytes; another encoding raises BrokenFile rather than being guessed."""
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenFile("the text is not in UTF-8: save it in that encoding") from None
    if "\x00" in text:
        raise BrokenFile("the file is not a text")
    if _TWICE_ENCODED.search(text):
        raise BrokenFile("letters with accents are damaged (é as Ã©): save the text in UTF-8 from its source")
    return text


def from_lines(rows: Sequence[str]) -> list[Block]:
    """The blocks of lines; a line that goes on in the next one is joined with it."""
    lines = [visible(row) for row in rows]
    whole = any(len(line) > _LONG_LINE for line in lines)
    words = frozenset(fold(" ".join(lines)).split())
    found: list[tuple[str, str]] = []
    last = before = ""
    for place, line in enumerate(lines):
        if not line:
            before, last = last or before, ""
            continue
        if place and line[0].isupper() and rows[place][0].isspace() and not rows[place - 1][:1].isspace():
            last = ""  # a new page, or a paragraph that begins with a space
        elif not last and not whole and line[0].islower() and _unfinished(before) and not _LETTERED.match(line):
            last = before
        if _is_heading(lines, place, whole, last):
            found.append(("heading", line))
            last = ""
            continue
        if _ITEM.match(line):
            found.append(("item", line))
        elif last and found and not whole and _goes_on(last, line):
            kind, text = found[-1]
            found[-1] = (kind, _joined(text, line, words))
        else:
            found.append(("text", line))
        last = line
    return blocks_of(found)


def _is_heading(lines: Sequence[str], place: int, whole: bool, last: str) -> bool:
    """A short line that does not end like a sentence, stands for itself, and is followed by sentences or a list."""
    line = lines[place]
    if not 3 <= len(line) <= _LONGEST_HEADING or _NO_HEADING.search(line) or not re.search(r"[^\W\d_]{3}", line):
        return False
    if not (line[0].isupper() or line[0] in "«„" or _NUMBERED.match(line)):
        return False
    if last and not whole and not _ENDED.search(last):
        return False
    begin = next((at for at in range(place + 1, len(lines)) if lines[at]), None)
    if begin is None or (begin == place + 1 and not whole and len(line) >= _WRAPPED):
        return False
    stop = min(begin + _MOST_LINES, len(lines))
    end = begin if whole else next((at for at in range(begin, stop) if not lines[at]), stop) - 1
    if lines[begin][0].islower() or (_NUMBERED.match(line) and _NUMBERED.match(lines[begin])):
        return False
    if _ITEM.match(lines[begin]) or len(lines[begin]) >= _LONG_LINE:
        return True
    return len(lines[begin]) >= _PROSE and bool(_ENDED.search(lines[end]))


def _unfinished(line: str) -> bool:
    return len(line) >= _WRAPPED and not _ENDED.search(line) and not line.endswith(",")


def _goes_on(last: str, line: str) -> bool:
    return (line[0].islower() and not _ADDRESS.match(line)) or _unfinished(last) or last.endswith(",")


def _joined(text: str, line: str, words: Set[str]) -> str:
    """A line and the next one; a hyphen at its end is taken out where that makes a word that is known."""
    broken = re.search(r"([^\W\d_]+)-$", text)
    follows = re.match(r"[^\W\d_]+", line)
    if not broken or not follows or not line[0].islower() or line.split()[0] in ("und", "oder", "bzw.", "et", "ou"):
        return f"{text} {line}"
    whole = fold(broken[1] + follows[0])
    return (text[:-1] if whole in words or whole in known_words() else text) + line
