"""The folders outside this package that the library uses: the operator's official texts, and the built index."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """`texts` holds official texts, `cache` the built index. None: not used."""

    texts: Path | None = None
    cache: Path | None = None


_used = Places()


def places() -> Places:
    """The folders of this process."""
    return _used


def use(chosen: Places) -> None:
    """Choose the folders, once, before the first question."""
    global _used
    _used = chosen
