"""Reads a typed list of kiBon's users and keeps what is wrong with it: no name and no address leaves this module."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.unclear import Unclear
from bot.words import Words
from checks.planned_users import PlannedUser, PlannedUsers, written
from knowledge.analysis import fold

_AT = re.compile(r"\s*[\[({](?:at|ät|@)[\])}]\s*", re.IGNORECASE)
_TYPED = re.compile(r"[^\s<>()\[\]\"«»;,:/|]*@[^\s<>()\[\]\"«»;,:/|]*")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_LEVELS = (("admin", re.compile(r"admin\w*")), ("staff", re.compile(r"collab\w*|sachbearb\w*|mitarb\w*|sb")))
_SCOPES = (
    ("responsible", re.compile(r"organism\w*|org|or|tra?e?ger\w*|tr")),
    ("institution", re.compile(r"institution\w*|inst|etablissement\w*|creche\w*|kita\w*|krippe\w*|garderie\w*|tagi")),
)
_PAIR = re.compile(r"(\w+)\s*(?:\bet\b|\bund\b|&|\+|/)\s*(\w+)")


def planned_users(question: PlannedUsers, text: str, words: Words, today: date) -> list[str] | None:
    """The findings on the list in `text`; None where the text is no list; Unclear where it names no address."""
    users = list(_users(_AT.sub("@", text)))
    if users:
        return written(users)
    if _level_named(text):
        raise Unclear("planned_users")
    return None


def findings_said(question: PlannedUsers, answer: Any, words: Words) -> str:
    """What was found, as people read it, with the places in the list only."""
    found = question.read(answer)
    said = (words(f"finding.{one.code}", places=", ".join(map(str, one.places))) for one in found)
    return ", ".join(said) if found else words("finding.ok")


def _users(text: str) -> Iterator[PlannedUser]:
    """One entry for each address: by semicolons where each part holds one, else by the side on which roles stand."""
    parts = [part for part in text.split(";") if part.strip()]
    if all(len(_TYPED.findall(part)) == 1 for part in parts):
        for part in parts:
            before, after = _TYPED.split(part)
            yield _user(_TYPED.findall(part)[0], f"{before} {after}", before, after)
        return
    between = _TYPED.split(text)
    roles_first = _level_named(between[0])
    for number, typed in enumerate(_TYPED.findall(text)):
        before, after = between[number], between[number + 1]
        yield _user(typed, before if roles_first else after, before, after)


def _user(typed: str, roles: str, before: str, after: str) -> PlannedUser:
    address = typed.strip(".'-")
    fits = _ADDRESS.fullmatch(address) is not None
    return PlannedUser(address if fits else "", _roles(roles), _several(before, after))


def _roles(text: str) -> tuple[str, ...]:
    """The roles named in a text: each level with the body it is said of, the one behind it before the one in front."""
    found: list[tuple[str, str]] = []
    front, open_ = "", False
    for word in fold(text).split():
        level, scope = _named(word, _LEVELS), _named(word, _SCOPES)
        if level and not (open_ and found[-1][0] == level):
            found.append((level, front))
            front, open_ = "", True
        elif scope and open_:
            found[-1] = (found[-1][0], scope)
            open_ = False
        elif scope and not found:
            front = scope
    return tuple(dict.fromkeys(f"{scope}_{level}" if scope else level for level, scope in found))


def _named(word: str, kinds: tuple[tuple[str, re.Pattern[str]], ...]) -> str:
    return next((name for name, pattern in kinds if pattern.fullmatch(word)), "")


def _level_named(text: str) -> bool:
    return any(_named(word, _LEVELS) for word in fold(text).split())


def _several(before: str, after: str) -> bool:
    """Whether the words next to the address join two names: "Anna Muster und Bruno Beispiel"."""
    near = (*_phrases(before)[-1:], *_phrases(after)[:1])
    return any(_joins_names(phrase) for phrase in near)


def _phrases(text: str) -> list[str]:
    return [phrase for phrase in re.split(r"[,;:()<>]", text) if re.search(r"\w", phrase)]


def _joins_names(phrase: str) -> bool:
    words = fold(phrase).split()
    if any(_named(word, (*_LEVELS, *_SCOPES)) for word in words):
        return False
    return any(first[0].isupper() and second[0].isupper() for first, second in _PAIR.findall(phrase))
