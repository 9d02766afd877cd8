"""Talks on Telegram, by long polling or by webhook: the only module that knows Telegram."""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("PTB_TIMEDELTA", "true")  # retry_after as a timedelta, before the library is imported

from httpx import create_ssl_context
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, Update
from telegram.constants import ChatType, MessageLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram_text import menu, pressable, rendered
from bot.memory import Memory
from bot.messages import Kept, Message, Reply
from bot.outbox import Later, Outbox, Part, Undeliverable
from bot.pace import Pace
from bot.polling import Incoming, Source, Unfetched, poll
from bot.reception import Reception
from bot.settings import Settings
from bot.words import LANGUAGES

KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
CALLS_AT_ONCE = 16
BURST = 30  # messages to all chats at once, as Telegram allows a second
BURST_A_CHAT = 3
BURST_A_GROUP, GROUP_PER_SECOND = 5, 15 / 60  # together at most 20 in any minute, as Telegram allows
POLL = 30  # seconds that a request for updates may wait for one
PATIENCE = 10.0  # seconds for replies on their way when the program stops
NOT_A_MESSAGE = ("new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id", "migrate_from_chat_id")
log = logging.getLogger("kibon-bot.telegram")


class Unreachable(RuntimeError):
    """Telegram refuses the token or cannot be reached; the message says in one line what to do."""


class Telegram:
    """Turns updates into Messages, and Replies into Telegram's messages. Handled means: its reply is stored."""

    def __init__(self, bot: Bot, polling: BaseRequest, memory: Memory, settings: Settings, today: Callable[[], date]):
        self._bot, self._polling, self._memory, self._settings = bot, polling, memory, settings
        self._outbox = Outbox(memory.database, "telegram:", self._parts)
        self._reception = Reception(memory, self._outbox, settings, today)
        self._out = Pace(settings.telegram_per_second, BURST)
        self._out_chat = Pace(settings.telegram_per_second_a_chat, BURST_A_CHAT)
        self._out_group = Pace(GROUP_PER_SECOND, BURST_A_GROUP)
        self._small: set[asyncio.Task[None]] = set()

    async def receive(self, data: Mapping[str, Any]) -> bool:
        """Handle an update as JSON; False where it has to come again."""
        return await self.handle(self._understood(data))

    def _understood(self, data: Mapping[str, Any]) -> Update | None:
        """The update; None for one that cannot be understood: it is passed over."""
        try:
            return Update.de_json(dict(data), self._bot)
        except Exception as problem:  # whatever the library makes of fields of the wrong kind
            log.warning("an update could not be read", exc_info=problem)
            return None

    async def handle(self, update: Update | None) -> bool:
        """Store the reply to an update and begin to send it; False where it could not be stored."""
        if update is None:
            return True
        chat, user = update.effective_chat, update.effective_user
        hint = (user.language_code or "") if user else ""
        said = _read(update, hint, self._settings.kept)
        if chat is None or said is None:
            return True
        if update.callback_query:
            task = asyncio.create_task(self._acknowledge(update.callback_query.id))
            self._small.add(task)
            task.add_done_callback(self._small.discard)
        editor = user is not None and user.id in self._settings.admin_ids
        return await self._reception.receive(f"telegram:{chat.id}", f"telegram:{update.update_id}", said, hint, editor)

    async def _acknowledge(self, query: str) -> None:
        """Stop the waiting sign on a button; too late or in vain does no harm."""
        with suppress(TelegramError):
            await self._bot.answer_callback_query(query)

    def _parts(self, chat: str, reply: Reply) -> Sequence[Part]:
        number = int(chat.removeprefix("telegram:"))
        *texts, last = rendered(reply, MessageLimit.MAX_TEXT_LENGTH)
        send = partial(self._send_text, number)
        parts: list[Part] = [*(partial(send, text, None) for text in texts), partial(send, last, _keyboard(reply))]
        if reply.file:
            file = InputFile(reply.file.content, filename=reply.file.name)
            photo = partial(self._bot.send_photo, photo=file)
            picture = reply.file.media.startswith("image/")
            parts.append(
                partial(self._send, number, photo if picture else partial(self._bot.send_document, document=file))
            )
        return parts

    async def _send_text(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None) -> None:
        preview = LinkPreviewOptions(is_disabled=True)
        message = partial(self._bot.send_message, text=text, reply_markup=keyboard, link_preview_options=preview)
        await self._send(chat, partial(message, parse_mode=ParseMode.HTML))

    async def _send(self, chat: int, call: Callable[..., Awaitable[object]]) -> None:
        """One call to Telegram at the pace it allows; its refusals as Later or Undeliverable."""
        loop = asyncio.get_running_loop()
        pace = self._out_group if chat < 0 else self._out_chat
        if pause := pace.wait(str(chat), loop.time()):
            await asyncio.sleep(pause)
        if pause := self._out.wait("all", loop.time()):
            await asyncio.sleep(pause)
        try:
            try:
                await call(chat_id=chat)
            except ChatMigrated as moved:
                await call(chat_id=moved.new_chat_id)
        except RetryAfter as wait:
            after = wait.retry_after
            raise Later(
                after.total_seconds() if isinstance(after, timedelta) else after, "Telegram asks to wait"
            ) from wait
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
        """Answer what comes until told to stop."""
        await poll(Source(self._fetch, self.handle), stop)

    async def _fetch(self, offset: int, wait: bool) -> list[Incoming]:
        # One by one and not by get_updates, which lets one update that cannot be read hold up all others.
        wanted = {"timeout": POLL} if wait else {"timeout": 0, "limit": 1}
        asked = urlencode({"offset": offset, "allowed_updates": json.dumps(KINDS), **wanted})
        try:
            found: Any = await self._polling.post(f"{self._bot.base_url}/getUpdates?{asked}", read_timeout=POLL + 10)
            return [self._incoming(data) for data in found]
        except (TelegramError, KeyError, TypeError, ValueError) as problem:
            raise Unfetched(type(problem).__name__) from problem

    def _incoming(self, data: Mapping[str, Any]) -> Incoming:
        number, update = int(data["update_id"]), self._understood(data)
        chat = update.effective_chat if update else None
        return Incoming(number, chat.id if chat else 0, update)


