"""Talks on Telegram, by long polling or by webhook: the only module that knows Telegram."""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple, cast

os.environ.setdefault("PTB_TIMEDELTA", "true")  # retry_after as a timedelta, before the library is imported

from telegram import Bot, InputFile, Update
from telegram.constants import ChatType, MessageLimit, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.http_calls import HttpCalls, Unanswered
from bot.channels.telegram_limits import Limits
from bot.channels.telegram_text import keyboard, menu, rendered
from bot.memory import Memory
from bot.messages import Kept, Message, Reply
from bot.outbox import Later, Outbox, Part, Undeliverable
from bot.polling import Incoming, Source, Unfetched, poll
from bot.reception import Reception
from bot.settings import Settings
from bot.words import LANGUAGES

KINDS = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY]
CALLS_AT_ONCE = 16
ANSWER = 5.0  # seconds that a call to Telegram may wait for its answer
POLL = 30  # seconds that a request for updates may wait for one
PATIENCE = 10.0  # seconds for replies on their way when the program stops
NOT_A_MESSAGE = ("new_chat_members", "left_chat_member", "pinned_message", "migrate_to_chat_id", "migrate_from_chat_id")
AS_HTML = {"parse_mode": ParseMode.HTML, "link_preview_options": {"is_disabled": True}}
log = logging.getLogger("kibon-bot.telegram")


class Unreachable(RuntimeError):
    """Telegram cannot be reached; the message says in one line what to do."""


class TokenRefused(Unreachable):
    """Telegram does not know the token."""


class Telegram:
    """Turns updates into Messages, and Replies into Telegram's messages. Handled means: its reply is stored."""

    def __init__(self, bot: Bot, polling: BaseRequest, memory: Memory, settings: Settings, today: Callable[[], date]):
        self._bot, self._polling, self._memory, self._settings = bot, polling, memory, settings
        self._outbox = Outbox(memory.database, "telegram:", self._parts)
        self._reception = Reception(memory, self._outbox, settings, today)
        self._limits = Limits(settings)
        self._small: set[asyncio.Task[None]] = set()

    async def receive(self, data: Mapping[str, Any]) -> bool:
        """Handle an update as JSON; False where it has to come again."""
        return await self.handle(self._understood(data))

    def _understood(self, data: Mapping[str, Any]) -> Update | None:
        """The update; None for one that cannot be understood: it is passed over."""
        try:
            update = Update.de_json(dict(data), self._bot)
            message, query, user = update.effective_message, update.callback_query, update.effective_user
            texts = (message and message.text, query and query.data, user and user.language_code)
            if not all(isinstance(text or "", str) for text in texts):
                raise TypeError("a text is none")  # which the library does not look at
            return update
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
        bodies: list[dict[str, Any]] = [*({"text": text} for text in texts), {"text": last, **keyboard(reply)}]
        parts: list[Part] = [partial(self._send, number, partial(self._send_text, body)) for body in bodies]
        if reply.file:
            file = InputFile(reply.file.content, filename=reply.file.name)
            kind = "photo" if reply.file.media.startswith("image/") else "document"
            parts.append(partial(self._send, number, partial(getattr(self._bot, f"send_{kind}"), **{kind: file})))
        return parts

    async def _send_text(self, body: Mapping[str, Any], chat_id: int) -> None:
        url = f"{self._bot.base_url}/sendMessage"
        sent = await _call(self._bot.request, url, {"chat_id": chat_id, **AS_HTML, **body})
        int(sent["message_id"])  # else it is no answer of Telegram's

    async def _send(self, chat: int, call: Callable[..., Awaitable[object]]) -> None:
        """One call to Telegram at the pace it allows; its refusals as Later or Undeliverable."""
        await self._limits.allow(chat)
        try:
            try:
                await call(chat_id=chat)
            except ChatMigrated as moved:
                await call(chat_id=moved.new_chat_id)
        except RetryAfter as wait:
            after = wait.retry_after
            seconds = after.total_seconds() if isinstance(after, timedelta) else after
            raise Later(seconds, "Telegram asks to wait") from wait
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
        asked = {"offset": offset, "allowed_updates": KINDS} | ({"timeout": POLL} if wait else {"limit": 1})
        try:
            found = await _call(self._polling, f"{self._bot.base_url}/getUpdates", asked)
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


class _Calls(BaseRequest):
    """The library's calls on connections of ours: at most `at_once`, `patience` in seconds."""

    read_timeout = None  # the same for all calls

    def __init__(self, url: str, at_once: int, patience: float):
        self._http = HttpCalls(url, at_once, patience, {"User-Agent": self.USER_AGENT})

    async def initialize(self) -> None:
        """Nothing to prepare: connections are made as they are needed."""

    async def shutdown(self) -> None:
        await self._http.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        try:
            if request_data and (files := request_data.multipart_data):
                return await self._http.post_files(url, request_data.json_parameters, files)
            return await self._http.post(url, request_data.json_payload if request_data else b"{}")
        except Unanswered as problem:
            raise NetworkError(str(problem)) from problem


class _Body(NamedTuple):
    """What `do_request` reads of a RequestData, for fields that are JSON already."""

    json_payload: bytes
    multipart_data: None = None


async def _call(calls: BaseRequest, url: str, fields: Mapping[str, Any]) -> Any:
    """A call without the library's objects for fields and result: to make them takes as long as the call itself."""
    return await calls.post(url, cast(RequestData, _Body(json.dumps(fields).encode())))


@asynccontextmanager
async def _connection(settings: Settings) -> AsyncIterator[tuple[Bot, BaseRequest]]:
    """The bot, and the connection on which it is to fetch updates."""
    url, token = settings.telegram_url, settings.telegram_token.get_secret_value()
    async with AsyncExitStack() as closing:
        with _reaching(settings):
            many, one = _Calls(url, CALLS_AT_ONCE, ANSWER), _Calls(url, 1, POLL + 10)
            for request in (many, one):
                closing.push_async_callback(request.shutdown)
            bot = Bot(token, f"{url}/bot", f"{url}/file/bot", many, one)
            await bot.initialize()
        yield bot, one


@contextmanager
def _reaching(settings: Settings) -> Iterator[None]:
    try:
        yield
    except InvalidToken as problem:
        raise TokenRefused("Telegram refuses the token: check KIBON_BOT_TELEGRAM_TOKEN with @BotFather") from problem
    except (TelegramError, ValueError) as problem:  # also an address that is none
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
