"""Talks on Telegram, by long polling or by webhook: the only module that knows Telegram."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "true")  # retry_after as a timedelta, before the library is imported

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Update
from telegram.constants import ChatType, MessageLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram_text import menu, pressable, rendered
from bot.memory import Memory
from bot.messages import Button, Kept, Message, Reply
from bot.outbox import FIRST_PAUSE, LONGEST_PAUSE, Later, Outbox, Part, Undeliverable
from bot.pace import Pace
from bot.reception import Reception
from bot.settings import Settings
from bot.words import LANGUAGES

KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
CALLS_AT_ONCE = 16
BURST = 30  # messages to all chats at once, as Telegram allows a second
BURST_A_CHAT = 3
POLL = timedelta(seconds=30)
PATIENCE = 10.0  # seconds for replies on their way when the program stops
NOT_A_MESSAGE = ("new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id", "migrate_from_chat_id")
log = logging.getLogger("kibon-bot.telegram")


class Unreachable(RuntimeError):
    """Telegram refuses the token or cannot be reached; the message says in one line what to do."""


class Telegram:
    """Turns updates into Messages, and Replies into Telegram's messages. Handled means: its reply is stored."""

    def __init__(self, bot: Bot, memory: Memory, settings: Settings, today: Callable[[], date]):
        self._bot, self._memory, self._settings = bot, memory, settings
        self._outbox = Outbox(memory.database, "telegram:", self._parts)
        self._reception = Reception(memory, self._outbox, settings, today)
        self._calls = asyncio.Semaphore(CALLS_AT_ONCE)
        self._out = Pace(settings.telegram_per_second, BURST)
        self._out_chat = Pace(settings.telegram_per_second_a_chat, BURST_A_CHAT)
        self._small: set[asyncio.Task[None]] = set()

    async def receive(self, data: Mapping[str, Any]) -> bool:
        """Handle an update as JSON; False where it has to come again. One that cannot be understood is passed over."""
        try:
            update = Update.de_json(dict(data), self._bot)
        except Exception as problem:  # whatever the library makes of fields of the wrong kind
            log.warning("an update could not be read", exc_info=problem)
            return True
        return await self.handle(update)

    async def handle(self, update: Update) -> bool:
        """Store the reply to an update and begin to send it; False where it could not be stored."""
        chat, user = update.effective_chat, update.effective_user
        hint = (user.language_code or "") if user else ""
        said = _read(update, hint, self._settings.kept)
        if chat is None or said is None:
            return True
        if update.callback_query:
            self._in_passing(self._acknowledge(update.callback_query.id))
        editor = user is not None and user.id in self._settings.admin_ids
        return await self._reception.receive(f"telegram:{chat.id}", f"telegram:{update.update_id}", said, hint, editor)

    def _in_passing(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._small.add(task)
        task.add_done_callback(self._small.discard)

    async def _acknowledge(self, query: str) -> None:
        """Stop the waiting sign on a button; too late or in vain does no harm."""
        with suppress(TelegramError):
            await self._bot.answer_callback_query(query)

    def _parts(self, chat: str, reply: Reply) -> Sequence[Part]:
        number = int(chat.removeprefix("telegram:"))
        texts = list(rendered(reply, MessageLimit.MAX_TEXT_LENGTH))
        last = len(texts) - 1
        parts: list[Part] = [
            partial(self._send_text, number, text, _keyboard(reply) if place == last else None)
            for place, text in enumerate(texts)
        ]
        if reply.file:
            file = InputFile(reply.file.content, filename=reply.file.name)
            picture = reply.file.media.startswith("image/")
            call = (
                partial(self._bot.send_photo, photo=file)
                if picture
                else partial(self._bot.send_document, document=file)
            )
            parts.append(partial(self._send, number, call))
        return parts

    async def _send_text(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        preview = LinkPreviewOptions(is_disabled=True)
        message = partial(self._bot.send_message, text=text, reply_markup=keyboard, link_preview_options=preview)
        await self._send(chat, partial(message, parse_mode=ParseMode.HTML))

    async def _send(self, chat: int, call: Callable[..., Awaitable[object]]) -> None:
        """One call to Telegram at the pace it allows; its refusals as Later or Undeliverable."""
        loop = asyncio.get_running_loop()
        if pause := self._out_chat.wait(str(chat), loop.time()):
            await asyncio.sleep(pause)
        async with self._calls:
            if pause := self._out.wait("all", loop.time()):
                await asyncio.sleep(pause)
            try:
                await call(chat_id=chat)
            except RetryAfter as wait:
                pause = (
                    wait.retry_after.total_seconds() if isinstance(wait.retry_after, timedelta) else wait.retry_after
                )
                raise Later(pause, "Telegram asks to wait") from wait
            except ChatMigrated as moved:
                raise Undeliverable("the chat has moved to a group of another kind") from moved
            except (BadRequest, Forbidden) as refusal:
                raise Undeliverable(type(refusal).__name__) from refusal
            except (TelegramError, KeyError, TypeError, ValueError) as problem:  # also an answer of another form
                raise Later(None, f"Telegram is in trouble ({type(problem).__name__})") from problem

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """As long as it lasts, replies are sent, old ones first, and old data is deleted every hour."""
        work = [asyncio.create_task(self._outbox.sweep()), asyncio.create_task(self._memory.expire_hourly())]
        try:
            yield
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, *self._small, return_exceptions=True)
            await self._outbox.finish(PATIENCE)

    async def poll(self, stop: asyncio.Event) -> None:
        """Fetch and handle updates until told to stop. They are confirmed to Telegram only once they are handled."""
        offset, pause = 0, FIRST_PAUSE
        stopped = asyncio.ensure_future(stop.wait())
        while not stop.is_set():
            fetch = asyncio.ensure_future(self._bot.get_updates(offset=offset, timeout=POLL, allowed_updates=KINDS))
            await asyncio.wait({fetch, stopped}, return_when=asyncio.FIRST_COMPLETED)
            try:
                if not fetch.done():
                    fetch.cancel()
                updates = await fetch
                offset = await self._handle_all(updates, offset)
                pause = FIRST_PAUSE
                continue
            except asyncio.CancelledError:
                break
            except _NotStored:
                pass
            except TelegramError as problem:
                if pause == FIRST_PAUSE:
                    log.warning("updates cannot be fetched for now (%s)", type(problem).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        stopped.cancel()
        with suppress(TelegramError):
            await self._bot.get_updates(offset=offset, timeout=0, limit=1, allowed_updates=KINDS)

    async def _handle_all(self, updates: Sequence[Update], offset: int) -> int:
        """Handle a batch, chats side by side, each in order; the offset that confirms it. _NotStored: nothing is."""

        async def in_order(own: list[Update]) -> bool:
            for update in own:
                if not await self.handle(update):
                    return False
            return True

        by_chat = groupby(sorted(updates, key=_chat_of), key=_chat_of)
        done = await asyncio.gather(*(in_order(list(own)) for _, own in by_chat))
        if not all(done):
            raise _NotStored
        return updates[-1].update_id + 1 if updates else offset


class _NotStored(Exception):
    """An update of a batch could not be stored."""


@asynccontextmanager
async def connected(settings: Settings, memory: Memory, today: Callable[[], date]) -> AsyncIterator[Telegram]:
    """The channel on an open memory, with its commands named and its outbox at work. Unreachable: see there."""
    async with _bot(settings) as bot:
        for lang in (*LANGUAGES, ""):
            await bot.set_my_commands(menu(lang or LANGUAGES[0]), language_code=lang or None)
        telegram = Telegram(bot, memory, settings, today)
        async with telegram.sending():
            if settings.webhook_url:
                await bot.set_webhook(settings.webhook_url, secret_token=settings.secret, allowed_updates=KINDS)
            else:
                await bot.delete_webhook()
            log.info("answering as @%s", bot.username)
            yield telegram


async def name_of(settings: Settings) -> str:
    """The user name under which Telegram knows the token. Unreachable: see there."""
    async with _bot(settings) as bot:
        return bot.username


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[Bot]:
    url, token = settings.telegram_url, settings.telegram_token.get_secret_value()
    many = HTTPXRequest(connection_pool_size=CALLS_AT_ONCE, pool_timeout=LONGEST_PAUSE)
    one = HTTPXRequest(connection_pool_size=1, read_timeout=10)
    async with AsyncExitStack() as closing:
        for request in (many, one):
            closing.push_async_callback(request.shutdown)
        try:
            bot = Bot(token, f"{url}/bot", f"{url}/file/bot", many, one)
            await bot.initialize()
        except InvalidToken as problem:
            raise Unreachable("Telegram refuses the token: check KIBON_BOT_TELEGRAM_TOKEN with @BotFather") from problem
        except NetworkError as problem:
            raise Unreachable(f"Telegram cannot be reached at {url}: {problem}") from problem
        yield bot


def _read(update: Update, hint: str, kept: Kept) -> Message | str | None:
    """What a person said; the name of a remark on what cannot be read; None for what gets no reply by design."""
    message, query = update.effective_message, update.callback_query
    private = update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
    if query:
        return Message(button=query.data or "-", hint=hint, kept=kept) if private else None
    if message is None:
        return None
    if not private:
        return "private_only" if (message.text or "").startswith("/") and not update.edited_message else None
    if update.edited_message:
        return "edited" if message.text else None
    if message.text:
        return Message(text=message.text, hint=hint, kept=kept)
    return None if any(getattr(message, name) for name in NOT_A_MESSAGE) else "text_only"


def _chat_of(update: Update) -> int:
    return update.effective_chat.id if update.effective_chat else 0


def _keyboard(answered: Reply) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in row] for row in pressable(answered)]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=button.data)
