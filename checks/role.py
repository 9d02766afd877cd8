"""Guided check for support services: which role may file, invite and see, and what to do after filing in a wrong role.

Sources: information of the canton for administrators of support services (December 2023) and kiBon's rules on roles.
"""

from typing import Any

from checks.applicant_account import ACCOUNT_APPLICATIONS, ask_account_applications
from checks.case import Case
from checks.questions import Choice, Question, YesNo
from checks.result import TOP, Line, Reason, Result

AUDIENCE = ("support_services",)
VERSION = 1
PLACE = 7

SERVICE_ROLE = Choice(
    "service_role",
    source="support_services",
    options=("admin", "staff", "none", "applicant"),
    reach={"staff": ("admin",), "none": ("staff",), "applicant": ("staff",)},
)
SERVICE_ADMITTED = YesNo("service_admitted", source="kibon_support_services")
ROLE_TOPIC = Choice("role_topic", source="support_services", options=("file", "invite", "colleague", "see"))
ATTORNEY_SIGNED = YesNo("attorney_signed", source="support_services", reach=True)
INVITED_ADDRESS = Choice(
    "invited_address",
    source="support_services",
    options=("professional", "private", "shared", "applicant_account", "other_account"),
    reach=dict.fromkeys(("private", "shared", "applicant_account", "other_account"), ("professional",)),
)
FILED_FOR = Choice("filed_for", source="support_services", options=("other_families", "own_family"))
ATTORNEY_ATTACHED = YesNo("attorney_attached", source="support_services")
RELEASED = YesNo("application_released", source="kibon_rules", reach=True)

QUESTIONS: tuple[Question[Any], ...] = (
    SERVICE_ROLE,
    SERVICE_ADMITTED,
    ROLE_TOPIC,
    ATTORNEY_SIGNED,
    INVITED_ADDRESS,
    ACCOUNT_APPLICATIONS,
    FILED_FOR,
    ATTORNEY_ATTACHED,
    RELEASED,
)

INVITE = (Line("role_invite"), Line("role_first_login"), Line("role_terms"))
BE_INVITED = (Line("role_be_invited"), Line("role_first_login"), Line("role_terms_read"))
ASK = Line("role_ask")
NEVER = Line("role_never")


def check(case: Case) -> Result:
    """What a person in a support service may do in kiBon, by role and by what has happened."""
    role = case.ask(SERVICE_ROLE)
    if role == "none":
        return _without_access(case)
    if role == "applicant":
        return _applicant_account(case, administrator=False)
    topic = case.ask(ROLE_TOPIC)
    if topic == "file":
        return _file(case)
    if topic == "invite":
        return _invite(case) if role == "admin" else _may_not_invite(case)
    if topic == "colleague":
        return _applicant_account(case, administrator=role == "admin")
    return _see(case)


def _without_access(case: Case) -> Result:
    """Nobody registers on their own: the canton admits the service, its administrator invites the others."""
    case.because("role_only_by_invitation", source="kibon_support_services")
    if case.ask(SERVICE_ADMITTED):
        return Result(
            "access_needed",
            tuple(case.reasons),
            merit=(1,),
            steps=(Line("role_turn_to_administrator"), Line("role_give_address"), *BE_INVITED, ASK),
            notes=(NEVER,),
        )
    case.because("role_first_administrator", source="kibon_rules")
    return Result(
        "admission_needed",
        tuple(case.reasons),
        merit=(0,),
        steps=(Line("role_ask_admission"), Line("role_canton_invites"), Line("role_first_login"), ASK),
        notes=(NEVER,),
    )


def _file(case: Case) -> Result:
    """With the right role and a power of attorney: several applications for different families."""
    case.because("role_files", source="support_services")
    case.because("role_several_cases", source="support_services")
    case.because("role_needs_attorney", source="support_services")
    document = (Line("role_attorney"),)
    if case.ask(ATTORNEY_SIGNED):
        steps = (Line("role_file"), Line("role_attach_attorney"), ASK)
        return Result("may_file", tuple(case.reasons), merit=(TOP,), steps=steps, documents=document, notes=(NEVER,))
    steps = (Line("role_have_signed"), Line("role_file"), ASK)
    return Result("attorney_missing", tuple(case.reasons), merit=(2,), steps=steps, documents=document, notes=(NEVER,))


