"""Personal cases told in a message: the check that fits opens, with what was said and nothing else."""

import pytest
from conftest import TODAY
from scripts import flat
from told_cases import ToldCase, told_cases

from bot.conversation import reply
from bot.days import months
from bot.facts import RECOGNISERS, facts_for, personal_case
from bot.facts.told import Told
from bot.messages import Message, Reply, plain
from bot.session import Session
from bot.typed import clean
from checks.guided import guided
from knowledge.library import library

CASES = [case for case in told_cases() if case.answers and not case.missed]
MISSED = [case for case in told_cases() if case.missed]
GENERAL = [case for case in told_cases() if not case.answers]

PERSONAL_WORDINGS = {
    "Combien je touche avec un revenu d'environ 54'000 francs et 4 jours de crèche ?",
    "Ich bin allein mit 50 % Arbeit, welches Pensum steht mir zu?",
    "Die Eingewöhnung ist vom 1. bis 31. Juli, ich arbeite ab 1. August: Was muss ich tun?",
    "J'élève mon fils toute seule et je travaille à 30 %, ai-je droit à quelque chose ?",
    "L'adaptation a lieu du 1er au 31 juillet et je travaille dès le 1er août : que faire ?",
    "L'adaptation commence mi-juillet et je bosse dès septembre, dès quand le bon ?",
    "Ma fille commence la crèche en janvier, mon fils a déjà un bon : quel délai pour elle ?",
    "Mein Mann arbeitet 100 % und ich bin zu Hause, haben wir Anspruch?",
    "Mon mari 90 %, moi 70 %, ça donne quoi ?",
    "Mon mari travaille à 100 % et je reste à la maison, avons-nous droit à un bon ?",
    "Nous sommes mariés et travaillons à 70 % et 50 %, atteignons-nous le minimum ?",
    "Nous travaillons les deux à plein temps, à combien avons-nous droit ?",
    "Wie viel Anspruch haben wir mit 80 % und 60 %?",
    "Wir arbeiten beide Vollzeit, wie viel Anspruch haben wir?",
}  # own rates or own days, and the wish for one's own result: the check says more than a passage


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_personal_case_opens_its_check_with_the_facts_told_and_no_others(case: ToldCase) -> None:
    found = personal_case(clean(case.text), case.lang, TODAY)
    assert found is not None and found.check == case.check
    assert found.answers == case.answers


@pytest.mark.parametrize("case", MISSED, ids=lambda case: case.name)
def test_a_case_that_is_not_wholly_understood_opens_no_other_check_and_fills_nothing_wrong(case: ToldCase) -> None:
    found = personal_case(clean(case.text), case.lang, TODAY)
    assert found is None or found.check == case.check
    assert found is None or all(answer == case.answers.get(name) for name, answer in found.answers.items())


@pytest.mark.parametrize("case", GENERAL, ids=lambda case: case.name)
def test_a_general_question_opens_no_check(case: ToldCase) -> None:
    assert personal_case(clean(case.text), case.lang, TODAY) is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "L'adaptation du 1er au 31 juillet avec travail dès le 1er août donne-t-elle droit à un bon ?"),
        ("fr", "Quand un enfant entre à la crèche le 1er mars 2027, pour quelle période faut-il déposer ?"),
        ("de", "Wenn die Arbeit am 1. März beginnt und die Eingewöhnung am 1. Februar, wird der Gutschein bezahlt?"),
    ],
)
def test_a_question_in_general_terms_with_dates_is_answered_from_the_library(lang: str, text: str) -> None:
    _, answered = reply(Session(lang=lang), Message(text=text), TODAY)
    assert answered.kind == "answer" and answered.check is None


def test_every_check_has_its_facts() -> None:
    assert set(RECOGNISERS) <= set(guided())
    assert {case.check for case in CASES} == set(RECOGNISERS)


def test_wordings_of_the_library_open_no_check_but_those_that_tell_a_case() -> None:
    wordings = {
        (lang, question) for lang in ("fr", "de") for one in library().passages(lang) for question in one.questions
    }
    opened = {question for lang, question in wordings if personal_case(clean(question), lang, TODAY)}
    assert len(wordings) > 5000
    assert opened == PERSONAL_WORDINGS


def test_the_check_opens_with_what_was_understood_read_back() -> None:
    text = "Ich arbeite 60 %, mein Mann 50 %, reicht das für einen Gutschein?"
    session, answered = reply(Session(lang="fr"), Message(text=text), TODAY)
    assert answered.kind == "ask" and answered.check == "minimum_activity" and session.lang == "de"
    assert "Anstellung mit festem Pensum, Sie: 60 %" in flat(plain(answered))
    assert "Anstellung mit festem Pensum, andere Person: 50 %" in flat(plain(answered))
    assert "Ab wann wird Ihr Kind betreut" in plain(answered)


