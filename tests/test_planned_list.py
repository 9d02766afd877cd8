"""The planned list of kiBon's users: what is found in it, how it is read, and that nothing else of it is kept."""

import json
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import reply
from bot.messages import Message, plain
from bot.planned_list import findings_said, planned_users
from bot.session import Session
from bot.understand import Unclear
from bot.words import words
from checks.planned_users import FINDINGS, PlannedUser, findings, written
from checks.questions import WrongAnswer
from checks.registration import PLANNED_USERS

ADMIN, STAFF = ("responsible_admin",), ("institution_staff",)


def read(text: str, lang: str = "fr") -> list[str] | None:
    return planned_users(PLANNED_USERS, text, words(lang), TODAY)


@pytest.mark.parametrize(
    ("users", "found"),
    [
        ([PlannedUser("a.b@kita.ch", ADMIN)], ["ok"]),
        ([PlannedUser("a.b@kita.ch", STAFF)], ["no_administrator"]),
        ([PlannedUser("a.b@kita.ch", ADMIN), PlannedUser("A.B@kita.ch", ADMIN)], ["address_twice:1,2"]),
        ([PlannedUser("a.b@kita.ch", ADMIN), PlannedUser("a.b@kita.ch", STAFF)], ["two_roles_one_address:1,2"]),
        ([PlannedUser("a.b@kita.ch", ADMIN + STAFF)], ["two_roles_one_address:1"]),
        ([PlannedUser("a.b@kita.ch", ADMIN, several_people=True)], ["two_people_one_address:1"]),
        ([PlannedUser("info@kita.ch", ADMIN)], ["shared_address:1"]),
        ([PlannedUser("kita.sonne@xy.ch", ADMIN)], ["shared_address:1"]),
        ([PlannedUser("anna.post@xy.ch", ADMIN)], ["ok"]),
        ([PlannedUser("a.b@gmail.com", ADMIN)], ["private_address:1"]),
        ([PlannedUser("", ADMIN), PlannedUser("", STAFF)], ["broken_address:1,2"]),
        ([PlannedUser("a.b@kita.ch", ("admin",))], ["role_unclear:1"]),
        ([PlannedUser("a.b@kita.ch", ADMIN), PlannedUser("c.d@kita.ch")], ["role_unclear:2"]),
    ],
)
def test_what_is_found_in_a_planned_list(users: list[PlannedUser], found: list[str]) -> None:
    assert written(users) == found
    assert [finding.written() for finding in PLANNED_USERS.read(found)] == (found if found != ["ok"] else [])


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        "ok",
        ["ok", "no_administrator"],
        ["anna@kita.ch"],
        ["no_administrator:1"],
        ["shared_address"],
        ["other:1"],
        [1],
    ],
)
def test_a_stored_list_is_refused_unless_it_holds_findings_only(wrong: Any) -> None:
    with pytest.raises(WrongAnswer):
        PLANNED_USERS.read(wrong)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a.b@creche.ch administratrice organisme responsable ; c.d@creche.ch collaborateur institution", ["ok"]),
        ("Administratorin Trägerschaft: a.b@kita.ch, Sachbearbeiter Institution: c.d@kita.ch", ["ok"]),
        ("a.b@kita.ch Admin Traegerschaft c.d@kita.ch SB Kita", ["ok"]),
        ("Kita Sonne: Anna Muster, Administrator/in Trägerschaft, anna.muster@kita.ch.", ["ok"]),
        ("a.b(at)creche.ch administrateur·trice organisme responsable", ["ok"]),
        (
            "Anna Muster und Bruno Beispiel, buero.mb@kita.ch, Admin Trägerschaft",
            ["two_people_one_address:1", "shared_address:1"],
        ),
        ("a.b@creche.ch admin OR, a.b@creche.ch collaboratrice crèche", ["two_roles_one_address:1,2"]),
        (
            "a.b@creche.ch administratrice organisme responsable et collaboratrice institution",
            ["two_roles_one_address:1"],
        ),
        ("info@creche.ch collaboratrice institution", ["no_administrator", "shared_address:1"]),
        ("a.b@creche admin organisme", ["broken_address:1"]),
        ("a.b@creche.ch cuisinière", ["no_administrator", "role_unclear:1"]),
        ("Bonjour, voici la suite", None),
    ],
)
def test_a_typed_list_is_read_in_both_languages(text: str, found: list[str] | None) -> None:
    assert read(text) == found == read(text, "de")


def test_roles_without_any_address_are_unclear() -> None:
    with pytest.raises(Unclear):
        read("Anna administratrice, Bruno collaborateur")


NAMES = st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F), min_size=3, max_size=12)
PEOPLE = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from(["admin Trägerschaft", "collaborateur institution", "", "SB", "info"])),
    min_size=1,
    max_size=8,
)


@given(PEOPLE, st.sampled_from(["; ", ", ", " "]))
def test_no_part_of_a_name_or_an_address_is_ever_kept(people: list[tuple[str, str, str]], between: str) -> None:
    found = read(between.join(f"{name} {place} {name}@{place}.ch {role}" for name, place, role in people))
    assert found
    for item in found:
        code, _, places = item.partition(":")
        assert code in (*FINDINGS, "ok")
        assert all(1 <= int(place) <= len(people) for place in places.split(",") if place)


@given(PEOPLE)
def test_findings_are_stable_under_reading_back(people: list[tuple[str, str, str]]) -> None:
    users = [PlannedUser(f"{name}@{place}.ch", ADMIN) for name, place, _ in people]
    stored = json.loads(json.dumps(written(users)))
    assert list(PLANNED_USERS.read(stored)) == findings(users)


LIST = (
    "anna.muster@kita-mond.ch Administratorin Trägerschaft; Bruno Beispiel, info@kita-mond.ch, Sachbearbeiter Institution; "
    "Cla Caduff cla.caduff@gmail.com Sachbearbeiterin Institution Kita Mond; ANNA.MUSTER@kita-mond.ch Admin Trägerschaft"
)


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_a_long_list_is_checked_in_a_talk_and_nothing_of_it_is_stored(lang: str) -> None:
    session = Session(lang=lang, check="registration", answers={"registration_situation": "new", "list_ready": True})
    session, answered = reply(session, Message(text=LIST.replace("; ", ";\n")), TODAY)
    assert session.answers["planned_users"] == ["address_twice:1,4", "shared_address:2", "private_address:3"]
    kept = (session.model_dump_json() + plain(answered)).lower()
    for part in ("muster", "anna", "bruno", "caduff", "mond"):
        assert part not in kept
    _, edited = reply(session, Message(button="/edit"), TODAY)
    assert findings_said(PLANNED_USERS, session.answers["planned_users"], words(lang)) in plain(edited)


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_a_list_without_addresses_is_asked_for_again_with_an_example(lang: str) -> None:
    session = Session(lang=lang, check="registration", answers={"registration_situation": "new", "list_ready": True})
    after, answered = reply(session, Message(text="Anna admin Trägerschaft, Bruno collaborateur institution"), TODAY)
    assert answered.kind == "refusal" and after.answers == session.answers
    assert words(lang)("refusal.expected.planned_users") in plain(answered)