def _may_not_invite(case: Case) -> Result:
    case.because("role_only_administrators_invite", source="kibon_rules")
    steps = (Line("role_turn_to_administrator"), *BE_INVITED, ASK)
    return Result("may_not_invite", tuple(case.reasons), merit=(1,), steps=steps, notes=(NEVER,))


def _invite(case: Case) -> Result:
    """An administrator invites to one address: a professional one of the person alone, not yet used in kiBon."""
    address = case.ask(INVITED_ADDRESS)
    if address == "applicant_account":
        return _applicant_account(case, administrator=True)
    if address == "professional":
        case.because("role_administrators_invite", source="support_services")
        case.because("role_one_address", source="support_services")
        return Result("may_invite", tuple(case.reasons), merit=(TOP,), steps=(*INVITE, ASK), notes=(NEVER,))
    outcome = "address_taken" if address == "other_account" else "address_unsuitable"
    if address == "private":
        case.because("role_no_private_address", source="support_services")
    elif address == "shared":
        case.because("role_login_is_personal", source="registration")
    case.because("role_one_address", source="support_services")
    steps = (Line("role_choose_address"), *INVITE, ASK)
    return Result(outcome, tuple(case.reasons), merit=(1,), steps=steps, notes=(NEVER,))


def _applicant_account(case: Case, administrator: bool) -> Result:
    """A member of the service has an applicant account: what happens with it, by the state of its applications.

    `administrator` tells that the person who asks may invite; others turn to the administrator first.
    """
    state = ask_account_applications(case)
    turn = () if administrator else (Line("role_turn_to_administrator"),)
    invite = INVITE if administrator else BE_INVITED
    if state == "none":
        steps = (*turn, *invite, ASK)
        return Result("account_replaced", tuple(case.reasons), merit=(TOP,), steps=steps, notes=(NEVER,))
    if case.ask(FILED_FOR) == "own_family":
        case.because("role_own_family", source="kibon_rules")
        steps = (Line("role_keep_account"), *turn, Line("role_choose_address"), *invite, ASK)
        return Result("own_family", tuple(case.reasons), merit=(TOP,), steps=steps, notes=(NEVER,))
    case.because("role_wrong_role", source="support_services")
    stop = Line("role_file_no_more")
    if state == "draft":
        case.because("role_not_decided", source="support_services")
        steps = (stop, *turn, Line("role_draft_is_lost"), *invite, Line("role_file_again"), ASK)
        fixed = Reason("role_draft", "", "kibon_rules")
        return Result("draft_lost", tuple(case.reasons), merit=(2,), steps=steps, notes=(NEVER,), fixed=fixed)
    attach = () if case.ask(ATTORNEY_ATTACHED) else (Line("role_attach_attorney_afterwards"),)
    if state == "released":
        case.because("role_not_decided", source="support_services")
        steps = (stop, *attach, *turn, Line("role_delete_or_new_address"), *invite, ASK)
        outcome = "not_decided"
    else:
        case.because("role_account_stays", source="support_services")
        case.because("role_new_address", source="support_services")
        steps = (stop, *attach, *turn, Line("role_choose_address"), *invite, ASK)
        outcome = "new_address"
    notes = (Line("role_old_cases_open"), NEVER)
    fixed = Reason("role_applications_stay", "", "support_services")
    return Result(outcome, tuple(case.reasons), merit=(1,), steps=steps, notes=notes, fixed=fixed)


def _see(case: Case) -> Result:
    """Who sees an application of the support service: the commune only after its release."""
    released = case.ask(RELEASED)
    case.because("role_commune_reads" if released else "role_commune_cannot_read", source="kibon_rules")
    if released:
        case.because("role_tax_office_sees", source="kibon_tax_office")
    case.because("role_institution_writes", source="kibon_2021")
    return Result(
        "visible" if released else "not_visible",
        tuple(case.reasons),
        merit=(TOP if released else 2,),
        steps=(ASK,) if released else (Line("role_release"), ASK),
        notes=(Line("role_colleagues_open"),),
    )
