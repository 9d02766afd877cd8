"""Fits the weights of knowledge/decision.toml: python -m tests.benchmarks.fit_decision [--write].

The order is learned from the library's own question wordings, each asked of an index without it; the confidence from
questions of people who know the trade and had not seen the passages, and questions that nobody should answer: those of
unmended.jsonl, and with less weight those of mended.jsonl, whose misses have been mended in the library since. Prints the weights and, cross-validated, what each limit would mean; the limits are chosen by hand.
"""

import argparse
import math
import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.decision import CONFIDENCE, RANK
from knowledge.glossary import load_glossary
from knowledge.library import FOLDER, LANGUAGES, Passage, library
from knowledge.outside import load_subjects
from knowledge.ranking import Ranking
from knowledge.search import REFUSING, described
from tests.benchmarks.fitting import Case, Example, fit_confidence, fit_order
from tests.benchmarks.sets import Asked, questions, right

MENDED = Path(__file__).parent / "mended.jsonl"
UNMENDED = Path(__file__).parent / "unmended.jsonl"
# How often a question counts whose misses nobody has mended.
WEIGHT = 4
FOLDS = 5
FOLDS_USED = (0, 1)
LIMITS = (0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5)
# How much each kind of example counts in all.
SHARES = {"right": 1.0, "wrong": 0.25, "refuse": 0.9}


def main() -> None:
    """Fit, print, and with --write store the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="store the weights in knowledge/decision.toml")
    chosen = parser.parse_args()
    own = [case for lang in LANGUAGES for fold in FOLDS_USED for case in _own(lang, fold)]
    rank = fit_order([(own, 1.0)])
    print("order", dict(zip(RANK, rank, strict=True)))
    rankings = {lang: _ranking(lang, library().passages(lang)) for lang in LANGUAGES}
    asked = [_asked(rankings[one.lang], one) for one in questions(MENDED)]
    asked += WEIGHT * [_asked(rankings[one.lang], one) for one in questions(UNMENDED)]
    _cross_validate(asked, rank)
    mix = fit_confidence(_examples(asked, rank))
    print("confidence", dict(zip(("bias", *CONFIDENCE), mix, strict=True)))
    if chosen.write:
        _write(rank, mix)


def _ranking(lang: str, passages: Sequence[Passage]) -> Ranking:
    return Ranking(passages, lang, load_subjects(), load_glossary())


def _case(kind: str, lang: str, ranking: Ranking, text: str, answers: Callable[[Passage], bool]) -> Case:
    question = ranking.read(text)
    rows = ranking.candidates(question)
    signals = [tuple(getattr(row.signals, name) for name in RANK) for row in rows]
    of_passages = described(question, rows)
    values = [next(of_passages)[1] if row.passage else () for row in rows]
    return Case(
        kind,
        lang,
        signals,
        values,
        [row.passage is not None and answers(row.passage) for row in rows],
        [row.passage is None or row.passage.topic in REFUSING for row in rows],
    )


def _asked(ranking: Ranking, one: Asked) -> Case:
    return _case(one.kind, one.lang, ranking, one.text, lambda passage: _answers(one, passage))


def _answers(one: Asked, passage: Passage) -> bool:
    """Whether a passage alone answers: it is one of those named, or it holds the facts."""
    if one.passages:
        return passage.article in one.passages or f"{passage.article}#{passage.anchor}" in one.passages
    return bool(one.facts) and right(one, passage.text)


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


def _first(case: Case, rank: Sequence[float]) -> int | None:
    """The candidate that would come first; None where that one is a refusal."""
    if not case.rank:
        return None
    best = max(range(len(case.rank)), key=lambda n: sum(w * x for w, x in zip(rank, case.rank[n], strict=True)))
    return None if case.refused[best] else best


def _examples(cases: Sequence[Case], rank: Sequence[float]) -> list[Example]:
    """What the confidence learns from: features, whether the first candidate answers, how much it counts.

    A question that no single passage answers teaches nothing about a passage and is left out.
    """
    rows = []
    for case in cases:
        first = _first(case, rank)
        if first is None or (case.kind == "answer" and not any(case.answers)):
            continue
        answers = case.answers[first]
        rows.append((case.features[first], answers, "refuse" if case.kind == "refuse" else ("wrong", "right")[answers]))
    counts = {label: sum(row[2] == label for row in rows) for label in SHARES}
    return [(values, answers, SHARES[label] / counts[label]) for values, answers, label in rows]


def _cross_validate(asked: Sequence[Case], rank: Sequence[float]) -> None:
    once = list(dict.fromkeys(asked))
    random.Random(1).shuffle(once)
    rows: list[tuple[Case, bool, float]] = []
    for fold in range(FOLDS):
        out = set(once[fold::FOLDS])
        mix = fit_confidence(_examples([case for case in asked if case not in out], rank))
        for case in out:
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
