"""Personal cases told in a message: the check that fits opens, with what was said and nothing else."""

import pytest
from conftest import TODAY
from scripts import flat
from told_cases import ToldCase, told_cases

from bot.conversation import reply
from bot.facts import RECOGNISERS, personal_case
from bot.messages import Message, plain
from bot.session import Session
from bot.typed import clean
from checks.guided import guided
from knowledge.library import library

CASES = [case for case in told_cases() if case.answers]
GENERAL = [case for case in told_cases() if not case.answers]

PERSONAL_WORDINGS = {
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


@pytest.mark.parametrize("case", GENERAL, ids=lambda case: case.name)
def test_a_general_question_opens_no_check(case: ToldCase) -> None:
    assert personal_case(clean(case.text), case.lang, TODAY) is None


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
