"""Finished checks for tests: one path for each outcome of each guided check, found by walking all its paths."""

from collections.abc import Iterator
from functools import cache

from conftest import TODAY

from bot.summary import Summary, summary
from bot.words import words
from checks.explorer import Path, paths
from checks.guided import Guided, guided


@cache
def one_of_each_outcome(name: str) -> tuple[Path, ...]:
    """The first path of every outcome of a check; it is left when many paths in a row bring nothing new."""
    found: dict[str, Path] = {}
    silence = 0
    for path in paths(guided()[name].check, TODAY):
        assert path.run.result is not None
        silence = 0 if found.setdefault(path.run.result.outcome, path) is path else silence + 1
        if silence > 3000:
            break
    return tuple(found.values())


def finished() -> Iterator[tuple[Guided, Path]]:
    """The first path of every outcome of every check."""
    for check in guided().values():
        yield from ((check, path) for path in one_of_each_outcome(check.name))


def summaries(lang: str) -> Iterator[Summary]:
    """Their summaries in one language."""
    for check, path in finished():
        yield summary(check, path.run, path.answers, words(lang), TODAY)
