"""Whole replies to wordings of the library, as people type them: python -m tests.benchmarks.latency.

Prints how long a reply takes, and the memory of the process afterwards; then the same for the search of one language
with more passages than the library has.
"""

import random
import resource
import time
from dataclasses import replace
from itertools import cycle, islice

from platformdirs import user_cache_path

from knowledge.glossary import load_glossary
from knowledge.library import LANGUAGES, library
from knowledge.outside import load_subjects
from knowledge.places import Places, use
from knowledge.ranking import Ranking
from tests.benchmarks.questions import ask
from tests.benchmarks.retrieval import NOISES, spoil

WORDINGS = 1200
PASSAGES, ASKED = (1000, 3000), 300


def main() -> None:
    """Ask in both languages, after one question of each."""
    use(Places(None, user_cache_path("kibon-bot", appauthor=False)))
    chance = random.Random(5)
    known = [(lang, text) for lang in LANGUAGES for passage in library().passages(lang) for text in passage.questions]
    asked = [(lang, spoil(text, chance.choice(NOISES), chance)) for lang, text in chance.sample(known, WORDINGS)]
    for lang, text in (("fr", "Qu'est-ce qu'un bon de garde ?"), ("de", "Was ist ein Betreuungsgutschein?")):
        ask(text, lang)
    times = []
    for lang, text in asked:
        begin = time.perf_counter()
        ask(text, lang)
        times.append((time.perf_counter() - begin) * 1e3)
    times.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"whole reply to {WORDINGS} wordings: p50 {times[len(times) // 2]:.1f} ms, "
        f"p99 {times[len(times) * 99 // 100]:.1f} ms, memory {memory:.0f} MB"
    )
    for count in PASSAGES:
        _grown(count, [text for lang, text in asked if lang == "fr"][:ASKED])


def _grown(count: int, asked: list[str]) -> None:
    """The ranking of so many passages: the French ones, again and again under other names."""
    named = ((number, passage) for number, passage in enumerate(cycle(library().passages("fr"))))
    passages = [replace(passage, anchor=f"{passage.anchor}-{number}") for number, passage in islice(named, count)]
    begin = time.perf_counter()
    ranking = Ranking(passages, "fr", load_subjects(), load_glossary())
    built = time.perf_counter() - begin
    times = []
    for text in asked:
        begin = time.perf_counter()
        ranking.candidates(ranking.read(text))
        times.append((time.perf_counter() - begin) * 1e3)
    times.sort()
    print(
        f"search of {count} passages: built in {built:.1f} s, p50 {times[len(times) // 2]:.1f} ms, "
        f"p99 {times[len(times) * 99 // 100]:.1f} ms, most memory so far "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
