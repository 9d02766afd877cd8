"""Decides whether the best passage answers a question: two small linear mixes with committed weights."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import tomli

from knowledge.library import FOLDER
from knowledge.question import Question
from knowledge.signals import Signals

# So much covered weight (about two rare words) is evidence enough.
_ENOUGH = 6.0

RANK = ("words", "grams", "nearest", "alike", "cover", "intent")
CONFIDENCE = (
    *("grams", "nearest", "alike", "cover", "missing", "intent", "unmet", "unknown"),
    *("evidence", "brevity", "rival", "agreement"),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The committed weights: for the order, for the confidence, and the limits of the kinds.

    A passage answers from the confidence `answer` on, and is offered from `suggest` on. An answer is shown with the
    next two passages below `two`, and with the next below `one`, or where that one has the share `second` of its order.
    """

    rank: tuple[float, ...]
    bias: float
    confidence: tuple[float, ...]
    answer: float
    suggest: float
    second: float
    one: float
    two: float


@cache
def weights() -> Weights:
    """The weights of decision.toml."""
    rows: Mapping[str, Mapping[str, float]] = tomli.loads((FOLDER / "decision.toml").read_text(encoding="utf-8"))
    rank, mix, limits = rows["rank"], rows["confidence"], rows["limits"]
    return Weights(
        tuple(rank[name] for name in RANK),
        mix["bias"],
        tuple(mix[name] for name in CONFIDENCE),
        limits["answer"],
        limits["suggest"],
        limits["second"],
        limits["one"],
        limits["two"],
    )


def order(signals: Signals) -> float:
    """How well a document fits; for the order within one question."""
    words, grams, nearest, alike, cover, intent = weights().rank
    return (
        words * signals.words
        + grams * signals.grams
        + nearest * signals.nearest
        + alike * signals.alike
        + cover * signals.cover
        + intent * signals.intent
    )


def features(question: Question, signals: Signals, rival: float, agreement: float) -> tuple[float, ...]:
    """What the confidence is mixed from, as CONFIDENCE names it.

    `rival` is the order of the best subject outside the library as a share of this passage's; `agreement` the share
    of the first passages that are of its article.
    """
    return (
        signals.grams,
        signals.nearest,
        signals.alike,
        signals.cover,
        signals.missing,
        signals.intent,
        signals.unmet,
        question.unknown,
        1 - math.exp(-signals.cover * question.total / _ENOUGH),
        1 / max(1, len(question.units)),
        min(rival, 1.5),
        agreement,
    )


def confidence(values: tuple[float, ...]) -> float:
    """The chance, 0 to 1, that the passage answers."""
    mix = weights()
    total = mix.bias + sum(weight * value for weight, value in zip(mix.confidence, values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
