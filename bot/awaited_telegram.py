"""Telegram in a process that serves other channels too: reached at the start, or as soon as that can be."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from bot.channels.telegram import Telegram, TokenRefused, Unreachable
from bot.outbox import FIRST_PAUSE, LONGEST_PAUSE

FIRST_TRY = 5.0  # seconds for which the other channels wait for Telegram
log = logging.getLogger("kibon-bot.telegram")


class AwaitedTelegram:
    """`connect` reaches Telegram: Unreachable where it fails, TokenRefused where no other try will help."""

    def __init__(self, connect: Callable[[], Awaitable[Telegram]]):
        self._connect = connect
        self._telegram: Telegram | None = None

    async def begin(self, patient: bool) -> None:
        """Reach Telegram. Unreachable where it fails; where `patient`, it is tried again later unless refused."""
        try:
            async with asyncio.timeout(FIRST_TRY if patient else None):
                self._telegram = await self._connect()
        except TokenRefused:
            raise
        except (Unreachable, TimeoutError) as problem:
            if not patient:
                raise
            log.warning("Telegram is tried again until it can be reached: %s", problem or "no answer")

    async def receive(self, update: Mapping[str, Any]) -> bool:
        """Handle an update that Telegram delivers; False where it has to come again."""
        return self._telegram is not None and await self._telegram.receive(update)

    async def reach(self, stop: asyncio.Event) -> None:
        """Try again with pauses until Telegram is reached, refuses the token, or the program is told to stop."""
        pause = FIRST_PAUSE
        while self._telegram is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            if stop.is_set():
                return
            pause = min(2 * pause, LONGEST_PAUSE)
            try:
                self._telegram = await self._connect()
            except TokenRefused as refused:
                log.error("%s", refused)
                return
            except Unreachable:
                continue

    async def poll(self, stop: asyncio.Event) -> None:
        """Answer what comes until told to stop, from the time on when Telegram is reached."""
        await self.reach(stop)
        if self._telegram is not None:
            await self._telegram.poll(stop)
