"""The commands that talk: in the terminal, on the web, on Telegram.

Each channel is imported where it is used: the others would wait for it at their start.
"""

import argparse

from bot import office
from bot.options import Refused, day_of
from bot.settings import Settings


def chat(options: argparse.Namespace) -> None:
    from bot.channels.terminal import chat

    chat(options.lang, lambda: day_of(options), options.plain)


def serve(options: argparse.Namespace) -> None:
    chosen = {name: value for name in ("host", "port") if (value := getattr(options, name)) is not None}
    _run(office.settings().model_copy(update=chosen), options, web=True)


def telegram(options: argparse.Namespace) -> None:
    settings = office.settings()
    if not settings.telegram_token.get_secret_value():
        raise Refused("no Telegram token: set KIBON_BOT_TELEGRAM_TOKEN to the one that @BotFather gave you")
    _run(settings, options, web=False)


def _run(settings: Settings, options: argparse.Namespace, web: bool) -> None:
    import asyncio

    from bot.channels.telegram import Unreachable
    from bot.listening import Unusable
    from bot.logs import to_standard_error
    from bot.memory import Memory, UnreadableDatabase
    from bot.serve import run

    to_standard_error()
    try:
        asyncio.run(run(settings, Memory.of(settings), lambda: day_of(options), web))
    except UnreadableDatabase as problem:
        raise Refused(
            f"cannot use the database, check KIBON_BOT_DATABASE or KIBON_BOT_DATABASE_URL ({problem})"
        ) from problem
    except Unusable as problem:
        raise Refused(f"cannot listen, choose another --host or --port ({problem})") from problem
    except Unreachable as problem:
        raise Refused(str(problem)) from problem
