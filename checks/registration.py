"""Guided check for responsible bodies and institutions: who needs which role, the planned list, and the order of steps.

Sources: guidance text on registering responsible bodies and institutions; kiBon's rules on roles; AGOV.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from checks.applicant_account import ACCOUNT_APPLICATIONS, ask_account_applications
from checks.case import Case
from checks.planned_users import FAULTS, Finding, PlannedUsers
from checks.questions import Choice, Question, YesNo
from checks.result import TOP, Line, Reason, Result

AUDIENCE = ("institutions",)
VERSION = 1
PLACE = 8

SITUATION = Choice(
    "registration_situation",
    source="registration",
    options=("new", "invited", "applicant", "activate", "users", "wrong_data"),
)
LIST_READY = YesNo("list_ready", source="registration")
PLANNED_USERS = PlannedUsers("planned_users", source="registration")
WHO_MANAGES = Choice(
    "who_manages",
    source="registration",
    options=("one_for_all", "one_and_others", "each_its_own"),
    reach={"each_its_own": ("one_and_others",)},
)
LOGIN_WITH = Choice(
    "login_with",
    source="registration",
    options=("invited", "other", "shared"),
    reach={"other": ("invited",), "shared": ("invited",)},
)
LOGGED_IN_WITH = Choice("logged_in_with", source="registration", options=("other", "invited", "not_invited"))
INVITER = Choice(
    "inviter",
    source="kibon_rules",
    options=("responsible_admin", "institution_admin", "staff"),
    reach={"staff": ("responsible_admin",)},
    gate=True,
)
WORKS_FOR = Choice("works_for", source="registration", options=("all", "one", "some"))
ADMINISTERS = YesNo("administers", source="kibon_rules")

QUESTIONS: tuple[Question[Any], ...] = (
    SITUATION,
    LIST_READY,
    PLANNED_USERS,
    WHO_MANAGES,
    LOGIN_WITH,
    LOGGED_IN_WITH,
    ACCOUNT_APPLICATIONS,
    INVITER,
    WORKS_FOR,
    ADMINISTERS,
)

LOG_IN = Line("registration_log_in")
ASK_FOR_INVITATION = Line("registration_ask_for_invitation")
ACTIVATE = (
    Line("registration_activate"),
    Line("registration_parents_address"),
    Line("registration_check_data"),
    Line("registration_invite_users"),
)
ORDER = (Line("registration_form"), Line("registration_canton"), Line("registration_mail"), LOG_IN, *ACTIVATE)
INVITED_LOG_IN = Line("registration_invited_log_in")
INVITE = (Line("registration_invite"), INVITED_LOG_IN)
LET_INVITE = (Line("registration_tell_administrator"), INVITED_LOG_IN)
ASK = Line("registration_ask")
ROLE_SOURCES = {
    "responsible_admin": "registration",
    "responsible_staff": "kibon_2021",
    "institution_admin": "kibon_rules",
    "institution_staff": "kibon_rules",
}
ONLY_USERS = Line("registration_only_users")


def check(case: Case) -> Result:
    """What to do next in registering a responsible body and its institutions."""
    situation = case.ask(SITUATION)
    if situation == "new":
        return _new(case)
    if situation == "invited":
        return _invited(case)
    if situation == "applicant":
        return _became_applicant(case)
    if situation == "users":
        return _users(case)
    if situation == "activate":
        return _activate(case)
    case.because("registration_visible_at_once", source="registration")
    steps = (Line("registration_report_data"), ASK)
    return Result("report_data", tuple(case.reasons), merit=(TOP,), steps=steps)


def _new(case: Case) -> Result:
    """Before the canton registers anything: the list is checked, or the roles and the order of steps are explained."""
    case.because("registration_one_administrator", source="registration")
    if case.ask(LIST_READY):
        found = case.ask(PLANNED_USERS)
        return _list(case, found, ORDER)
    manages = case.ask(WHO_MANAGES)
    case.because(f"registration_{manages}", source="registration")
    case.because("registration_not_strategic", source="registration")
    case.because("registration_personal_address", source="registration")
    if manages != "one_for_all":
        case.because("registration_several_times", source="registration")
    outcome, merit = ("administrator_needed", 1) if manages == "each_its_own" else ("order", TOP)
    return Result(outcome, tuple(case.reasons), merit=(merit,), steps=(*ORDER, ASK), notes=(ONLY_USERS,))


def _list(case: Case, found: Sequence[Finding], steps: Sequence[Line]) -> Result:
    """What is wrong with the planned list; without faults the steps follow."""
    for finding in found:
        places = {"places": ", ".join(map(str, finding.places))} if finding.places else {}
        case.because(f"planned_{finding.code}", source="registration", **places)
    codes = {finding.code for finding in found}
    if not codes - {"private_address"}:
        case.because("planned_ok", source="registration")
        return Result("list_ok", tuple(case.reasons), merit=(TOP,), steps=(*steps, ASK), notes=(ONLY_USERS,))
    outcome, merit = ("list_faulty", 1) if codes & set(FAULTS) else ("list_incomplete", 2)
    again = (Line("registration_correct_list"), ASK)
    return Result(outcome, tuple(case.reasons), merit=(merit,), steps=again, notes=(ONLY_USERS,))


def _invited(case: Case) -> Result:
    """The mail is there: the login must use the address that received it, and belongs to one person."""
    address = case.ask(LOGIN_WITH)
    case.because("registration_same_address", source="registration")
    case.because("registration_agov", source="agov")
    if address == "invited":
        return Result("log_in", tuple(case.reasons), merit=(TOP,), steps=(LOG_IN, *ACTIVATE, ASK))
    if address == "other":
        return Result("would_become_applicant", tuple(case.reasons), merit=(1,), steps=(LOG_IN, ASK))
    case.because("registration_personal_login", source="registration")
    case.because("registration_personal_address", source="registration")
    steps = (Line("registration_choose_address"), ASK_FOR_INVITATION, LOG_IN, ASK)
    return Result("shared_login", tuple(case.reasons), merit=(1,), steps=steps)


def _became_applicant(case: Case) -> Result:
    """Logged in as an applicant: by another address, without an invitation, or by an account that was there before."""
    address = case.ask(LOGGED_IN_WITH)
    if address == "other":
        case.because("registration_same_address", source="registration")
        steps = (LOG_IN, Line("registration_tell_inviter"), ASK)
        return Result("log_in_again", tuple(case.reasons), merit=(TOP,), steps=steps)
    if address == "not_invited":
        case.because("registration_not_invited", source="registration")
    else:
        case.because("registration_account_before", source="kibon_rules")
    state = ask_account_applications(case)
    again = (ASK_FOR_INVITATION, LOG_IN, ASK)
    if state == "none":
        return Result("account_replaced", tuple(case.reasons), merit=(TOP,), steps=again)
    if state == "draft":
        fixed = Reason("registration_draft", "", "kibon_rules")
        return Result("draft_lost", tuple(case.reasons), merit=(2,), steps=again, fixed=fixed)
    blocked = (Line("registration_choose_address"), *again)
    fixed = Reason("registration_blocked", "", "kibon_rules")
    return Result("address_blocked", tuple(case.reasons), merit=(1,), steps=blocked, fixed=fixed)


def _activate(case: Case) -> Result:
    case.because("registration_visible_at_once", source="registration")
    case.because("registration_base_data", source="registration")
    return Result("activate", tuple(case.reasons), merit=(TOP,), steps=(*ACTIVATE, ASK), notes=(ONLY_USERS,))


def _users(case: Case) -> Result:
    """Further users: who may invite, and which role a person needs."""
    inviter = case.ask(INVITER)
    case.because(f"registration_invites_{inviter}", source="kibon_rules")
    if inviter == "staff":
        steps = (*LET_INVITE, ASK)
        return Result("may_not_invite", tuple(case.reasons), merit=(1,), steps=steps, notes=(ONLY_USERS,))
    if case.ask(LIST_READY):
        found = case.ask(replace(PLANNED_USERS, further=True))
        return _list(case, found, INVITE)
    return _role(case, inviter)


def _role(case: Case, inviter: str) -> Result:
    """The role of one person by the institutions concerned and whether the person administers."""
    works_for = case.ask(WORKS_FOR)
    notes = (ONLY_USERS,)
    if works_for == "some":
        case.because("registration_some_institutions", source="kibon_2021")
        steps = (Line("registration_ask_support"), ASK)
        fixed = Reason("registration_role_open", "", "kibon_2021")
        return Result("role_open", tuple(case.reasons), merit=(2,), steps=steps, notes=notes, fixed=fixed)
    scope = "responsible" if works_for == "all" else "institution"
    level = "admin" if case.ask(ADMINISTERS) else "staff"
    role = f"{scope}_{level}"
    case.because(f"registration_role_{role}", source=ROLE_SOURCES[role])
    if role == "responsible_admin":
        case.because("registration_not_strategic", source="registration")
    shared = "registration_several_times" if level == "admin" else "registration_personal_login"
    case.because(shared, source="registration")
    beyond = inviter == "institution_admin" and scope == "responsible"
    steps = LET_INVITE if beyond else INVITE
    return Result(role, tuple(case.reasons), merit=(TOP,), steps=(*steps, ASK), notes=notes)
