"""Fits the weights of knowledge/decision.toml: python -m tests.benchmarks.fit_decision DATA [--write].

Learns from the library's own question wordings (each asked of an index without it), from the questions of the data
folder, and from questions that nobody should answer. Prints the weights and what each limit would mean,
cross-validated on the questions of the folder. The limits themselves are chosen by hand.
"""

import argparse
import math
import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge import decision
from knowledge.decision import CONFIDENCE, RANK
from knowledge.glossary import load_glossary
from knowledge.library import FOLDER, LANGUAGES, Passage, library
from knowledge.outside import load_subjects
from knowledge.ranking import Ranking
from tests.benchmarks.fitting import Case, Example, fit_confidence, fit_order
from tests.benchmarks.sets import Asked, questions, retrieval_sets, right

FOLDS = 5
FOLDS_USED = (0, 1)
NEIGHBOURS = ("neighbour",)
FAR = 120
LIMITS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
# How much each kind of example counts in all.
SHARES = {"right": 1.0, "wrong": 0.15, "refuse": 0.8, "own_right": 0.6, "own_wrong": 0.3, "outside": 1.0, "far": 0.4}


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


def _ranking(lang: str, passages: Sequence[Passage]) -> Ranking:
    return Ranking(passages, lang, load_subjects(), load_glossary())


def _case(kind: str, lang: str, ranking: Ranking, text: str, answers: Callable[[Passage], bool]) -> Case:
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


def _asked(ranking: Ranking, one: Asked) -> Case:
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


def _outside(rankings: dict[str, Ranking]) -> list[Case]:
    listed = tomllib.loads((Path(__file__).parent / "out_of_scope.toml").read_text(encoding="utf-8"))
    return [
        _case("outside", lang, rankings[lang], text, lambda _: False) for lang in LANGUAGES for text in listed[lang]
    ]


def _far(rankings: dict[str, Ranking], data: Path) -> list[Case]:
    """Questions of other collections: the library cannot answer them."""
    chance = random.Random(3)
    return [
        _case("far", rows["lang"], rankings[rows["lang"]], query["text"], lambda _: False)
        for rows in retrieval_sets(data)
        for query in chance.sample(rows["queries"], FAR)
    ]


def _first(case: Case, rank: Sequence[float]) -> int | None:
    """The candidate that would come first; None where that one is a refusal."""
    if not case.rank:
        return None
    best = max(range(len(case.rank)), key=lambda n: sum(w * x for w, x in zip(rank, case.rank[n], strict=True)))
    return None if case.refused[best] else best


def _examples(cases: Sequence[Case], rank: Sequence[float]) -> list[Example]:
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
