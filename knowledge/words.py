"""The word lists of the search (words.toml), in the search's text form."""

from functools import cache

import tomli

from knowledge.analysis import fold
from knowledge.library import FOLDER


@cache
def stop_words(lang: str) -> frozenset[str]:
    """Words that count little in a language, in all their listed forms."""
    listed = _list("stop", lang)
    return listed | {form for form, word in forms(lang).items() if word in listed}


def compound_parts() -> frozenset[str]:
    """What German compounds may be made of, beside the nouns of the library."""
    return _list("parts", "de")


def common_words(lang: str) -> frozenset[str]:
    """Words of everyday language that are spelled right and must not be repaired."""
    return _list("common", lang)


@cache
def forms(lang: str) -> dict[str, str]:
    """Irregular words, each with the word that it is a form of; dialect ones of irregular words with theirs."""
    listed = _rows("forms", lang)
    if lang != "de":
        return listed
    spoken = listed | small_words()
    return {form: spoken.get(word, word) for form, word in spoken.items()}


def small_words() -> dict[str, str]:
    """The small words of Swiss German that standard German does not have, each with its standard word."""
    return _rows("dialect", "always")


def shared_words() -> frozenset[str]:
    """Small words of Swiss German that texts in standard German and French may have too."""
    return frozenset(fold(_lists()["dialect"]["shared"], "de").split())


def misleading_words() -> dict[str, str]:
    """Standard words with another meaning in Swiss German, each with the standard word that is meant there."""
    return _rows("dialect", "there")


def language_words() -> dict[str, frozenset[str]]:
    """Frequent words by language, also of languages that the library does not speak."""
    listed = {lang: frozenset(fold(words).split()) for lang, words in _lists()["language"].items()}
    dialect = (fold(line.partition(":")[2]) for line in _lists()["dialect"]["always"].splitlines())
    # "me" and "ne" are French as well, and far more often.
    return listed | {"de": listed["de"] | {word for row in dialect for word in row.split()} - listed["fr"]}


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


@cache
def _rows(table: str, name: str) -> dict[str, str]:
    rows = (line.split(":") for line in _lists()[table][name].strip().splitlines())
    lang = "de" if table == "dialect" else name
    return {fold(form, lang): fold(word, lang) for word, others in rows for form in others.split()}


def _by_word(table: str) -> dict[str, str]:
    return {word: name for name, words in _lists()[table].items() for word in words.split()}


@cache
def _lists() -> dict[str, dict[str, str]]:
    return tomli.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
