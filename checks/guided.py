"""The guided checks by name: every module of this package that has a `check` with its QUESTIONS."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import checks
from checks.case import Check
from checks.questions import Question


@dataclass(frozen=True)
class Guided:
    """A guided check: its name, version, audience, the questions it may ask by id, and the function itself."""

    name: str
    version: int
    audience: tuple[str, ...]
    questions: Mapping[str, Question[Any]]
    check: Check


@cache
def guided() -> Mapping[str, Guided]:
    """All guided checks by name, in the order of their PLACE in the menu."""
    found = []
    for module in iter_modules(checks.__path__):
        source: Any = None if module.ispkg else import_module(f"checks.{module.name}")
        if hasattr(source, "QUESTIONS"):
            questions = {question.id: question for question in source.QUESTIONS}
            own = Guided(module.name, source.VERSION, source.AUDIENCE, questions, source.check)
            found.append((source.PLACE, own))
    return {own.name: own for _, own in sorted(found, key=lambda placed: placed[0])}
