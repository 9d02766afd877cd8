"""Makes what can be called, written to or opened in a text of a page something to press."""

import re

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

_FOUND = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<web>(?:https?://|www\.)[^\s«»<>]*[^\s«»<>.,;:!?)])"
    r"|(?P<phone>(?:\+41 \d{2}|\b0\d{2}) \d{3} \d{2} \d{2}\b)"
)


@pass_context
def linked(context: Context, text: str) -> Markup:
    """The text with its addresses and telephone numbers as links; a page in a frame opens them outside of it."""
    beside = Markup(' target="_blank"') if context["embedded"] else Markup()
    found, end = Markup(), 0
    for match in _FOUND.finditer(text):
        found += escape(text[end : match.start()]) + _link(match, beside)
        end = match.end()
    return found + escape(text[end:])


def _link(match: re.Match[str], beside: Markup) -> Markup:
    said = match[0]
    if match["mail"]:
        return Markup('<a href="mailto:{0}">{0}</a>').format(said)
    if match["phone"]:
        number = "+41" + said.removeprefix("+41").replace(" ", "").lstrip("0")
        return Markup('<a href="tel:{}">{}</a>').format(number, said.replace(" ", "\N{NO-BREAK SPACE}"))
    address = said if said.startswith("http") else f"https://{said}"
    return Markup('<a href="{}" rel="noreferrer"{}>{}</a>').format(address, beside, said)
