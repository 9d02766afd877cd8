"""Markdown, by markdown-it-py; what its front matter says of the text is taken over."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.formats.draft import Draft, blocks_of, iso_day
from knowledge.formats.plain import decoded

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*\n?", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(title|publisher|date|url|lang)[ \t]*[:=][ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)


def read(path: Path) -> Draft:
    """The blocks of a Markdown file."""
    text = decoded(path.read_bytes()).replace("\r\n", "\n")
    front = _FRONT.match(text)
    said = dict(_FIELD.findall(front[2])) if front else {}
    tokens = MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text)
    blocks = blocks_of(_rows(tokens))
    top = next(
        (token_text(tokens[n + 1]) for n, token in enumerate(tokens) if token.tag == "h1" and token.nesting == 1), ""
    )
    return Draft(
        blocks,
        said.get("title") or top,
        said.get("publisher", ""),
        iso_day(said.get("date", "")),
        said.get("url", ""),
        said.get("lang", ""),
    )


def token_text(token: Token) -> str:
    """The plain text of an inline token: the words without emphasis, addresses and markup."""
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    marks: list[int | None] = []  # the next number of each open list; None for one without numbers
    mark, heading, cells = "", False, list[str]()
    for before, token in zip([None, *tokens], tokens, strict=False):
        match token.type:
            case "bullet_list_open":
                marks.append(None)
            case "ordered_list_open":
                marks.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
            case "list_item_open":
                number = marks[-1]
                mark = "- " if number is None else f"{number}. "
                marks[-1] = None if number is None else number + 1
            case "heading_open" | "heading_close":
                heading = token.nesting == 1
            case "tr_open":
                cells = []
            case "tr_close":
                yield "item", " | ".join(cells)
            case "inline" if before and before.type in ("td_open", "th_open"):
                cells.append(token_text(token))
            case "inline":
                yield ("heading" if heading else "item" if mark else "text"), mark + token_text(token)
                mark = ""
            case "fence" | "code_block":
                yield "text", token.content
