"""HTML, by Beautiful Soup and lxml: the main part of a page, without menus, forms and scripts."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.dammit import EncodingDetector
from bs4.element import Comment, NavigableString

from knowledge.article_file import BrokenFile
from knowledge.formats.draft import Draft, blocks_of, iso_day
from knowledge.formats.plain import decoded

_DROPPED = ["script", "style", "nav", "footer", "aside", "form", "noscript", "template", "svg", "button", "iframe"]
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time u "
    "var wbr".split()
)
_HEADING = re.compile(r"h[1-6]")


def read(path: Path) -> Draft:
    """The blocks of a page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(_text(path.read_bytes()), "lxml")
    root = soup.find("main") or soup.find("article") or soup.body or soup
    for tag in root.find_all([*_DROPPED, "header"] if root.name in ("body", "[document]") else _DROPPED):
        tag.decompose()
    top = root.find("h1")
    link = soup.find("link", rel="canonical")
    return Draft(
        blocks_of(_rows(root)),
        _meta(soup, "og:title", "dcterms.title") or (top or soup.title or soup).get_text(" ", strip=True)[:300]
        if top or soup.title
        else _meta(soup, "og:title", "dcterms.title"),
        _meta(soup, "publisher", "dcterms.publisher", "og:site_name"),
        iso_day(
            _meta(soup, "date", "dcterms.date", "dcterms.modified", "article:modified_time", "article:published_time")
        ),
        str(link["href"]) if link and link.get("href") else _meta(soup, "og:url"),
        str(soup.html.get("lang", ""))[:2].lower() if soup.html else "",
    )


def _text(content: bytes) -> str:
    """The page in the encoding that it declares, or in UTF-8."""
    declared = EncodingDetector.find_declared_encoding(content, is_html=True)
    if not declared or declared.lower() in ("utf-8", "utf8"):
        return decoded(content)
    try:
        return content.decode(declared)
    except (LookupError, UnicodeDecodeError):
        raise BrokenFile(f"the page says that it is in {declared}, and it is not") from None


def _meta(soup: BeautifulSoup, *names: str) -> str:
    for name in names:
        for key in ("name", "property"):
            found = soup.find("meta", attrs={key: re.compile(f"^{re.escape(name)}$", re.IGNORECASE)})
            if found and found.get("content"):
                return str(found["content"]).strip()
    return ""


def _rows(root: Tag) -> Iterator[tuple[str, str]]:
    """The blocks of an element: text and inline elements run together until a block element begins or ends."""
    kind = "heading" if _HEADING.fullmatch(root.name) else "text"
    mark = _mark(root) if root.name == "li" else ""
    if root.name == "tr":
        yield "item", " | ".join(cell.get_text(" ", strip=True) for cell in root.find_all(["td", "th"]))
        return
    run: list[str] = []
    for child in root.children:
        if isinstance(child, Comment):
            continue
        if isinstance(child, NavigableString):
            run.append(str(child))
        elif isinstance(child, Tag) and child.name in _INLINE:
            run.append(child.get_text())
        elif isinstance(child, Tag):
            if "".join(run).strip():
                yield "item" if mark else kind, mark + "".join(run)
                mark = ""
            run = []
            for inner_kind, text in _rows(child):
                # The paragraph inside an item or a heading belongs to it.
                lifted = inner_kind == "text" and (mark or kind == "heading")
                yield ("item" if mark else kind) if lifted else inner_kind, mark + text if lifted else text
                mark = "" if lifted else mark
    if "".join(run).strip():
        yield "item" if mark else kind, mark + "".join(run)


def _mark(item: Tag) -> str:
    parent = item.parent
    if parent is None or parent.name != "ol":
        return "- "
    return f"{len(item.find_previous_siblings('li')) + 1}. "
