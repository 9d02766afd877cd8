"""How a text stands on a page: what of it can be pressed, lists in quotations, marks that do not stand alone."""

import re

import pytest
from jinja2 import Environment

from bot.channels.web.links import linked
from bot.channels.web.views import parts
from bot.messages import Block, Reply


def shown(text: str, embedded: bool = False) -> str:
    pages = Environment(autoescape=True)
    pages.filters["linked"] = linked
    return pages.from_string("{{ text|linked }}").render(text=text, embedded=embedded)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("bg@biel-bienne.ch.", "mailto:bg@biel-bienne.ch"),
        ("Canton : info.bg@be.ch, demain", "mailto:info.bg@be.ch"),
        ("Bienne, 032 326 14 76, dès 8 h", "tel:+41323261476"),
        ("+41 31 633 78 83", "tel:+41316337883"),
        ("en ligne sur www.kibon.ch ou", "https://www.kibon.ch"),
        ("(https://blog.kibon.ch/fr/taux/)", "https://blog.kibon.ch/fr/taux/"),
    ],
)
def test_what_leads_somewhere_can_be_pressed(text: str, address: str) -> None:
    assert re.findall(r'href="([^"]*)"', shown(text)) == [address]
    assert re.sub(r"<[^>]*>", "", shown(text)).replace("\N{NO-BREAK SPACE}", " ") == text


@pytest.mark.parametrize("text", ["756.1234.5678.97", "CHF 1'032 326", "2026/27", "40 % à 60 %", "Art. 36 Abs. 3 FKJV"])
def test_other_figures_stay_as_they_are(text: str) -> None:
    assert "<a" not in shown(text)


def test_what_people_wrote_stays_text_and_a_frame_is_not_left() -> None:
    assert shown("<b>x</b> & www.be.ch").startswith("&lt;b&gt;x&lt;/b&gt; &amp; <a")
    assert 'target="_blank"' in shown("www.be.ch", embedded=True) and "target" not in shown("a@be.ch", embedded=True)


def test_a_list_in_a_quotation_is_a_list_and_no_mark_begins_a_line() -> None:
    told = "Il faut :\n- un taux de 40 % ;\n- CHF 5 (art. 36 al. 1)\n1. août : rien."
    (part,) = parts(Reply("answer", "fr", (Block("quote", told),)))
    groups = [(items, [line.replace("\N{NO-BREAK SPACE}", "_") for line in lines]) for items, lines in part.groups]
    assert groups == [
        (False, ["Il faut_:"]),
        (True, ["un taux de 40_%_;", "CHF_5 (art._36 al._1)"]),
        (False, ["1. août_: rien."]),
    ]
