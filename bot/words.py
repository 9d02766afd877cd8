"""Every sentence that the assistant itself says, in the chosen language, with numbers and dates as written there."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from checks.result import Francs, InMonth
from knowledge.analysis import fold

LANGUAGES = ("fr", "de")
LOCALES = {"fr": "fr_CH", "de": "de_CH"}


class Words:
    """The catalogue of one language. Keys are codes such as "question.household"; KeyError for an unknown one."""

    def __init__(self, lang: str, texts: Mapping[str, str]):
        self.lang, self._texts = lang, texts

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def __call__(self, key: str, /, **facts: Any) -> str:
        """The sentence of `key`; {name} stands for a fact, days and amounts are written out."""
        return self.filled(key, {name: self.written(fact) for name, fact in facts.items()})

    def filled(self, key: str, facts: Mapping[str, Any]) -> str:
        """The sentence of `key` with facts that are written out already."""
        return self._texts[key].format_map(facts)

    def written(self, fact: Any) -> str:
        """A day as "1er octobre 2024", a month as "octobre 2024", an amount as "12’345.50", several as a sum."""
        if isinstance(fact, InMonth):
            return self.dated(fact.day.isoformat()[:7])
        if isinstance(fact, date):
            return _day_written(fact, self.lang)
        if isinstance(fact, Decimal):
            return _amount_written(fact, "#,##0.00")
        if isinstance(fact, Francs):
            return _amount_written(fact, "#,##0")
        if isinstance(fact, tuple):
            return " + ".join(map(self.written, fact))
        return str(fact)

    def dated(self, source_date: str) -> str:
        """The date of a source ("2024", "2023-12", "2021-11-24" or "") as people write it."""
        parts = [int(part) for part in source_date.split("-")] if source_date else []
        if not parts:
            return self("undated")
        if len(parts) == 3:
            return self.written(date(*parts))
        if len(parts) == 2:
            return str(format_date(date(parts[0], parts[1], 1), "MMMM y", LOCALES[self.lang]))
        return source_date

    @cache  # noqa: B019  # two catalogues, which live as long as the program
    def said(self, *keys: str) -> tuple[str, ...]:
        """The ways to say something: the words of these keys, split at commas and folded; none for unknown keys."""
        names = (name for key in keys if key in self for name in self(key).split(","))
        return tuple(dict.fromkeys(folded for folded in (fold(name, self.lang) for name in names) if folded))

    @cache  # noqa: B019  # two catalogues, which live as long as the program
    def law(self, notation: str) -> str:
        """Articles as written in law: "OEJF 37.2, 44.3" is "art. 37 al. 2 et 44 al. 3 OEJF"; "" stays ""."""
        acts = [part.strip().split(" ", 1) for part in notation.split(";") if part.strip()]
        return "; ".join(f"{self._articles(numbers)} {self(f'act.{act}')}" for act, numbers in acts)

    def _articles(self, numbers: str) -> str:
        words = [self._article(number.strip()) for number in numbers.split(",")]
        first, last = ", ".join(words[:-1]), words[-1]
        return self("law.article") + " " + (f"{first} {self('law.and')} {last}" if first else last)

    def _article(self, number: str) -> str:
        article, *parts = number.split(".")
        names = (self("law.paragraph"), self("law.letter"))
        return " ".join([article, *(f"{name} {part}" for name, part in zip(names, parts, strict=False))])


@lru_cache(maxsize=10_000)
def _amount_written(amount: Decimal | int, form: str) -> str:
    return str(format_decimal(amount, form, locale="de_CH"))


@lru_cache(maxsize=10_000)
def _day_written(day: date, lang: str) -> str:
    text = str(format_date(day, "d MMMM y", LOCALES[lang]))
    return re.sub(r"^1 ", "1er ", text) if lang == "fr" else re.sub(r"^(\d+) ", r"\1. ", text)


@cache
def words(lang: str) -> Words:
    """The words of "fr" or "de", read from all catalogues of that language."""
    texts: dict[str, str] = {}
    for file in catalogues(lang):
        with file.open("rb") as stream:
            for message in read_po(stream, locale=lang):
                if isinstance(message.id, str) and message.id and message.string:
                    texts[message.id] = str(message.string)
    return Words(lang, texts)


def catalogues(lang: str) -> list[Traversable]:
    """The PO files of a language, one for the talk and one for each check."""
    return sorted(
        (file for file in files("locales").joinpath(lang).iterdir() if file.name.endswith(".po")),
        key=lambda file: file.name,
    )
