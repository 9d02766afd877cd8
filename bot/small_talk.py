"""Tells small talk from questions: thanks, "I do not know", a lone yes, number or day."""

import re
from datetime import date

from bot.days import day_in
from bot.words import LANGUAGES, words
from knowledge.analysis import fold

_SAID = {"thanks": ("thanks.said",), "unsure": ("unsure.said",), "lone": ("yes.said", "no.said")}
_WORDS_OF_A_DAY = 4  # "am 3. April 2027"; more words are a sentence with a day in it


def small_talk(text: str, today: date) -> str | None:
    """What a text is: "thanks", "unsure" or "lone" (a yes, number or day that nothing was asked for), else None."""
    said = {lang: fold(text, lang) for lang in LANGUAGES}
    for code, keys in _SAID.items():
        if any(said[lang] in words(lang).said(*keys) for lang in LANGUAGES):
            return code
    return "lone" if re.fullmatch(r"[\d\s.,;%-]+", text) or _is_day(text, today) else None


def _is_day(text: str, today: date) -> bool:
    """Whether the text is a day and nothing else."""
    if len(text.split()) > _WORDS_OF_A_DAY:
        return False
    try:
        return any(day_in(text, lang, today) for lang in LANGUAGES)
    except ValueError:
        return True
