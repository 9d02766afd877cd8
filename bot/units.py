"""Reads days and hours of care as people say them: "6,5 Tage", "37h30", "2 jours par semaine", "60 %"."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.numbers import spelled
from bot.unclear import Unclear
from bot.words import Words
from checks.units import Units

_PERCENT = re.compile(r"(?i)%|pour\s?-?cents?\b|prozent\b|proz\b")
_WEEKLY = re.compile(r"(?i)par semaine|/\s*sem|hebdo|(?:pro|die|in der|per|jede)\s+woche|/\s*woche|wöchentlich|wuche")
_CLOCK = re.compile(
    r"(?i)(?<![\d.,])(\d{1,3})\s*(?:h|:|heures?|std\.?|stunden)\s*([0-5]\d)(?:\s*min(?:utes|uten|\.)?)?(?!\d)"
)
_HALF = re.compile(r"(?i)(\d+)\s*(?:½|1\s*[/⁄]\s*2)")
_AND_A_HALF = re.compile(r"(?i)(\d+)((?:\s*\D{0,8})?)\s+et\s+demie?\b")
_NUMBER = re.compile(r"(?<![\w.,'-])\d+(?:[.,]\d+)?(?![.,]?\d)")
_MOST_OTHER_WORDS = 6
_WORKING_DAYS = 5


def units(question: Units, text: str, words: Words, today: date) -> str | None:
    """The JSON answer that `text` gives; None where it names no number, Unclear where it is not clear which."""
    said = _HALF.sub(r"\1.5", _AND_A_HALF.sub(r"\1.5\2", text))
    said = _CLOCK.sub(lambda clock: f"{clock[1]}.{round(int(clock[2]) / 0.6):02d}", said)
    numbers = _NUMBER.findall(said)
    if len(numbers) > 1 or (not numbers and re.search(r"\d", said)):
        raise Unclear("units")
    if numbers and len(re.findall(r"[^\W\d]+", said)) > _MOST_OTHER_WORDS:
        return None
    number = Decimal(numbers[0].replace(",", ".")) if numbers else _in_words(text, words)
    return None if number is None else _written(_of_month(question, number, said))


def _in_words(text: str, words: Words) -> Decimal | None:
    found = spelled(_WEEKLY.sub(" ", _PERCENT.sub(" ", text)), words.lang)
    return None if found is None else Decimal(found)


def _of_month(question: Units, number: Decimal, said: str) -> Decimal:
    """The number as units of the question: a rate or days a week count only where a whole month is asked for."""
    if _PERCENT.search(said):
        if not question.full:
            raise Unclear("units")
        return number * question.full / 100
    if _WEEKLY.search(said):
        if not question.full or question.unit != "days":
            raise Unclear("units")
        return number * question.full / _WORKING_DAYS
    return number


def _written(number: Decimal) -> str:
    """At most two decimals, none where there are none."""
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}"
