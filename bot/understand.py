"""What a person means by a text: the answer of the asked type, in French, German and Swiss spellings, or nothing.

Only a text that is clearly an answer counts: small talk and questions never fill a field.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rapidfuzz import fuzz, process

from bot.days import day_in
from bot.francs import amount, amount_range, asked_with
from bot.months import rates_by_month, several_months
from bot.numbers import spelled
from bot.planned_list import planned_users
from bot.unclear import Unclear
from bot.units import units
from bot.words import Words
from checks.amount_range import AmountRange
from checks.planned_users import PlannedUsers
from checks.questions import Amount, Choice, Day, Month, Percent, Question, Several, WrongAnswer, YesNo
from checks.rate_if_known import UNKNOWN, RateIfKnown
from checks.rates_by_month import RatesByMonth, SeveralMonths
from checks.units import Units
from knowledge.analysis import fold

_APOSTROPHES = re.compile(r"[\u2019\u02bc\u00b4`]")
_NUMBER = re.compile(r"(?<![\w.,'])[-\u2212]?\d+(?:[.,]\d+)?(?![\w'])")
_FRACTION = re.compile(r"(?<!\d)(\d)\s*/\s*(\d{1,2})(?!\d)")
_DAYS_A_WEEK = {"fr": r"\b([1-5])\s*jours?\b", "de": r"\b([1-5])\s*tage?\b"}
_BORN = re.compile(
    r"(?i)^(?:(?:il|elle|es|er|sie)\s+)?(?:est\s+|ist\s+)?(?:née?s?\s+(?:en|le|au mois de)\s+|geboren\s+(?:im|am)\s+"
    r"|(?:im|am|en|le)\s+)|\s+geboren$"
)
_MOST_WORDS = 12
_MOST_WORDS_OF_A_LIST = 600
LISTS = (PlannedUsers, RatesByMonth, SeveralMonths)


def answer(question: Question[Any], text: str, words: Words, today: date) -> Any | None:
    """The JSON answer that `text` gives to `question`; None where it is none at all; Unclear where it is a bad one."""
    clean = _APOSTROPHES.sub("'", " ".join(text.split()))
    most = _MOST_WORDS_OF_A_LIST if isinstance(question, LISTS) else _MOST_WORDS
    if "?" in clean and isinstance(question, Amount | AmountRange):
        clean = asked_with(clean, words.lang)
    if not clean or len(clean.split()) > most or "?" in clean:
        return None
    found = _READERS[type(question)](question, clean, words, today)
    if found is None:
        return None
    try:
        question.read(found)
    except WrongAnswer as wrong:
        raise Unclear(wrong.expected) from wrong
    return found


def labels(question: Question[Any], words: Words) -> dict[str, str]:
    """The label of each option of a question, by code, in order."""
    if isinstance(question, YesNo):
        return {"yes": words("yes"), "no": words("no")}
    if isinstance(question, Choice | Several):
        return {code: words(f"option.{question.wording}.{code}") for code in question.options}
    if isinstance(question, RateIfKnown):
        return {UNKNOWN: words(f"option.{question.wording}.{UNKNOWN}")}
    return {}


def _choice(question: Choice, text: str, words: Words, today: date) -> str | None:
    codes = list(question.options)
    if re.fullmatch(r"\d{1,2}[.)]?", text):
        number = int(text.rstrip(".)"))
        if 1 <= number <= len(codes):
            return codes[number - 1]
        raise Unclear("one_option")
    found = _named(question, text, words)
    if len(found) > 1:
        raise Unclear("one_option_of", options=", ".join(labels(question, words)[code] for code in found))
    return found[0] if found else None


def _named(question: Choice | Several, text: str, words: Words) -> list[str]:
    """The options that a text names: by its words, else by the nearest label."""
    said = f" {fold(text, words.lang)} "
    names = {code: _names(question, code, words) for code in question.options}
    spans = [
        (said.find(f" {name} "), len(name), code) for code, own in names.items() for name in own if f" {name} " in said
    ]
    found = [
        code
        for at, length, code in spans
        if not any(start <= at and at + length <= start + other and other > length for start, other, _ in spans)
    ]
    if found:
        return [code for code in question.options if code in found]
    flat = {name: code for code, own in names.items() for name in own}
    hit = process.extractOne(said.strip(), list(flat), scorer=fuzz.ratio, score_cutoff=82)
    return [flat[hit[0]]] if hit else []


def _names(question: Choice | Several, code: str, words: Words) -> tuple[str, ...]:
    key = f"option.{question.wording}.{code}"
    return words.said(key, f"{key}.said")


def _several(question: Several, text: str, words: Words, today: date) -> list[str] | None:
    codes = list(question.options)
    if re.fullmatch(r"\d{1,2}(?:\s*(?:[,;+&.]|\bet\b|\bund\b)?\s*\d{1,2})*\.?", text):
        numbers = [int(number) for number in re.findall(r"\d{1,2}", text)]
        if numbers == [len(codes) + 1] or numbers == [0]:
            return []
        if all(1 <= number <= len(codes) for number in numbers):
            return [code for number, code in enumerate(codes, 1) if number in numbers]
        raise Unclear("some_options")
    if fold(text, words.lang) in words.said("none.said"):
        return []
    return _named(question, text, words) or None


def _yes_no(question: YesNo, text: str, words: Words, today: date) -> bool | None:
    said = fold(text, words.lang)
    if said in ("1", "2"):
        return said == "1"
    for value, key in ((True, "yes.said"), (False, "no.said")):
        names = words.said(key)
        if said in names or any(said.startswith(f"{name} ") for name in names):
            return value
    return None


def _rate_if_known(question: RateIfKnown, text: str, words: Words, today: date) -> int | str | None:
    own = f"option.{question.wording}.{UNKNOWN}"
    if fold(text, words.lang) in words.said("unsure.said", own, f"{own}.said"):
        return UNKNOWN
    return _percent(question, text, words, today)


def _percent(question: Percent | RateIfKnown, text: str, words: Words, today: date) -> int | None:
    said = re.sub(r"(?<=\d)\s*(?:%|pour\s?-?cents?|prozent|proz\b\.?|pct\b\.?)", " ", text, flags=re.IGNORECASE)
    fraction = _FRACTION.search(said)
    if fraction and 0 < int(fraction[2]) <= 10:
        return _whole(100 * int(fraction[1]) / int(fraction[2]))
    days = re.search(_DAYS_A_WEEK[words.lang], fold(said, words.lang))
    if days:
        return 20 * int(days[1])
    numbers = _NUMBER.findall(said)
    if len(numbers) == 1:
        return _whole(float(numbers[0].replace(",", ".").replace("\u2212", "-")))
    if len(numbers) > 1 or re.search(r"\d", said):
        raise Unclear("percent")
    for key, rate in (("full_time.said", 100), ("half_time.said", 50)):
        if any(f" {name} " in f" {fold(text, words.lang)} " for name in words.said(key)):
            return rate
    return spelled(re.sub(r"(?i)pour\s?-?cents?|prozent", " ", text), words.lang)


def _whole(number: float) -> int:
    if number != int(number) or abs(number) > 1_000_000:
        raise Unclear("percent")
    return int(number)


def _day(question: Day, text: str, words: Words, today: date) -> str | None:
    try:
        found = day_in(text, words.lang, today, past=question.past, closing=question.closing)
    except ValueError as wrong:
        raise Unclear("day") from wrong
    return found.isoformat() if found else None


def _month(question: Month, text: str, words: Words, today: date) -> str | None:
    found = _day(question, _BORN.sub("", text), words, today)
    return found and date.fromisoformat(found).replace(day=1).isoformat()


_READERS: Mapping[type, Any] = {
    Choice: _choice,
    Several: _several,
    YesNo: _yes_no,
    Percent: _percent,
    RateIfKnown: _rate_if_known,
    Day: _day,
    Month: _month,
    Amount: amount,
    AmountRange: amount_range,
    Units: units,
    PlannedUsers: planned_users,
    RatesByMonth: rates_by_month,
    SeveralMonths: several_months,
}
