"""French, German, or neither: also for three words, without accents, and in dialect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import language_of
from knowledge.library import library


@pytest.mark.parametrize(
    "text",
    [
        "Combien faut-il travailler ?",
        "combien travailler crèche",
        "delai recours decision",
        "on a droit ?",
        "taux minimal couple",
        "je bosse à 70 %",
        "maman de jour",
        "qui paie la crèche",
    ],
)
def test_french(text: str) -> None:
    assert language_of(text) == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Wie viel muss ich arbeiten?",
        "Frist Beschwerde Verfügung",
        "wieviel muess ig schaffe",
        "mir hei es chind",
        "Pensum Kita Paar",
        "fuer wen gilt das",
        "zügle nach Bern",
        "wer bezahlt die Krippe",
    ],
)
def test_german_and_dialect(text: str) -> None:
    assert language_of(text) == "de"


@pytest.mark.parametrize(
    "text",
    [
        "How do I apply for a voucher?",
        "What is kiBon?",
        "Quanto costa l'asilo nido?",
        "Ho due bambini e lavoro molto",
        "¿Cómo pido una ayuda para la guardería?",
        "Como posso pedir o vale para a creche?",
        "Kreş için nasıl başvuru yapılır?",
        "Koliko košta vrtić za dijete?",
        "Сколько стоит детский сад?",
        "كيف أحصل على المساعدة",
        "பணம் எவ்வளவு",
    ],
)
def test_other_languages(text: str) -> None:
    assert language_of(text) == "other"


@pytest.mark.parametrize("text", ["", " ", "?", "60 %", "2026", "🙂", "kiBon"])
def test_unsure(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_the_librarys_own_questions(lang: str) -> None:
    questions = [question for passage in library().passages(lang) for question in passage.questions]
    wrong = [question for question in questions if language_of(question) not in (lang, "")]
    assert len(wrong) <= len(questions) / 300, wrong


@given(st.text(max_size=500))
def test_any_text_has_an_answer(text: str) -> None:
    assert language_of(text) in {"fr", "de", "", "other"}
