"""Finds the passages that answer a question, or says that there are none.

`ranking` puts the passages in order, `decision` says how sure the first one is. whoosh, which takes a fifth of a
second to load, is imported with the first question.
"""

import threading
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from knowledge.language import language_of
from knowledge.library import LANGUAGES, Library, Passage, library
from knowledge.places import places

if TYPE_CHECKING:
    from knowledge.question import Question
    from knowledge.ranking import Candidate, Ranking

MOST_HITS = 5
NEIGHBOUR = "neighbour"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and the confidence, 0 to 1, that it answers."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search says: `kind` is "answer", "suggest" or "unknown"; at most 5 hits, best first.

    `quoted` is how many of the first hits to quote together, where they fit, when the kind is "answer". A first hit
    on the topic "neighbour" under the kind "unknown" is a refusal that points the right way.
    """

    kind: str
    hits: tuple[Hit, ...]
    quoted: int = 1


class Search:
    """Searches a library. The index of a language is built when it is first asked for; threads may share one."""

    def __init__(self, of: Library) -> None:
        self._library = of
        self._rankings: dict[str, Ranking] = {}
        self._lock = threading.Lock()

    def ranking(self, lang: str) -> "Ranking":
        """The ranking of one language. A language other than "fr" and "de" raises ValueError."""
        from knowledge.glossary import load_glossary
        from knowledge.outside import load_subjects
        from knowledge.ranking import Ranking

        if lang not in LANGUAGES:
            raise ValueError(f"not a language of the library: {lang!r}")
        with self._lock:
            if lang not in self._rankings:
                passages = self._library.passages(lang)
                self._rankings[lang] = Ranking(passages, lang, load_subjects(), load_glossary(), places().cache)
            return self._rankings[lang]

    def best(self, text: str, lang: str, n: int) -> list[Hit]:
        """The first `n` passages for a question in `lang`, best first, without a decision."""
        ranking = self.ranking(lang)
        question = ranking.read(text)
        return _hits(question, ranking.candidates(question), n)

    def find(self, text: str, lang: str, audience: str = "") -> Finding:
        """The passages for a question in French or German, whichever it is in; the hits are in `lang`."""
        asked_in = language_of(text)
        if asked_in == "other":
            return Finding("unknown", ())
        ranking = self.ranking(asked_in or lang)
        question = ranking.read(text)
        rows = ranking.candidates(question, audience)
        hits = tuple(self._twin(hit, lang) for hit in _hits(question, rows, MOST_HITS))
        return _decide(hits, outside=not rows or rows[0].passage is None)

    def _twin(self, hit: Hit, lang: str) -> Hit:
        """The same passage in another language; where it is missing, the passage itself."""
        passage = hit.passage
        if passage.lang == lang:
            return hit
        return Hit(self._library.passage(passage.article, passage.anchor, lang) or passage, hit.score)


@cache
def _search() -> Search:
    return Search(library())


def find(question: str, lang: str, audience: str = "") -> Finding:
    """Search the library: whether there is an answer, and the best passages in `lang`.

    `audience` ("parents", "institutions", "communes", "support_services" or "") decides between near equals.
    Any text is harmless; of a very long one the first words are read.
    """
    return _search().find(question, lang, audience)


def best(question: str, lang: str, n: int) -> list[Hit]:
    """The first `n` passages for a question in `lang`, best first, without a decision."""
    return _search().best(question, lang, n)


def _hits(question: "Question", rows: "list[Candidate]", n: int) -> list[Hit]:
    from knowledge import decision

    outside = max((row.order for row in rows if row.passage is None), default=0.0)
    hits: list[Hit] = []
    for row in rows:
        if row.passage is None:
            continue
        rival = outside / row.order if row.order > 0 else 1.0
        score = decision.confidence(decision.features(question, row.signals, rival))
        hits.append(Hit(row.passage, min(score, hits[-1].score) if hits else score))
        if len(hits) == n:
            break
    return hits


def _decide(hits: tuple[Hit, ...], outside: bool) -> Finding:
    from knowledge import decision

    limits = decision.weights()
    if not hits or hits[0].passage.topic == NEIGHBOUR or hits[0].score < limits.suggest:
        return Finding("unknown", hits)
    # A subject outside is nearer than a passage that looks good by itself: nobody knows, so the person chooses.
    if outside or hits[0].score < limits.answer:
        return Finding("suggest", hits)
    return Finding("answer", hits, 2 if _both(hits, limits.second) else 1)


def _both(hits: tuple[Hit, ...], share: float) -> bool:
    """Whether the second hit is nearly as sure as the first."""
    return len(hits) > 1 and hits[1].passage.topic != NEIGHBOUR and hits[1].score >= share * hits[0].score
