"""A cost told with its unit ("120 a day") answers two questions at once: how much, and for which unit."""

from datetime import date
from typing import Any

from bot import answers, dialog
from bot.francs import unit_of
from bot.session import Session
from checks.amount_range import AmountRange
from checks.questions import Choice


def with_unit(
    session: Session, question: dialog.AnyQuestion, value: Any, text: str, today: date
) -> list[tuple[dialog.AnyQuestion, Any]]:
    """The question with its answer, and the one for the unit with its own, where it comes next and `text` says it."""
    told = [(question, value)]
    unit = unit_of(text) if isinstance(question, AmountRange) and question.of_a_unit else ""
    found = dialog.current(answers.told(session, {question.id: value}), today) if unit else None
    if found and isinstance(found.open, Choice) and unit in found.open.options:
        told.append((found.open, unit))
    return told