def talk(session: Session, *texts: str) -> tuple[Session, Reply]:
    assert texts
    for text in texts:
        session, answered = reply(session, Message(text=text), TODAY)
    return session, answered


def test_a_case_for_another_check_opens_that_one() -> None:
    session, answered = talk(
        Session(lang="fr"),
        "nous sommes un organisme responsable avec trois crèches, toutes invitées : comment procéder, quel rôle ?",
        "Eingewöhnung im April, Arbeit ab 1. Mai, welche Periode?",
    )
    assert session.check == answered.check == "period" and session.lang == "de"
    assert "Verstanden – Beginn der Eingewöhnung: 1. April 2027." in flat(plain(answered))


def test_several_facts_fill_the_questions_of_the_open_check_and_are_read_back() -> None:
    session, answered = talk(Session(lang="fr", check="minimum_activity"), "je travaille à 80 %, mon mari à 60 %")
    assert session.answers == {
        "household": "married",
        "activities_1": ["employment"],
        "employment_1": 80,
        "activities_2": ["employment"],
        "employment_2": 60,
    }
    assert "Compris – Emploi à taux fixe, l'autre personne : 60 %." in flat(plain(answered))
    assert "À partir de quand" in plain(answered)


def test_a_question_in_the_open_check_fills_nothing_of_it() -> None:
    before = {"household": "married", "activities_1": ["employment"], "employment_1": 80}
    for text in ("mon mari : 60", "je travaille à 70 %, mon mari à 60 %, qui voit la demande"):
        session, _ = talk(Session(lang="fr", check="minimum_activity", answers=before), text)
        assert session.answers == before, text


def test_a_case_told_again_replaces_the_earlier_one_and_is_read_back() -> None:
    before = {"household": "married", "activities_1": ["employment"], "employment_1": 80}
    session, answered = talk(
        Session(lang="fr", check="minimum_activity", answers=before), "je travaille à 70 %, mon mari à 60 %"
    )
    assert session.answers["employment_1"] == 70
    assert "Compris – Emploi à taux fixe, vous : 70 %." in flat(plain(answered))


FAMILY = {"care_start": "2027-02-01", "school_stage": "preschool", "commune": "other", "household": "married"}
WORKING = {**FAMILY, "activities_1": ["employment"], "employment_1": 80}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("non, je travaille à 60", "employment_1", 60),
        ("En fait je travaille à 60 %", "employment_1", 60),
        ("nein, ich arbeite 60", "employment_1", 60),
        ("nein, 60 %", "employment_1", 60),
        ("Korrektur: ab 1. März", "care_start", "2027-03-01"),
        ("Correction : dès le 1er mars", "care_start", "2027-03-01"),
        ("Pardon, je suis employée à 60 %", "employment_1", 60),
    ],
)
def test_a_correction_replaces_the_one_answer_that_it_names(text: str, name: str, value: object) -> None:
    lang = "de" if "ich" in text or "Korrektur" in text or "nein" in text else "fr"
    session, answered = talk(Session(lang=lang, check="minimum_activity", answers=WORKING), text)
    assert session.answers == {**WORKING, name: value}
    assert flat(plain(answered)).startswith("Verstanden – " if lang == "de" else "Compris – ")


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Korrektur: 60 %", {**WORKING, "activities_2": ["employment"], "employment_2": 50}),
        ("nein, ich bin selbständig zu 60 %", WORKING),
    ],
)
def test_a_correction_that_may_concern_several_answers_shows_the_list_to_edit(
    text: str, answers: dict[str, object]
) -> None:
    session, answered = talk(Session(lang="de", check="minimum_activity", answers=answers), text)
    assert session.answers == answers
    assert "Ihre Antworten. Welche möchten Sie ändern?" in plain(answered)


def test_no_stays_the_answer_to_a_question_of_yes_and_no() -> None:
    dates = {"need_topic": "two_confirmations", "earlier_from": "2026-08-01", "later_from": "2027-02-01"}
    session, _ = talk(Session(lang="fr", check="special_need", answers=dates), "non")
    assert session.answers == {**dates, "earlier_ends": False}


@pytest.mark.parametrize("text", ["je travaille à 80 %, " * 90 + "on a droit ?", "12 " * 1000, "ab 1. " * 500 + "?"])
def test_a_message_of_any_length_and_shape_is_answered(text: str) -> None:
    _, answered = talk(Session(lang="fr"), text)
    assert answered.blocks


@pytest.mark.parametrize("check", RECOGNISERS)
@pytest.mark.parametrize("lang", ["fr", "de"])
def test_a_lone_number_or_day_is_an_answer_and_never_several_facts(check: str, lang: str) -> None:
    days = [
        f"{day}{month} {year}".strip()
        for month in months(lang)
        for day in ("", "1er ", "15. ")
        for year in ("", "2027")
    ]
    for text in (*days, "60 %", "4", "85000", "2027", "1.9.2027", "31.12.2026"):
        assert len(facts_for(check, Told(text, lang, TODAY))) < 2, text
