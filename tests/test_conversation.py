"""What a conversation does with anything a person can send; the session stays intact."""

import pytest
from conftest import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st
from scripts import flat

from bot.conversation import reply
from bot.messages import Message, Reply, plain, without_choices
from bot.session import Session
from bot.words import LANGUAGES, words
from checks.guided import guided
from knowledge.library import library

ANSWERS = {"care_start": "2027-02-01", "school_stage": "preschool", "commune": "other", "household": "married"}
AT_ACTIVITIES = Session(lang="fr", check="minimum_activity", answers=ANSWERS)
AT_RATE = AT_ACTIVITIES.with_(answers={**ANSWERS, "activities_1": ["employment"]})


def says(session: Session, text: str) -> tuple[Session, Reply]:
    return reply(session, Message(text=text), TODAY)


def presses(session: Session, data: str) -> tuple[Session, Reply]:
    return reply(session, Message(button=data), TODAY)


@pytest.mark.parametrize("text", ["abc", "150", "-5", "12.5", "60 80", "20%80%"])
def test_a_wrong_rate_is_refused_in_one_sentence_and_asked_again(text: str) -> None:
    after, answered = says(AT_RATE, text)
    assert answered.kind == "refusal"
    assert "J'attends un taux entier de 0 à 100 %" in flat(plain(answered))
    assert "À quel taux travaillez-vous" in plain(answered)
    assert after.answers == AT_RATE.answers


@pytest.mark.parametrize("text", ["", "   ", "😀😀", "\x00\x07", "\u202e\u200f", "?!…", "x" * 10_000, "mot " * 3000])
def test_what_cannot_be_read_is_answered_and_loses_nothing(text: str) -> None:
    after, answered = says(AT_RATE, text)
    assert answered.kind in ("refusal", "unknown", "suggest")
    assert "À quel taux travaillez-vous" in plain(answered)
    assert after.answers == AT_RATE.answers


def test_a_year_long_ago_is_no_day_of_care() -> None:
    _, answered = says(Session(lang="fr", check="minimum_activity"), "12.03.1850")
    assert answered.kind == "refusal" and "J'attends une date" in plain(answered)


@pytest.mark.parametrize(
    "data",
    ["", "x", "/nothing", "minimum_activity", "minimum_activity.household", "minimum_activity.household.hacked",
     "minimum_activity.employment_1.900", "other_check.household.married", "read.no-article.x", "/start.nothing",
     "minimum_activity.care_start.\x00", "." * 64],
)  # fmt: skip
def test_a_forged_button_changes_nothing(data: str) -> None:
    after, answered = presses(AT_RATE, data)
    assert after.answers == AT_RATE.answers
    assert answered.blocks


def test_an_old_button_edits_its_question() -> None:
    after, answered = presses(AT_RATE, "minimum_activity.household.alone")
    assert after.answers["household"] == "alone"
    assert "Partagez-vous la garde" in plain(answered)


def test_editing_names_the_later_answers_that_fall_away() -> None:
    session = AT_RATE
    for text in ("80", "employé", "60", "non"):
        session, answered = says(session, text)
    assert answered.kind == "result"
    session, _ = presses(session, "/edit.household")
    session, _ = says(session, "seule")
    session, answered = says(session, "non")
    assert answered.kind in ("ask", "result")
    if answered.kind == "ask":
        session, answered = says(session, "non")
    text = flat(plain(answered))
    assert "Ces réponses données plus tôt ne comptent plus : Activités de l'autre personne" in text


def test_back_reopens_the_last_question_and_ends_at_the_first() -> None:
    session, answered = says(AT_ACTIVITIES, "retour")
    assert "Comment vivez-vous ?" in flat(plain(answered))
    for _ in range(3):
        session, answered = says(session, "zurück")
    assert session.answers == {}
    session, answered = says(session, "retour")
    assert "Il n'y a pas de question précédente." in plain(answered)


