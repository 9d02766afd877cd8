"""Resume codes hold the answers themselves, in every channel; a broken one changes nothing."""

from datetime import date
from itertools import islice

import pytest
from conftest import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import reply
from bot.messages import Message, plain
from bot.resume_code import DIGITS, BrokenCode, code_of, looks_like_code, read_code
from bot.session import Session
from bot.words import LANGUAGES
from checks.explorer import paths
from checks.guided import Guided, guided

ANSWERS = {
    "adaptation_role": "parents",
    "child_at_institution": "new",
    "adaptation_box": "open",
    "entitled_rate": 60,
    "adaptation_begins": "2026-09-01",
}
SESSION = Session(lang="fr", check="adaptation", answers=ANSWERS)
CODE = code_of(SESSION, TODAY)


@pytest.mark.parametrize("check", guided().values(), ids=list(guided()))
def test_the_answers_of_any_path_come_back(check: Guided) -> None:
    for path in islice(paths(check.check, TODAY), 0, 2000, 11):
        session = Session(lang="de", check=check.name, answers=path.answers)
        assert read_code(code_of(session, TODAY)) == (check.name, path.answers)


def test_a_code_is_short_enough_to_copy_by_hand() -> None:
    assert len(CODE) <= 40
    assert set(CODE.replace("-", "").removeprefix("KIBON")) <= set(DIGITS)


def test_answers_that_do_not_count_stay_out() -> None:
    leftover = SESSION.with_(answers={**ANSWERS, "household": "married", "filed_on": "2026-08-01"})
    assert read_code(code_of(leftover, TODAY))[1] == ANSWERS
    assert code_of(Session(lang="fr", answers=ANSWERS), TODAY) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code_goes_on_in_an_empty_talk(lang: str) -> None:
    written = f"  {CODE.lower().replace('-', ' - ', 1)}  ".replace("0", "o")
    after, answered = reply(Session(lang=lang), Message(text=written), TODAY)
    assert after.check == "adaptation" and after.answers == ANSWERS
    assert answered.kind == "ask" and ("60\u00a0%" in plain(answered))


def test_a_code_replaces_earlier_answers_to_its_questions() -> None:
    before = Session(lang="fr", check="period", answers={"entitled_rate": 20, "household": "married"})
    after, _ = reply(before, Message(text=CODE), TODAY)
    assert after.answers == {**ANSWERS, "household": "married"}


def test_a_code_opens_an_empty_check_too() -> None:
    code = code_of(Session(lang="fr", check="period"), TODAY)
    assert read_code(code) == ("period", {})


@settings(deadline=None, max_examples=200)
@given(st.integers(6, len(CODE) - 1), st.sampled_from(DIGITS))
def test_a_typing_error_is_noticed(place: int, digit: str) -> None:
    if CODE[place] not in ("-", digit):
        with pytest.raises(BrokenCode, match="mistyped"):
            read_code(CODE[:place] + digit + CODE[place + 1 :])


@pytest.mark.parametrize(
    "text", [CODE[:-1], CODE[:14], CODE + "7", "KIBON-AAAA-AAAA", "KIBON-" + "Z" * 3000, "KIBON-éééé-1"]
)
def test_a_broken_code_changes_nothing_and_says_so(text: str) -> None:
    before = SESSION.with_(lang="de")
    after, answered = reply(before, Message(text=text), TODAY)
    assert after.answers == ANSWERS and after.check == "adaptation"
    if looks_like_code(text):
        assert answered.kind == "refusal" and "Es hat sich nichts geändert" in plain(answered)


def test_a_code_of_other_questions_is_outdated(monkeypatch: pytest.MonkeyPatch) -> None:
    check = guided()["adaptation"]
    newer = Guided(check.name, check.version + 1, check.audience, check.questions, check.check)
    monkeypatch.setattr("bot.resume_code.guided", lambda: {**guided(), "adaptation": newer})
    with pytest.raises(BrokenCode, match="outdated"):
        read_code(CODE)
    _, answered = reply(Session(lang="fr"), Message(text=CODE), TODAY)
    assert "version plus ancienne" in plain(answered)


@settings(deadline=None, max_examples=300)
@given(st.text(DIGITS, min_size=1, max_size=60))
def test_no_text_of_digits_breaks_the_reader(text: str) -> None:
    try:
        name, answers = read_code(f"KIBON-{text}")
    except BrokenCode:
        return
    assert set(answers) <= set(guided()[name].questions)


@pytest.mark.parametrize(
    "text", ["kibon", "KIBON-Bot", "kiBon : qui valide ?", "kibon-bot est-il gratuit ?", "qu'est-ce que kibon"]
)
def test_words_about_kibon_are_no_code(text: str) -> None:
    assert not looks_like_code(text)


@pytest.mark.parametrize(
    ("lang", "text"), [("fr", "/code"), ("de", "/mitnehmen"), ("fr", "code de reprise"), ("de", "Antworten mitnehmen")]
)
def test_the_code_is_given_in_every_channel(lang: str, text: str) -> None:
    after, answered = reply(SESSION.with_(lang=lang), Message(text=text), date(2026, 11, 22))
    assert CODE in plain(answered) and after.answers == ANSWERS
    _, answered = reply(Session(lang=lang), Message(text=text), TODAY)
    assert "KIBON-" not in plain(answered) and answered.choices
