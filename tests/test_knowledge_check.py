"""The check of the library tells an editor what to mend."""

from datetime import date
from pathlib import Path

from articles import article, shelf

from checks.guided import guided
from knowledge.check import mistakes
from knowledge.library import library

DAY = date(2026, 11, 22)
TEXT = {"a": ("A ?", "Il faut 20 % depuis le 1er août 2022."), "b": ("B ?", "C'est 1 500 francs.")}
GERMAN = {"a": ("A?", "Es braucht 20 % seit dem 1. August 2022."), "b": ("B?", "Es sind 1'500 Franken.")}


def found(folder: Path, french: str, german: str | None) -> list[str]:
    files = {"rate.fr.md": french} | ({"rate.de.md": german} if german else {})
    return mistakes(shelf(folder, files), DAY, ["period"])


def test_the_real_library_has_no_mistakes() -> None:
    assert mistakes(library(), DAY, guided()) == []


def test_a_good_article_has_no_mistakes(tmp_path: Path) -> None:
    assert found(tmp_path, article(TEXT), article(GERMAN)) == []


def test_a_missing_translation(tmp_path: Path) -> None:
    assert found(tmp_path, article(TEXT), None) == ["rate.de.md: missing translation"]


def test_a_missing_passage(tmp_path: Path) -> None:
    assert found(tmp_path, article(TEXT), article({"a": GERMAN["a"]})) == ["rate.de.md: missing passage b"]


def test_another_order(tmp_path: Path) -> None:
    turned = {"b": GERMAN["b"], "a": GERMAN["a"]}
    assert found(tmp_path, article(TEXT), article(turned)) == [
        "rate: the passages are in another order in French and German"
    ]


def test_other_sources(tmp_path: Path) -> None:
    lines = found(tmp_path, article(TEXT), article(GERMAN, sources='["commune"]'))
    assert lines == [f"rate#{anchor}: the sources differ between French and German" for anchor in "ab"]


def test_other_numbers(tmp_path: Path) -> None:
    german = {**GERMAN, "a": ("A?", "Es braucht 40 % seit dem 1. August 2022.")}
    (line,) = found(tmp_path, article(TEXT), article(german))
    assert line == "rate#a: the numbers differ: French only 20, German only 40"


def test_unknown_source_and_related_article(tmp_path: Path) -> None:
    text = article({"a": ("A", "Text.")}, sources='["canton", "nobody"]', more='related = ["nowhere"]\n')
    lines = found(tmp_path, text, text)
    assert "rate.fr.md#a: unknown source among canton, nobody" in lines
    assert "rate.fr.md#a: unknown related article nowhere" in lines


def test_an_unknown_guided_check(tmp_path: Path) -> None:
    text = article({"a": ("A", "Text.")}, more='check = "amount"\n')
    lines = found(tmp_path, text, text)
    assert [line for line in lines if "check" in line] == [
        f"rate.{lang}.md: unknown guided check amount" for lang in ("de", "fr")
    ]
    text = article({"a": ("A", "Text.")}, more='check = "period"\n')
    assert found(tmp_path, text, text) == []


def test_a_passage_that_is_too_long(tmp_path: Path) -> None:
    text = article({"a": ("A", "x" * 801)})
    assert "rate.fr.md#a: 801 characters, at most 800" in found(tmp_path, text, text)


def test_a_question_claimed_by_two_passages(tmp_path: Path) -> None:
    one, two = ({"a": ["Où s'inscrire ?"], "b": [wording]} for wording in ("ou s inscrire", "Autre chose"))
    assert found(tmp_path, article(TEXT, questions=two), article(GERMAN)) == []
    (line,) = found(tmp_path, article(TEXT, questions=one), article(GERMAN))
    assert line == "fr: the question 'ou s inscrire' is claimed by rate#a and rate#b"


def test_swiss_spelling_and_questions(tmp_path: Path) -> None:
    german = article({"a": ("A?", "Die Straße.")}, questions={"a": []})
    lines = found(tmp_path, article({"a": ("A ?", "La rue.")}), german)
    assert lines == ["rate.de.md#a: no questions", "rate.de.md#a: ß, which Swiss spelling does not have"]


def test_a_broken_file_is_among_the_mistakes(tmp_path: Path) -> None:
    assert found(tmp_path, "nothing", article(GERMAN))[0].startswith("rate.fr.md: the file must begin")


def test_dates_that_have_passed(tmp_path: Path) -> None:
    text = article({"a": ("A", "Text.")}, more="valid_from = 2022-08-01\nvalid_until = 2026-07-31\n")
    lines = found(tmp_path, text, text)
    assert "rate.fr.md#a: valid until 2026-07-31 only, which is past, and the text does not say so" in lines
    text = article({"a": ("A", "Text.")}, more="valid_from = 2027-08-01\nvalid_until = 2027-07-31\n")
    assert "rate.de.md#a: valid from 2027-08-01 until 2027-07-31, which is before" in found(tmp_path, text, text)
    text = article({"a": ("A", "Text.")}, more="valid_until = 2026-11-22\n")
    assert found(tmp_path, text, text) == []


def test_an_old_rule_that_says_until_when_it_held(tmp_path: Path) -> None:
    more = "valid_until = 2026-07-31\n"
    french = article({"a": ("Jusqu'au 31 juillet 2026", "Texte.")}, more=more)
    german = article({"a": ("A", "Bis zum 31. Juli 2026 galt das.")}, more=more)
    assert found(tmp_path, french, german) == ["rate#a: the numbers differ: French only none, German only 2026, 31"]


def test_a_day_of_checking_that_is_long_past_or_to_come(tmp_path: Path) -> None:
    old = article({"a": ("A", "Text.")}).replace("2026-11-22", "2025-01-31")
    assert "rate.fr.md#a: last checked on 2025-01-31, more than 550 days ago" in found(tmp_path, old, old)
    new = article({"a": ("A", "Text.")}).replace("2026-11-22", "2026-11-23")
    assert "rate.fr.md#a: checked on 2026-11-23, which is still to come" in found(tmp_path, new, new)


def test_links_within_the_library(tmp_path: Path) -> None:
    text = article({"a": ("A", "[b](#b), [web](https://www.be.ch), [b](rate#b), [r](rate)."), "b": ("B", "Text.")})
    assert found(tmp_path, text, text) == []
    text = article({"a": ("A", "[b](#b), [c](move#a), [d](rate#z).")})
    lines = [line for line in found(tmp_path, text, text) if line.startswith("rate.fr.md")]
    assert lines == [f"rate.fr.md#a: the link to {link} leads nowhere" for link in ("#b", "move#a", "rate#z")]
