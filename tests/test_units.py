"""Days and hours of care as people type them."""

from dataclasses import replace
from typing import Any

import pytest
from conftest import TODAY

from bot.understand import Unclear, answer
from bot.words import words
from checks.questions import WrongAnswer
from checks.units import Units

PART_DAYS = Units("days", unit="days", high=15)
PART_HOURS = Units("hours", unit="hours", high=360)
MONTH_DAYS = replace(PART_DAYS, high=20, full=20)
MONTH_HOURS = replace(PART_HOURS, high=220, full=220)


def understood(question: Units, text: str, lang: str) -> Any:
    return answer(question, text, words(lang), TODAY)


@pytest.mark.parametrize(
    ("question", "lang", "text", "units"),
    [
        (PART_DAYS, "fr", "6", "6"), (PART_DAYS, "fr", "6 jours", "6"), (PART_DAYS, "fr", "6,5", "6.5"),
        (PART_DAYS, "fr", "six jours", "6"), (PART_DAYS, "fr", "6 jours et demi", "6.5"),
        (PART_DAYS, "fr", "6½", "6.5"), (PART_DAYS, "fr", "environ 6 jours", "6"),
        (PART_DAYS, "de", "6 Tage", "6"), (PART_DAYS, "de", "6.50", "6.5"), (PART_DAYS, "de", "sechs Tage", "6"),
        (PART_DAYS, "de", "öppe 6 Täg", "6"), (PART_DAYS, "de", "6 1/2", "6.5"), (PART_DAYS, "de", "10", "10"),
        (PART_HOURS, "fr", "37h30", "37.5"), (PART_HOURS, "fr", "37 h 30", "37.5"), (PART_HOURS, "fr", "37 h", "37"),
        (PART_HOURS, "de", "37:45", "37.75"), (PART_HOURS, "de", "37,25 Std.", "37.25"),
        (PART_HOURS, "de", "37 Stunden 20 Minuten", "37.33"),
        (MONTH_DAYS, "fr", "12", "12"), (MONTH_DAYS, "fr", "60 %", "12"), (MONTH_DAYS, "fr", "60 pour cent", "12"),
        (MONTH_DAYS, "fr", "3 jours par semaine", "12"), (MONTH_DAYS, "fr", "2,5 jours par semaine", "10"),
        (MONTH_DAYS, "de", "3 Tage pro Woche", "12"), (MONTH_DAYS, "de", "zwei Tage die Woche", "8"),
        (MONTH_DAYS, "de", "33 Prozent", "6.6"), (MONTH_HOURS, "de", "60%", "132"), (MONTH_HOURS, "fr", "110", "110"),
    ],
)  # fmt: skip
def test_units_are_understood(question: Units, lang: str, text: str, units: str) -> None:
    assert understood(question, text, lang) == units


@pytest.mark.parametrize(
    ("question", "lang", "text"),
    [
        (PART_DAYS, "fr", "60 %"), (PART_DAYS, "de", "2 Tage pro Woche"), (MONTH_HOURS, "fr", "20 heures par semaine"),
        (PART_DAYS, "de", "5 oder 6"), (PART_DAYS, "fr", "16 jours"), (PART_DAYS, "fr", "0"), (PART_DAYS, "de", "-2"),
        (MONTH_DAYS, "fr", "110 %"), (MONTH_DAYS, "de", "6 Tage pro Woche"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_asked_again(question: Units, lang: str, text: str) -> None:
    with pytest.raises(Unclear):
        understood(question, text, lang)


@pytest.mark.parametrize("text", ["je ne sais pas", "bonjour", "combien de jours font 100 % ?"])
def test_what_is_no_answer_fills_nothing(text: str) -> None:
    assert understood(PART_DAYS, text, "fr") is None


@pytest.mark.parametrize("stored", ["", "0", "0.00", "15.01", "1e1", "٣", "6.555", " 6", 6, 6.5, True, None, ["6"]])
def test_only_text_with_two_decimals_within_the_limits_is_stored(stored: Any) -> None:
    with pytest.raises(WrongAnswer):
        PART_DAYS.read(stored)
