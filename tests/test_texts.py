"""Official texts of an operator: cut, stored, ranked beside the articles, quoted word for word and marked."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_formats import NOISY

from bot.__main__ import main
from bot.conversation import reply
from bot.guidance import MOST_CHARACTERS
from bot.messages import Message, plain, without_choices
from bot.session import Session
from knowledge import search
from knowledge.cutting import LONGEST_HEADING, LONGEST_PASSAGE, cut
from knowledge.formats.draft import Block
from knowledge.library import Library, library
from knowledge.places import Places
from knowledge.search import Search, find, passage_named
from knowledge.text_file import LONGEST_PUBLISHER, LONGEST_TITLE, TextHead, read_text_file, written
from knowledge.texts import is_official, load_texts, state
from knowledge.watch import Watched

DAY = date(2026, 11, 22)
SAID = ("--publisher", "Commune de Bellebois", "--date", "2025-03")
WEB = """Transport des enfants
Le minibus de la commune de Bellebois conduit les enfants de la gare à la crèche du lac chaque matin à 7 h 15. \
L'inscription au minibus se fait auprès de la chancellerie.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of official texts, used by the commands and by the search of this test."""
    folder = tmp_path / "texts"
    monkeypatch.setenv("KIBON_BOT_TEXTS", str(folder))
    monkeypatch.setattr("knowledge.places._used", Places(folder))
    monkeypatch.setattr(search, "_searches", Watched(lambda: state(folder), search._open))
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Any:
    """Runs `knowledge import` and gives its exit status, standard output and standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["knowledge", "import", *map(str, arguments), "--today", "2026-11-22"])
        return (status, *capsys.readouterr())

    return run


def text(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def words(content: str) -> list[str]:
    return re.findall(r"\w+", content)


def test_a_noisy_text_is_stored_whole_in_passages(run: Any, tmp_path: Path, folder: Path) -> None:
    status, out, err = run(text(tmp_path, "Guichet Été.txt", NOISY), *SAID)
    assert (status, err) == (0, "")
    assert out.startswith("Guichet Été.txt: imported as guichet-ete.md: Horaires du guichet") and "(fr), " in out
    head, passages = read_text_file(folder / "guichet-ete.md")
    assert (head.publisher, head.date, head.lang, head.added) == ("Commune de Bellebois", "2025-03", "fr", DAY)
    kept = words(" ".join(f"{heading} {body}" for heading, body in passages))
    assert set(words(NOISY)) <= set(kept)
    assert [heading for heading, _ in passages][1:] == [
        "Horaires du guichet (valables dés mars 2025)",
        "Pieces a apporter",
    ]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("Le guichet est ouvert le mardi matin.\n\nDécembre 2023\n", "2023-12"),
        ("Stand: 1. März 2024\n\nDer Schalter ist am Dienstag offen.\n", "2024-03-01"),
        ("État 5.3.2024\n\nLe guichet est ouvert le mardi matin.\n", "2024-03-05"),
    ],
)
def test_the_date_is_taken_from_a_line_of_the_text(
    run: Any, tmp_path: Path, folder: Path, file: str, said: str
) -> None:
    assert run(text(tmp_path, "a.txt", file), "--title", "A", "--publisher", "B")[0] == 0
    assert read_text_file(folder / "a.md")[0].date == said


def test_what_nobody_says_is_asked_for_by_option(run: Any, tmp_path: Path, folder: Path) -> None:
    path = text(tmp_path, "a.txt", "Le guichet de la commune est ouvert le mardi matin.\n")
    status, out, err = run(path)
    assert (status, out) == (1, "") and err.count("\n") == 1
    assert "--title, --publisher, --date" in err and '--date ""' in err
    assert run(path, "--title", "Guichet", "--publisher", "Bellebois", "--date", "")[0] == 0
    assert read_text_file(folder / "a.md")[0].date == ""


def test_what_nobody_says_is_asked_for_on_a_terminal(
    run: Any, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: Iterator[str] = iter(["Guichet", "Commune de Bellebois", "2024"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    assert run(text(tmp_path, "a.txt", "Le guichet est ouvert le mardi matin.\n"))[0] == 0
    head, _ = read_text_file(folder / "a.md")
    assert (head.title, head.publisher, head.date) == ("Guichet", "Commune de Bellebois", "2024")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--date", "3.4.2024"), "such as 2024"),
        (("--url", "bellebois"), "https://"),
        (("--title", "x" * 111), "title"),
    ],
)
def test_facts_that_are_not_right(run: Any, tmp_path: Path, folder: Path, options: Any, said: str) -> None:
    path = text(tmp_path, "a.txt", "Le guichet est ouvert le mardi matin.\n")
    status, out, err = run(path, "--title", "A", *SAID, *options)
    assert (status, out) == (1, "") and said in err and err.count("\n") == 1
    assert not folder.exists()


def test_a_language_that_is_not_recognised(run: Any, tmp_path: Path, folder: Path) -> None:
    path = text(
        tmp_path, "a.txt", "You can ask what you want to know and we will help you with the form for your child.\n"
    )
    assert "--lang" in run(path, "--title", "A", *SAID)[2]
    assert run(path, "--title", "A", *SAID, "--lang", "de")[0] == 0
    assert read_text_file(folder / "a.md")[0].lang == "de"


def test_a_broken_file_is_named_and_the_rest_is_imported(run: Any, tmp_path: Path, folder: Path) -> None:
    good = text(tmp_path, "good.txt", WEB)
    bad = [text(tmp_path, "empty.txt", ""), text(tmp_path, "b.pdf", "%PDF-1.4"), tmp_path / "nowhere.md"]
    status, out, err = run(bad[0], good, *bad[1:], *SAID)
    assert (status, out.count("\n"), err.count("\n")) == (1, 1, 3)
    assert [path.name for path in folder.iterdir()] == ["good.md"]


def test_no_folder_is_a_clear_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KIBON_BOT_TEXTS", raising=False)
    assert main(["knowledge", "import", str(text(tmp_path, "a.txt", WEB)), *SAID]) == 1
    assert "KIBON_BOT_TEXTS" in capsys.readouterr().err


def test_a_new_edition_replaces_the_old_one_and_a_namesake_does_not(run: Any, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = text(tmp_path, "info.txt", WEB), text(tmp_path / "b", "info.txt", NOISY)
    run(first, second, *SAID)
    assert sorted(path.name for path in folder.iterdir()) == ["info-2.md", "info.md"]
    assert "replaced as info.md" in run(first, *SAID)[1]
    run(text(tmp_path, "info.md", f"# Transport\n\n{WEB}"), *SAID)
    assert sorted(path.name for path in folder.iterdir()) == ["info-2.md", "info-3.md", "info.md"]


def test_a_text_is_quoted_word_for_word_and_marked(run: Any, tmp_path: Path, folder: Path) -> None:
    run(text(tmp_path, "minibus.txt", WEB), *SAID)
    _, answered = reply(Session(lang="fr"), Message(text="À quelle heure part le minibus de Bellebois ?"), DAY)
    first = answered.passages[0]
    assert answered.kind == "answer" and first["article"] == "official/minibus"
    assert first["text"] == WEB.splitlines()[1] and first["text"] in plain(answered)
    assert first["source"] == {
        "title": "Transport des enfants",
        "publisher": "Commune de Bellebois",
        "date": "2025-03",
        "url": None,
    }
    said = plain(answered).replace("\u00a0", " ")
    assert "Texte officiel ajouté par l'exploitant de ce bot : Commune de Bellebois" in said
    assert "mars 2025" in plain(answered)


def test_a_title_that_was_offered_leads_to_the_text(run: Any, tmp_path: Path, folder: Path) -> None:
    run(text(tmp_path, "minibus.txt", WEB), *SAID)
    _, answered = reply(Session(lang="de"), Message(button="read.official/minibus.p1"), DAY)
    assert answered.kind == "answer" and "Amtlicher Text" in plain(answered) and "7 h 15" in plain(answered)
    assert passage_named("official/minibus", "p9", "fr") is None


def test_a_running_bot_sees_a_new_a_changed_and_a_removed_text(
    run: Any, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.watch.PATIENCE", 120.0)

    def said() -> str:
        hits = find("À quelle heure part le minibus de Bellebois ?", "fr").hits
        return hits[0].passage.text if hits and is_official(hits[0].passage) else ""

    assert said() == ""
    run(text(tmp_path, "minibus.txt", WEB), *SAID)
    assert "7 h 15" in said()
    stored = folder / "minibus.md"
    stored.write_text(stored.read_text(encoding="utf-8").replace("7 h 15", "8 heures"), encoding="utf-8")
    assert "8 heures" in said()
    stored.unlink()
    assert said() == ""


def test_texts_leave_the_answers_of_the_library_as_they_are(run: Any, tmp_path: Path, folder: Path) -> None:
    run(text(tmp_path, "minibus.txt", WEB), *SAID)
    without = Search(library())
    books = Search(Library((*library().all_passages, *load_texts(folder).all_passages)))
    for passage in library().passages("fr")[::25]:
        before, after = (one.find(passage.questions[0], "fr") for one in (without, books))
        assert (before.kind, before.hits[0].passage) == (after.kind, after.hits[0].passage)


def test_files_that_are_no_texts_are_named(folder: Path, run: Any, tmp_path: Path) -> None:
    run(text(tmp_path, "minibus.txt", WEB), *SAID)
    text(folder, "note.md", "Nothing in front\n")
    text(folder, "sheet.pdf", "%PDF-1.4")
    text(folder, ".hidden", "")
    (folder / "latin.md").write_bytes("été".encode("latin-1"))
    found = load_texts(folder)
    assert {passage.article for passage in found.all_passages} == {"official/minibus"}
    assert [mistake.split(":")[0] for mistake in found.mistakes] == ["latin.md", "note.md", "sheet.pdf"]
    assert all("\n" not in mistake for mistake in found.mistakes)


def test_a_folder_that_is_not_there_has_no_texts(tmp_path: Path) -> None:
    assert load_texts(tmp_path / "nowhere") == load_texts(None) == Library((), [])
    assert state(tmp_path / "nowhere") == state(None) == ()


def test_passages_are_never_too_long_and_lose_nothing() -> None:
    sentence = "La famille dépose sa demande auprès de la commune de domicile avant le début de la garde. "
    blocks = [
        Block("text", sentence * 30),
        Block("heading", "Un très long titre " * 12),
        Block("text", "Il faut :"),
        *[Block("item", f"- pièce numéro {number}, {sentence}") for number in range(20)],
        Block("heading", "Un titre"),
        Block("heading", "sans texte dessous"),
        Block("text", "mot" * 700),
        Block("heading", "La fin"),
    ]
    passages = cut(blocks, "Le titre")
    assert all(0 < len(body) <= LONGEST_PASSAGE and len(heading) <= LONGEST_HEADING for heading, body in passages)
    joined = "".join(words(" ".join(f"{heading} {body}" for heading, body in passages)))
    for block in blocks[:-3]:
        assert all(word in joined for word in words(block.text))
    assert "mot" * 200 in joined and "La fin" in passages[-1][0] + passages[-1][1]
    assert not any(body.endswith(":") for _, body in passages)


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_the_longest_passage_fits_into_a_reply(folder: Path, lang: str) -> None:
    head = TextHead(
        title="T" * LONGEST_TITLE,
        publisher="P" * LONGEST_PUBLISHER,
        date="2025-09-30",
        url="",
        lang="de" if lang == "de" else "fr",
        file="a.txt",
        added=date(2026, 9, 30),
    )
    folder.mkdir()
    text(folder, "a.md", written(head, [("H" * LONGEST_HEADING, "t" * LONGEST_PASSAGE)]))
    _, answered = reply(Session(lang=lang), Message(button="read.official/a.p1"), DAY)
    assert len(plain(answered)) <= MOST_CHARACTERS
    alike = [
        (f"Minibus {n} ".ljust(LONGEST_HEADING, "H"), ("minibus Bellebois " * 50)[:LONGEST_PASSAGE]) for n in "123"
    ]
    text(folder, "b.md", written(head, alike))
    for asked in ("minibus Bellebois", "minibus", "minibus Bellebois chien caisse Hund Kasse Auto"):
        _, answered = reply(Session(lang=lang), Message(text=asked), DAY)
        assert answered.kind in ("answer", "suggest") and len(without_choices(answered)) <= MOST_CHARACTERS


def test_the_figures_name_the_texts(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(text(tmp_path, "minibus.txt", WEB), *SAID)
    assert main(["knowledge", "stats", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["articles"] == len(library().titles("fr"))
    assert figures["passages"] == len(library().all_passages)
    assert figures["by_language"]["de"]["passages"] == len(library().passages("de"))
    assert sum(row["questions"] for row in figures["by_topic"].values()) == figures["questions"]
    assert set(figures["by_audience"]) == {"parents", "institutions", "communes", "support_services"}
    (said,) = figures["texts"]
    assert (said["name"], said["passages"], said["added"]) == ("official/minibus", 1, "2026-11-22")
    assert main(["knowledge", "stats"]) == 0
    assert "official text official/minibus: Transport des enfants" in capsys.readouterr().out


def test_the_check_names_mistakes_and_says_so_by_its_status(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "check", "--today", "2026-11-22"]) == 0
    assert capsys.readouterr().out == "no mistakes\n"
    folder.mkdir()
    text(folder, "note.md", "Nothing in front\n")
    assert main(["knowledge", "check", "--json", "--today", "2026-11-22"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == ["note.md: not an imported text: use kibon-bot knowledge import"]
    assert err.count("\n") == 1
