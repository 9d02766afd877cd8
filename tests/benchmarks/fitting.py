"""The two fits behind knowledge/decision.toml: which candidate comes first, and how sure it is. Needs numpy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.decision import CONFIDENCE, RANK

# Features, whether the first candidate answers, and how much the example counts.
Example = tuple[tuple[float, ...], bool, float]


@dataclass(frozen=True, eq=False)
class Case:
    """A question with its candidates: ranking signals, confidence features, whether each answers it."""

    kind: str
    lang: str
    rank: list[tuple[float, ...]]
    features: list[tuple[float, ...]]
    answers: list[bool]
    refused: list[bool]


def fit_order(sets: Sequence[tuple[Sequence[Case], float]], rounds: int = 150) -> list[float]:
    """The weights that put an answering candidate first: softmax over candidates, gradient ascent with momentum.

    Each set of questions comes with the share that it counts in all.
    """
    groups = [_padded([case for case in cases if any(case.answers)], share / len(cases)) for cases, share in sets]
    weights, speed = np.full(len(RANK), 2.0), np.zeros(len(RANK))
    for _ in range(rounds):
        gradient = -0.002 * weights
        for signals, answers, present, share in groups:
            scores = np.where(present, signals @ weights, -np.inf)
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            good = odds * answers
            pull = good / good.sum(axis=1, keepdims=True) - odds / odds.sum(axis=1, keepdims=True)
            gradient += share * np.einsum("qc,qcs->s", pull, signals)
        speed = 0.9 * speed + 2.0 * gradient
        weights = weights + speed
    return [round(float(weight), 2) for weight in weights]


def _padded(cases: Sequence[Case], share: float) -> tuple[Any, Any, Any, float]:
    """Signals, answers and presence of all candidates as arrays: question, candidate, signal."""
    most = max(len(case.rank) for case in cases)
    signals = np.zeros((len(cases), most, len(RANK)))
    answers, present = np.zeros((len(cases), most), bool), np.zeros((len(cases), most), bool)
    for number, case in enumerate(cases):
        signals[number, : len(case.rank)] = case.rank
        answers[number, : len(case.rank)] = case.answers
        present[number, : len(case.rank)] = True
    return signals, answers, present, share


def fit_confidence(examples: Sequence[Example], ridge: float = 0.003) -> list[float]:
    """Logistic regression by Newton's method; the first weight is the bias, the others are kept small by `ridge`."""
    values = np.array([values for values, _, _ in examples])
    good = np.array([good for _, good, _ in examples], float)
    share = np.array([share for _, _, share in examples])
    scales = values.std(axis=0)
    scales[scales == 0] = 1.0
    rows = np.column_stack([np.ones(len(values)), values / scales])
    kept_small = ridge * np.eye(len(CONFIDENCE) + 1)
    kept_small[0, 0] = 0.0
    weights = np.zeros(len(CONFIDENCE) + 1)
    for _ in range(25):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share * (good - chance)) - kept_small @ weights
        curve = (rows * (share * chance * (1 - chance))[:, None]).T @ rows + kept_small
        weights = weights + np.linalg.solve(curve, slope)
    return [round(float(weight), 2) for weight in (weights[0], *(weights[1:] / scales))]
