"""Personal cases told in a sentence: whose rates, and nothing assumed."""

import pytest
from conftest import TODAY
from scripts import flat

from bot.conversation import reply
from bot.facts import personal_case
from bot.messages import Message, plain
from bot.session import Session


@pytest.mark.parametrize(
    ("lang", "text", "rates", "household"),
    [
        ("fr", "je travaille à 80 %, mon mari à 60 %, notre fille a 3 ans, on a droit ?", {1: 80, 2: 60}, "married"),
        (
            "fr",
            "Ma femme est employée à 40 pour cent et moi à 100 : est-ce que ça suffit ?",
            {2: 40, 1: 100},
            "married",
        ),
        ("fr", "Nous travaillons à 60 et 70 %, avons-nous droit à un bon ?", {1: 60, 2: 70}, None),
        ("de", "Ich schaffe 30 Prozent und bin alleinerziehend, habe ich Anspruch?", {1: 30}, None),
        ("de", "Mein Partner arbeitet 90 %, ich 20 %, unser Kind ist 2 Jahre alt. Reicht das?", {2: 90, 1: 20}, None),
        ("de", "Wir arbeiten beide, ich 50% und meine Frau 75%. Haben wir Anspruch?", {1: 50, 2: 75}, "married"),
    ],
)
def test_rates_are_given_to_the_person_they_belong_to(
    lang: str, text: str, rates: dict[int, int], household: str | None
) -> None:
    found = personal_case(text, lang)
    assert found is not None and found.check == "minimum_activity"
    assert {person: found.answers[f"employment_{person}"] for person in rates} == rates
    assert found.answers.get("household") == household
    assert set(found.answers) <= {"household", "activities_1", "activities_2", "employment_1", "employment_2"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Quel est le taux minimal pour deux personnes ?"),
        ("fr", "Combien de pour cent faut-il pour avoir droit à un bon ?"),
        ("fr", "Je suis indépendante à 60 %, ai-je droit à un bon ?"),
        ("fr", "je travaille à 60 %, quels documents dois-je joindre ?"),
        ("de", "Habe ich Anspruch auf einen Gutschein?"),
        ("de", "Reicht eine Bestätigung des RAV für 60 Prozent?"),
        ("de", "Ich zahle 120 Franken am Tag, habe ich Anspruch?"),
    ],
)
def test_general_questions_and_other_activities_are_no_personal_case(lang: str, text: str) -> None:
    assert personal_case(text, lang) is None


def test_the_check_opens_with_what_was_understood_read_back() -> None:
    text = "Ich arbeite 60 %, mein Mann 50 %, reicht das für einen Gutschein?"
    session, answered = reply(Session(lang="fr"), Message(text=text), TODAY)
    assert answered.kind == "ask" and answered.check == "minimum_activity" and session.lang == "de"
    assert "Anstellung mit festem Pensum, Sie: 60 %" in flat(plain(answered))
    assert "Anstellung mit festem Pensum, andere Person: 50 %" in flat(plain(answered))
    assert "Ab wann wird Ihr Kind betreut" in plain(answered)
