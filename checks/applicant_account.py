"""An applicant account in kiBon and an invitation to the same e-mail address: what the program does with the account.

Source: kiBon's rules on roles and invitations.
"""

from checks.case import Case
from checks.questions import Choice

ACCOUNT_APPLICATIONS = Choice(
    "account_applications", source="kibon_rules", options=("none", "draft", "released", "decided")
)


def ask_account_applications(case: Case) -> str:
    """How far the most advanced application of the account is, and what follows for an invitation to its address."""
    state = case.ask(ACCOUNT_APPLICATIONS)
    case.because(f"account_{state if state in ('none', 'draft') else 'blocked'}", source="kibon_rules")
    return state
