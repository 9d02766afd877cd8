"""What speaks for a document as the answer to a question: a few numbers between 0 and about 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.corpus import Entry
from knowledge.index import SATURATION
from knowledge.question import Question

ALIKE = 4
# A text with a single heading is not as sure as one with several wordings.
_FEWEST = 2


@dataclass(slots=True)
class Covered:
    """The weight of a question's words that a document has: of all, and of the content words that the library knows."""

    words: float = 0.0
    subject: float = 0.0


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one document.

    words: score in the index over the weight of the question; grams: shared n-grams; nearest: likeness to the
    nearest wording; alike: mean likeness to the nearest four; cover: share of the question that the document
    has; missing: share of the question, by content words that the library knows, that it has not; intent: whether
    a wording asks for the same kind of thing; unmet: 1 if the question asks for a number (or an amount, or a
    phone) and the text has none.
    """

    words: float
    grams: float
    nearest: float
    alike: float
    cover: float
    missing: float
    intent: float
    unmet: float


def signals(
    question: Question, entry: Entry, words: float, grams: float, likeness: Sequence[float], covered: Covered
) -> Signals:
    """The signals of one document.

    `words` is its score in the index, `grams` its share of n-grams, `likeness` that of its wordings, best first,
    `covered` the weight of the question's words that it has.
    """
    total = question.total or 1.0
    return Signals(
        words=words / ((1 + SATURATION) * total),
        grams=grams,
        nearest=likeness[0] if likeness else 0.0,
        alike=sum(likeness[:ALIKE]) / max(_FEWEST, min(ALIKE, entry.wordings)),
        cover=covered.words / total,
        missing=(question.subject - covered.subject) / total,
        intent=max((_overlap(question.asks, asked) for asked in entry.asks), default=0.0) if question.asks else 0.0,
        unmet=float(bool(question.expects - entry.offers)),
    )


@lru_cache(maxsize=4096)
def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
