"""The days that a message names, each with what happens on it: the nearest word that says so decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bot.days import day_in, months
from bot.facts.told import BORDER, Meaning, Told, meaning
from checks.questions import Day

_PART = {"fr": r"(?:debut|mi|milieu|fin)(?: de| d| du mois de)?", "de": r"anfangs?|mitte|ende"}
_RELATIVE = {
    "fr": r"aujourd hui|demain|semaine prochaine|mois prochain",
    "de": r"heute|nachster? woche|kommende woche|nachsten monat|kommenden monat",
}
_UNTIL = {
    "fr": r"\b(?:jusqu au|jusqu a|jusqu en|jusque|a|finie?s?|terminee?s?)(?: la)?$"
    r"|(?:\b(?:du|entre|des|depuis)\b[^|]*|\d|DAY) au$",
    "de": r"\b(?:bis|fertig|abgeschlossen)(?: zum| am| und mit)?$",
}
_SINCE = {"fr": r"\bdepuis(?: le)?$", "de": r"\bseit(?: dem| anfang)?$"}
_JOINING = {"fr": "au a jusqu et le la", "de": "bis zum am und der dem"}
_AND = {"fr": r" (?:et|mais|puis|alors que) ", "de": r" (?:und|aber|dann) "}
_BEFORE_NUMERIC = {
    "fr": r"\b(?:le|du|des|au|depuis|partir du|nee?|premier|apres|avant)$",
    "de": r"\b(?:am|ab|vom|bis|seit|zum|per|den|dem|geboren)$",
}
_FURTHER = 8  # letters: what stands before a day is said of it rather than what stands behind it
_SMALL = {
    "fr": "a au c est d de debut depuis des du en et fin le partir pct pour puis jusqu",
    "de": "ab am anfang bis dann der den ende im in mit pct seit und vom von zu zum",
}
_NOT = meaning(
    fr=r"pas|plus|jamais|arret\w*|cess\w*|annul\w*|perdu\w*",
    de=r"nicht|nie|kein\w*|hore\w*|kundig\w*|verloren|abgesagt|absag\w*",
)
_PAST = meaning(
    fr=r"etait|(?:ai|a|avons|ont) (?:deja )?(?:commence|debute|repris|recommence|eu)",
    de=r"war|waren|hatte\w*|begonnen|angefangen|gestartet",
)
_MOST_OWN_WORDS = 1  # before a day that belongs to the clause before
_BEFORE_SEPT = r"\b(?:en|des|depuis|de|debut|mi|fin|\d+)$"


@dataclass(frozen=True)
class DayTold:
    """A day in the person's words; `until` where it ends a span, `since` where it lies behind."""

    words: str
    start: int
    end: int
    until: bool
    since: bool

    def answer(self, question: Day, told: Told, past: bool = False) -> str | None:
        """The JSON answer that it is to a question; None for a day that does not exist."""
        behind = past or self.since or question.past
        try:
            day = day_in(self.words.replace("x", "."), told.lang, told.today, behind, question.closing or self.until)
        except ValueError:
            return None
        return day.isoformat() if day else None


@cache
def _months(lang: str) -> str:
    return "(?:" + "|".join(sorted((re.escape(name) for name in months(lang)), key=len, reverse=True)) + ")"


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    month = _months(lang)
    number = r"\d{1,2}(?:er|e|ten|ter|te|en)?|premier|ersten"
    return re.compile(
        rf"\b(?:(?P<first>\d{{1,2}})(?:er)? (?P<to>au|bis|bis zum) (?P<last>\d{{1,2}}) (?P<of>{month})(?P<own> 20\d\d)?"
        rf"|(?:(?P<part>{_PART[lang]}) )?(?:(?P<day>{number}) )?(?P<month>{month})(?: 20\d\d)?"
        rf"|(?P<numeric>\d{{1,2}}x\d{{1,2}}(?:x(?:20)?\d\d)?)"
        rf"|(?P<relative>{_RELATIVE[lang]}))\b"
    )


@lru_cache(maxsize=2)
def days_told(told: Told) -> tuple[DayTold, ...]:
    """All days of a message in order."""
    found: list[DayTold] = []
    for match in _pattern(told.lang).finditer(told.said):
        before = told.said[: match.start()].rstrip()
        if match["first"]:
            rest = f"{match['of']}{match['own'] or ''}"
            middle = match.start("to")
            found.append(DayTold(f"{match['first']} {rest}", match.start(), middle - 1, False, False))
            found.append(DayTold(f"{match['last']} {rest}", match.start("last"), match.end(), True, False))
        elif not _is_none(match, before, told.said[match.end() :], told.lang):
            since = re.search(_SINCE[told.lang], before) is not None
            until = re.search(_UNTIL[told.lang].replace("DAY", _months(told.lang)), before) is not None
            found.append(DayTold(match[0], *match.span(), until, since))
    return tuple(day for day in found if not any(_repeats(day, other, told.lang) for other in found))


