"""Reads a question: its words with their weights, spelling repaired, and the terms that stand for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.analysis import Token
from knowledge.corpus import STOP_WEIGHT, Corpus, asks
from knowledge.dialect import Dialect
from knowledge.repair import Repair
from knowledge.words import expectations

WORDS_READ = 400
_LETTERS_READ = 20 * WORDS_READ
# More words than any real question has; the lightest of a longer text are left out.
_MOST_UNITS = 60
_MOST_REPAIRS = 12
_MEANING = 0.95
_PART = 0.8
# How sure a word that is no dialect must be read by its sound.
_SURE = 0.95


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
    `total` is the weight of all words, `subject` that of the content words that the library knows;
    `asks` is what is asked for, `expects` what an answer must hold.
    """

    units: tuple[Unit, ...]
    spelling: tuple[str, ...]
    terms: Mapping[str, tuple[int, float]]
    total: float
    subject: float
    asks: frozenset[str]
    expects: frozenset[str]

    @property
    def unknown(self) -> float:
        """The share, by weight, of content words that the library does not know in any spelling, 0 to 1."""
        content = [unit for unit in self.units if not unit.stop]
        total = sum(unit.weight for unit in content)
        return sum(unit.weight for unit in content if not unit.known) / total if total else 1.0


def read_question(text: str, corpus: Corpus, repair: Repair, dialect: Dialect | None) -> Question:
    """Read the first words of a question; the rest of a very long text is left out."""
    words = corpus.analysis.words(text[:_LETTERS_READ])[:WORDS_READ]
    spoken = dialect is not None and dialect.is_spoken(words)
    if dialect and spoken:
        words = dialect.plain(words)
    written = corpus.analysis.tokens_of(words)
    meant = _meant(written, corpus, repair, dialect, spoken)
    spelling = [meant[token.word][0][0] if token.word in meant else token.word for token in written]
    tokens = corpus.analysis.tokens_of(spelling) if meant else written
    units: dict[str, Unit] = {}
    for token, own in zip(tokens, written, strict=True):
        if token.stem not in units:
            units[token.stem] = _unit(token, meant.get(own.word, ()), corpus)
    rows = tuple(sorted(units.values(), key=lambda unit: -unit.weight)[:_MOST_UNITS])
    total = sum(unit.weight for unit in rows)
    if dialect:
        spelling = [dialect.spelled(word) for word in spelling]
    known = expectations()
    expects = frozenset(known[word] for word in spelling if word in known)
    subject = sum(unit.weight for unit in rows if unit.known and not unit.stop)
    return Question(rows, tuple(spelling), _by_term(rows), total, subject, asks(tokens), expects)


def _meant(
    tokens: list[Token], corpus: Corpus, repair: Repair, dialect: Dialect | None, spoken: bool
) -> dict[str, list[tuple[str, float]]]:
    """The known words, with weights below 1, that unknown words of a question may stand for, best first."""
    found: dict[str, list[tuple[str, float]]] = {}
    tried = 0
    for token in tokens:
        word = token.word
        if token.stop or word.isdigit() or word in found or _is_known(token, corpus):
            continue
        if tried == _MOST_REPAIRS:
            break
        tried += 1
        # Sound goes first where people write as they speak; elsewhere an unknown word is rather a slip.
        near = _sounding(word, corpus, dialect) if dialect and spoken else []
        if near and not _is_worth(near[0][0], corpus):
            continue
        near = near or repair.candidates(word)
        if dialect and not near and not spoken:
            near = [row for row in dialect.candidates(word) if row[1] >= _SURE and _is_worth(row[0], corpus)]
        near = near or _in_compound(word, corpus, repair)
        if near:
            found[word] = near
    return found


def _is_worth(word: str, corpus: Corpus) -> bool:
    """Whether a word that sounds like the one asked is more than another word of everyday language."""
    (token,) = corpus.analysis.tokens_of([word])
    return token.stop or _is_known(token, corpus)


def _is_known(token: Token, corpus: Corpus) -> bool:
    return any(corpus.knows(term) for term in (token.stem, *token.meanings, *token.parts))


def _unit(token: Token, meant: Sequence[tuple[str, float]], corpus: Corpus) -> Unit:
    """One word, as it is or (where `meant` is given) as the words that it may stand for, the token being the first."""
    terms = _terms(token)
    known = bool(meant) or _is_known(token, corpus)
    # A number that no passage has says nothing about the subject.
    stop = token.stop or (token.word.isdigit() and not known)
    if meant:
        terms = {term: own * meant[0][1] for term, own in terms.items()}
        for word, weight in meant[1:]:
            (other,) = corpus.analysis.tokens_of([word])
            for term, own in _terms(other).items():
                terms[term] = max(terms.get(term, 0.0), own * weight)
    ranked = dict(sorted(terms.items(), key=lambda row: -row[1]))
    return Unit(_weight(token.stem, terms, stop, corpus), ranked, known, stop)


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


def _sounding(word: str, corpus: Corpus, dialect: Dialect) -> list[tuple[str, float]]:
    """What a dialect word stands for, also as a compound; a compound that the library does not know is nothing."""
    return dialect.candidates(word) or [row for row in dialect.compound(word) if corpus.analysis.parts(row[0])]


def _by_term(units: tuple[Unit, ...]) -> dict[str, tuple[int, float]]:
    terms: dict[str, tuple[int, float]] = {}
    for number, unit in enumerate(units):
        for term, weight in unit.terms.items():
            if term not in terms or terms[term][1] < weight:
                terms[term] = (number, weight)
    return terms
