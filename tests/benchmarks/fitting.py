"""The two fits behind knowledge/decision.toml: which candidate comes first, and how sure it is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.decision import CONFIDENCE, RANK

# Features, whether the first candidate answers, and how much the example counts.
Example = tuple[tuple[float, ...], bool, float]


@dataclass(frozen=True)
class Case:
    """A question with its candidates: ranking signals, confidence features, whether each answers it."""

    kind: str
    lang: str
    rank: list[tuple[float, ...]]
    features: list[tuple[float, ...]]
    answers: list[bool]
    refused: list[bool]


def fit_order(sets: Sequence[tuple[Sequence[Case], float]], rounds: int = 150) -> list[float]:
    """The weights that put an answering candidate first: softmax over candidates, gradient ascent with momentum."""
    weights, speed = [2.0] * len(RANK), [0.0] * len(RANK)
    for _ in range(rounds):
        gradient = [-0.002 * weight for weight in weights]
        for cases, share in sets:
            for case in cases:
                if any(case.answers):
                    _add_order_gradient(case, weights, gradient, share / len(cases))
        speed = [0.9 * old + 2.0 * new for old, new in zip(speed, gradient, strict=True)]
        weights = [weight + step for weight, step in zip(weights, speed, strict=True)]
    return [round(weight, 2) for weight in weights]


def _add_order_gradient(case: Case, weights: list[float], gradient: list[float], share: float) -> None:
    scores = [math.fsum(w * x for w, x in zip(weights, row, strict=True)) for row in case.rank]
    highest = max(scores)
    odds = [math.exp(score - highest) for score in scores]
    total = sum(odds)
    good = sum(odd for odd, answers in zip(odds, case.answers, strict=True) if answers)
    for odd, answers, row in zip(odds, case.answers, case.rank, strict=True):
        pull = share * ((odd / good if answers else 0.0) - odd / total)
        for place, value in enumerate(row):
            gradient[place] += pull * value


def fit_confidence(examples: Sequence[Example], ridge: float = 0.003) -> list[float]:
    """Logistic regression by Newton's method; the first weight is the bias, the others are kept small by `ridge`."""
    scales = [_spread([values[n] for values, _, _ in examples]) for n in range(len(CONFIDENCE))]
    rows = [
        ((1.0, *(x / s for x, s in zip(values, scales, strict=True))), good, share) for values, good, share in examples
    ]
    weights = _newton(rows, ridge)
    return [round(w, 2) for w in (weights[0], *(w / s for w, s in zip(weights[1:], scales, strict=True)))]


def _spread(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0


def _newton(examples: Sequence[Example], ridge: float) -> list[float]:
    width = len(CONFIDENCE) + 1
    weights = [0.0] * width
    for _ in range(25):
        slope = [0.0] * width
        curve = [[0.0] * width for _ in range(width)]
        for row, answers, share in examples:
            chance = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, row, strict=True))))
            for i, x in enumerate(row):
                slope[i] += share * (answers - chance) * x
                bent = share * chance * (1 - chance) * x
                for j, y in enumerate(row):
                    curve[i][j] += bent * y
        for i in range(1, width):
            slope[i] -= ridge * weights[i]
            curve[i][i] += ridge
        weights = [w + step for w, step in zip(weights, _solve(curve, slope), strict=True)]
    return weights


def _solve(matrix: list[list[float]], right_side: list[float]) -> list[float]:
    rows = [[*row, value] for row, value in zip(matrix, right_side, strict=True)]
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda n: abs(rows[n][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for n in range(len(rows)):
            if n != i:
                rows[n] = [a - rows[n][i] * b for a, b in zip(rows[n], rows[i], strict=True)]
    return [row[-1] for row in rows]
