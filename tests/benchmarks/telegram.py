"""Messages per second against the stand-in: our dialog, questions, and a bare echo bot, each chat in order.

The echo bot is as its library makes it, with its own HTTP client.

Both take turns in one process, round by round and each first in every other round, so that whatever else the machine does
concerns both. Their processor time holds that of the stand-in too, which is the same for both but for longer texts.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple
from weakref import WeakValueDictionary

from pydantic import SecretStr
from telegram import Update
from telegram.ext import ApplicationBuilder, BaseUpdateProcessor, ContextTypes, MessageHandler, filters

from bot.channels.telegram import connected
from bot.memory import Memory
from bot.settings import Settings
from bot.turn import warm_up

sys.path.insert(0, str(Path(__file__).parent.parent))
from telegram_server import TelegramServer

TODAY = date(2026, 11, 22)
DIALOG = ("/activite", "1er février 2027", "1", "4")
EXPECTED = ("partir de quand", "Où en est", "Dans quelle commune", "Comment vivez-vous")
QUESTIONS = ("Qui coche la case d'adaptation ?", "Jusqu'à quand déposer la demande ?")
CHATS_AT_ONCE = 16
CHATS = 1000
ROUNDS = 5


class Speed(NamedTuple):
    """Messages a second, and processor time of a message in milliseconds."""

    rate: float
    cost: float


class OneChatAtATime(BaseUpdateProcessor):
    """Chats side by side; inside a chat one update after the other, in order."""

    def __init__(self) -> None:
        super().__init__(CHATS_AT_ONCE)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Wait for the chat's turn, then handle the update."""
        chat = update.effective_chat if isinstance(update, Update) else None
        turn = self._turns.setdefault(chat.id if chat else 0, asyncio.Lock())
        async with turn:
            await coroutine


async def ours(latency: float, chats: int, steps: Sequence[str] = DIALOG, database: Path | None = None) -> Speed:
    """The dialog of kibon-bot; `latency` is the stand-in's, in seconds a call."""
    with tempfile.TemporaryDirectory() as folder:
        async with TelegramServer() as server:
            url, fast = server.base_url.removesuffix("/bot"), 1e6
            settings = Settings(
                telegram_token=SecretStr(server.token),
                telegram_url=url,
                telegram_per_second=fast,
                telegram_per_second_a_chat=fast,
            )
            memory, stop = Memory(database or Path(folder) / "bench.sqlite3"), asyncio.Event()
            async with memory, connected(settings, memory, lambda: TODAY) as telegram:

                async def begin() -> Callable[[], Awaitable[None]]:
                    polling = asyncio.create_task(telegram.poll(stop))

                    async def end() -> None:
                        stop.set()
                        await polling

                    return end

                return await _measure(server, begin, latency, chats, steps, EXPECTED if steps == DIALOG else ())


async def echo(latency: float, chats: int) -> Speed:
    """A bot that repeats what it reads."""
    async with TelegramServer() as server:

        async def repeat(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            assert update.effective_chat is not None and update.message is not None
            await context.bot.send_message(update.effective_chat.id, update.message.text or "")

        builder = ApplicationBuilder().token(server.token).base_url(server.base_url)
        application = builder.concurrent_updates(OneChatAtATime()).build()
        application.add_handler(MessageHandler(filters.TEXT, repeat))
        updater = application.updater
        assert updater is not None
        async with application:

            async def begin() -> Callable[[], Awaitable[None]]:
                await application.start()
                await updater.start_polling()

                async def end() -> None:
                    await updater.stop()
                    await application.stop()

                return end

            return await _measure(server, begin, latency, chats, DIALOG, DIALOG)


async def _measure(
    server: TelegramServer,
    begin: Callable[[], Awaitable[Callable[[], Awaitable[None]]]],
    latency: float,
    chats: int,
    steps: Sequence[str],
    expected: Sequence[str],
) -> Speed:
    people = [server.person(language_code="fr") for _ in range(chats)]
    for step in steps:
        for person in people:
            await person.says(step)
    server.latency = latency
    wanted = chats * len(steps)
    start, used = time.perf_counter(), time.process_time()
    end = await begin()
    with suppress(TimeoutError):
        async with asyncio.timeout(300):
            while sum(map(len, server.sent.values())) < wanted:  # noqa: ASYNC110  # the stand-in counts, it tells nobody
                await asyncio.sleep(0.01)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    server.latency = 0
    await end()
    for person in people:
        texts = [message.text for message in person.messages]
        in_order = all(part in text for part, text in zip(expected, texts, strict=bool(expected)))
        if len(texts) != len(steps) or (expected and not in_order):
            raise AssertionError(f"lost or out of order: {texts}")
    return Speed(wanted / seconds, 1000 * used / wanted)


async def report() -> None:
    """The figures for the README: both in turn at 50 ms a call, and without latency, and questions with search."""
    warm_up(TODAY)
    for latency, rounds in ((0.05, ROUNDS), (0.0, 1)):
        bare, bot = await _in_turn(latency, rounds)
        shares = sorted(own.rate / other.rate for own, other in zip(bot, bare, strict=True))
        print(
            f"Telegram at {latency * 1000:.0f} ms, {CHATS} chats in order, median of {rounds}: {_said(bot)} a dialog step, "
            f"{_said(bare)} a bare echo; rate {median(shares):.2f} of the echo's ({shares[0]:.2f} to {shares[-1]:.2f}); "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    print(f"Telegram at 50 ms, questions with search: {_said([await ours(0.05, CHATS // 4, QUESTIONS)])}")


async def _in_turn(latency: float, rounds: int) -> tuple[list[Speed], list[Speed]]:
    """The echo bot and ours, round by round."""
    bare: list[Speed] = []
    bot: list[Speed] = []
    for number in range(rounds):
        if number % 2:
            bot.append(await ours(latency, CHATS))
        bare.append(await echo(latency, CHATS))
        if not number % 2:
            bot.append(await ours(latency, CHATS))
    return bare, bot


def _said(speeds: Sequence[Speed]) -> str:
    rate, cost = median(one.rate for one in speeds), median(one.cost for one in speeds)
    return f"{rate:.0f}/s with {cost:.1f} ms of processor time"


if __name__ == "__main__":
    asyncio.run(report())