def test_why_says_the_reason_and_the_source_and_asks_again() -> None:
    for text in ("pourquoi", "Pourquoi ?", "warum?"):
        _, answered = says(AT_RATE, text)
        assert "Les taux de plusieurs emplois s'additionnent" in plain(answered), text
        assert "Ville de Bienne" in plain(answered)
        assert "À quel taux travaillez-vous" in plain(answered)


def test_a_question_in_the_middle_is_answered_and_the_open_one_asked_again() -> None:
    after, answered = says(AT_RATE, "Quels documents faut-il joindre pour un salaire à l'heure ?")
    assert answered.kind == "answer" and answered.passages
    assert "Revenons à la question ouverte." in plain(answered)
    assert "À quel taux travaillez-vous" in plain(answered)
    assert after.answers == AT_RATE.answers


def test_the_language_can_change_at_any_moment_and_nothing_is_lost() -> None:
    after, answered = says(AT_RATE, "Deutsch")
    assert (after.lang, after.answers, after.check) == ("de", AT_RATE.answers, AT_RATE.check)
    assert "Zu welchem Pensum arbeiten Sie" in plain(answered)
    after, answered = says(after, "français")
    assert "À quel taux travaillez-vous" in plain(answered)


def test_an_answer_in_the_other_language_is_understood() -> None:
    after, _ = says(AT_RATE, "achtzig Prozent")
    assert after.answers["employment_1"] == 80 and after.lang == "fr"


def test_a_question_in_the_other_language_is_answered_in_it() -> None:
    after, answered = says(Session(lang="fr"), "Welche Unterlagen braucht es bei einer Anstellung im Stundenlohn?")
    assert answered.lang == after.lang == "de" and answered.kind == "answer"


@pytest.mark.parametrize(("text", "lang"), [("Quanto devo lavorare per avere diritto al buono?", "fr"),
                                            ("How much do I have to work to get a voucher?", "de")])  # fmt: skip
def test_other_languages_are_told_what_is_spoken(text: str, lang: str) -> None:
    _, answered = says(Session(lang=lang), text)
    assert answered.kind == "unknown"
    assert "français" in plain(answered) or "Französisch" in plain(answered)


def test_restart_clears_the_answers_and_leave_keeps_them() -> None:
    after, answered = says(AT_RATE, "quitter")
    assert answered.ended and after.check is None and after.answers == AT_RATE.answers
    after, answered = says(AT_RATE, "neu beginnen")
    assert after.answers == {} and "À partir de quand" in plain(answered)


@pytest.mark.parametrize("text", ["/aide", "/hilfe", "/help", "aide", "Hilfe"])
def test_help_lists_what_can_be_said(text: str) -> None:
    after, answered = says(AT_RATE, text)
    assert answered.kind == "info" and "retour" in plain(answered)
    assert after.answers == AT_RATE.answers


@pytest.mark.parametrize("text", ["/activite", "/pensum", "/minimum_activity", "/start minimum_activity",
                                  "habe ich Anspruch?", "ai-je droit ?"])  # fmt: skip
def test_a_check_starts_by_command_deep_link_or_wish(text: str) -> None:
    after, answered = says(Session(lang="fr"), text)
    assert after.check == "minimum_activity" and answered.kind == "ask"


def test_an_unknown_command_says_so_and_helps() -> None:
    _, answered = says(Session(lang="fr"), "/gibtsnicht")
    assert "Je ne connais pas cette commande." in plain(answered)


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("fr", "Combien de temps dure le traitement de ma demande ?"),
        ("de", "Wie lange braucht die Gemeinde für den Entscheid?"),
    ],
)
def test_what_no_source_says_is_not_known_and_says_who_knows(lang: str, question: str) -> None:
    answered = reply(Session(lang=lang), Message(text=question), TODAY)[1]
    assert answered.kind == "unknown" and {"fr": "votre commune", "de": "Ihre Gemeinde"}[lang] in flat(plain(answered))
    assert [block.kind for block in answered.blocks] == ["title", "quote", "source"]


