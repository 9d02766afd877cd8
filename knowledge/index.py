"""The whoosh side of the search, and the only module that imports whoosh: an index in memory, and stemmers.

Import it late: whoosh takes a tenth of a second. Queries are made of terms, never parsed from a person's text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from whoosh.fields import KEYWORD, Schema
from whoosh.lang import stemmer_for_language
from whoosh.matching import ListMatcher
from whoosh.query import Query
from whoosh.reading import IndexReader, TermInfo, TermNotFound
from whoosh.searching import Searcher

from knowledge.postings import Postings, gathered, packed

SATURATION = 2.0


def stemmer(lang: str) -> Callable[[str], str]:
    """The Snowball stemmer of a language."""
    stem: Callable[[str], str] = stemmer_for_language(lang)
    return stem


class Index:
    """Documents of weighted terms, scored by BM25F; made from what `pack_index` gives.

    The weights hold the length of the fields already, so that one field is enough.
    """

    def __init__(self, pack: Mapping[str, Any]) -> None:
        self.postings = Postings(pack["postings"])
        self._reader = _MemoryReader(self.postings, pack["size"])

    def scores(self, boosts: Mapping[str, float], limit: int) -> dict[int, float]:
        """The scores of the best documents by number; `boosts` are the terms to look for with their weights."""
        # A searcher of its own for each question costs nothing here and needs no lock between threads.
        searcher: Any = Searcher(self._reader, closereader=False)
        results = searcher.search(_Sum(self.postings, boosts, limit), limit=limit, optimize=False)
        return {results.docnum(place): results.score(place) for place in range(results.scored_length())}


def pack_index(documents: Sequence[Mapping[str, float]], idf: Callable[[str], float]) -> dict[str, Any]:
    """The scores of documents by term; `idf` says how rare a term is."""
    postings = gathered(enumerate(documents))
    for term, (_, scores) in postings.items():
        rarity = idf(term) * (1 + SATURATION)
        for place, weight in enumerate(scores):
            scores[place] = rarity * weight / (weight + SATURATION)
    return {"postings": packed(postings), "size": len(documents)}


class _Sum(Query):  # type: ignore[misc]  # whoosh has no types
    """Adds the scores of the terms, each times its weight in the question; matches those that can be among `limit`.

    The postings hold the scores ready; whoosh's own union asks for each of them by five calls.
    """

    def __init__(self, postings: Postings, boosts: Mapping[str, float], limit: int) -> None:
        self._postings, self._boosts, self._limit = postings, boosts, limit

    def matcher(self, searcher: Any, context: object = None) -> Any:
        sums = [0.0] * searcher.doc_count_all()
        for term, boost in self._boosts.items():
            for number, score in zip(*self._postings.of(term), strict=True):
                sums[number] += score * boost
        least = sorted(sums)[-self._limit :][0] if sums else 0.0
        numbers = [number for number, score in enumerate(sums) if score >= least and score > 0]
        return ListMatcher(numbers, [sums[number] for number in numbers])


class _MemoryReader(IndexReader):  # type: ignore[misc]  # whoosh has no types
    """What a searcher wants to know of an index.

    whoosh's own writer leaves temporary files in one shared folder even for an index in memory, which two
    processes take from each other; and it needs ten times as long.
    """

    def __init__(self, postings: Postings, size: int) -> None:
        self.schema = Schema(terms=KEYWORD())
        self._postings, self._size = postings, size

    def postings(self, fieldname: str, text: bytes, scorer: object = None) -> Any:
        numbers, scores = self._postings.of(text.decode())
        return ListMatcher(numbers, scores, scorer=scorer, term=(fieldname, text))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[1].decode() in self._postings

    def term_info(self, fieldname: str, text: bytes) -> Any:
        numbers, scores = self._postings.of(text.decode())
        if not numbers:
            raise TermNotFound((fieldname, text))
        return TermInfo(weight=sum(scores), df=len(numbers), maxweight=max(scores))

    def indexed_field_names(self) -> list[str]:
        return ["terms"]

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        return (("terms", text.encode()) for text in sorted(self._postings))

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
        return sum(self._postings.of(text.decode())[1])

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._postings.count(text.decode())

    def field_length(self, fieldname: str) -> int:
        return 0

    min_field_length = max_field_length = field_length

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return default

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def vector(self, docnum: int, fieldname: str, format_: object = None) -> Any:
        raise NotImplementedError("this index keeps no vectors")
