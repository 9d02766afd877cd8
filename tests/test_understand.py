"""Answers as people type them, in French, German and Swiss spellings."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import given
from hypothesis import strategies as st

from bot.unclear import Unclear
from bot.understand import answer
from bot.words import LANGUAGES, words
from checks.amount_range import AmountRange
from checks.family import ACTIVITIES, HOUSEHOLD, SCHOOL_STAGE
from checks.questions import Amount, Day, Month, Percent, Question, YesNo

RATE = Percent("rate")
START, SINCE, END = Day("start"), Day("since", past=True), Day("end", closing=True)
MONTH, SHARED, INCOME = Month("month"), YesNo("shared"), Amount("income")


def understood(question: Question[Any], text: str, lang: str) -> Any:
    return answer(question, text, words(lang), TODAY)


@pytest.mark.parametrize(
    ("lang", "text", "rate"),
    [
        ("fr", "80", 80),
        ("fr", "80%", 80),
        ("fr", "80 %", 80),
        ("fr", "80 pour cent", 80),
        ("fr", "je travaille à 80%", 80),
        ("fr", "environ 60", 60),
        ("fr", "quatre-vingts pour cent", 80),
        ("fr", "quatre-vingt-cinq", 85),
        ("fr", "huitante", 80),
        ("fr", "septante pour cent", 70),
        ("fr", "nonante-cinq", 95),
        ("fr", "soixante et un", 61),
        ("fr", "soixante-dix", 70),
        ("fr", "cent pour cent", 100),
        ("fr", "à plein temps", 100),
        ("fr", "mi-temps", 50),
        ("fr", "4/5", 80),
        ("fr", "4 jours par semaine", 80),
        ("fr", "0", 0),
        ("de", "80 Prozent", 80),
        ("de", "80%", 80),
        ("de", "öppe 60", 60),
        ("de", "achtzig Prozent", 80),
        ("de", "fünfundachtzig", 85),
        ("de", "fuenfzig", 50),
        ("de", "sächzg", 60),
        ("de", "Hundert Prozent", 100),
        ("de", "Vollzeit", 100),
        ("de", "halbtags", 50),
        ("de", "3 Tage", 60),
        ("de", "ca. 70 %", 70),
        ("de", "60.0", 60),
    ],
)
def test_a_rate(lang: str, text: str, rate: int) -> None:
    assert understood(RATE, text, lang) == rate


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ["101", "150 %", "-5", "-20%", "12,5", "60 80", "1000000000000", "80-100"])
def test_a_rate_that_cannot_be_is_refused(lang: str, text: str) -> None:
    with pytest.raises(Unclear) as refused:
        understood(RATE, text, lang)
    assert refused.value.expected == "percent"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["abc", "😀", "bonjour", "hallo", "warum?", "est-ce que 80 % suffit ?", "reichen 80 %?"]
)
def test_small_talk_and_questions_are_no_rate(lang: str, text: str) -> None:
    assert understood(RATE, text, lang) is None


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("fr", "01.10.2024", date(2024, 10, 1)),
        ("fr", "1.10.24", date(2024, 10, 1)),
        ("fr", "2024-10-01", date(2024, 10, 1)),
        ("fr", "1/10/2024", date(2024, 10, 1)),
        ("fr", "1er octobre 2024", date(2024, 10, 1)),
        ("fr", "dès le 1er octobre", date(2027, 10, 1)),
        ("fr", "début octobre", date(2027, 10, 1)),
        ("fr", "mi-octobre 2024", date(2024, 10, 15)),
        ("fr", "fin février 2028", date(2028, 2, 29)),
        ("fr", "aout", date(2027, 8, 1)),
        ("fr", "novembre", date(2026, 11, 1)),
        ("fr", "aujourd'hui", TODAY),
        ("fr", "le mois prochain", date(2026, 12, 1)),
        ("de", "1. Oktober 2024", date(2024, 10, 1)),
        ("de", "erster März 2027", date(2027, 3, 1)),
        ("de", "Anfang Oktober", date(2027, 10, 1)),
        ("de", "Mitte März 2027", date(2027, 3, 15)),
        ("de", "Ende Juli", date(2027, 7, 31)),
        ("de", "ab August 2027", date(2027, 8, 1)),
        ("de", "am 15. Jan. 2027", date(2027, 1, 15)),
        ("de", "10/2026", date(2026, 10, 1)),
        ("de", "nächsten Monat", date(2026, 12, 1)),
    ],
)
def test_a_day(lang: str, text: str, day: date) -> None:
    assert understood(START, text, lang) == day.isoformat()


def test_a_past_day_is_the_last_one_and_an_end_is_the_last_day_of_its_month() -> None:
    assert understood(SINCE, "mars", "fr") == "2026-03-01"
    assert understood(SINCE, "Dezember", "de") == "2025-12-01"
    assert understood(SINCE, "seit 2020", "de") == "2020-01-01"
    assert understood(END, "février 2027", "fr") == "2027-02-28"
    assert understood(MONTH, "Oktober 2026", "de") == "2026-10-01"


@pytest.mark.parametrize("text", ["31.02.2027", "30. Februar", "1.13.2026", "01.01.1850", "1. Januar 2199"])
def test_a_day_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(Unclear) as refused:
        understood(START, text, "de")
    assert refused.value.expected == "day"


@pytest.mark.parametrize(
    "text",
    [
        "wann denn?",
        "morgen muss ich arbeiten",
        "heute gehts nicht so gut",
        "abc",
        "vielleicht im Mai oder Juni",
        "80",
        "je ne sais pas",
    ],
)
def test_what_names_no_day_is_no_answer(text: str) -> None:
    assert understood(START, text, "de") is None


@pytest.mark.parametrize(
    ("lang", "text", "amount"),
    [
        ("fr", "12'500", "12500.00"),
        ("fr", "12 500.50", "12500.50"),
        ("fr", "CHF 88’000", "88000.00"),
        ("fr", "1200 francs", "1200.00"),
        ("de", "12'500.–", "12500.00"),
        ("de", "Fr. 1'200.50", "1200.50"),
        ("de", "ca. 90000 Franken", "90000.00"),
        ("de", "12.500", "12500.00"),
    ],
)
def test_an_amount(lang: str, text: str, amount: str) -> None:
    assert understood(INCOME, text, lang) == amount
    assert INCOME.read(amount) == Decimal(amount)


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [("fr", "oui", True), ("fr", "Non merci", False), ("de", "jo", True), ("de", "nei", False), ("de", "1", True)],
)
def test_yes_and_no(lang: str, text: str, value: bool) -> None:
    assert understood(SHARED, text, lang) is value


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        ("fr", "nous sommes mariés", "married"),
        ("fr", "3", "cohabiting"),
        ("fr", "je vis seule avec ma fille", "alone"),
        ("fr", "concubinage sans enfant en commun", "cohabiting"),
        ("de", "verheiratet", "married"),
        ("de", "verheiratett", "married"),
        ("de", "alleinerziehend", "alone"),
        ("de", "Konkubinat mit gemeinsamem Kind", "common_child"),
    ],
)
def test_a_choice(lang: str, text: str, code: str) -> None:
    assert understood(HOUSEHOLD, text, lang) == code


def test_an_ambiguous_choice_names_what_fits() -> None:
    with pytest.raises(Unclear) as refused:
        understood(HOUSEHOLD, "marié, maintenant séparé", "fr")
    assert refused.value.expected == "one_option_of"
    assert "Marié·e" in refused.value.facts["options"]


@pytest.mark.parametrize("text", ["9", "0", "99"])
def test_a_number_beyond_the_choices_is_refused(text: str) -> None:
    with pytest.raises(Unclear):
        understood(SCHOOL_STAGE, text, "fr")


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("fr", "1 et 4", ["employment", "training"]),
        ("fr", "4, 1", ["employment", "training"]),
        ("fr", "employé et en formation", ["employment", "training"]),
        ("fr", "aucune", []),
        ("fr", "je ne travaille pas", []),
        ("fr", "9", []),
        ("de", "angestellt", ["employment"]),
        ("de", "selbständig und RAV", ["self_employment", "job_search"]),
        ("de", "Stundenlohn", ["hourly_employment"]),
        ("de", "Hausfrau", []),
    ],
)
def test_several_choices(lang: str, text: str, codes: list[str]) -> None:
    assert understood(ACTIVITIES[1], text, lang) == codes


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_is_an_answer_of_the_type_or_none_or_unclear(text: str, lang: str) -> None:
    for question in (RATE, START, SINCE, END, MONTH, SHARED, INCOME, AmountRange("range"), HOUSEHOLD, ACTIVITIES[1]):
        try:
            value = understood(question, text, lang)
        except Unclear:
            continue
        if value is not None:
            question.read(value)


@pytest.mark.parametrize(
    ("lang", "text", "answer"),
    [
        ("fr", "1'950", "1950.00"),
        ("fr", "1.950,50", "1950.50"),
        ("fr", "1,950.50 CHF", "1950.50"),
        ("fr", "60'000 à 70'000", "60000.00-70000.00"),
        ("fr", "entre 60 000 et 70 000 francs", "60000.00-70000.00"),
        ("fr", "60-70'000", "60000.00-70000.00"),
        ("fr", "environ 65 000 par an", "65000.00"),
        ("fr", "5'200 par mois", "5200.00"),
        ("de", "60’000 bis 70’000 Franken", "60000.00-70000.00"),
        ("de", "zwischen 1400 und 1600.–", "1400.00-1600.00"),
        ("de", "ca. Fr. 82'000.- im Jahr", "82000.00"),
        ("de", "60.000 – 70.000", "60000.00-70000.00"),
    ],
)
def test_an_amount_or_its_range(lang: str, text: str, answer: str) -> None:
    question = AmountRange("income")
    assert understood(question, text, lang) == answer
    low, high = question.read(answer)
    assert low <= high


@pytest.mark.parametrize("text", ["-500", "70'000 bis 60'000", "1 2 3", "12.34.56", "80 mal 2", "99999999999"])
def test_what_is_no_range_of_amounts_is_refused(text: str) -> None:
    with pytest.raises(Unclear) as refused:
        understood(AmountRange("income"), text, "de")
    assert refused.value.expected == "amount_range"


@pytest.mark.parametrize(("text", "answer"), [("-3'000", "-3000.00"), ("−500.50", "-500.50"), ("12'000", "12000.00")])
def test_a_loss_where_it_may_be_told(text: str, answer: str) -> None:
    assert understood(Amount("profit", low=Decimal(-100_000)), text, "fr") == answer
    with pytest.raises(Unclear):
        understood(INCOME, "-3'000", "fr")
