"""Small libraries for tests, written to a folder as an editor would."""

import json
from pathlib import Path

from knowledge.library import Library, load

SOURCES = """
[canton]
title = { fr = "Bons de garde", de = "Betreuungsgutscheine" }
publisher = { fr = "Canton de Berne", de = "Kanton Bern" }
date = "2024-02"
url = { de = "https://www.be.ch/betreuungsgutscheine" }

[commune]
title = { fr = "Questions", de = "Fragen" }
publisher = { fr = "Ville de Bienne", de = "Stadt Biel" }
"""


def article(
    passages: dict[str, tuple[str, str]],
    *,
    title: str = "Titre",
    topic: str = "activity",
    questions: dict[str, list[str]] | None = None,
    sources: str = '["canton"]',
    more: str = "",
) -> str:
    """The text of an article file; `passages` gives heading and text by anchor."""
    asked = questions or {}
    heads = "".join(
        f"\n[passages.{anchor}]\nsources = {sources}\nquestions = {json.dumps(asked.get(anchor, [anchor]))}\n"
        for anchor in passages
    )
    bodies = "".join(f"\n## {heading} {{#{anchor}}}\n\n{text}\n" for anchor, (heading, text) in passages.items())
    return (
        f'+++\ntitle = "{title}"\naudience = ["parents"]\ntopic = "{topic}"\nlast_checked = 2026-11-22\n{more}'
        f"{heads}+++\n{bodies}"
    )


def shelf(folder: Path, files: dict[str, str], sources: str = SOURCES) -> Library:
    """Write the files to a folder and load them."""
    articles = folder / "articles"
    articles.mkdir(exist_ok=True)
    for name, text in files.items():
        (articles / name).write_text(text, encoding="utf-8")
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
    return load(articles, folder / "sources.toml")
