"""What the memory needs of its database, whichever it is."""

from datetime import date
from typing import Any, Protocol

Statement = tuple[str, tuple[Any, ...]]
Row = tuple[Any, ...]


class UnreadableDatabase(RuntimeError):
    """The database cannot be opened or written; the message says why in one line."""


class Database(Protocol):
    """Where the memory is kept. Statements use `?` for their values."""

    shared: bool
    """Whether other processes may handle chats at the same time."""

    async def open(self, today: date) -> None:
        """Connect, and bring the schema up to date. UnreadableDatabase where that fails."""

    async def close(self) -> None:
        """Disconnect; twice does no harm."""

    async def rows(self, sql: str, *values: Any) -> list[Row]:
        """The rows of a query."""

    async def write(self, *statements: Statement) -> list[Row]:
        """Carry out all statements or none; the rows that the last one returns."""

    async def scrub(self) -> None:
        """Leave nothing of deleted rows in files of ours."""

    def turn(self, chat: str) -> Any:
        """An asynchronous context that one chat can be in once at a time, in every process."""
