"""Known wordings (headings and questions) by term, and how much a question is like each of them."""

from array import array
from collections.abc import Sequence

from knowledge.corpus import Wording
from knowledge.question import Question

# A word that nearly every wording has costs time and tells nothing.
_LEAST_WEIGHT = 0.15


class Wordings:
    """An index of wordings, which are short: a question is compared with all of them at once."""

    def __init__(self, rows: Sequence[Wording]) -> None:
        self._documents = array("I", (row.document for row in rows))
        self._totals = array("f", (sum(w for w, _ in row.units if w >= _LEAST_WEIGHT) or 1.0 for row in rows))
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        for number, row in enumerate(rows):
            for weight, terms in row.units:
                if weight < _LEAST_WEIGHT:
                    continue
                for term in terms:
                    numbers, weights = self._postings.setdefault(term, (array("I"), array("f")))
                    # Two words of a wording may stand for one thing; the first counts.
                    if not numbers or numbers[-1] != number:
                        numbers.append(number)
                        weights.append(weight)

    def likeness(self, question: Question) -> dict[int, list[float]]:
        """How much the wordings of each document and the question say the same, 0 to 1, the best first."""
        of_question: dict[int, float] = {}
        of_wording: dict[int, float] = {}
        total = 0.0
        for unit in question.units:
            if unit.weight < _LEAST_WEIGHT:
                continue
            total += unit.weight
            seen: set[int] = set()
            for term, strength in sorted(unit.terms.items(), key=lambda row: -row[1]):
                if term in self._postings:
                    for number, weight in zip(*self._postings[term], strict=True):
                        if number not in seen:
                            seen.add(number)
                            of_question[number] = of_question.get(number, 0.0) + unit.weight * strength
                            of_wording[number] = of_wording.get(number, 0.0) + weight * strength
        found: dict[int, list[float]] = {}
        for number, covered in of_question.items():
            one, other = covered / total, min(1.0, of_wording[number] / self._totals[number])
            found.setdefault(self._documents[number], []).append(2 * one * other / (one + other))
        for values in found.values():
            values.sort(reverse=True)
        return found
