"""Fits the weights of knowledge/decision.toml: python -m tests.benchmarks.fit_decision DATA [--write].

Learns from the library's own question wordings (each asked of an index without it), from the questions of the data
folder, and from questions that nobody should answer. Prints the weights and what each limit would mean,
cross-validated on the questions of the folder. The limits themselves are chosen by hand.
"""

import argparse
import math
import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge import decision
from knowledge.decision import CONFIDENCE, RANK
from knowledge.glossary import load_glossary
from knowledge.library import FOLDER, LANGUAGES, library
from knowledge.outside import load_subjects
from knowledge.ranking import Ranking
from tests.benchmarks.sets import Asked, questions, retrieval_sets, right

FOLDS = 5
FOLDS_USED = (0, 1)
NEIGHBOURS = ("neighbour",)
FAR = 120
LIMITS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
# How much each kind of example counts in all.
SHARES = {"right": 1.0, "wrong": 0.15, "refuse": 0.8, "own_right": 0.6, "own_wrong": 0.3, "outside": 1.0, "far": 0.4}


@dataclass(frozen=True)
class Case:
    """A question with its candidates: ranking signals, confidence features, whether each answers it."""

    kind: str
    lang: str
    rank: list[tuple[float, ...]]
    features: list[tuple[float, ...]]
    answers: list[bool]
    refused: list[bool]


def main() -> None:
    """Fit, print, and with --write store the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with questions_dev.json and retrieval/")
    parser.add_argument("--write", action="store_true", help="store the weights in knowledge/decision.toml")
    chosen = parser.parse_args()
    rankings = {lang: _ranking(lang, library().passages(lang)) for lang in LANGUAGES}
    asked = [_asked(rankings[one.lang], one) for one in questions(chosen.data) if one.kind in ("answer", "refuse")]
    own = [case for lang in LANGUAGES for fold in FOLDS_USED for case in _own(lang, fold)]
    others = [*_outside(rankings), *_far(rankings, chosen.data)]
    rank = fit_order([(own, 0.5), ([case for case in asked if case.kind == "answer"], 0.5)])
    print("order", dict(zip(RANK, rank, strict=True)))
    _cross_validate(asked, [*own, *others], rank)
    mix = fit_confidence(_examples([*asked, *own, *others], rank))
    print("confidence", dict(zip(("bias", *CONFIDENCE), mix, strict=True)))
    if chosen.write:
        _write(rank, mix)


def _ranking(lang, passages):
    return Ranking(passages, lang, load_subjects(), load_glossary())


def _case(kind, lang, ranking, text, answers):
    question = ranking.read(text)
    rows = ranking.candidates(question)
    outside = max((row.order for row in rows if row.passage is None), default=0.0)
    signals = [tuple(getattr(row.signals, name) for name in RANK) for row in rows]
    values = [decision.features(question, row.signals, outside / row.order if row.order > 0 else 1.0) for row in rows]
    return Case(
        kind,
        lang,
        signals,
        values,
        [row.passage is not None and answers(row.passage) for row in rows],
        [row.passage is None or row.passage.topic in NEIGHBOURS for row in rows],
    )


def _asked(ranking, one: Asked) -> Case:
    return _case(one.kind, one.lang, ranking, one.text, lambda passage: bool(one.facts) and right(one, passage.text))


def _own(lang: str, fold: int) -> list[Case]:
    """The library's wordings, each asked of an index that does not have it."""
    kept, held = [], []
    for number, passage in enumerate(library().passages(lang)):
        out = {q for place, q in enumerate(passage.questions) if (number + place) % FOLDS == fold}
        kept.append(replace(passage, questions=tuple(q for q in passage.questions if q not in out)))
        held.extend((passage.article, passage.anchor, question) for question in sorted(out))
    ranking = _ranking(lang, kept)
    return [
        _case("own", lang, ranking, text, lambda p, name=(article, anchor): (p.article, p.anchor) == name)
        for article, anchor, text in held
    ]


