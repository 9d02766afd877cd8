"""Finds the passages that answer a question, or says that there are none.

`ranking` puts the passages in order, `decision` says how sure the first one is. whoosh, which takes a fifth of a
second to load, is imported with the first question.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from knowledge.language import language_of
from knowledge.library import LANGUAGES, Library, Passage, library
from knowledge.places import places
from knowledge.texts import load_texts, state
from knowledge.watch import Watched

if TYPE_CHECKING:
    from knowledge.question import Question
    from knowledge.ranking import Candidate, Ranking

MOST_HITS = 5
SUGGESTED = 3
MOST_OF_AN_EXCERPT = 240  # characters
AGREEING = 5
# Topics whose passages answer nothing: they say that it is another office's matter, or that no source tells.
NEIGHBOUR = "neighbour"
REFUSING = (NEIGHBOUR, "untold")
log = logging.getLogger("kibon-bot.knowledge")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and the confidence, 0 to 1, that it answers. `excerpt` is what it says of the question, where several
    passages are to be shown together."""

    passage: Passage
    score: float
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search says: `kind` is "answer", "suggest" or "unknown"; at most 5 hits, best first.

    `shown` is how many of the first hits to show together, unless the kind is "unknown": there, a first hit on a topic
    of REFUSING is a refusal that points the right way.
    """

    kind: str
    hits: tuple[Hit, ...]
    shown: int = 1


class Search:
    """Searches a library. The index of a language is built when it is first asked for; threads may share one.

    After `old`, the search that this one replaces, the languages that it had built are ready at once.
    """

    def __init__(self, of: Library, old: "Search | None" = None) -> None:
        self.library = of
        self._rankings: dict[str, Ranking] = {}
        self._lock = threading.Lock()
        for lang, ranking in list(old._rankings.items()) if old else ():
            if old and old.library.passages(lang) == of.passages(lang):
                self._rankings[lang] = ranking
            else:
                self.ranking(lang)

    def ranking(self, lang: str) -> "Ranking":
        """The ranking of one language. A language other than "fr" and "de" raises ValueError."""
        from knowledge.glossary import load_glossary
        from knowledge.outside import load_subjects
        from knowledge.ranking import Ranking

        if lang not in LANGUAGES:
            raise ValueError(f"not a language of the library: {lang!r}")
        with self._lock:
            if lang not in self._rankings:
                passages = self.library.passages(lang)
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
        found = _decide(hits, outside=not rows or rows[0].passage is None, close=_close(rows))
        if found.shown == 1:
            return found
        together = tuple(self._with_excerpt(question, hit) for hit in hits[: found.shown])
        return replace(found, hits=together + hits[found.shown :])

    def _twin(self, hit: Hit, lang: str) -> Hit:
        """The same passage in another language; where it is missing, the passage itself."""
        passage = hit.passage
        if passage.lang == lang:
            return hit
        return Hit(self.library.passage(passage.article, passage.anchor, lang) or passage, hit.score)

    def _with_excerpt(self, question: "Question", hit: Hit) -> Hit:
        from knowledge.excerpt import excerpt

        analysis = self.ranking(hit.passage.lang).corpus.analysis
        return replace(hit, excerpt=excerpt(question, hit.passage.text, analysis, MOST_OF_AN_EXCERPT))


def _open(old: Search | None) -> Search:
    """The articles and the operator's texts; what an older search has built of the same passages is used again."""
    texts = load_texts(places().texts)
    for mistake in texts.mistakes:
        log.warning("official text left out: %s", mistake)
    books = Library((*library().all_passages, *texts.all_passages)) if texts.all_passages else library()
    return Search(books, old)


_searches = Watched(lambda: state(places().texts), _open)


def passage_named(article: str, anchor: str, lang: str) -> Passage | None:
    """The passage of the library or of an official text with this name; in its own language where it has no twin."""
    books = _searches.now().library
    found = (books.passage(article, anchor, name) for name in (lang, *LANGUAGES))
    return next((one for one in found if one), None)


def find(question: str, lang: str, audience: str = "") -> Finding:
    """Search the library: whether there is an answer, and the best passages in `lang`.

    `audience` ("parents", "institutions", "communes", "support_services" or "") decides between near equals.
    Any text is harmless; of a very long one the first words are read.
    """
    return _searches.now().find(question, lang, audience)


def best(question: str, lang: str, n: int) -> list[Hit]:
    """The first `n` passages for a question in `lang`, best first, without a decision."""
    return _searches.now().best(question, lang, n)


def described(question: "Question", rows: Sequence["Candidate"]) -> Iterator[tuple[Passage, tuple[float, ...]]]:
    """The passages among the candidates, best first, each with what the confidence in it is mixed from."""
    from knowledge import decision

    outside = max((row.order for row in rows if row.passage is None), default=0.0)
    first = [row.passage.article for row in rows if row.passage][:AGREEING]
    for row in rows:
        if row.passage:
            rival = outside / row.order if row.order > 0 else 1.0
            agreement = first.count(row.passage.article) / AGREEING
            yield row.passage, decision.features(question, row.signals, rival, agreement)


def _hits(question: "Question", rows: "list[Candidate]", n: int) -> list[Hit]:
    from knowledge import decision

    hits: list[Hit] = []
    for passage, features in islice(described(question, rows), n):
        score = decision.confidence(features)
        hits.append(Hit(passage, min(score, hits[-1].score) if hits else score))
    return hits


def _close(rows: "list[Candidate]") -> bool:
    """Whether the second passage fits nearly as well as the first, so that only both together are a safe answer."""
    from knowledge import decision

    orders = [row.order for row in rows if row.passage and row.passage.topic not in REFUSING]
    return len(orders) > 1 and orders[1] >= decision.weights().second * orders[0]


def _decide(hits: tuple[Hit, ...], outside: bool, close: bool) -> Finding:
    from knowledge import decision

    limits = decision.weights()
    if not hits or hits[0].passage.topic in REFUSING or hits[0].score < limits.suggest:
        return Finding("unknown", hits)
    # A subject outside is nearer than a passage that looks good by itself: nobody knows, so the person chooses.
    if outside or hits[0].score < limits.answer:
        return Finding("suggest", hits, SUGGESTED)
    unsure = close or hits[0].score < limits.sure
    return Finding("answer", hits, 2 if unsure and hits[1:] and hits[1].passage.topic not in REFUSING else 1)
