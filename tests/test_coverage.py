"""Every statement of the five guidance texts has a place where it is said, in both languages."""

import tomllib
from typing import TypedDict

import pytest

from bot.words import LANGUAGES, words
from checks.guided import guided
from knowledge.library import FOLDER, library


class Row(TypedDict):
    statement: str
    places: list[str]


COVERAGE: dict[str, list[Row]] = tomllib.loads((FOLDER / "coverage.toml").read_text(encoding="utf-8"))
TEXTS = ["support_services", "registration", "special_need", "adaptation", "activity_biel"]
each_text = pytest.mark.parametrize("text", TEXTS)


def exists(place: str, lang: str) -> bool:
    """Whether a passage ("article#anchor") or a check ("check:name", "check:name#key") is there in a language."""
    whole, _, part = place.partition("#")
    if not whole.startswith("check:"):
        return library().passage(whole, part, lang) is not None
    name = whole.removeprefix("check:")
    return name in guided() and (part or f"check.{name}.title") in words(lang)


def test_the_five_guidance_texts_are_covered() -> None:
    assert list(COVERAGE) == TEXTS


@each_text
def test_every_row_states_something_once_and_names_a_place(text: str) -> None:
    rows = COVERAGE[text]
    assert rows and all(set(row) == {"statement", "places"} and row["places"] for row in rows)
    assert len({row["statement"] for row in rows}) == len(rows)


@each_text
def test_every_place_exists_in_both_languages(text: str) -> None:
    lost = {(place, lang) for row in COVERAGE[text] for place in row["places"] for lang in LANGUAGES}
    assert {(place, lang) for place, lang in lost if not exists(place, lang)} == set()


@pytest.mark.parametrize("place", ["adaptation#nowhere", "nowhere#what", "check:nowhere", "check:role#reason.nowhere"])
def test_a_lost_place_is_noticed(place: str) -> None:
    assert not any(exists(place, lang) for lang in LANGUAGES)


@each_text
def test_every_statement_stands_in_a_passage_that_names_the_text_as_its_source(text: str) -> None:
    """A check alone would leave a plain question unanswered; a passage without the source would not be proven."""
    for row in COVERAGE[text]:
        passages = [place.split("#") for place in row["places"] if not place.startswith("check:")]
        for lang in LANGUAGES:
            named = [library().passage(article, anchor, lang) for article, anchor in passages]
            assert any(passage and text in passage.source_keys for passage in named), row["statement"]
