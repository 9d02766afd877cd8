"""Known wordings (headings and questions) by term, and how much a question is like each of them."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.postings import Postings, gathered, packed
from knowledge.question import Question

# A word that nearly every wording has costs time and tells nothing.
_LEAST_WEIGHT = 0.15
# So little of a question in common is chance.
_LEAST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: the document it belongs to, and its words as (weight, terms)."""

    document: int
    units: tuple[tuple[float, tuple[str, ...]], ...]


class Wordings:
    """An index of wordings, which are short: a question is compared with all of them at once.

    Made from what `pack_wordings` gives.
    """

    def __init__(self, pack: Mapping[str, Any]) -> None:
        self._postings = Postings(pack["postings"])
        self._documents: array[int] = pack["documents"]
        self._totals: array[float] = pack["totals"]

    def likeness(self, question: Question) -> dict[int, list[float]]:
        """How much the wordings of each document and the question say the same, 0 to 1, the best first.

        A wording that shares nearly nothing with the question is left out.
        """
        of_question = [0.0] * len(self._documents)
        of_wording = of_question.copy()
        total = 0.0
        for unit in question.units:
            if unit.weight < _LEAST_WEIGHT:
                continue
            total += unit.weight
            seen: set[int] = set()
            for term, strength in unit.terms.items():
                numbers, weights = self._postings.of(term)
                share = unit.weight * strength
                if not seen:
                    for number, weight in zip(numbers, weights, strict=True):
                        of_question[number] += share
                        of_wording[number] += weight * strength
                else:
                    for number, weight in zip(numbers, weights, strict=True):
                        if number not in seen:
                            of_question[number] += share
                            of_wording[number] += weight * strength
                seen.update(numbers)
        return self._by_document(of_question, of_wording, total)

    def _by_document(self, of_question: list[float], of_wording: list[float], total: float) -> dict[int, list[float]]:
        documents, totals, least = self._documents, self._totals, _LEAST_SHARE * total
        found: dict[int, list[float]] = {}
        for number, shared in enumerate(of_question):
            if shared > least:
                one, other = shared / total, of_wording[number] / totals[number]
                if other > 1.0:
                    other = 1.0
                found.setdefault(documents[number], []).append(2 * one * other / (one + other))
        for values in found.values():
            values.sort(reverse=True)
        return found


def pack_wordings(rows: Sequence[Wording]) -> dict[str, Any]:
    """The wordings by term; of two words of one wording that stand for one thing the first counts."""
    postings = gathered((number, _first(row)) for number, row in enumerate(rows))
    return {
        "postings": packed(postings),
        "documents": array("I", (row.document for row in rows)),
        "totals": array("f", (sum(w for w, _ in row.units if w >= _LEAST_WEIGHT) or 1.0 for row in rows)),
    }


def _first(row: Wording) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight, terms in row.units:
        if weight >= _LEAST_WEIGHT:
            for term in terms:
                weights.setdefault(term, weight)
    return weights