def test_the_first_language_is_that_of_the_message_then_of_the_program() -> None:
    assert (
        reply(Session(), Message(text="Guten Tag, wie beantrage ich einen Gutschein?", hint="fr"), TODAY)[0].lang
        == "de"
    )
    assert reply(Session(), Message(text="/start", hint="de-CH"), TODAY)[0].lang == "de"
    assert reply(Session(), Message(text="/start", hint="pt"), TODAY)[0].lang == "fr"
    assert reply(Session(), Message(text="/hilfe"), TODAY)[0].lang == "de"


def test_an_answer_quotes_a_passage_word_for_word_with_its_dated_source() -> None:
    _, answered = says(Session(lang="de"), "Welche Unterlagen braucht es im Stundenlohn?")
    passage = answered.passages[0]
    assert flat(passage["text"]) in flat(plain(answered))
    assert passage["source"]["publisher"] in plain(answered)
    assert "geprüft am" in plain(answered)


@pytest.mark.parametrize(("lang", "text"), [
    ("fr", "Quel temps fera-t-il demain à Thoune ?"),
    ("de", "Wer gewinnt die Fussball-Weltmeisterschaft?"),
    ("fr", "asdf qwer yxcv"),
    ("de", "Schreib mir ein Gedicht über Katzen"),
])  # fmt: skip
def test_what_the_library_does_not_know_is_not_answered(lang: str, text: str) -> None:
    _, answered = says(Session(lang=lang), text)
    assert answered.kind in ("unknown", "suggest")
    if answered.kind == "unknown" and not answered.passages:
        assert "info.bg@be.ch" in plain(answered)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=64), st.sampled_from(LANGUAGES))
def test_nothing_that_is_sent_raises_or_loses_the_check(text: str, button: str, lang: str) -> None:
    for message in (Message(text=text), Message(text="", button=button)):
        after, answered = reply(AT_RATE.with_(lang=lang), message, TODAY)
        assert answered.blocks and answered.lang in LANGUAGES
        assert after.answers.items() >= ANSWERS.items() or not after.answers or text


@pytest.mark.parametrize(
    "text",
    ["merci", "Danke!", "ok", "oui", "nein", "7", "42", "12. März 2027", "31.02.2027", "je sais pas", "weiss nicht"],
)
def test_small_talk_is_no_question_to_the_library(text: str) -> None:
    after, answered = says(Session(lang="fr"), text)
    assert answered.kind == "info" and not answered.passages
    assert "Posez votre question" in plain(answered) and after.check is None


@pytest.mark.parametrize("text", ["merci", "je ne sais pas", "weiss nicht"])
def test_small_talk_in_a_check_leads_back_to_the_open_question(text: str) -> None:
    after, answered = says(AT_ACTIVITIES, text)
    assert after.answers == AT_ACTIVITIES.answers and "Quelles sont vos activités ?" in flat(plain(answered))


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("auf deutsch bitte", "Ich fahre auf Deutsch fort."),
        ("en francais svp", "Je continue en français."),
        ("je me suis trompée de taux", "Laquelle voulez-vous changer ?"),
        ("ich habe mich vertippt", "Laquelle voulez-vous changer ?"),
    ],
)
def test_commands_are_understood_in_a_short_sentence(text: str, fragment: str) -> None:
    assert fragment in flat(plain(says(AT_RATE, text)[1]))


def test_forgotten_apostrophes_are_put_back() -> None:
    _, with_them = says(Session(lang="fr"), "c'est quoi un bon de garde")
    _, without = says(Session(lang="fr"), "cest quoi un bon de garde")
    assert without == with_them


def test_the_introduction_of_a_check_is_said_once() -> None:
    session, first = says(Session(lang="fr"), "/activite")
    _, again = says(session, "1850")
    assert "Quelques questions suffisent." in plain(first) and "Quelques questions suffisent." not in plain(again)


def test_the_menu_closes_the_open_check_and_starting_it_again_goes_on() -> None:
    after, _ = says(AT_RATE, "menu")
    assert after.check is None and after.answers == AT_RATE.answers
    _, answered = says(after, "/activite")
    assert "À quel taux travaillez-vous" in plain(answered)


