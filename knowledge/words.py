"""The word lists of the search (words.toml), in the search's text form."""

import tomllib
from functools import cache

from knowledge.analysis import fold
from knowledge.library import FOLDER


def stop_words(lang: str) -> frozenset[str]:
    """Words that count little in a language."""
    return _list("stop", lang)


def compound_parts() -> frozenset[str]:
    """What German compounds may be made of, beside the nouns of the library."""
    return _list("parts", "de")


def common_words(lang: str) -> frozenset[str]:
    """Words of everyday language that are spelled right and must not be repaired."""
    return _list("common", lang)


def forms(lang: str) -> dict[str, str]:
    """Irregular words, each with the word that it is a form of."""
    rows = (line.split(":") for line in _lists()["forms"][lang].strip().splitlines())
    return {fold(form, lang): fold(word, lang) for word, others in rows for form in others.split()}


def language_words() -> dict[str, frozenset[str]]:
    """Frequent words by language, also of languages that the library does not speak."""
    return {lang: frozenset(fold(words).split()) for lang, words in _lists()["language"].items()}


@cache
def intents() -> dict[str, str]:
    """What a word asks for ("how", "where", "when"), by word."""
    return _by_word("intent")


@cache
def expectations() -> dict[str, str]:
    """What an answer must hold ("phone", "amount", "number") when a question has the word."""
    return _by_word("expects")


def _list(table: str, lang: str) -> frozenset[str]:
    return frozenset(fold(_lists()[table][lang], lang).split())


def _by_word(table: str) -> dict[str, str]:
    return {word: name for name, words in _lists()[table].items() for word in words.split()}


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
