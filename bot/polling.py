"""Fetches updates and handles them, chats side by side and each in order; confirmed only once they are handled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any, NamedTuple

from bot.outbox import FIRST_PAUSE, LONGEST_PAUSE

log = logging.getLogger("kibon-bot.polling")


class Unfetched(Exception):
    """Updates cannot be fetched for now; the message says why."""


class Incoming(NamedTuple):
    """An update with its number and its chat."""

    number: int
    chat: int
    update: Any


class Source(NamedTuple):
    """Where updates come from. `fetch` gives those from a number on, oldest first, and confirms all before it; it may
    wait for the next one or not (Unfetched where it fails). `handle` is False for one that could not be stored."""

    fetch: Callable[[int, bool], Awaitable[Sequence[Incoming]]]
    handle: Callable[[Any], Awaitable[bool]]


async def poll(source: Source, stop: asyncio.Event) -> None:
    """Fetch and handle updates until told to stop. What could not be fetched or stored is tried again."""
    offset, pause = 0, FIRST_PAUSE
    stopped = asyncio.ensure_future(stop.wait())
    while not stop.is_set():
        fetch = asyncio.ensure_future(source.fetch(offset, True))
        await asyncio.wait({fetch, stopped}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if not fetch.done():
                fetch.cancel()
            updates = await fetch
            if await _handled(source, updates):
                offset = updates[-1].number + 1 if updates else offset
                pause = FIRST_PAUSE
                continue
        except asyncio.CancelledError:
            break
        except Unfetched as problem:
            if pause == FIRST_PAUSE:
                log.warning("updates cannot be fetched for now (%s)", problem)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(2 * pause, LONGEST_PAUSE)
    stopped.cancel()
    with suppress(Unfetched):
        await source.fetch(offset, False)


async def _handled(source: Source, updates: Sequence[Incoming]) -> bool:
    """Whether all updates of a batch were stored; after one that was not, none of the same chat is tried."""

    async def in_order(own: list[Incoming]) -> bool:
        for one in own:
            if not await source.handle(one.update):
                return False
        return True

    by_chat = groupby(sorted(updates, key=_chat_of), key=_chat_of)
    return all(await asyncio.gather(*(in_order(list(own)) for _, own in by_chat)))


def _chat_of(one: Incoming) -> int:
    return one.chat
