"""Ranks the question-to-passage sets of a data folder: python -m tests.benchmarks.retrieval DATA.

Prints R@1 / R@3 / MRR@10 of each set, clean, with typing errors, with lost accents, and with both, beside other
searches over the same passages; then how long a question takes. The sets are about other things than vouchers: they
measure the ranking, not the glossary.
"""

import argparse
import random
import statistics
import time
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.glossary import load_glossary
from knowledge.library import Passage
from knowledge.ranking import Ranking
from tests.benchmarks.peers import Build, Rank, Text, peers
from tests.benchmarks.sets import retrieval_sets

DAY = date(2026, 1, 1)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NOISES = ("clean", "typo", "accent", "typo+accent")
Figures = tuple[float, float, float]


def main() -> None:
    """Measure every set of the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with retrieval/")
    report(parser.parse_args().data)


def report(data: Path) -> None:
    """Print the figures of every set and their plain average, ours and those of other searches."""
    sets = list(retrieval_sets(data))
    if not sets:
        print("no retrieval sets in this folder")
        return
    times: list[float] = []
    for name, build in {"ours": ours, **peers()}.items():
        print(name)
        taken = times if name == "ours" else []
        rows = [measure(found, build, taken) for found in sets]
        for found, row in zip(sets, rows, strict=True):
            print(f"  {found['name']:10}", "   ".join(f"{noise} {shown(row[noise])}" for noise in NOISES))
        average = {noise: mean([row[noise] for row in rows]) for noise in NOISES}
        print(f"  {'average':10}", "   ".join(f"{noise} {shown(average[noise])}" for noise in NOISES))
    times.sort()
    print(
        f"question to ranking: p50 {times[len(times) // 2] * 1e3:.1f} ms, p99 {times[len(times) * 99 // 100] * 1e3:.1f} ms"
    )


def ours(texts: Sequence[Text], lang: str) -> Rank:
    """The library's own ranking over other passages."""
    ranking = _ranking(texts, lang)

    def rank(question: str) -> list[str]:
        return [row.passage.anchor for row in ranking.candidates(ranking.read(question)) if row.passage]

    return rank


def ranking_of(found: dict[str, Any]) -> Ranking:
    """The library's own ranking over one set."""
    return _ranking(texts_of(found), found["lang"])


def texts_of(found: dict[str, Any]) -> list[Text]:
    """The passages of one set."""
    return [Text(row["id"], row["title"], row["text"]) for row in found["passages"]]


def _ranking(texts: Sequence[Text], lang: str) -> Ranking:
    return Ranking([_passage(text, lang) for text in texts], lang, (), load_glossary())


def measure(found: dict[str, Any], build: Build, times: list[float]) -> dict[str, Figures]:
    """The figures of one set by noise; the time of each question (seconds) is added to `times`."""
    rank = build(texts_of(found), found["lang"])
    chance = random.Random(7)
    figures = {}
    for noise in NOISES:
        places = []
        for query in found["queries"]:
            text = spoil(query["text"], noise, chance)
            begin = time.perf_counter()
            names = rank(text)
            times.append(time.perf_counter() - begin)
            places.append(next((place for place, name in enumerate(names) if name in query["gold"]), None))
        figures[noise] = figures_of(places)
    return figures


def spoil(text: str, noise: str, chance: random.Random) -> str:
    """The text with one random edit in one or two words of five or more letters, or without accents, or both."""
    words = text.split(" ")
    if noise.startswith("typo"):
        long = [place for place, word in enumerate(words) if sum(c.isalpha() for c in word) >= 5]
        for place in chance.sample(long, min(len(long), chance.choice((1, 2)))):
            words[place] = _edit(words[place], chance)
    if noise.endswith("accent"):
        words = [_plain(word, chance) for word in words]
    return " ".join(words)


def _edit(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    letter = chance.choice(LETTERS)
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )


def _plain(word: str, chance: random.Random) -> str:
    lower = word.lower().replace("ß", "ss")
    if chance.random() < 0.5:
        lower = lower.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))


def _passage(text: Text, lang: str) -> Passage:
    return Passage(
        "set", text.id, lang, text.title, "", text.text, (), "", (), (), "", "", (), None, None, DAY
    )  # fmt: skip


def figures_of(places: list[int | None]) -> Figures:
    """R@1, R@3 and MRR@10 from the places (0 is best) of the right passages."""
    count = len(places)
    first = sum(place == 0 for place in places) / count
    three = sum(place is not None and place < 3 for place in places) / count
    rank = sum(1 / (place + 1) for place in places if place is not None and place < 10) / count
    return first, three, rank


def mean(rows: list[Figures]) -> Figures:
    """The plain average of figures."""
    first, three, rank = (statistics.mean(values) for values in zip(*rows, strict=True))
    return first, three, rank


def shown(figures: Figures) -> str:
    """R@1/R@3/MRR@10, the first two in percent."""
    return f"{100 * figures[0]:.1f}/{100 * figures[1]:.1f}/{figures[2]:.3f}"


if __name__ == "__main__":
    main()
