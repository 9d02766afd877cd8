"""Known wordings (headings and questions) by term, and how much a question is like each of them."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.postings import Postings, gathered, packed
from knowledge.question import Question, Unit

# A word that nearly every wording has costs time and tells nothing.
_LEAST_WEIGHT = 0.15
# The words of a question that make up this share of its weight choose the wordings to compare.
_WEIGHTIEST = 0.8
# So little of a question in common is chance.
_LEAST_SHARE = 0.1
_TERMS_KEPT = 100


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
        self._weights_of = lru_cache(maxsize=_TERMS_KEPT)(self._weights)

    def likeness(self, question: Question) -> dict[int, list[float]]:
        """How much the wordings of each document and the question say the same, 0 to 1, the best first.

        The weightiest words of the question choose the wordings; one that shares nearly nothing of them is left out.
        """
        units = [unit for unit in question.units if unit.weight >= _LEAST_WEIGHT]
        total = sum(unit.weight for unit in units)
        of_question = [0.0] * len(self._documents)
        of_wording = of_question.copy()
        touched: set[int] = set()
        read, done = 0.0, 0
        while done < len(units) and read < _WEIGHTIEST * total:
            touched |= self._add(units[done], of_question, of_wording)
            read += units[done].weight
            done += 1
        chosen = {number for number in touched if of_question[number] > _LEAST_SHARE * total}
        for unit in units[done:]:
            self._add_to(chosen, unit, of_question, of_wording)
        documents, totals = self._documents, self._totals
        found: dict[int, list[float]] = {}
        for number in chosen:
            one, other = of_question[number] / total, of_wording[number] / totals[number]
            if other > 1.0:
                other = 1.0
            found.setdefault(documents[number], []).append(2 * one * other / (one + other))
        for values in found.values():
            values.sort(reverse=True)
        return found

    def _add(self, unit: Unit, of_question: list[float], of_wording: list[float]) -> set[int]:
        """Add what a word has in common with every wording; a wording counts the first term that it has."""
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
        return seen

    def _add_to(self, chosen: set[int], unit: Unit, of_question: list[float], of_wording: list[float]) -> None:
        """The same for a few wordings: a common word, which half of them have, is looked up instead of gone through."""
        for term, strength in unit.terms.items():
            weights = self._weights_of(term)
            share = unit.weight * strength
            having = weights.keys() & chosen
            for number in having:
                of_question[number] += share
                of_wording[number] += weights[number] * strength
            chosen = chosen - having

    def _weights(self, term: str) -> dict[int, float]:
        return dict(zip(*self._postings.of(term), strict=True))


def pack_wordings(rows: Iterable[Wording]) -> dict[str, Any]:
    """The wordings by term; of two words of one wording that stand for one thing the first counts."""
    documents, totals = array("I"), array("f")

    def weights() -> Iterator[tuple[int, dict[str, float]]]:
        for number, row in enumerate(rows):
            documents.append(row.document)
            totals.append(sum(weight for weight, _ in row.units if weight >= _LEAST_WEIGHT) or 1.0)
            yield number, _first(row)

    return {"postings": packed(gathered(weights())), "documents": documents, "totals": totals}


def _first(row: Wording) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight, terms in row.units:
        if weight >= _LEAST_WEIGHT:
            for term in terms:
                weights.setdefault(term, weight)
    return weights
