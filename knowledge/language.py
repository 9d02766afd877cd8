"""Tells French from German, and both from other languages, also for a few words.

Words and trigrams are counted in the library itself; short lists of frequent words stand for other languages.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from knowledge.analysis import fold
from knowledge.kept import kept
from knowledge.library import LANGUAGES, library
from knowledge.places import places
from knowledge.words import language_words

_WORDS_READ = 200
_MARGIN = 1.5
_KNOWN_WEIGHT = 2.0
_ACCENTS = {"fr": "éèêëçàâîïùûœ«»", "de": "äöüß"}
_ACCENT_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class _Model:
    words: Mapping[str, float]
    trigrams: Mapping[str, float]
    rare_word: float
    rare_trigram: float
    known: frozenset[str]


@lru_cache(maxsize=8)
def language_of(text: str) -> str:
    """The language of a text: "fr", "de", "other" when it plainly is neither, "" when unsure."""
    start = text[: _WORDS_READ * 20]
    words = [word for word in fold(start).split()[:_WORDS_READ] if not word.isdigit()]
    if not words:
        return ""
    if _foreign_script(words):
        return "other"
    known = {lang: sum(word in _model(lang).known for word in words) for lang in LANGUAGES}
    foreign = max(sum(word in listed for word in words) for listed in _others().values())
    if foreign > max(known.values()) and foreign * 2 >= len(words):
        return "other"
    french, german = (_score(words, start, lang) for lang in LANGUAGES)
    if abs(french - german) < _MARGIN:
        return ""
    return "fr" if french > german else "de"


@cache
def known_words() -> frozenset[str]:
    """The folded words of the library in all its languages."""
    return frozenset().union(*(_model(lang).known for lang in LANGUAGES))


def _foreign_script(words: Iterable[str]) -> bool:
    letters = [c for word in words for c in word if c.isalpha()]
    return bool(letters) and sum(ord(c) > 0x24F for c in letters) * 2 > len(letters)


def _score(words: Iterable[str], text: str, lang: str) -> float:
    model = _model(lang)
    total = sum(_ACCENT_WEIGHT for c in set(text.lower()) if c in _ACCENTS[lang])
    for word in words:
        own = model.words.get(word)
        spelled = [model.trigrams.get(gram, model.rare_trigram) for gram in _trigrams(word)]
        total += _KNOWN_WEIGHT * (own - model.rare_word) / 4 if own is not None else 0.0
        total += sum(spelled) / len(spelled)
    return total


def _trigrams(word: str) -> list[str]:
    marked = f" {word} "
    return [marked[place : place + 3] for place in range(len(marked) - 2)]


@cache
def _model(lang: str) -> _Model:
    pack = _models()[lang]
    return _Model(pack["words"], pack["trigrams"], pack["rare_word"], pack["rare_trigram"], frozenset(pack["known"]))


@cache
def _models() -> dict[str, Any]:
    texts = {
        lang: [f"{p.heading} {p.text} {' '.join(p.questions)}" for p in library().passages(lang)] for lang in LANGUAGES
    }
    return kept(places().cache, "languages", texts, lambda: _counted(texts))


def _counted(texts: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """The models of all languages as JSON values."""
    counts = {
        lang: Counter(word for word in fold(" ".join(rows)).split() if not word.isdigit())
        for lang, rows in texts.items()
    }
    return {lang: _pack(lang, counts) for lang in counts}


def _pack(lang: str, all_counts: Mapping[str, Counter[str]]) -> dict[str, Any]:
    own, (other,) = all_counts[lang], [counts for name, counts in all_counts.items() if name != lang]
    counts = own + Counter(dict.fromkeys(_listed()[lang], 20))
    trigrams: defaultdict[str, float] = defaultdict(float)
    for word, count in counts.items():
        # The logarithm keeps a few frequent words from deciding how a language is spelled.
        for gram in _trigrams(word):
            trigrams[gram] += 1 + math.log(count)
    rare_word, words = _logarithms(counts)
    rare_trigram, grams = _logarithms(trigrams)
    # A word that the other language uses far more often is a quotation.
    known = {word for word, count in own.items() if count * 10 >= other[word]} | _listed()[lang]
    return {
        "words": words,
        "trigrams": grams,
        "rare_word": rare_word,
        "rare_trigram": rare_trigram,
        "known": sorted(known),
    }


def _logarithms(counts: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    total = sum(counts.values()) + len(counts)
    return math.log(0.5 / total), {key: math.log((count + 0.5) / total) for key, count in counts.items()}


@cache
def _listed() -> dict[str, frozenset[str]]:
    return language_words()


@cache
def _others() -> dict[str, frozenset[str]]:
    return {lang: words for lang, words in _listed().items() if lang not in LANGUAGES}
