"""Official texts are read from every format word for word, and a file that cannot be used says why."""

from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from knowledge.article_file import BrokenFile
from knowledge.formats import LARGEST, read
from knowledge.formats.draft import Draft

HTML = """<!doctype html><html lang="fr-CH"><head><title>Commune – bons</title>
<meta property="og:site_name" content="Commune de Bellebois"><meta name="dcterms.date" content="2025-03-04T10:00">
<link rel="canonical" href="https://www.bellebois.example/bons"></head>
<body><nav><ul><li>Accueil<li>Contact</ul></nav><header>Menu</header>
<main><h1>Bons de garde à Bellebois</h1><p>La commune verse le bon <b>le 20</b> du mois.<br>Toujours.
<h2>Guichet</h2><ol><li>Prenez <a href="x">rendez-vous</a>.<li><p>Apportez la carte d&#39;identité.</ol>
<table><tr><th>Jour<th>Heure<tr><td>Lundi<td>9 h</table><script>alert(1)</script><!-- non --></main>
<footer>© Bellebois</footer></body></html>"""

# As text recognition leaves a page: hard line ends, menu remains, a list, a page number, a letter misread.
NOISY = """Accueil
Contact

Horaires du guichet (valables dés mars 2025)

Le guichet des bons de garde est ouvert le mardi matin et le jeudi apres-midi. Les
familles qui arrivent sans rendez-vous doivent compter avec une attente d'une demi-
heure environ.

Pieces a apporter

- une carte d'identité
- le dernier décompte de salaire de chaque parent, ou une attestation de l'office
  régional de placement
Tél. 032 000 00 00
guichet@bellebois.example
"""


def rows(draft: Draft) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in draft.blocks]