def _repeats(day: DayTold, other: DayTold, lang: str) -> bool:
    """Whether a month alone only repeats the month of another day: "dès le 16 janvier, quel taux pour janvier"."""
    if other.words == day.words:
        return False
    if "x" in other.words and day.words.isalpha():
        return months(lang).get(day.words) == int(other.words.split("x")[1])
    return other.words.split()[0].isdigit() and f" {day.words}" in f" {other.words} "


def _is_none(match: re.Match[str], before: str, after: str, lang: str) -> bool:
    """Whether the words only look like a day: "3.5" jours, "sept" crèches."""
    if match["numeric"] and match["numeric"].count("x") == 1:
        return not re.search(_BEFORE_NUMERIC[lang], before) and not re.match(r" (?:au|bis) \d+x\d", after)
    return match["month"] == "sept" and not match["day"] and re.search(_BEFORE_SEPT, before) is None


Roles = Mapping[str, list[DayTold]]


def roles_of_days(told: Told, roles: Mapping[str, Meaning]) -> Roles:
    """The days by what happens on them; `roles` are the words for it, by name. "" are days of which nothing is said."""
    spans = _spans(told)
    placed: dict[str, list[DayTold]] = {}
    role = ""
    for number, span in enumerate(spans):
        left = spans[number - 1][-1].end if number else 0
        right = spans[number + 1][0].start if number + 1 < len(spans) else len(told.said)
        before, after = told.said[left : span[0].start], told.said[span[-1].end : right]
        clause = f"{before.rpartition(BORDER)[2]} {_behind(after, told.lang)}"
        role = "" if _NOT[told.lang].search(clause) else _role(told.lang, before, after, roles, role)
        over = _PAST[told.lang].search(clause) is not None
        placed.setdefault(role, []).extend(replace(day, since=day.since or over) for day in span)
    return placed


@lru_cache(maxsize=2)
def _spans(told: Told) -> tuple[tuple[DayTold, ...], ...]:
    """The days of a message, the first and the last day of a span together."""
    found: list[list[DayTold]] = []
    for day in days_told(told):
        between = told.said[found[-1][-1].end : day.start] if found else ""
        if found and len(found[-1]) == 1 and day.until and set(between.split()) <= set(_JOINING[told.lang].split()):
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(tuple(span) for span in found)


def _role(lang: str, before: str, after: str, roles: Mapping[str, Meaning], last: str) -> str:
    """The nearest word of the clause, else what the day before or the clause before is about."""
    earlier, border, clause = before.rpartition(BORDER)
    near = _nearest(clause, _behind(after, lang), lang, roles)
    if not near and re.match(_AND[lang], clause):
        return last  # "my work begins on 1 March and my husband's on 1 April"
    own = [word for word in clause.split() if not word.isdigit() and word not in _SMALL[lang].split()]
    if near or not border or len(own) > _MOST_OWN_WORDS:
        return near
    whole = earlier.rpartition(BORDER)[2]
    return last if last and BORDER not in earlier else _nearest(whole, "", lang, roles)


def _behind(after: str, lang: str) -> str:
    """What follows a day in its own part of the sentence."""
    return re.split(_AND[lang], f"{after.partition(BORDER)[0]} ")[0]


def _nearest(before: str, after: str, lang: str, roles: Mapping[str, Meaning]) -> str:
    near = []
    for role, words in roles.items():
        near += [(len(before) - match.end(), role) for match in words[lang].finditer(before)]
        near += [(match.start() + _FURTHER, role) for match in words[lang].finditer(after)]
    if any(role == "adaptation" for _, role in near):
        near = [one for one in near if one[1] != "care"]  # an adaptation takes place in a nursery
    return min(near)[1] if near else ""


def only(days: list[DayTold], question: Day, told: Told, until: bool = False, past: bool = False) -> str | None:
    """The answer of the one day that begins (`until`: ends) something; None for none or several different ones."""
    answers = {day.answer(question, told, past) for day in days if day.until == until}
    return answers.pop() if len(answers) == 1 else None
