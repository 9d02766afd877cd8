"""Connections to the web server: one that says nothing, or never ends what it says, is closed."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 15.0  # for a request to arrive


class Impatient(H11Protocol):
    """Looks now and then whether a request has come since the last look."""

    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn says which kind
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look:
            self._look.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._look = self.loop.call_later(SECONDS, self._close_if_idle, self.cycle)

    def _close_if_idle(self, before: Any) -> None:
        """Close the connection where no request began since the last look and none is being answered."""
        if self.cycle is before and (before is None or before.response_complete):
            self.transport.close()
        else:
            self._look_later()
