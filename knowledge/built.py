"""Builds what the search needs from the documents of one language: terms, their weights, n-grams, wordings.

All of it is packed as JSON values and arrays of numbers, so that it can be kept on disk (`kept`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.analysis import Analysis, Token, fold
from knowledge.corpus import STOP_WEIGHT, asks, rarity
from knowledge.index import pack_index
from knowledge.ngrams import pack_ngrams
from knowledge.wordings import Wording, pack_wordings

PART_WEIGHT = 0.5
_HEAD_WEIGHT = 1.2
_HEAD_LENGTH = 0.3
_BODY_LENGTH = 0.4

# A capital inside a sentence is a German noun.
_NOUN = re.compile(r"(?<=[a-zäöü,;] )[A-ZÄÖÜ][a-zäöü]{3,}")
_OFFERS = {
    "phone": re.compile(r"\b\d{2,3} \d{2,3} \d{2} \d{2}\b"),
    "amount": re.compile(r"CHF|[Ff]rancs?\b|Franken|Rappen|centimes?\b"),
    "number": re.compile(r"\d|\b(?:deux|trois|quatre|cinq|six|zwei|drei|vier|fünf|sechs)\b"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed: `head` holds the heading (with the title) and each question wording, `body` the text."""

    head: tuple[str, ...]
    body: str


def pack(documents: Sequence[Document], analysis: Analysis) -> dict[str, Any]:
    """What `Corpus`, `Index`, `Ngrams` and `Wordings` of these documents are made from."""
    shared: dict[Token, Token] = {}  # most words come a hundred times

    def read(text: str) -> list[Token]:
        return [shared.setdefault(token, token) for token in analysis.tokens(text)]

    heads = [[read(text) for text in document.head] for document in documents]
    bodies = [read(document.body) for document in documents]
    frequencies = Counter(token.word for tokens in bodies for token in tokens)
    frequencies.update(token.word for head in heads for tokens in head for token in tokens)
    words = [
        {token.word for tokens in (*head, body) for token in tokens} for head, body in zip(heads, bodies, strict=True)
    ]
    weights = _weights(
        [_counts(token for tokens in head for token in tokens) for head in heads],
        [_counts(tokens) for tokens in bodies],
    )
    counted = Counter(term for row in weights for term in row)
    idf = {term: rarity(count, len(documents)) for term, count in counted.items()}
    wordings = (Wording(n, _terms(tokens, idf)) for n, head in enumerate(heads) for tokens in head)
    return {
        "frequencies": dict(frequencies),
        "entries": [
            [len(head), sorted(sorted(asked) for asked in set(map(asks, head))), _offers(document.body)]
            for head, document in zip(heads, documents, strict=True)
        ],
        "index": pack_index(weights, idf.__getitem__),
        "ngrams": pack_ngrams(words),
        "wordings": pack_wordings(wordings),
    }


def nouns(texts: Iterable[str]) -> frozenset[str]:
    """The nouns of German texts, folded."""
    return frozenset(fold(noun, "de") for text in texts for noun in _NOUN.findall(text))


def _terms(tokens: Sequence[Token], idf: dict[str, float]) -> tuple[tuple[float, tuple[str, ...]], ...]:
    return tuple(
        (idf[token.stem] * (STOP_WEIGHT if token.stop else 1.0), (token.stem, *token.meanings, *token.parts))
        for token in {token.stem: token for token in tokens}.values()
    )


def _offers(text: str) -> list[str]:
    return [name for name, pattern in _OFFERS.items() if pattern.search(text)]


def _counts(tokens: Iterable[Token]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for token in tokens:
        counts[token.stem] = counts.get(token.stem, 0.0) + 1.0
        for meaning in token.meanings:
            counts[meaning] = counts.get(meaning, 0.0) + 1.0
        for part in token.parts:
            counts[part] = counts.get(part, 0.0) + PART_WEIGHT
    return counts


def _weights(heads: list[dict[str, float]], bodies: list[dict[str, float]]) -> list[dict[str, float]]:
    """BM25F: the counts of both fields, each cut by the field's length, added up before they saturate."""
    head_units = _units([sum(row.values()) for row in heads], _HEAD_WEIGHT, _HEAD_LENGTH)
    body_units = _units([sum(row.values()) for row in bodies], 1.0, _BODY_LENGTH)
    rows = []
    for head, body, head_unit, body_unit in zip(heads, bodies, head_units, body_units, strict=True):
        row = {term: count * head_unit for term, count in head.items()}
        for term, count in body.items():
            row[term] = row.get(term, 0.0) + count * body_unit
        rows.append(row)
    return rows


def _units(lengths: list[float], weight: float, share: float) -> list[float]:
    mean = sum(lengths) / max(1, len(lengths)) or 1.0
    return [weight / (1 - share + share * length / mean) for length in lengths]
