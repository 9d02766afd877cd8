"""The printable summary: everything that the result says, on one or two pages, readable by another program."""

from datetime import date
from io import BytesIO

import pytest
from finished import summaries
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from bot.conversation import reply
from bot.documents.fonts import BOLD, REGULAR, font_file
from bot.documents.pdf import pdf
from bot.messages import Message
from bot.session import Session
from bot.words import LANGUAGES, words


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_result_is_whole_on_one_or_two_pages(lang: str) -> None:
    for told in summaries(lang):
        pages = PdfReader(BytesIO(pdf(told, words(lang)))).pages
        assert 1 <= len(pages) <= 2, told.title
        text = flat(" ".join(page.extract_text() for page in pages))
        wanted = [told.title, told.text, told.limits, *told.notes, *told.sources]
        wanted += [item for section in told.sections for item in (section.title, *section.items)]
        wanted += [part for answer in told.answers for part in answer]
        assert [part for part in wanted if flat(part) not in text] == []


def test_four_children_fit_on_two_pages() -> None:
    child = {
        **{"school_stage": "preschool", "provider": "daycare", "birth_month": "2024-03-01", "booked_rate": 60},
        **{"granted_rate": 80, "care_cost": "120.00-140.00", "cost_per": "day", "special_needs_lump_sum": True},
    }
    family = {
        "voucher_month": "2026-12-01",
        "income_way": "sum",
        "income_sum": "65000.00-75000.00",
        "family_adults": "two",
    }
    family |= {"family_children": "4", "children_by_half": False, "income_fell": False, "children_in_care": "4"}
    others = {f"{name}_{number}": value for number in (2, 3, 4) for name, value in child.items()}
    session = Session(lang="de", check="voucher", answers={**family, **child, **others})
    _, said = reply(session, Message(button="/summary"), date(2026, 11, 22))
    assert said.file is not None
    pages = PdfReader(BytesIO(said.file.content)).pages
    text = flat(" ".join(page.extract_text() for page in pages))
    assert len(pages) == 2
    assert "Kind 4: Betreuungspensum 60 %" in text and "CHF 170’000:" in text


def test_the_same_result_gives_the_same_file() -> None:
    told = next(iter(summaries("fr")))
    assert pdf(told, words("fr")) == pdf(told, words("fr"))


def test_it_names_its_language_and_subject() -> None:
    told = next(iter(summaries("de")))
    reader = PdfReader(BytesIO(pdf(told, words("de"))))
    assert reader.metadata is not None and told.subject in str(reader.metadata.title)
    assert reader.root_object["/Lang"] == "de-CH"


@pytest.mark.parametrize("font", [REGULAR, BOLD])
def test_the_fonts_have_every_letter_of_the_catalogues(font: str) -> None:
    known = TTFont(font_file(font)).getBestCmap()
    letters = {letter for lang in LANGUAGES for text in words(lang)._texts.values() for letter in text}
    assert {letter for letter in letters if ord(letter) not in known and letter not in "\n"} == set()
