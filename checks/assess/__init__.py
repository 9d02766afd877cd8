"""Assesses a whole case: a child's voucher in one period, day by day, with what explains and accompanies it.

Use: `assess(read_case(json.loads(text)))`.
"""

from dataclasses import dataclass
from typing import Any

from checks.assess.amount_warnings import amount_warnings
from checks.assess.amounts import Amounts, amounts_of, note_income_too_high
from checks.assess.calculation import entitlement, granted_by
from checks.assess.case import WholeCase
from checks.assess.faults import faults_of
from checks.assess.filing import Application, Document, applications_of, documents_of, steps_of
from checks.assess.given import given_by
from checks.assess.reading import Fault, WrongCase, read_form
from checks.assess.reasons import reasons_of
from checks.assess.warnings import warnings_of
from checks.law.monthly_average import Month, monthly_averages
from checks.law.timeline import Span, Timeline
from checks.result import Line, Reason

__all__ = ["Amounts", "Application", "Assessment", "Document", "Fault", "WholeCase", "WrongCase", "assess", "read_case"]


@dataclass(frozen=True)
class Assessment:
    """The answer to a case: day-exact segments, twelve months, and what explains and accompanies them.

    Rates are in percent points; `amounts` is None where the case has no finances. Codes and figures only: texts belong
    to the catalogues.
    """

    id: Any
    period: Span
    segments: Timeline
    months: tuple[Month, ...]
    reasons: tuple[Reason, ...]
    warnings: tuple[Line, ...]
    documents: tuple[Document, ...]
    applications: tuple[Application, ...]
    steps: tuple[Line, ...]
    amounts: Amounts | None = None


def read_case(value: object) -> WholeCase:
    """The case in `value`, as parsed from JSON; WrongCase names every field that breaks a rule.

    NoRule where the period has no known rules.
    """
    case = read_form(value)
    faults = faults_of(case)
    if faults:
        raise WrongCase(faults, case.id)
    return case


def assess(case: WholeCase) -> Assessment:
    """The voucher of one child in one period (art. 30 to 45 and 62 OEJF).

    `case` comes from `read_case`; NoRule where the period has no known rules.
    """
    given = given_by(case)
    granted = granted_by(given)
    found = timely = entitlement(granted, given, given.first_timely, case.adaptation)
    if given.first_timely > given.period.first:
        timely = entitlement(granted, given, given.period.first, case.adaptation)
    applications = applications_of(case, given, timely)
    timeline, months, amounts = found.timeline, monthly_averages(found.timeline), None
    warnings = tuple(warnings_of(case, given, found.adaptation))
    if case.finances:
        amounts = amounts_of(case, case.finances, months)
        timeline = note_income_too_high(timeline, amounts)
        warnings += tuple(amount_warnings(case, case.finances, amounts))
    return Assessment(
        id=case.id,
        period=given.period,
        segments=timeline,
        months=months,
        reasons=reasons_of(timeline, case, given),
        warnings=warnings,
        documents=tuple(documents_of(case, given)),
        applications=applications,
        steps=tuple(steps_of(case, given, applications)),
        amounts=amounts,
    )
