"""What is understood of months and their rates, in French and German."""

from typing import Any

import pytest
from conftest import TODAY
from hypothesis import given
from hypothesis import strategies as st

from bot.month_parts import written_rates
from bot.report import shown
from bot.understand import Unclear, answer
from bot.words import LANGUAGES, words
from checks.questions import Question, WrongAnswer
from checks.rates_by_month import ALL, MONTHS, SAMPLES, RatesByMonth, SeveralMonths

RATES = RatesByMonth("care_by_month", year=2026)
SOME = SeveralMonths("months_to_pay", options=("september", "november", "december", "may", ALL))
ONE = SeveralMonths("months_to_pay", options=("september",))


def understood(question: Question[Any], text: str, lang: str) -> Any:
    return answer(question, text, words(lang), TODAY)


def rates(usual: int = 40, **own: int) -> list[int]:
    return [own.get(month, usual) for month in MONTHS]


HOLIDAYS = rates(september=30, november=20, december=20)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("fr", "40", rates()),
        ("fr", "40 % tous les mois", rates()),
        ("fr", "40 % ; septembre 30, novembre et décembre 20", HOLIDAYS),
        ("fr", "40, septembre 30 %, nov. 20 et déc. 20", HOLIDAYS),
        ("fr", "30 en septembre, 20 en novembre et décembre, sinon 40", HOLIDAYS),
        ("fr", "septembre 30 novembre à décembre 20 le reste 40", HOLIDAYS),
        ("fr", "40 sauf septembre 30", rates(september=30)),
        ("fr", "40; setpembre 30", rates(september=30)),
        ("fr", "vacances en mai à 30 %, autrement 40 %", rates(may=30)),
        ("fr", "septembre, octobre 30, reste 40", rates(september=30, october=30)),
        ("fr", "40 40 30 40 40 40 40 40 40 40 40 40", rates(october=30)),
        ("fr", "août 60, septembre 60, octobre 60, novembre 60, décembre 60, janvier 60, février 60, mars 60, avril 60, "
               "mai 60, juin 60, juillet 20", rates(60, july=20)),
        ("fr", "jusqu'en janvier 40, dès février 20, mai 30", [*[40] * 6, 20, 20, 20, 30, 20, 20]),
        ("fr", "jusqu'au 31 janvier 40, dès le 1er février 2027 20", [*[40] * 6, *[20] * 6]),
        ("de", "40%, September 20, November-Dezember 0", rates(september=20, november=0, december=0)),
        ("de", "Sept. 30 / Nov. und Dez. 20 / sonst 40", HOLIDAYS),
        ("de", "August bis Januar 40, dann 30", [*[40] * 6, *[30] * 6]),
        ("de", "bis 31. Januar 40, ab 1. Februar 2027 30", [*[40] * 6, *[30] * 6]),
        ("de", "40,40,30,20,20,40,40,40,40,30,40,40", [40, 40, 30, 20, 20, 40, 40, 40, 40, 30, 40, 40]),
        ("de", "40 Prozent, im Maerz wegen Krankheit 10", rates(march=10)),
    ],
)  # fmt: skip
def test_rates_of_the_months(lang: str, text: str, found: list[int]) -> None:
    assert understood(RATES, text, lang) == found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "40 30",
        "40-30",
        "101",
        "40, mai 120",
        "40, mai 37,5",
        "40, mai -5",
        "mai",
        "40, mai 2025 30",
        "40 40 40",
        "40, 30",
    ],
)
def test_rates_that_are_not_clear_are_refused(lang: str, text: str) -> None:
    with pytest.raises(Unclear) as refused:
        understood(RATES, text, lang)
    assert refused.value.expected in ("rates_by_month", "rate_of_months")


@pytest.mark.parametrize(
    ("text", "missing"),
    [("septembre 30, octobre 40", "août, novembre–juillet"), ("40, septembre 30, mai", "mai"), ("30 en mai", "août–avril, juin–juillet")],
)  # fmt: skip
def test_the_months_without_a_rate_are_named(text: str, missing: str) -> None:
    with pytest.raises(Unclear) as refused:
        understood(RATES, text, "fr")
    assert refused.value.facts == {"months": missing}


