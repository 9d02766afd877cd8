"""Reads a question: its words with their weights, spelling repaired, and the terms that stand for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.analysis import Token
from knowledge.corpus import STOP_WEIGHT, Corpus, asks
from knowledge.repair import Repair
from knowledge.words import expectations

WORDS_READ = 400
_LETTERS_READ = 20 * WORDS_READ
# More words than any real question has; the lightest of a longer text are left out.
_MOST_UNITS = 60
_MOST_REPAIRS = 12
_MEANING = 0.95
_PART = 0.8


@dataclass(frozen=True, slots=True)
class Unit:
    """One word: its weight, the terms that stand for it (each with a weight up to 1, the best first), whether known."""

    weight: float
    terms: Mapping[str, float]
    known: bool
    stop: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the form of the index.

    `spelling` are its words, repaired; `terms` leads a term to the number of its word and its weight there;
    `asks` is what is asked for, `expects` what an answer must hold.
    """

    units: tuple[Unit, ...]
    spelling: tuple[str, ...]
    terms: Mapping[str, tuple[int, float]]
    total: float
    asks: frozenset[str]
    expects: frozenset[str]

    @property
    def subject(self) -> float:
        """The weight of the content words that the library knows."""
        return sum(unit.weight for unit in self.units if unit.known and not unit.stop)

    @property
    def unknown(self) -> float:
        """The share, by weight, of content words that the library does not know in any spelling, 0 to 1."""
        content = [unit for unit in self.units if not unit.stop]
        total = sum(unit.weight for unit in content)
        return sum(unit.weight for unit in content if not unit.known) / total if total else 1.0


def read_question(text: str, corpus: Corpus, repair: Repair) -> Question:
    """Read the first words of a question; the rest of a very long text is left out."""
    words = corpus.analysis.words(text[:_LETTERS_READ])[:WORDS_READ]
    units: dict[str, Unit] = {}
    spelling = []
    tried = 0
    tokens = corpus.analysis.tokens_of(words)
    for token in tokens:
        if token.stem in units:
            spelling.append(token.word)
            continue
        unit, spelled = _read(token, corpus, repair if tried < _MOST_REPAIRS else None)
        tried += not unit.known or spelled != token.word
        units[token.stem] = unit
        spelling.append(spelled)
    rows = tuple(sorted(units.values(), key=lambda unit: -unit.weight)[:_MOST_UNITS])
    total = sum(unit.weight for unit in rows)
    known = expectations()
    expects = frozenset(known[word] for word in words if word in known)
    return Question(rows, tuple(spelling), _by_term(rows), total, asks(tokens), expects)


def _read(token: Token, corpus: Corpus, repair: Repair | None) -> tuple[Unit, str]:
    terms = _terms(token)
    known = any(corpus.knows(term) for term in terms)
    # A number that no passage has says nothing about the subject.
    stop, spelled = token.stop or (token.word.isdigit() and not known), token.word
    if repair and not known and not stop:
        found = repair.candidates(token.word) or _in_compound(token.word, corpus, repair)
        for place, (word, weight) in enumerate(found):
            (fixed,) = corpus.analysis.tokens_of([word])
            if place == 0:
                known, stop, spelled = True, fixed.stop, word
            for term, own in _terms(fixed).items():
                terms[term] = max(terms.get(term, 0.0), own * weight)
    ranked = dict(sorted(terms.items(), key=lambda row: -row[1]))
    return Unit(_weight(token.stem, terms, stop, corpus), ranked, known, stop), spelled


def _terms(token: Token) -> dict[str, float]:
    return dict.fromkeys(token.parts, _PART) | dict.fromkeys(token.meanings, _MEANING) | {token.stem: 1.0}


def _weight(stem: str, terms: Mapping[str, float], stop: bool, corpus: Corpus) -> float:
    if corpus.knows(stem):
        rarity = corpus.idf(stem)
    else:
        known = [corpus.idf(term) for term in terms if corpus.knows(term)]
        rarity = max(known, default=1.0 if stop else corpus.highest_idf)
    return rarity * (STOP_WEIGHT if stop else 1.0)


def _in_compound(word: str, corpus: Corpus, repair: Repair) -> list[tuple[str, float]]:
    """A German compound whose last part is misspelt."""
    for head, rest in corpus.analysis.heads(word):
        for found, weight in repair.candidates(rest)[:1]:
            return [(head + found, weight)]
    return []


def _by_term(units: tuple[Unit, ...]) -> dict[str, tuple[int, float]]:
    terms: dict[str, tuple[int, float]] = {}
    for number, unit in enumerate(units):
        for term, weight in unit.terms.items():
            if term not in terms or terms[term][1] < weight:
                terms[term] = (number, weight)
    return terms
