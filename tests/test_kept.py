"""The index that is kept on disk gives the same rankings, and nothing on disk can do harm."""

from array import array
from pathlib import Path
from typing import Any

import pytest
from articles import article, shelf

from knowledge.glossary import load_glossary
from knowledge.kept import kept
from knowledge.library import Library, library
from knowledge.outside import load_subjects
from knowledge.ranking import Ranking

PACK = {"terms": ["é", "b"], "inner": {"numbers": array("I", [1, 2]), "weights": array("f", [0.5])}, "none": None}


class Builder:
    """Counts how often it had to build."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, Any]:
        self.times += 1
        return dict(PACK)


@pytest.fixture
def build() -> Builder:
    return Builder()


def ranking(of: Library, lang: str, folder: Path | None) -> Ranking:
    return Ranking(of.passages(lang), lang, load_subjects(), load_glossary(), folder)


def order(ranking: Ranking, text: str) -> list[tuple[str, float]]:
    rows = ranking.candidates(ranking.read(text))
    return [(f"{row.passage.article}#{row.passage.anchor}" if row.passage else "", row.order) for row in rows]


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_rankings_are_the_same_with_and_without_what_was_kept(tmp_path: Path, lang: str) -> None:
    """A fault in what is kept concerns whole arrays: some dozens of passages show it as hundreds would."""
    rankings = [ranking(library(), lang, folder) for folder in (None, tmp_path, tmp_path)]
    (file,) = tmp_path.iterdir()
    assert file.name.startswith(f"{lang}-") and file.suffix == ".index"
    for passage in library().passages(lang)[::45]:
        for text in (passage.questions[0], passage.questions[-1].lower()[2:], passage.text[:200]):
            fresh, written, read = (order(one, text) for one in rankings)
            assert fresh == written == read


def test_what_was_kept_is_read_again(tmp_path: Path, build: Builder) -> None:
    assert kept(tmp_path / "new" / "folder", "x", "content", build) == PACK
    assert kept(tmp_path / "new" / "folder", "x", "content", build) == PACK
    assert build.times == 1


def test_other_content_is_built_anew(tmp_path: Path, build: Builder) -> None:
    for content in ("one", "two", "one", "two"):
        assert kept(tmp_path, "x", content, build) == PACK
    assert build.times == 2
    for number in range(9):
        kept(tmp_path, "x", number, build)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_changed_article_changes_the_index(tmp_path: Path) -> None:
    for word in ("tricycle", "trottinette"):
        books = shelf(tmp_path, {"a.fr.md": article({"a": ("Titre", f"Le {word} est permis.")})})
        found = ranking(books, "fr", tmp_path / "cache")
        assert order(found, word)[0][0] == "a#a"


@pytest.mark.parametrize("place", [0, 15, 50, -1])
def test_a_damaged_file_is_built_anew(tmp_path: Path, build: Builder, place: int) -> None:
    kept(tmp_path, "x", "content", build)
    (path,) = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert kept(tmp_path, "x", "content", build) == PACK
    assert build.times == 2


@pytest.mark.parametrize("content", [b"", b"kiBon-Bot 1\n", b"something else altogether" * 9])
def test_a_foreign_file_is_built_anew(tmp_path: Path, build: Builder, content: bytes) -> None:
    kept(tmp_path, "x", "content", build)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    assert kept(tmp_path, "x", "content", build) == PACK
    assert kept(tmp_path, "x", "content", build) == PACK
    assert build.times == 2


def test_a_file_that_others_can_write_is_not_believed(tmp_path: Path, build: Builder) -> None:
    kept(tmp_path, "x", "content", build)
    (path,) = tmp_path.iterdir()
    path.chmod(0o666)
    kept(tmp_path, "x", "content", build)
    assert build.times == 2


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path, build: Builder) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    assert kept(tmp_path / "file", "x", "content", build) == PACK
    assert kept(tmp_path / "file" / "deeper", "x", "content", build) == PACK
    assert kept(None, "x", "content", build) == PACK