@pytest.mark.parametrize(
    "text",
    ["bonjour", "je ne sais pas", "quel taux ?", "que faire si l'enfant vient rarement en septembre", "merci bien"],
)
def test_small_talk_and_questions_are_no_rates(text: str) -> None:
    assert understood(RATES, text, "fr") is None


def test_a_negation_is_no_rate() -> None:
    for lang, text in (("fr", "40, pas de crèche en décembre"), ("de", "40, im Dezember keine Betreuung")):
        with pytest.raises(Unclear):
            understood(RATES, text, lang)


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("fr", "septembre et mai", ["september", "may"]),
        ("fr", "1 et 4", ["september", "may"]),
        ("fr", "5", ["september", "november", "december", "may"]),
        ("fr", "6", []),
        ("fr", "tous ces mois", ["september", "november", "december", "may"]),
        ("fr", "tous sauf novembre et décembre", ["september", "may"]),
        ("fr", "seulement septembre 2026", ["september"]),
        ("fr", "de novembre à mai", ["november", "december", "may"]),
        ("fr", "aucun mois", []),
        ("fr", "rien de tout cela", []),
        ("de", "Sept. und Mai", ["september", "may"]),
        ("de", "alle ausser Mai", ["september", "november", "december"]),
        ("de", "ab Dezember", ["december", "may"]),
        ("de", "keine", []),
        ("de", "nein", []),
    ],
)
def test_some_months(lang: str, text: str, found: list[str]) -> None:
    assert understood(SOME, text, lang) == found


def test_a_single_month_can_be_answered_with_yes() -> None:
    assert understood(ONE, "oui", "fr") == ["september"]
    assert understood(ONE, "nei", "de") == []
    assert understood(SOME, "oui", "fr") is None


@pytest.mark.parametrize("text", ["octobre", "pas septembre", "7", "1,9", "sauf mai", "septembre 30"])
def test_months_that_are_not_clear_are_refused(text: str) -> None:
    with pytest.raises(Unclear) as refused:
        understood(SOME, text, "fr")
    assert refused.value.expected == "some_months"


@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_any_text_is_an_answer_of_the_type_or_none_or_unclear(text: str, lang: str) -> None:
    for question in (RATES, SOME, ONE):
        try:
            value = understood(question, text, lang)
        except Unclear:
            continue
        if value is not None:
            question.read(value)


@given(st.lists(st.integers(0, 100), min_size=12, max_size=12), st.sampled_from(LANGUAGES))
def test_what_is_read_back_is_understood_the_same_way(found: list[int], lang: str) -> None:
    assert understood(RATES, written_rates(found, words(lang)), lang) == found


def test_rates_are_shown_with_equal_neighbours_together() -> None:
    text = shown(RATES, HOLIDAYS, words("de")).replace("\u00a0", " ")
    assert text == "August 40 %, September 30 %, Oktober 40 %, November–Dezember 20 %, Januar–Juli 40 %"


@pytest.mark.parametrize(
    "wrong", [[], [40] * 11, [40] * 11 + [101], [40] * 11 + [-1], [True] * 12, ["40"] * 12, 40, None]
)
def test_only_twelve_whole_rates_are_accepted(wrong: object) -> None:
    with pytest.raises(WrongAnswer):
        RATES.read(wrong)


def test_all_stands_for_every_month_of_the_question() -> None:
    assert SOME.read([ALL]) == SOME.months == ("september", "november", "december", "may")
    with pytest.raises(WrongAnswer):
        SOME.read(["october"])


def test_the_samples_are_answers() -> None:
    assert len(SAMPLES) == len(RATES.samples())
    for sample in RATES.samples():
        RATES.read(sample)
    assert [] in SOME.samples() and list(SOME.months) in SOME.samples()