@pytest.mark.parametrize(("text", "lang"), [("Grüezi", "de"), ("Bonjour", "fr"), ("/start", "fr")])
def test_a_greeting_is_returned_in_its_language(text: str, lang: str) -> None:
    after, answered = says(Session(lang="fr"), text)
    assert after.lang == answered.lang == lang


def test_a_button_of_another_check_goes_there_and_loses_nothing() -> None:
    after, answered = presses(AT_RATE, "adaptation.adaptation_user.parents")
    assert after.answers.items() >= AT_RATE.answers.items() and answered.check in ("adaptation", "minimum_activity")
    after, answered = presses(after, "/start.minimum_activity")
    assert "À quel taux travaillez-vous" in plain(answered)


def test_the_way_from_an_answer_into_its_check_can_be_typed() -> None:
    session, answered = says(Session(lang="de"), "Wer setzt das Häkchen für die Eingewöhnung?")
    assert "1. Meine Situation prüfen" in plain(answered)
    after, answered = says(session, "1")
    assert after.check == "adaptation" and answered.kind == "ask"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("check", guided())
def test_the_title_of_a_check_opens_it(check: str, lang: str) -> None:
    title = words(lang)(f"check.{check}.title")
    assert says(Session(lang=lang), title)[0].check == check


@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_are_offered_with_what_they_say_and_where_it_comes_from(lang: str) -> None:
    vague = (" ".join(passage.questions[0].split()[:4]) for passage in library().passages(lang)[::8])
    replies = [says(Session(lang=lang), text)[1] for text in vague]
    offers = [answered for answered in replies if answered.kind == "suggest"]
    assert offers
    for answered in offers:
        assert len(without_choices(answered)) <= 1200
        titles, quotes, sources = (
            [block.text for block in answered.blocks if block.kind == kind] for kind in ("title", "quote", "source")
        )
        assert len(titles) == len(quotes) == len(sources) and titles
        assert titles == [button.label for button in answered.choices][: len(titles)]
        for quote, passage in zip(quotes, answered.passages, strict=False):
            assert quote.lstrip("… \n").removesuffix(" …") in passage["text"]


@pytest.mark.parametrize(("lang", "first", "other"), [
    ("fr", "Qui coche la case d'adaptation ?", "Que faire en cas de déménagement ?"),
    ("de", "Wer setzt das Häkchen bei der Eingewöhnung?", "Was passiert, wenn wir umziehen?"),
])  # fmt: skip
def test_of_fifty_questions_the_first_is_answered_and_it_says_so(lang: str, first: str, other: str) -> None:
    alone = says(Session(lang=lang), first)[1]
    answered = says(Session(lang=lang), " ".join([first, *[other] * 49]))[1]
    note = words(lang)("guidance.first_of_many")
    assert answered.blocks[0].text == note and answered.passages[0] == alone.passages[0]
    assert len(without_choices(answered)) <= 1200
    assert note not in plain(says(Session(lang=lang), f"{first} {other}")[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_has_1200_characters_at_most(lang: str) -> None:
    for passage in library().passages(lang)[::7]:
        answered = says(Session(lang=lang), passage.questions[0])[1]
        assert len(without_choices(answered)) <= 1200, passage.heading
        kinds = [block.kind for block in answered.blocks]
        assert kinds.count("source") == kinds.count("quote"), passage.heading


@pytest.mark.parametrize(
    "text", ["Mon fils né le 03.04.2026 peut-il avoir un bon ?", "Kind geboren am 3.4.2026: Gutschein?"]
)
def test_a_question_with_a_day_in_it_is_a_question(text: str) -> None:
    assert says(Session(), text)[1].kind in ("answer", "suggest", "unknown", "ask")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Eingewöhnung im Juli, Arbeit ab 1. August, welche Periode?", "ask"),
        ("Eingewöhnung im Juli 2027, Arbeit ab 1. August 2027, welche Periode?", "result"),
    ],
)
def test_a_guessed_year_without_rules_is_asked_and_one_that_was_said_is_kept(text: str, kind: str) -> None:
    after, answered = says(Session(), text)
    assert (answered.kind, after.check) == (kind, "period")
    assert ("work_begins" in after.answers) == (kind == "result")
