"""Measures each set with an order learned from the other sets only: python -m tests.benchmarks.left_out DATA.

The weights of knowledge/decision.toml were chosen with all sets in view; these figures show what is left without.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.decision import RANK
from tests.benchmarks.fitting import Case, fit_order
from tests.benchmarks.retrieval import Figures, figures_of, mean, ranking_of, shown, spoil
from tests.benchmarks.sets import retrieval_sets

NOISES = ("clean", "typo+accent")
LEARNED = 120  # questions of each set
ROUNDS = 80


@dataclass(frozen=True)
class Measured:
    """One set: the candidates of every question by noise."""

    name: str
    cases: dict[str, list[Case]]


def main() -> None:
    """Learn and measure, one set after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with retrieval/")
    report(parser.parse_args().data)


def report(data: Path) -> None:
    """Print the figures of every set and their plain average."""
    sets = [_measured(found) for found in retrieval_sets(data)]
    rows: list[dict[str, Figures]] = []
    print("ours, each set with an order learned from the others")
    for held in sets:
        weights = fit_order([(_sample(other), 1.0) for other in sets if other is not held], ROUNDS)
        rows.append({noise: figures_of([_place(case, weights) for case in held.cases[noise]]) for noise in NOISES})
        print(f"  {held.name:10}", "   ".join(f"{noise} {shown(rows[-1][noise])}" for noise in NOISES))
    if rows:
        print(
            f"  {'average':10}", "   ".join(f"{noise} {shown(mean([row[noise] for row in rows]))}" for noise in NOISES)
        )


def _measured(found: dict[str, Any]) -> Measured:
    ranking, chance = ranking_of(found), random.Random(7)
    cases: dict[str, list[Case]] = {}
    for noise in NOISES:
        cases[noise] = []
        for query in found["queries"]:
            rows = ranking.candidates(ranking.read(spoil(query["text"], noise, chance)))
            signals = [tuple(getattr(row.signals, name) for name in RANK) for row in rows]
            answers = [row.passage is not None and row.passage.anchor in query["gold"] for row in rows]
            cases[noise].append(Case("set", found["lang"], signals, [], answers, []))
    return Measured(found["name"], cases)


def _sample(measured: Measured) -> list[Case]:
    chance = random.Random(5)
    return [case for noise in NOISES for case in chance.sample(measured.cases[noise], LEARNED // len(NOISES))]


def _place(case: Case, weights: Sequence[float]) -> int | None:
    """Where the first right candidate stands under these weights."""
    order = sorted(range(len(case.rank)), key=lambda n: -sum(w * x for w, x in zip(weights, case.rank[n], strict=True)))
    return next((place for place, n in enumerate(order) if case.answers[n]), None)


if __name__ == "__main__":
    main()
