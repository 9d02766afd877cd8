"""The whoosh side of the search, and the only module that imports whoosh: an index in memory, and stemmers.

Import it late: whoosh takes a fifth of a second. Queries are made of terms, never parsed from a person's text.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from whoosh.fields import KEYWORD, Schema
from whoosh.lang import stemmer_for_language
from whoosh.matching import ListMatcher
from whoosh.query import Or, Term
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import Searcher

SATURATION = 2.0


def stemmer(lang: str) -> Callable[[str], str]:
    """The Snowball stemmer of a language."""
    stem: Callable[[str], str] = stemmer_for_language(lang)
    return stem


class Index:
    """Documents of weighted terms, scored by BM25F; `idf` says how rare a term is.

    The weights hold the length of the fields already, so that one field is enough.
    """

    def __init__(self, documents: Sequence[Mapping[str, float]], idf: Callable[[str], float]) -> None:
        self._reader = _MemoryReader(documents, idf)

    def scores(self, boosts: Mapping[str, float], limit: int) -> dict[int, float]:
        """The scores of the best documents by number; `boosts` are the terms to look for with their weights."""
        if not boosts:
            return {}
        query = Or([Term("terms", term) for term in boosts])
        # Twice as fast as the default on indexes of this size, with the same hits.
        query.matcher_type = Or.ARRAY_MATCHER
        # A searcher of its own for each question costs nothing here and needs no lock between threads.
        searcher: Any = Searcher(self._reader, weighting=_Boosts(boosts), closereader=False)
        results = searcher.search(query, limit=limit, optimize=False)
        return {results.docnum(place): results.score(place) for place in range(results.scored_length())}


class _MemoryReader(IndexReader):  # type: ignore[misc]  # whoosh has no types
    """Postings in two arrays per term.

    whoosh's own writer leaves temporary files in one shared folder even for an index in memory, which two
    processes take from each other; and it needs ten times as long.
    """

    def __init__(self, documents: Sequence[Mapping[str, float]], idf: Callable[[str], float]) -> None:
        self.schema = Schema(terms=KEYWORD())
        self._size = len(documents)
        postings: dict[str, tuple[array[int], array[float]]] = {}
        for number, document in enumerate(documents):
            for term, weight in document.items():
                if term not in postings:
                    postings[term] = (array("I"), array("f"))
                numbers, scores = postings[term]
                numbers.append(number)
                scores.append(weight)
        self._postings = {term.encode(): rows for term, rows in postings.items()}
        for term, (_, scores) in postings.items():
            rarity = idf(term) * (1 + SATURATION)
            for place, weight in enumerate(scores):
                scores[place] = rarity * weight / (weight + SATURATION)

    def postings(self, fieldname: str, text: bytes, scorer: object = None) -> Any:
        numbers, scores = self._postings[text]
        return ListMatcher(numbers, scores, scorer=scorer, term=(fieldname, text))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[1] in self._postings

    def term_info(self, fieldname: str, text: bytes) -> Any:
        if text not in self._postings:
            raise TermNotFound((fieldname, text))
        numbers, scores = self._postings[text]
        return TermInfo(weight=sum(scores), df=len(numbers), maxweight=max(scores))

    def indexed_field_names(self) -> list[str]:
        return ["terms"]

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        return (("terms", text) for text in sorted(self._postings))

    def has_deletions(self) -> bool:
        return False

    def is_deleted(self, docnum: int) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict[str, object]:
        return {}

    def doc_count_all(self) -> int:
        return self._size

    def doc_count(self) -> int:
        return self._size

    def frequency(self, fieldname: str, text: bytes) -> float:
        return sum(self._postings[text][1]) if text in self._postings else 0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._postings[text][0]) if text in self._postings else 0

    def field_length(self, fieldname: str) -> int:
        return 0

    min_field_length = max_field_length = field_length

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return default

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def vector(self, docnum: int, fieldname: str, format_: object = None) -> Any:
        raise NotImplementedError("this index keeps no vectors")


class _Boosts(WeightingModel):  # type: ignore[misc]  # whoosh has no types
    """Multiplies the scores of a term, which the reader holds ready, by its weight in the question."""

    def __init__(self, boosts: Mapping[str, float]) -> None:
        self._boosts = boosts

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> "_Scorer":
        return _Scorer(self._boosts[text.decode()])


class _Scorer(BaseScorer):  # type: ignore[misc]  # whoosh has no types
    def __init__(self, boost: float) -> None:
        self._boost = boost

    def supports_block_quality(self) -> bool:
        return True

    def block_quality(self, matcher: Any) -> float:
        best: float = matcher.block_max_weight()
        return best * self._boost

    def score(self, matcher: Any) -> float:
        score: float = matcher.weight()
        return score * self._boost
