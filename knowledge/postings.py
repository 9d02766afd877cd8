"""Postings: for each term the numbers of the rows that have it, with their weights, in a few flat arrays."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Rows = Mapping[str, tuple["array[int]", "array[float]"]]
NOTHING: tuple["array[int]", "array[float]"] = (array("I"), array("f"))


class Postings:
    """Term by term the row numbers, rising, and a weight for each; the weights may be missing."""

    def __init__(self, pack: Mapping[str, Any]) -> None:
        self._terms: dict[str, int] = {term: place for place, term in enumerate(pack["terms"])}
        self._bounds: array[int] = pack["bounds"]
        self._numbers: array[int] = pack["numbers"]
        self._weights: array[float] = pack["weights"]

    def __contains__(self, term: str) -> bool:
        return term in self._terms

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def count(self, term: str) -> int:
        """How many rows have the term."""
        place = self._terms.get(term)
        return 0 if place is None else self._bounds[place + 1] - self._bounds[place]

    def numbers(self, term: str) -> "array[int]":
        """The rows that have the term."""
        return self.of(term)[0]

    def of(self, term: str) -> tuple["array[int]", "array[float]"]:
        """The rows that have the term, and their weights."""
        place = self._terms.get(term)
        if place is None:
            return NOTHING
        begin, end = self._bounds[place], self._bounds[place + 1]
        return self._numbers[begin:end], self._weights[begin:end]


def gathered(entries: Iterable[tuple[int, Mapping[str, float]]]) -> dict[str, tuple["array[int]", "array[float]"]]:
    """The postings of rows given as their number and the weights of their terms."""
    rows: dict[str, tuple[array[int], array[float]]] = {}
    for number, weights in entries:
        for term, weight in weights.items():
            if term in rows:
                numbers, values = rows[term]
            else:
                numbers, values = rows[term] = (array("I"), array("f"))
            numbers.append(number)
            values.append(weight)
    return rows


def packed(rows: Rows) -> dict[str, Any]:
    """What `Postings` is made from."""
    bounds, all_numbers, all_weights = array("I", (0,)), array("I"), array("f")
    for numbers, weights in rows.values():
        all_numbers.extend(numbers)
        all_weights.extend(weights)
        bounds.append(len(all_numbers))
    return {"terms": list(rows), "bounds": bounds, "numbers": all_numbers, "weights": all_weights}
