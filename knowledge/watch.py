"""A value made from a folder, and made anew in the background when the folder changes."""

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
log = logging.getLogger("kibon-bot.knowledge")

PATIENCE = 5.0  # seconds


class Watched(Generic[Value]):
    """Gives the value that `make` made, from the old one if there is one; threads may share it.

    `look` says cheaply what state the folder is in. When that changes, whoever notices it first waits for the new
    value for a moment; everybody else goes on with the old one.
    """

    def __init__(self, look: Callable[[], object], make: Callable[[Value | None], Value]) -> None:
        self._look, self._make = look, make
        self._lock = threading.Lock()
        self._state: object = None
        self._value: Value | None = None
        self._work: threading.Thread | None = None

    def now(self) -> Value:
        """The value as it is now."""
        with self._lock:
            state = self._look()
            if self._value is None:
                self._state, self._value = state, self._make(None)
            if state == self._state or self._work is not None:
                return self._value
            self._state = state
            work = self._work = threading.Thread(target=self._renew, args=(self._value,), daemon=True)
        work.start()
        work.join(PATIENCE)
        return self._value

    def _renew(self, old: Value) -> None:
        try:
            self._value = self._make(old)
        except Exception:
            log.exception("the library could not be renewed; the old one stays")
        finally:
            self._work = None