def _outside(rankings) -> list[Case]:
    listed = tomllib.loads((Path(__file__).parent / "out_of_scope.toml").read_text(encoding="utf-8"))
    return [
        _case("outside", lang, rankings[lang], text, lambda _: False) for lang in LANGUAGES for text in listed[lang]
    ]


def _far(rankings, data: Path) -> list[Case]:
    """Questions of other collections: the library cannot answer them."""
    chance = random.Random(3)
    return [
        _case("far", rows["lang"], rankings[rows["lang"]], query["text"], lambda _: False)
        for rows in retrieval_sets(data)
        for query in chance.sample(rows["queries"], FAR)
    ]


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


def _first(case: Case, rank: Sequence[float]) -> int | None:
    """The candidate that would come first; None where that one is a refusal."""
    if not case.rank:
        return None
    best = max(range(len(case.rank)), key=lambda n: sum(w * x for w, x in zip(rank, case.rank[n], strict=True)))
    return None if case.refused[best] else best


def _examples(cases: Sequence[Case], rank: Sequence[float]) -> list[tuple[tuple[float, ...], bool, float]]:
    """What the confidence learns from: features, whether the first candidate answers, how much it counts."""
    rows = []
    for case in cases:
        first = _first(case, rank)
        if first is None:
            continue
        answers = case.answers[first]
        label = {"answer": "right" if answers else "wrong", "own": "own_right" if answers else "own_wrong"}
        rows.append((case.features[first], answers, label.get(case.kind, case.kind)))
    counts = {label: sum(row[2] == label for row in rows) for label in {row[2] for row in rows}}
    return [(values, answers, SHARES[label] / counts[label]) for values, answers, label in rows]


def fit_confidence(examples: Sequence[tuple[tuple[float, ...], bool, float]], ridge: float = 0.003) -> list[float]:
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


def _newton(examples: Sequence[tuple[tuple[float, ...], bool, float]], ridge: float) -> list[float]:
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


def _cross_validate(asked: Sequence[Case], others: Sequence[Case], rank: Sequence[float]) -> None:
    order = list(range(len(asked)))
    random.Random(1).shuffle(order)
    rows: list[tuple[Case, bool, float]] = []
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS])
        mix = fit_confidence(_examples([case for n, case in enumerate(asked) if n not in out] + list(others), rank))
        for case in (asked[n] for n in out):
            first = _first(case, rank)
            score = 0.0 if first is None else _chance(mix, case.features[first])
            rows.append((case, first is not None and case.answers[first], score))
    for limit in LIMITS:
        line = [f"limit {limit:.2f}"]
        for lang in (*LANGUAGES, ""):
            answer = [(good, score) for case, good, score in rows if case.kind == "answer" and lang in case.lang]
            refuse = [score for case, _, score in rows if case.kind == "refuse" and lang in case.lang]
            good = sum(good and score >= limit for good, score in answer)
            line.append(
                f"{lang or 'all'}: answered right {good}/{len(answer)}, refused {sum(s < limit for s in refuse)}/{len(refuse)}"
            )
        print(" | ".join(line))


def _chance(mix: Sequence[float], values: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(mix, (1.0, *values), strict=True))))


def _write(rank: Sequence[float], mix: Sequence[float]) -> None:
    path = FOLDER / "decision.toml"
    limits = tomllib.loads(path.read_text(encoding="utf-8"))["limits"]
    tables = {
        "rank": dict(zip(RANK, rank, strict=True)),
        "confidence": dict(zip(("bias", *CONFIDENCE), mix, strict=True)),
        "limits": limits,
    }
    lines = ["# Weights of the search's decision, fitted by tests/benchmarks/fit_decision.py; the limits by hand."]
    for table, values in tables.items():
        lines += ["", f"[{table}]", *(f"{name} = {value}" for name, value in values.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
