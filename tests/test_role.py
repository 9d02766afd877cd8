"""The guided check on roles in a support service, against the canton's information of December 2023."""

from typing import Any

import pytest
from conftest import TODAY

from bot.conversation import reply
from bot.messages import Message, plain
from bot.session import Session
from checks.case import run
from checks.improvements import improvements
from checks.result import Result
from checks.role import check

WRONG_ROLE = {"account_applications": "decided", "filed_for": "other_families", "attorney_attached": False}


def result(**answers: Any) -> Result:
    found = run(check, answers, TODAY)
    assert found.result is not None and not found.ignored, found.open
    return found.result


def steps(**answers: Any) -> list[str]:
    return [step.code for step in result(**answers).steps]


def reasons(**answers: Any) -> set[str]:
    return {reason.code for reason in result(**answers).reasons}


@pytest.mark.parametrize("role", ["admin", "staff"])
def test_only_the_two_roles_of_a_support_service_file(role: str) -> None:
    answers = {"service_role": role, "role_topic": "file"}
    assert result(**answers, attorney_signed=True).outcome == "may_file"
    assert "role_several_cases" in reasons(**answers, attorney_signed=True)
    assert result(**answers, attorney_signed=False).outcome == "attorney_missing"


def test_an_applicant_is_not_asked_for_a_task_but_for_what_was_filed() -> None:
    found = run(check, {"service_role": "applicant"}, TODAY)
    assert found.open is not None and found.open.id == "account_applications"


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("professional", "may_invite"),
        ("private", "address_unsuitable"),
        ("shared", "address_unsuitable"),
        ("other_account", "address_taken"),
    ],
)
def test_an_administrator_invites_to_a_free_professional_address_only(address: str, outcome: str) -> None:
    answers = {"service_role": "admin", "role_topic": "invite", "invited_address": address}
    assert result(**answers).outcome == outcome
    assert ("role_choose_address" in steps(**answers)) == (outcome != "may_invite")
    assert steps(**answers)[-4:] == ["role_invite", "role_first_login", "role_terms", "role_ask"]


def test_staff_may_not_invite_and_reads_who_may() -> None:
    found = result(service_role="staff", role_topic="invite")
    assert found.outcome == "may_not_invite"
    assert found.steps[0].code == "role_turn_to_administrator"


@pytest.mark.parametrize(
    ("state", "outcome"),
    [("none", "account_replaced"), ("draft", "draft_lost"), ("released", "not_decided"), ("decided", "new_address")],
)
def test_the_state_of_the_applications_decides_what_is_still_possible(state: str, outcome: str) -> None:
    answers: dict[str, Any] = {"service_role": "applicant", "account_applications": state}
    if state != "none":
        answers["filed_for"] = "other_families"
    if state in ("released", "decided"):
        answers["attorney_attached"] = True
    assert result(**answers).outcome == outcome


def test_after_a_decision_the_account_stays_and_a_new_address_is_needed() -> None:
    answers = {"service_role": "applicant", **WRONG_ROLE}
    assert reasons(**answers) >= {"role_account_stays", "role_new_address", "role_wrong_role", "account_blocked"}
    assert steps(**answers) == [
        "role_file_no_more",
        "role_attach_attorney_afterwards",
        "role_turn_to_administrator",
        "role_choose_address",
        "role_be_invited",
        "role_first_login",
        "role_terms_read",
        "role_ask",
    ]


def test_the_administrator_is_told_to_invite_instead_of_to_ask_somebody() -> None:
    answers = {"service_role": "admin", "role_topic": "colleague", **WRONG_ROLE}
    assert "role_turn_to_administrator" not in steps(**answers)
    assert {"role_invite", "role_terms"} <= set(steps(**answers))


def test_an_attached_power_of_attorney_is_not_asked_for_again() -> None:
    answers = {"service_role": "applicant", **WRONG_ROLE, "attorney_attached": True}
    assert "role_attach_attorney_afterwards" not in steps(**answers)


def test_before_a_decision_deletion_is_an_exception_and_the_same_address_is_blocked_once_released() -> None:
    released = {
        "service_role": "applicant",
        "account_applications": "released",
        "filed_for": "other_families",
        "attorney_attached": True,
    }
    assert reasons(**released) >= {"role_not_decided", "account_blocked"}
    assert "role_delete_or_new_address" in steps(**released)
    draft = {"service_role": "applicant", "account_applications": "draft", "filed_for": "other_families"}
    assert "account_blocked" not in reasons(**draft)
    assert {"role_draft_is_lost", "role_file_again"} <= set(steps(**draft))


@pytest.mark.parametrize("state", ["draft", "released", "decided"])
def test_an_application_for_the_own_family_is_no_fault(state: str) -> None:
    answers = {"service_role": "applicant", "account_applications": state, "filed_for": "own_family"}
    assert result(**answers).outcome == "own_family"
    assert "role_wrong_role" not in reasons(**answers)
    assert "role_file_no_more" not in steps(**answers)
    assert "role_choose_address" in steps(**answers)


def test_without_access_the_admission_comes_before_the_invitation() -> None:
    assert result(service_role="none", service_admitted=True).outcome == "access_needed"
    assert steps(service_role="none", service_admitted=False)[0] == "role_ask_admission"


@pytest.mark.parametrize(("released", "outcome"), [(True, "visible"), (False, "not_visible")])
def test_the_commune_reads_an_application_from_its_release_on(released: bool, outcome: str) -> None:
    assert result(service_role="staff", role_topic="see", application_released=released).outcome == outcome


@pytest.mark.parametrize(
    ("answers", "question", "better"),
    [
        ({"service_role": "applicant", **WRONG_ROLE}, "service_role", "staff"),
        ({"service_role": "none", "service_admitted": False}, "service_role", "staff"),
        ({"service_role": "staff", "role_topic": "invite"}, "service_role", "admin"),
        ({"service_role": "staff", "role_topic": "file", "attorney_signed": False}, "attorney_signed", True),
    ],
)
def test_what_would_change_it_is_the_right_role_or_the_power_of_attorney(
    answers: dict[str, Any], question: str, better: Any
) -> None:
    found = improvements(check, answers, TODAY)
    assert [(change.question.id, change.answer) for one in found for change in one.changes] == [(question, better)]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["demandeur", "ni décidée ni clôturée", "autres familles", "non"]),
        ("de", ["Antragstellerin", "noch nicht verfügt", "andere Familien", "nein"]),
    ],
)
def test_a_talk_in_own_words_reaches_the_result(lang: str, said: list[str]) -> None:
    session = Session(lang=lang, check="role")
    for text in said:
        session, answered = reply(session, Message(text=text), TODAY)
    assert answered.kind == "result"
    assert session.answers == {
        "service_role": "applicant",
        "account_applications": "released",
        "filed_for": "other_families",
        "attorney_attached": False,
    }
    assert "info.bg@be.ch" in plain(answered)