def pdf(path: Path, lines: list[str]) -> Path:
    """Write a PDF of one page with lines of text."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown}ET".encode("cp1252")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (Merkblatt Musterwil) /CreationDate (D:20240305120000Z) >>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    begin = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    content += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, begin)
    path.write_bytes(content)
    return path


def test_html_is_read_without_menus(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML, encoding="utf-8")
    draft = read(path)
    assert rows(draft) == [
        ("heading", "Bons de garde à Bellebois"),
        ("text", "La commune verse le bon le 20 du mois."),
        ("text", "Toujours."),
        ("heading", "Guichet"),
        ("item", "1. Prenez rendez-vous."),
        ("item", "2. Apportez la carte d'identité."),
        ("item", "Jour | Heure"),
        ("item", "Lundi | 9 h"),
    ]
    assert (draft.title, draft.publisher) == ("Bons de garde à Bellebois", "Commune de Bellebois")
    assert (draft.date, draft.url, draft.lang) == ("2025-03-04", "https://www.bellebois.example/bons", "fr")


def test_html_in_a_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes('<meta charset="iso-8859-1"><p>La crèche est ouverte.'.encode("latin-1"))
    assert rows(read(path)) == [("text", "La crèche est ouverte.")]


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "rules.md"
    path.write_text(
        "---\ntitle: Règlement\npublisher: Commune de Bellebois\ndate: 2024-06\nurl: https://b.example\nlang: fr\n---\n"
        "# Règlement de garde\n\nLe bureau est au *premier* étage,\ntout en [haut](https://x.example).\n\n## Délais\n\n"
        "3. Envoyez la demande.\n4. Attendez **dix** jours.\n   - sauf en été\n\n| Jour | Heure |\n|---|---|\n| Lundi | `9 h` |\n",
        encoding="utf-8",
    )
    draft = read(path)
    assert rows(draft) == [
        ("heading", "Règlement de garde"),
        ("text", "Le bureau est au premier étage, tout en haut."),
        ("heading", "Délais"),
        ("item", "3. Envoyez la demande."),
        ("item", "4. Attendez dix jours."),
        ("item", "- sauf en été"),
        ("item", "Jour | Heure"),
        ("item", "Lundi | 9 h"),
    ]
    assert (draft.title, draft.publisher, draft.date) == ("Règlement", "Commune de Bellebois", "2024-06")
    assert (draft.url, draft.lang) == ("https://b.example", "fr")


def test_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Merkblatt", 0)
    document.add_paragraph("Die Gemeinde zahlt am 25. des Monats.")
    document.add_heading("Schalter", 1)
    document.add_paragraph("Am Dienstag offen.", style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Dienstag", "8–11 Uhr"
    document.core_properties.title = "Merkblatt Gutscheine"
    document.save(str(tmp_path / "sheet.docx"))
    draft = read(tmp_path / "sheet.docx")
    assert rows(draft) == [
        ("heading", "Merkblatt"),
        ("text", "Die Gemeinde zahlt am 25. des Monats."),
        ("heading", "Schalter"),
        ("item", "- Am Dienstag offen."),
        ("item", "Dienstag | 8–11 Uhr"),
    ]
    assert draft.title == "Merkblatt Gutscheine"


def test_pdf(tmp_path: Path) -> None:
    lines = [
        "Die Gemeinde Musterwil zahlt einmal im Monat alle Betreuungs-",
        "gutscheine direkt an die Kitas und an die Tagesfamilien-",
        "organisationen aus, in der Regel in der Mor-",
        "genstunde.",
        "Seite 1 von 1",
    ]
    draft = read(pdf(tmp_path / "sheet.pdf", lines))
    assert [text for _, text in rows(draft)] == [
        "Die Gemeinde Musterwil zahlt einmal im Monat alle Betreuungsgutscheine direkt an die Kitas und an die "
        "Tagesfamilienorganisationen aus, in der Regel in der Mor-genstunde."
    ]
    assert (draft.title, draft.date) == ("Merkblatt Musterwil", "2024-03-05")


def test_plain_text_from_text_recognition(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_text(NOISY, encoding="utf-8")
    assert rows(read(path)) == [
        ("text", "Accueil"),
        ("text", "Contact"),
        ("heading", "Horaires du guichet (valables dés mars 2025)"),
        (
            "text",
            "Le guichet des bons de garde est ouvert le mardi matin et le jeudi apres-midi. Les familles qui arrivent "
            "sans rendez-vous doivent compter avec une attente d'une demi-heure environ.",
        ),
        ("heading", "Pieces a apporter"),
        ("item", "- une carte d'identité"),
        (
            "item",
            "- le dernier décompte de salaire de chaque parent, ou une attestation de l'office régional de placement",
        ),
        ("text", "Tél. 032 000 00 00"),
        ("text", "guichet@bellebois.example"),
    ]


def test_a_text_with_one_line_for_each_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "web.txt"
    long = "Les familles déposent leur demande auprès de la commune de domicile avant le début de la garde. " * 2
    path.write_text(f"Déposer une demande\n{long}\nConditions\n{long}\nVoir aussi les liens\n", encoding="utf-8")
    assert [kind for kind, _ in rows(read(path))] == ["heading", "text", "heading", "text", "text"]


def test_utf16_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("La crèche est ouverte.", encoding="utf-16")
    assert rows(read(path)) == [("text", "La crèche est ouverte.")]


def picture(path: Path, password: str = "") -> Path:
    """Write a PDF with an empty page."""
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(path)
    return path


def broken(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return why(path)


def why(path: Path) -> str:
    with pytest.raises(BrokenFile) as problem:
        read(path)
    assert "\n" not in str(problem.value)
    return str(problem.value)


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    assert "empty" in broken(tmp_path, "a.txt", b"")
    assert "no text" in broken(tmp_path, "a.txt", b" \n 12\n")
    assert "no text" in broken(tmp_path, "a.html", b"<nav>Menu</nav>")
    assert "UTF-8" in broken(tmp_path, "a.txt", "La crèche".encode("latin-1"))
    assert "not a text" in broken(tmp_path, "a.md", b"PK\x00\x00")
    assert "damaged" in broken(tmp_path, "a.txt", "La crèche".encode().decode("latin-1").encode())
    assert "expected .md" in broken(tmp_path, "a.png", b"\x89PNG")
    assert "damaged" in broken(tmp_path, "a.pdf", b"%PDF-1.4 and nothing more")
    assert "Word" in broken(tmp_path, "a.docx", b"PK\x03\x04 and nothing more")
    assert "koi8-q" in broken(tmp_path, "a.html", b'<meta charset="koi8-q"><p>Texte')
    assert "only pictures" in why(picture(tmp_path / "b.pdf"))
    assert "encrypted" in why(picture(tmp_path / "c.pdf", "secret"))
    assert "No such file" in why(tmp_path / "nowhere.txt")


@pytest.mark.parametrize(("name", "kind"), [("a.pdf", "pdf"), ("a.docx", "docx"), ("a.txt", "plain")])
def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(LARGEST[kind] + 1)
    assert "too large" in why(path)


def test_a_text_that_is_too_long_or_too_deep(tmp_path: Path) -> None:
    assert "too long" in broken(tmp_path, "a.txt", b"Le guichet est ouvert.\n" * 50_000)
    deep = broken(tmp_path, "a.html", b"<div>" * 100_000 + b"Texte")
    assert "nested too deeply" in deep or "no text" in deep
