"""Where in the talk a page stands: the question that it shows, which may not be the one that is open by now.

Two tabs, the browser's back button or an edit in the list of answers show an earlier question. What is typed there
answers that question and no other one; the later answers stay.
"""

from datetime import date
from typing import NamedTuple

from bot import dialog
from bot.conversation import reply
from bot.messages import Message, Reply
from bot.session import Session
from checks.guided import guided

OF_A_QUESTION = ("/back", "/why")  # buttons that concern the question shown


class Place(NamedTuple):
    """A question of a check; both "" where no question is open."""

    check: str = ""
    question: str = ""

    def __bool__(self) -> bool:
        return bool(self.question)

    def __str__(self) -> str:
        return f"{self.check}.{self.question}" if self.question else ""


NOWHERE = Place()


def place(written: str) -> Place:
    """The place that a form names; nowhere for a question that does not exist."""
    check, _, name = written.partition(".")
    return Place(check, name) if check in guided() and name in guided()[check].questions else NOWHERE


def place_of(session: Session, today: date) -> Place:
    """The question that is open in a session."""
    found = dialog.current(session, today)
    return Place(session.check or "", found.open.id) if found and found.open else NOWHERE


class Answered(NamedTuple):
    """The session after a message, the reply to it, and the question that the reply leaves open."""

    session: Session
    reply: Reply
    place: Place


def answered(session: Session, message: Message, seen: Place, today: date) -> Answered:
    """Answer a message of a person who had the question `seen` before them."""
    about_it = message.text or message.button in OF_A_QUESTION
    others = {name: value for name, value in session.answers.items() if name != seen.question}
    earlier = session.with_(check=seen.check, answers=others, offered=())
    if not seen or not about_it or seen == place_of(session, today) or place_of(earlier, today) != seen:
        after, said = reply(session, message, today)
        return Answered(after, said, place_of(after, today))
    after, said = reply(earlier, message, today)
    left = place_of(after, today)
    if after.answers and seen.question not in after.answers and seen.question in session.answers:
        after = after.with_(answers={**after.answers, seen.question: session.answers[seen.question]})
    return Answered(after, said, left)
