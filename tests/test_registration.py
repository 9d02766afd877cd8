"""The guided check on registering responsible bodies and institutions, against the guidance text."""

from typing import Any

import pytest
from conftest import TODAY

from checks.case import run
from checks.improvements import improvements
from checks.registration import check
from checks.result import Result


def result(**answers: Any) -> Result:
    found = run(check, answers, TODAY)
    assert found.result is not None and not found.ignored, found.open
    return found.result


def codes(lines: Any) -> list[str]:
    return [line.code for line in lines]


def test_the_order_goes_from_the_cantons_form_to_the_first_invitation() -> None:
    found = result(registration_situation="new", list_ready=False, who_manages="one_for_all")
    assert found.outcome == "order"
    assert codes(found.steps) == [
        "registration_form",
        "registration_canton",
        "registration_mail",
        "registration_log_in",
        "registration_activate",
        "registration_parents_address",
        "registration_check_data",
        "registration_invite_users",
        "registration_ask",
    ]
    assert "registration_not_strategic" in codes(found.reasons)


def test_institutions_on_their_own_still_need_an_administrator_of_the_responsible_body() -> None:
    found = result(registration_situation="new", list_ready=False, who_manages="each_its_own")
    assert found.outcome == "administrator_needed"


@pytest.mark.parametrize(
    ("works_for", "administers", "role"),
    [
        ("all", True, "responsible_admin"),
        ("all", False, "responsible_staff"),
        ("one", True, "institution_admin"),
        ("one", False, "institution_staff"),
    ],
)
def test_who_needs_which_role(works_for: str, administers: bool, role: str) -> None:
    answers = {"registration_situation": "users", "list_ready": False, "works_for": works_for}
    for inviter in ("responsible_admin", "institution_admin"):
        found = result(**answers, inviter=inviter, administers=administers)
        assert found.outcome == role
        beyond = inviter == "institution_admin" and works_for == "all"
        assert ("registration_tell_administrator" in codes(found.steps)) == beyond


def test_some_but_not_all_institutions_stay_open() -> None:
    answers = {"registration_situation": "users", "inviter": "responsible_admin", "list_ready": False}
    assert result(**answers, works_for="some").outcome == "role_open"


def test_staff_may_not_invite() -> None:
    assert result(registration_situation="users", inviter="staff").outcome == "may_not_invite"


@pytest.mark.parametrize(
    ("address", "outcome"),
    [("invited", "log_in"), ("other", "would_become_applicant"), ("shared", "shared_login")],
)
def test_the_login_needs_the_address_of_the_invitation(address: str, outcome: str) -> None:
    answers = {"registration_situation": "invited", "login_with": address}
    assert result(**answers).outcome == outcome
    changes = [found.changes[0].answer for found in improvements(check, answers, TODAY)]
    assert changes == ([] if outcome == "log_in" else ["invited"])


def test_who_became_an_applicant_by_another_address_logs_in_again() -> None:
    found = result(registration_situation="applicant", logged_in_with="other")
    assert found.outcome == "log_in_again" and found.steps[0].code == "registration_log_in"


@pytest.mark.parametrize("cause", ["invited", "not_invited"])
@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("none", "account_replaced"),
        ("draft", "draft_lost"),
        ("released", "address_blocked"),
        ("decided", "address_blocked"),
    ],
)
def test_an_account_on_the_invited_address_is_judged_by_its_applications(cause: str, state: str, outcome: str) -> None:
    answers = {"registration_situation": "applicant", "logged_in_with": cause, "account_applications": state}
    assert result(**answers).outcome == outcome


def test_wrong_data_are_reported_at_once_because_families_see_them() -> None:
    found = result(registration_situation="wrong_data")
    assert codes(found.reasons) == ["registration_visible_at_once"]
    assert found.steps[0].code == "registration_report_data"


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (["ok"], "list_ok"),
        (["private_address:1"], "list_ok"),
        (["role_unclear:1"], "list_incomplete"),
        (["shared_address:1"], "list_faulty"),
        (["role_unclear:1", "no_administrator"], "list_faulty"),
    ],
)
def test_the_list_is_judged_by_its_worst_finding(found: list[str], outcome: str) -> None:
    answers = {"registration_situation": "new", "list_ready": True, "planned_users": found}
    assert result(**answers).outcome == outcome


def test_further_users_need_no_second_administrator() -> None:
    answers = {"registration_situation": "users", "inviter": "responsible_admin", "list_ready": True}
    assert result(**answers, planned_users=["no_administrator"]).outcome == "list_ok"
