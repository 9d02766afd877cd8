"""Articles are loaded word for word, and what an editor broke is named in one plain line."""

from datetime import date
from pathlib import Path

import pytest
from articles import article, shelf

from knowledge.library import library

GOOD = article(
    {
        "minimum": ("Combien travailler ?", "Il faut 20 %.\n\n- une personne : 20 %\n- deux personnes : 120 %"),
        "supplement": ("Le supplément", "Le supplément est de 20 points."),
    },
    title="Le taux minimal",
    questions={"minimum": ["Combien faut-il travailler ?", "taux minimal"]},
    more='check = "minimum_activity"\nvalid_from = 2022-08-01\nrelated = ["other"]\n',
)


def test_a_passage_is_kept_word_for_word(tmp_path: Path) -> None:
    books = shelf(tmp_path, {"rate.fr.md": GOOD})
    passage = books.passage("rate", "minimum", "fr")
    assert passage is not None
    assert passage.text == "Il faut 20 %.\n\n- une personne : 20 %\n- deux personnes : 120 %"
    assert (passage.heading, passage.title, passage.topic) == ("Combien travailler ?", "Le taux minimal", "activity")
    assert passage.questions == ("Combien faut-il travailler ?", "taux minimal")
    assert (passage.check, passage.related, passage.audience) == ("minimum_activity", ("other",), ("parents",))
    assert (passage.valid_from, passage.valid_until) == (date(2022, 8, 1), None)
    assert passage.last_checked == date(2026, 11, 22)
    assert books.mistakes == []


def test_passages_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    books = shelf(tmp_path, {"rate.fr.md": GOOD})
    assert [passage.anchor for passage in books.passages("fr")] == ["minimum", "supplement"]
    assert books.passages("de") == ()
    assert books.titles("fr") == {"rate": "Le taux minimal"}
    assert books.passage("rate", "minimum", "de") is None


def test_a_source_is_named_in_the_language_of_the_passage(tmp_path: Path) -> None:
    files = {
        f"rate.{lang}.md": article({"a": ("A", "Text.")}, sources='["canton", "commune"]') for lang in ("fr", "de")
    }
    books = shelf(tmp_path, files)
    french, german = (books.passages(lang)[0].sources for lang in ("fr", "de"))
    assert [source.publisher for source in french] == ["Canton de Berne", "Ville de Bienne"]
    assert [source.publisher for source in german] == ["Kanton Bern", "Stadt Biel"]
    assert (french[0].date, french[1].date) == ("2024-02", "")
    # An address in one language only is better than none.
    assert french[0].url == german[0].url == "https://www.be.ch/betreuungsgutscheine"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("rate.fr.md", "no front matter", "front matter"),
        ("rate.fr.md", "+++\ntitle = \n+++\n", "not valid TOML"),
        ("rate.fr.md", article({"a": ("A", "Text.")}, more='colour = "red"\n'), "colour"),
        ("rate.fr.md", article({"a": ("A", "Text.")}).replace("2026-11-22", '"soon"'), "last_checked"),
        ("rate.fr.md", article({"a": ("A", "Text.")}).replace('["parents"]', '["cats"]'), "audience"),
        ("rate.fr.md", article({"a": ("A", "Text.")}) + "\n## More {#b}\n\nText.\n", "no [passages.b]"),
        ("rate.fr.md", article({"a": ("A", "Text.")}).replace("{#a}", "{#z}"), "no heading with {#a}"),
        ("rate.fr.md", article({"a": ("A", "Text.")}) + "\n## A {#a}\n\nText.\n", "used twice"),
        ("rate.fr.md", article({"a": ("A", "")}), "no text"),
        ("rate.fr.md", article({"a": ("A", "Text.")}) + "\n## Without anchor\n", "must be written"),
        ("rate.fr.md", article({"a": ("A", "Text.")}, sources="[]"), "sources"),
        ("Rate.fr.md", GOOD, "the name must be"),
        ("rate.it.md", GOOD, "the name must be"),
    ],
)
def test_a_broken_article_is_named_and_the_rest_is_loaded(tmp_path: Path, name: str, text: str, said: str) -> None:
    books = shelf(tmp_path, {name: text, "whole.fr.md": GOOD})
    assert len(books.passages("fr")) == 2
    (mistake,) = books.mistakes
    assert mistake.startswith(f"{name}: ") and said in mistake and "\n" not in mistake


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    shelf(tmp_path, {})
    (tmp_path / "articles" / "bad.fr.md").write_bytes(b"\xff\xfe\x00")
    books = shelf(tmp_path, {"whole.fr.md": GOOD})
    assert [mistake.split(":")[0] for mistake in books.mistakes] == ["bad.fr.md"]
    assert len(books.passages("fr")) == 2


def test_a_broken_list_of_sources_leaves_the_texts(tmp_path: Path) -> None:
    books = shelf(tmp_path, {"rate.fr.md": GOOD}, sources="[canton]\ntitle = 3\n")
    assert books.passages("fr")[0].sources == ()
    assert any("sources.toml" in mistake for mistake in books.mistakes)


def test_the_real_library_loads_without_a_mistake() -> None:
    books = library()
    assert books.mistakes == []
    assert len(books.passages("fr")) == len(books.passages("de")) > 400
    assert all(passage.sources for passage in books.all_passages)
