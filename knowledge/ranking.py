"""Ranks the passages of one language for a question, beside the subjects that the library does not cover."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from pathlib import Path
from typing import Any

from knowledge import decision
from knowledge.analysis import Analysis
from knowledge.built import Document, nouns, pack
from knowledge.corpus import Corpus
from knowledge.dialect import Dialect, pack_sounds
from knowledge.glossary import Glossary
from knowledge.index import Index, stemmer
from knowledge.kept import kept
from knowledge.library import Passage
from knowledge.ngrams import Ngrams
from knowledge.outside import Subject
from knowledge.question import Question, read_question
from knowledge.repair import Repair
from knowledge.signals import ALIKE, Covered, Signals, signals
from knowledge.stems import stems
from knowledge.texts import is_official
from knowledge.wordings import Wordings
from knowledge.words import common_words, compound_parts, forms, stop_words

_CANDIDATES = 50
_GUESTS = 5
_GUESTS_BY_WORDING = 25
_MOST_TERMS = 60
_TOO_COMMON = 0.7
_STOP_BOOST = 0.4
_AUDIENCE = 0.3
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_SHORTEST_SENTENCE = 15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage (None: a subject outside the library) with its signals and its place in the order."""

    passage: Passage | None
    signals: Signals
    order: float


class Ranking:
    """The passages of one language, ready to be searched."""

    def __init__(
        self,
        passages: Sequence[Passage],
        lang: str,
        subjects: Sequence[Subject],
        glossary: Glossary,
        folder: Path | None = None,
    ) -> None:
        """`folder` is where the built index is kept for the next start; None keeps nothing."""
        self._passages = tuple(passages)
        documents = [_document(passage) for passage in passages]
        documents += [Document(subject.questions[lang], "") for subject in subjects]
        stem = stems(lang, stemmer(lang), forms(lang))

        def build() -> dict[str, Any]:
            known = compound_parts() | nouns(document.body for document in documents) if lang == "de" else frozenset()
            expressions = glossary.compiled(lang, Analysis(lang, stem, stop_words(lang), known, {}).stems)
            analysis = Analysis(lang, stem, stop_words(lang), known, expressions)
            packed = pack(_in_plain_words(documents, analysis) if lang == "de" else documents, analysis)
            sounds = pack_sounds(_standard_words(packed["frequencies"], glossary, analysis)) if lang == "de" else {}
            return {"nouns": sorted(known), "expressions": expressions, "sounds": sounds, **packed}

        parts = kept(folder, lang, (documents, glossary), build)
        analysis = Analysis(lang, stem, stop_words(lang), parts["nouns"], parts["expressions"])
        self._index = Index(parts["index"])
        self.corpus = Corpus(parts, self._index.postings, analysis)
        self.repair = Repair(self.corpus.frequencies, glossary.words(lang), analysis, common_words(lang))
        self.dialect = Dialect(parts["sounds"], self.corpus.frequencies) if lang == "de" else None
        self._grams = Ngrams(parts["ngrams"])
        self._wordings = Wordings(parts["wordings"])

    def read(self, text: str) -> Question:
        """The question in the form of the index."""
        return read_question(text, self.corpus, self.repair, self.dialect)

    def candidates(self, question: Question, audience: str = "") -> list[Candidate]:
        """The candidates for a question, best first; among equals those for the audience."""
        found = self._index.scores(_boosts(question, self.corpus), _CANDIDATES)
        grams = self._grams.scores(question.spelling)
        likeness = self._wordings.likeness(question)
        alike = {number: sum(values[:ALIKE]) for number, values in likeness.items()}
        nearest = nlargest(_GUESTS_BY_WORDING, alike, key=alike.__getitem__)
        for number in (*nearest, *nlargest(_GUESTS, grams, key=grams.__getitem__)):
            found.setdefault(number, 0.0)
        covered = self._covered(question, found)
        rows = []
        for number, words in found.items():
            entry = self.corpus.entries[number]
            row = signals(question, entry, words, grams.get(number, 0.0), likeness.get(number, ()), covered[number])
            rows.append(self._candidate(number, row, audience))
        return sorted(rows, key=lambda row: -row.order)

    def _covered(self, question: Question, numbers: Iterable[int]) -> dict[int, Covered]:
        """What each document has of the question's words, each by the best term that stands for it."""
        covered = {number: Covered() for number in numbers}
        for unit in question.units:
            best: dict[int, float] = {}
            for term, strength in reversed([*unit.terms.items()]):
                best.update(dict.fromkeys(self._index.postings.numbers(term), strength))
            subject = unit.known and not unit.stop
            for number in covered.keys() & best.keys():
                weight = unit.weight * best[number]
                covered[number].words += weight
                covered[number].subject += weight if subject else 0.0
        return covered

    def _candidate(self, number: int, row: Signals, audience: str) -> Candidate:
        passage = self._passages[number] if number < len(self._passages) else None
        meant = passage is not None and audience in passage.audience
        return Candidate(passage, row, decision.order(row) + (_AUDIENCE if meant else 0.0))


def _standard_words(frequencies: Iterable[str], glossary: Glossary, analysis: Analysis) -> Iterable[str]:
    """The German words that a dialect word may stand for."""
    listed = (word for entry in glossary.words("de") for word in analysis.words(entry))
    return {*frequencies, *listed, *common_words("de"), *compound_parts(), *stop_words("de"), *forms("de")}


def _in_plain_words(documents: Iterable[Document], analysis: Analysis) -> list[Document]:
    """German documents, their wordings in dialect with the small words of standard German, as questions are read."""
    dialect = Dialect({}, {})

    def plain(wording: str) -> str:
        words = analysis.words(wording)
        return " ".join(dialect.plain(words)) if dialect.is_spoken(words) else wording

    return [replace(document, head=tuple(map(plain, document.head))) for document in documents]


def _document(passage: Passage) -> Document:
    """What is indexed of a passage. An official text has no wordings of people; its sentences stand for them."""
    wordings = _sentences(passage.text) if is_official(passage) else passage.questions
    return Document((f"{passage.title} {passage.heading}", *wordings), passage.text)


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(sentence for sentence in _SENTENCE.split(text) if len(sentence) >= _SHORTEST_SENTENCE)


def _boosts(question: Question, corpus: Corpus) -> dict[str, float]:
    """The terms to look for, the rarest first; what nearly every passage has is left out."""
    boosts = {
        term: weight * (_STOP_BOOST if question.units[number].stop else 1.0)
        for term, (number, weight) in question.terms.items()
        if corpus.knows(term) and corpus.idf(term) > _TOO_COMMON
    }
    rarest = sorted(boosts, key=lambda term: -corpus.idf(term))[:_MOST_TERMS]
    return {term: boosts[term] for term in rarest}
