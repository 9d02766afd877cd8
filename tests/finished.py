"""Finished checks for tests: one path for each outcome of each guided check, found by walking all its paths."""

from collections.abc import Iterator
from functools import cache

from conftest import TODAY

from bot.summary import Summary, summary
from bot.words import words
from checks.explorer import Path, paths
from checks.guided import Guided, guided


@cache
def one_of_each_outcome() -> tuple[tuple[Guided, Path], ...]:
    """The first path of every outcome; a check is left when many paths in a row bring nothing new."""
    found: list[tuple[Guided, Path]] = []
    for check in guided().values():
        seen: set[str] = set()
        silence = 0
        for path in paths(check.check, TODAY):
            result = path.run.result
            assert result is not None
            silence += 1
            if result.outcome not in seen:
                seen.add(result.outcome)
                found.append((check, path))
                silence = 0
            if silence > 3000:
                break
    return tuple(found)


def summaries(lang: str) -> Iterator[Summary]:
    """Their summaries in one language."""
    for check, path in one_of_each_outcome():
        yield summary(check, path.run, path.answers, words(lang), TODAY)
