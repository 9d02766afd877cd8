"""The glossary: groups of words that mean the same, in both languages, as data that experts can edit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomli

from knowledge.library import FOLDER, LANGUAGES

# German splits its expressions: "Antrag stellen", "stelle ich einen Antrag".
_REACH = 4

Expressions = Mapping[str, Sequence[tuple[Sequence[str], str]]]


@dataclass(frozen=True)
class Meanings:
    """The glossary in the text form of one language: expressions (as stems) and the groups they belong to.

    `expressions` are found by their first stem.
    """

    expressions: Expressions

    def of(self, stem: str) -> tuple[str, ...]:
        """The groups of one stem that stands alone."""
        return tuple(group for words, group in self.expressions.get(stem, ()) if len(words) == 1)

    def at(self, stems: Sequence[str]) -> dict[int, tuple[str, ...]]:
        """The groups by place in a row of stems; every word of an expression carries its group."""
        found: dict[int, list[str]] = {}
        present = set(stems)
        for place, stem in enumerate(stems):
            for words, group in self.expressions.get(stem, ()):
                if not present.issuperset(words):
                    continue
                for inside in (place,) if len(words) == 1 else _places(words, stems, place):
                    groups = found.setdefault(inside, [])
                    if group not in groups:
                        groups.append(group)
        return {place: tuple(groups) for place, groups in found.items()}


def _places(words: Sequence[str], stems: Sequence[str], place: int) -> list[int]:
    """Where the words of an expression stand, near its first word and in any order; [] if one is missing."""
    places = [place]
    for word in words[1:]:
        near = [p for p in range(max(0, place - _REACH), min(len(stems), place + _REACH + 1)) if stems[p] == word]
        if not near:
            return []
        places.append(min(near, key=lambda p: abs(p - place)))
    return places


@dataclass(frozen=True)
class Glossary:
    """Groups of equivalent expressions, each with its words by language."""

    groups: tuple[Mapping[str, tuple[str, ...]], ...]

    def words(self, lang: str) -> Iterator[str]:
        """All expressions of one language."""
        return (word for group in self.groups for word in group.get(lang, ()))

    def compiled(self, lang: str, stems: Callable[[str], tuple[str, ...]]) -> Expressions:
        """The glossary for texts of one language; words of the other language are understood as well."""
        expressions: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        own = {stems(word) for group in self.groups for word in group.get(lang, ())}
        for number, group in enumerate(self.groups):
            for language in LANGUAGES:
                for word in group.get(language, ()):
                    row = stems(word)
                    # A French word that is also a German one ("place") keeps the meaning of the text's language.
                    if not row or (language != lang and row in own):
                        continue
                    entry = (row, f"={number}")
                    known = expressions.setdefault(row[0], [])
                    if entry not in known:
                        known.append(entry)
        return expressions


def load_glossary(path: Path = FOLDER / "glossary.toml") -> Glossary:
    """Read the glossary; a row that is not lists of words per language raises ValueError naming it."""
    groups = tomli.loads(path.read_text(encoding="utf-8")).get("group", [])
    return Glossary(tuple(_group(number, row) for number, row in enumerate(groups, start=1)))


def _group(number: int, row: object) -> Mapping[str, tuple[str, ...]]:
    plain = (
        isinstance(row, dict)
        and row
        and all(
            lang in LANGUAGES
            and isinstance(words, list)
            and all(isinstance(word, str) and word.strip() for word in words)
            for lang, words in row.items()
        )
    )
    if not plain or not isinstance(row, dict):
        raise ValueError(f"glossary.toml: group {number} must hold lists of words for fr and de only")
    return {lang: tuple(words) for lang, words in row.items()}
