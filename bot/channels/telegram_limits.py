"""How often Telegram lets a bot send: to all chats together, to one person, to a group."""

import asyncio

from bot.pace import Pace
from bot.settings import Settings

BURST = 30  # messages to all chats at once, as Telegram allows a second
BURST_A_CHAT = 3
BURST_A_GROUP, GROUP_PER_SECOND = 5, 15 / 60  # together at most 20 in any minute, as Telegram allows


class Limits:
    """Messages of one bot; a group's number is negative."""

    def __init__(self, settings: Settings):
        self._all = Pace(settings.telegram_per_second, BURST)
        self._person = Pace(settings.telegram_per_second_a_chat, BURST_A_CHAT)
        self._group = Pace(GROUP_PER_SECOND, BURST_A_GROUP)

    async def allow(self, chat: int) -> None:
        """Wait until a message to this chat may be sent."""
        now = asyncio.get_running_loop().time
        if pause := (self._group if chat < 0 else self._person).wait(str(chat), now()):
            await asyncio.sleep(pause)
        if pause := self._all.wait("all", now()):
            await asyncio.sleep(pause)