@asynccontextmanager
async def connected(settings: Settings, memory: Memory, today: Callable[[], date]) -> AsyncIterator[Telegram]:
    """The channel on an open memory, with its commands named and its outbox at work. Unreachable: see there."""
    async with _connection(settings) as (bot, polling):
        with suppress(TelegramError):  # the menu then stays as it was
            for lang in (*LANGUAGES, ""):
                await bot.set_my_commands(menu(lang or LANGUAGES[0]), language_code=lang or None)
        telegram = Telegram(bot, polling, memory, settings, today)
        async with telegram.sending():
            with _reaching(settings):
                if settings.webhook_url:
                    await bot.set_webhook(settings.webhook_url, secret_token=settings.secret, allowed_updates=KINDS)
                else:
                    await bot.delete_webhook()
            log.info("answering as @%s", bot.username)
            yield telegram


async def name_of(settings: Settings) -> str:
    """The user name under which Telegram knows the token. Unreachable: see there."""
    async with _connection(settings) as (bot, _):
        return bot.username


class _Lanes(BaseRequest):
    """Calls at once, each on a connection of its own: a pool would look at all its connections for every call."""

    read_timeout = None  # each lane has its own

    def __init__(self, number: int):
        trusted = {"verify": create_ssl_context()}
        self._all = [HTTPXRequest(connection_pool_size=1, httpx_kwargs=trusted) for _ in range(number)]
        self._free: asyncio.LifoQueue[HTTPXRequest] = asyncio.LifoQueue()

    async def initialize(self) -> None:
        for request in self._all:
            await request.initialize()
            self._free.put_nowait(request)

    async def shutdown(self) -> None:
        for request in self._all:
            await request.shutdown()

    async def do_request(self, *given: Any, **more: Any) -> tuple[int, bytes]:
        request = await self._free.get()
        try:
            return await request.do_request(*given, **more)
        finally:
            self._free.put_nowait(request)


@asynccontextmanager
async def _connection(settings: Settings) -> AsyncIterator[tuple[Bot, BaseRequest]]:
    """The bot, and the connection on which it is to fetch updates."""
    url, token = settings.telegram_url, settings.telegram_token.get_secret_value()
    many, one = _Lanes(CALLS_AT_ONCE), HTTPXRequest(connection_pool_size=1, read_timeout=10)
    async with AsyncExitStack() as closing:
        for request in (many, one):
            closing.push_async_callback(request.shutdown)
        with _reaching(settings):
            bot = Bot(token, f"{url}/bot", f"{url}/file/bot", many, one)
            await bot.initialize()
        yield bot, one


@contextmanager
def _reaching(settings: Settings) -> Iterator[None]:
    try:
        yield
    except InvalidToken as problem:
        raise Unreachable("Telegram refuses the token: check KIBON_BOT_TELEGRAM_TOKEN with @BotFather") from problem
    except TelegramError as problem:
        raise Unreachable(f"Telegram cannot be reached at {settings.telegram_url}: {problem}") from problem


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


def _keyboard(answered: Reply) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in pressable(answered)]
    return InlineKeyboardMarkup(rows) if rows else None
