"""The catalogues: the same sentences in both languages, and numbers, dates and articles as written there."""

import re
from datetime import date
from decimal import Decimal

import pytest
from babel.messages.pofile import read_po

from bot.commands import NAMES
from bot.words import LANGUAGES, catalogues, words
from checks.guided import guided


def entries(lang: str) -> dict[str, dict[str, str]]:
    """The sentences of each catalogue of a language, by file name."""
    found = {}
    for file in catalogues(lang):
        with file.open("rb") as stream:
            found[file.name] = {str(m.id): str(m.string) for m in read_po(stream, locale=lang) if m.id}
    return found


def test_both_languages_have_the_same_catalogues_and_keys() -> None:
    fr, de = entries("fr"), entries("de")
    assert {name: list(own) for name, own in fr.items()} == {name: list(own) for name, own in de.items()}


def test_every_sentence_is_there() -> None:
    for lang in LANGUAGES:
        for name, own in entries(lang).items():
            assert not [key for key, text in own.items() if not text.strip()], name


def test_no_key_stands_twice() -> None:
    for lang in LANGUAGES:
        keys = [key for own in entries(lang).values() for key in own]
        assert sorted(keys) == sorted(set(keys))


def test_placeholders_agree() -> None:
    fr, de = ({key: text for own in entries(lang).values() for key, text in own.items()} for lang in LANGUAGES)
    for key in fr:
        assert set(re.findall(r"{(\w+)}", fr[key])) == set(re.findall(r"{(\w+)}", de[key])), key


def test_numbers_agree() -> None:
    fr, de = ({key: text for own in entries(lang).values() for key, text in own.items()} for lang in LANGUAGES)
    for key in fr:
        if not key.startswith(("option.", "hint.")) and ".said" not in key:
            numbers = (sorted(re.findall(r"\d[\d.']*\d|\d\d", text)) for text in (fr[key], de[key]))
            assert len({tuple(own) for own in numbers}) == 1, key


def test_german_is_written_the_swiss_way() -> None:
    for name, own in entries("de").items():
        assert not [key for key, text in own.items() if "ß" in text or "„" in text], name


def test_percent_signs_do_not_stand_alone_on_a_line() -> None:
    for lang in LANGUAGES:
        for own in entries(lang).values():
            assert not [key for key, text in own.items() if " %" in text and ".said" not in key]


def test_slash_commands_are_accepted_by_telegram_and_unique() -> None:
    for lang in LANGUAGES:
        names = [words(lang)(f"command.{name}.name") for name in NAMES]
        names += [words(lang)(f"check.{name}.name") for name in guided()]
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("lang", "notation", "written"),
    [
        ("fr", "OEJF 36.3", "art. 36 al. 3 OEJF"),
        ("de", "OEJF 36.3", "Art. 36 Abs. 3 FKJV"),
        ("fr", "OEJF 37, 38", "art. 37 et 38 OEJF"),
        ("de", "OEJF 37.2, 44.3; ODEJF 3.3.b", "Art. 37 Abs. 2 und 44 Abs. 3 FKJV; Art. 3 Abs. 3 Bst. b FKJDV"),
        ("fr", "", ""),
    ],
)
def test_articles_are_written_as_in_law(lang: str, notation: str, written: str) -> None:
    assert words(lang).law(notation) == written


def test_days_and_amounts_are_written_as_in_the_language() -> None:
    assert words("fr").written(date(2024, 10, 1)) == "1er octobre 2024"
    assert words("de").written(date(2024, 10, 1)) == "1. Oktober 2024"
    assert words("de").written(Decimal("12345.5")) == "12’345.50"


@pytest.mark.parametrize(
    ("lang", "stored", "written"),
    [
        ("fr", "2023-12", "décembre 2023"),
        ("de", "2021-11-24", "24. November 2021"),
        ("de", "2024", "2024"),
        ("fr", "", "sans date"),
    ],
)
def test_the_date_of_a_source_is_written_out(lang: str, stored: str, written: str) -> None:
    assert words(lang).dated(stored) == written
