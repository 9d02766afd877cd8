"""Finds the passages that answer a question, or says that there are none.

`ranking` puts the passages in order, `decision` says how sure the first one is. whoosh, which takes a fifth of a
second to load, is imported with the first question.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
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
AGREEING = 5
# Topics whose passages answer nothing: they say that it is another office's matter, or that no source tells.
NEIGHBOUR = "neighbour"
REFUSING = (NEIGHBOUR, "untold")
log = logging.getLogger("kibon-bot.knowledge")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and the confidence, 0 to 1, that it answers."""

    passage: Passage
    score: float


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
        return _decide(hits, outside=not rows or rows[0].passage is None, alike=_alike(rows))

    def excerpts(self, text: str, passages: Sequence[Passage], characters: int) -> list[str]:
        """What each passage says of a question in French or German, in at most so many characters together; the first
        one has what the others leave."""
        from knowledge.excerpt import excerpt

        asked_in = language_of(text)
        question = self.ranking(asked_in if asked_in in LANGUAGES else passages[0].lang).read(text)
        found: list[str] = []
        for left in range(len(passages), 0, -1):
            passage, share = passages[left - 1], (characters - sum(map(len, found))) // left
            found.insert(0, excerpt(question, passage.text, self.ranking(passage.lang).corpus.analysis, share))
        return found

    def _twin(self, hit: Hit, lang: str) -> Hit:
        """The same passage in another language; where it is missing, the passage itself."""
        passage = hit.passage
        if passage.lang == lang:
            return hit
        return Hit(self.library.passage(passage.article, passage.anchor, lang) or passage, hit.score)


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


def excerpts(question: str, passages: Sequence[Passage], characters: int) -> list[str]:
    """What each passage says of a question, word for word, in at most so many characters together."""
    return _searches.now().excerpts(question, passages, characters)


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


def _alike(rows: "list[Candidate]") -> int:
    """How many of the first passages fit nearly as well as the first, so that only all of them are a safe answer."""
    from knowledge import decision

    orders = [row.order for row in rows if row.passage and row.passage.topic not in REFUSING]
    return sum(order >= decision.weights().second * orders[0] for order in orders)


def _decide(hits: tuple[Hit, ...], outside: bool, alike: int) -> Finding:
    from knowledge import decision

    limits = decision.weights()
    if not hits or hits[0].passage.topic in REFUSING or hits[0].score < limits.suggest:
        return Finding("unknown", hits)
    # A subject outside is nearer than a passage that looks good by itself: nobody knows, so the person chooses.
    if outside or hits[0].score < limits.answer:
        return Finding("suggest", hits, SUGGESTED)
    likely = 3 if hits[0].score < limits.two else 2 if hits[0].score < limits.one else 1
    first = takewhile(lambda hit: hit.passage.topic not in REFUSING, hits[: max(likely, min(alike, SUGGESTED))])
    return Finding("answer", hits, len(list(first)))
