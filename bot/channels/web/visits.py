"""Who talks in a browser: a random token, the session that the memory keeps under it, and the last exchanges.

What a person types is not stored: the last exchanges stand in the working memory only, so that a page can be shown
again. The answers live in the memory like those of every channel, under the hash of the token.
"""

import hashlib
import math
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.channels.web.place import Answered, Place, answered
from bot.commands import named
from bot.memory import Memory
from bot.messages import Message, Reply
from bot.session import Session
from bot.turn import take
from bot.typed import clean

MOST_EXCHANGES = 12  # of one visit that can be shown again
MOST_VISITS = 1000  # whose exchanges are kept; older ones go on from their answers
_TOKEN = re.compile(r"([0-9a-f]{8})\.[A-Za-z0-9_-]{32}")


@dataclass(frozen=True)
class Exchange:
    """One thing said (or the label of what was pressed), the reply to it, and the question that it left open.

    `file` is the command whose file goes with the reply; it is made anew when it is fetched.
    """

    number: int
    said: str
    reply: Reply
    place: Place
    file: str = ""


@dataclass(frozen=True)
class Visit:
    """A person's talk as it stands. `token` is "" for one that has not begun; `ended` tells that its time is over."""

    token: str = ""
    session: Session = field(default_factory=Session)
    exchanges: tuple[Exchange, ...] = ()
    ended: bool = False

    @property
    def last(self) -> Exchange:
        return self.exchanges[-1]


class Visits:
    """All visits. A visit ends `lasting` after it began; `now` gives seconds since 1970."""

    def __init__(
        self,
        memory: Memory,
        today: Callable[[], date],
        lasting: timedelta,
        now: Callable[[], float] = time.time,
    ):
        self.today, self.lasting = today, lasting
        self._memory, self._now = memory, now
        self._exchanges: OrderedDict[str, tuple[Exchange, ...]] = OrderedDict()
        self._days = math.ceil(lasting / timedelta(days=1))
        self.kept = replace(memory.kept, session_days=self._days + 1)  # days, since the memory knows no hours

    async def find(self, token: str) -> Visit:
        """The visit of a token; an empty one for a token that is forged, unknown or over."""
        found = _TOKEN.fullmatch(token)
        if not found:
            return Visit()
        if self._over(token):
            return Visit(ended=True)
        session = await self._memory.load(_key(token))
        exchanges = self._exchanges.get(token, ())
        return Visit(token, session, exchanges) if session.lang or exchanges else Visit()

    async def turn(self, token: str, message: Message, seen: Place, lang: str, said: str) -> Visit:
        """Answer a message of a visit, or of a new one where the token is none.

        `seen` is the question that stood before the person, `lang` the language of the page ("" where there is none),
        `said` how the message is shown; a button of the last reply is shown by its label.
        """
        if token not in self._exchanges or self._over(token):
            token = (await self.find(token)).token or f"{int(self._now()):08x}.{secrets.token_urlsafe(24)}"
        found: list[Answered] = []

        def answering(session: Session, message: Message, today: date) -> tuple[Session, Reply]:
            found.append(answered(session.with_(lang=lang) if lang else session, message, seen, today))
            return found[0].session, found[0].reply

        message = replace(message, kept=self.kept, pictures="svg")
        reply = await take(self._memory, _key(token), message, self.today(), answering=answering)
        assert reply is not None  # only an event can have been handled before
        before = self._exchanges.get(token, ())
        last = before[-1] if before else None
        # nothing is found while the assistant is switched off
        place = found[0].place if found else seen
        session = found[0].session if found else await self._memory.load(_key(token))
        file = command_of(message, reply.lang) if reply.file else ""
        number = last.number + 1 if last else 1
        own = Exchange(number, _label(last, message.button) or said, replace(reply, file=None), place, file)
        self._exchanges[token] = (*before, own)[-MOST_EXCHANGES:] if session != Session() else (own,)
        self._exchanges.move_to_end(token)
        if len(self._exchanges) > MOST_VISITS:
            self._exchanges.popitem(last=False)
        return Visit(token, session, self._exchanges[token])

    def _over(self, token: str) -> bool:
        """Whether the time of a token is over; it begins with the second when the visit began."""
        return int(token[:8], 16) + self.lasting.total_seconds() <= self._now()

    async def expire(self) -> None:
        """Delete what is kept of visits whose time is over for sure: the memory knows the day of the last message."""
        await self._memory.expire()
        oldest = self.today() - timedelta(days=self._days)
        sql = "DELETE FROM session WHERE chat >= 'web:' AND chat < 'web;' AND seen < ?"
        await self._memory.database.write((sql, (oldest.isoformat(),)))
        await self._memory.database.scrub()


def _key(token: str) -> str:
    """The name of the visit in the memory: whoever reads the database cannot take a visit over."""
    return "web:" + hashlib.sha256(token.encode()).hexdigest()


def command_of(message: Message, lang: str) -> str:
    """The name of the command that a message is, or ""."""
    return (message.button or named(clean(message.text), lang) or "").removeprefix("/")


def _label(last: Exchange | None, data: str) -> str:
    buttons = (*last.reply.choices, *last.reply.actions) if last else ()
    return next((button.label for button in buttons if button.data == data), "")
