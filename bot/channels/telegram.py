"""Talks on Telegram by long polling: the only module that knows Telegram."""

import asyncio
import logging
import os
import secrets
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

os.environ.setdefault("PTB_TIMEDELTA", "true")  # retry_after as a timedelta, before the library is imported

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot import commands
from bot.channels.telegram_text import rendered
from bot.conversation import reply
from bot.memory import Memory
from bot.messages import Block, Button, Message, Reply
from bot.settings import Settings
from bot.words import LANGUAGES, words
from checks.guided import guided

App = Application[Any, Any, Any, Any, Any, Any]

CHATS_AT_ONCE = 16
TRIES = 4
MOST_IN_ROW = 34  # characters of labels that a phone shows side by side
log = logging.getLogger("kibon-bot.telegram")
library_log = logging.getLogger("telegram.ext")


class Unreachable(RuntimeError):
    """Telegram refuses the token or cannot be reached; the message says in one line what to do."""


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


class Telegram:
    """Turns updates into Messages and Replies into messages; `today` gives the day."""

    def __init__(self, memory: Memory, today: Callable[[], date]):
        self._memory, self._today = memory, today

    def add_to(self, application: App) -> None:
        """Register what is answered: texts, buttons, and anything else with a word on what can be read."""
        private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
        application.add_handler(MessageHandler(private & filters.TEXT, self._text))
        application.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, self._other))
        application.add_handler(CallbackQueryHandler(self._pressed))
        application.add_error_handler(self._failed)

    async def _text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await self._turn(update, context, Message(text=update.message.text or "", hint=_hint(update)))

    async def _pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        await self._turn(update, context, Message(button=query.data or "", hint=_hint(update)))
        try:
            await _patiently(query.answer)
        except BadRequest:
            log.info("a button press was too old to acknowledge")

    async def _other(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        session = await self._memory.load(_chat(update))
        say = words(session.lang or _known(_hint(update)))
        await self._send(update, context, Reply("refusal", say.lang, (Block("text", say("text_only")),)))

    async def _turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE, message: Message) -> None:
        session = await self._memory.load(_chat(update))
        after, answered = await asyncio.to_thread(reply, session, message, self._today())
        if after != session:
            await self._memory.save(_chat(update), after)
        await self._send(update, context, answered)

    async def _send(self, update: Update, context: ContextTypes.DEFAULT_TYPE, answered: Reply) -> None:
        assert update.effective_chat is not None
        texts = list(rendered(answered, MessageLimit.MAX_TEXT_LENGTH))
        for number, text in enumerate(texts, 1):
            keyboard = _keyboard(answered) if number == len(texts) else None
            try:
                await _patiently(
                    partial(
                        context.bot.send_message,
                        update.effective_chat.id,
                        text,
                        parse_mode=ParseMode.HTML,
                        reply_markup=keyboard,
                        link_preview_options=LinkPreviewOptions(is_disabled=True),
                    )
                )
            except Forbidden:
                log.info("a person has blocked the bot")
                return

    async def _failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell the person that it was not their fault, with a reference that the log shows too."""
        reference = secrets.token_hex(4)
        log.error("reference %s", reference, exc_info=context.error)
        if not isinstance(update, Update) or update.effective_chat is None or isinstance(context.error, NetworkError):
            return
        session = await self._memory.load(_chat(update))
        say = words(session.lang or _known(_hint(update)))
        text = Block("text", say("error", reference=reference))
        await self._send(update, context, Reply("error", say.lang, (text,), (), ()))


def serve(settings: Settings, today: Callable[[], date]) -> None:
    """Answer on Telegram until stopped. Unreachable where Telegram refuses or is not there."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    log.setLevel(logging.INFO)
    library_log.setLevel(logging.CRITICAL)  # until it runs, what goes wrong is said once, by whoever called
    application = build(settings, Memory(settings.database), today)
    try:
        application.run_polling(allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY], bootstrap_retries=0)
    except InvalidToken as problem:
        raise Unreachable("Telegram refuses the token: check KIBON_BOT_TELEGRAM_TOKEN with @BotFather") from problem
    except NetworkError as problem:
        raise Unreachable(f"Telegram cannot be reached at {settings.telegram_url}: {problem}") from problem


def build(settings: Settings, memory: Memory, today: Callable[[], date]) -> App:
    """The application: it opens the memory, names its commands, and answers with `Telegram`."""

    async def begin(application: App) -> None:
        await memory.__aenter__()
        for lang in LANGUAGES:
            await application.bot.set_my_commands(_commands(lang), language_code=lang)
        await application.bot.set_my_commands(_commands(LANGUAGES[0]))
        library_log.setLevel(logging.WARNING)
        log.info("answering as @%s", application.bot.username)

    async def end(application: App) -> None:
        await memory.__aexit__(None, None, None)

    application = (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{settings.telegram_url}/bot")
        .base_file_url(f"{settings.telegram_url}/file/bot")
        .concurrent_updates(OneChatAtATime())
        .post_init(begin)
        .post_shutdown(end)
        .build()
    )
    Telegram(memory, today).add_to(application)
    return application


async def _patiently(send: Callable[[], Awaitable[object]]) -> None:
    """Send, and obey Telegram's retry_after a few times; a lost connection is tried again once a second."""
    for last in (*[False] * (TRIES - 1), True):
        try:
            await send()
            return
        except RetryAfter as wait:
            pause = wait.retry_after if isinstance(wait.retry_after, timedelta) else timedelta(seconds=wait.retry_after)
            if last:
                raise
        except NetworkError as problem:
            if last or isinstance(problem, BadRequest):
                raise
            pause = timedelta(seconds=1)
        await asyncio.sleep(pause.total_seconds())


def _keyboard(answered: Reply) -> InlineKeyboardMarkup | None:
    rows = [[_button(f"{number}. {choice.label}", choice)] for number, choice in enumerate(answered.choices, 1)] + list(
        _rows(answered.actions)
    )
    return InlineKeyboardMarkup(rows) if rows else None


def _rows(buttons: tuple[Button, ...]) -> Iterator[list[InlineKeyboardButton]]:
    row: list[InlineKeyboardButton] = []
    width = 0
    for button in buttons:
        if row and width + len(button.label) > MOST_IN_ROW:
            yield row
            row, width = [], 0
        row.append(_button(button.label, button))
        width += len(button.label)
    if row:
        yield row


def _button(label: str, button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=button.data)


def _commands(lang: str) -> list[BotCommand]:
    """The command menu of a language: the guided checks first."""
    say = words(lang)
    names = [f"check.{name}" for name in guided()] + [f"command.{name}" for name in commands.NAMES]
    return [BotCommand(say(f"{name}.name"), say(f"{name}.about")) for name in names]


def _hint(update: Update) -> str:
    return (update.effective_user.language_code or "") if update.effective_user else ""


def _known(hint: str) -> str:
    return hint[:2] if hint[:2] in LANGUAGES else LANGUAGES[0]


def _chat(update: Update) -> str:
    assert update.effective_chat is not None
    return f"telegram:{update.effective_chat.id}"
