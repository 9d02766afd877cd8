"""The answers of a session as they change: an answer that speaks of another one goes with it."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from bot.session import Session
from checks.guided import guided


def told(session: Session, new: Mapping[str, Any]) -> Session:
    """The session with new answers, without those about an answer that they replace."""
    return session.with_(answers={**_left(session, new.keys()), **new})


def withdrawn(session: Session, name: str) -> Session:
    """The session without the answer to a question and those about it."""
    return session.with_(answers=_left(session, {name}))


def _left(session: Session, changed: Iterable[str]) -> dict[str, Any]:
    """The answers that hold whatever is said instead of the `changed` ones."""
    changed = set(changed)
    return {
        name: value
        for name, value in session.answers.items()
        if name not in changed and changed.isdisjoint(_about().get(name, ()))
    }


@cache
def _about() -> dict[str, tuple[str, ...]]:
    """Whose answers a question speaks of, for those that do."""
    questions = (question for check in guided().values() for question in check.questions.values())
    return {question.id: question.about for question in questions if question.about}
