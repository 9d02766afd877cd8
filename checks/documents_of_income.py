"""Which documents prove the income: of the base year, of social assistance, or of a fall in income.

Source: kiBon of March 2021 (documents demanded); tax data since April 2022.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from checks.case import Case
from checks.questions import Choice, Question, Several, YesNo
from checks.result import Line

BASIS = Choice(
    "income_basis",
    law="OEJF 63",
    source="kibon_2021",
    options=("declared", "tax_import", "social_assistance", "none"),
)
TAX_PAPERS = Choice("tax_papers", source="kibon_2021", options=("assessment", "return", "neither"))
TAXED_JOINTLY = YesNo("taxed_jointly", source="kibon_2021")
AMOUNTS = ("salary", "family_allowances", "replacement_income", "maintenance_received", "maintenance_paid")
INCOMES = Several("incomes_to_prove", source="kibon_2021", options=(*AMOUNTS, "debts"))
INCOME_FALL = YesNo("income_fall", law="OEJF 57.2", source="kibon_2021")
INCOME_QUESTIONS: tuple[Question[Any], ...] = (TAX_PAPERS, TAXED_JOINTLY, INCOMES, INCOME_FALL)


@dataclass(frozen=True)
class Applicants:
    """Who applies: `persons` (1 or 2) whose papers are named, each one's kinds of activity, whether they are a
    couple, and the base year of the income."""

    persons: int
    kinds: Mapping[int, tuple[str, ...]]
    couple: bool
    base_year: int

    def for_person(self, person: int) -> dict[str, Any]:
        """The facts of a document that is one person's."""
        return {"person": person, "persons": self.persons, "year": self.base_year}

    @property
    def self_employed(self) -> tuple[int, ...]:
        return tuple(person for person, own in self.kinds.items() if "self_employment" in own)


@dataclass(frozen=True)
class Papers:
    """Documents, steps and notes on the income."""

    documents: tuple[Line, ...] = ()
    steps: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()


def ask_income(case: Case, basis: str, applicants: Applicants) -> Papers:
    """What the family proves its income with; nothing of its income with social assistance (art. 56 al. 4 OEJF)."""
    if basis == "social_assistance":
        case.because("documents_social_assistance", law="OEJF 56.4", source="kibon_2021")
        return Papers((Line("documents_social_assistance"),), (), (Line("documents_assistance_part"),))
    year = {"year": applicants.base_year}
    if basis == "tax_import":
        case.because("documents_tax_import", source="kibon_tax", year=applicants.base_year)
        separate = applicants.persons == 2 and not _jointly(case, applicants)
        steps = (Line("documents_consent_both" if separate else "documents_consent", year),)
        delay = int(case.value("tax_data_delay"))
        papers = Papers((), steps, (Line("documents_import_not_yet", {**year, "days": delay}),))
    else:
        papers = Papers(_declared(case, applicants))
    if case.ask(replace(INCOME_FALL, facts=year)):
        case.because("documents_fall", law="OEJF 57.2", source="kibon_2021")
        papers = replace(papers, documents=(*papers.documents, *_of_fall(applicants)))
    return papers


def _jointly(case: Case, applicants: Applicants) -> bool:
    return applicants.couple and case.ask(TAXED_JOINTLY)


def _declared(case: Case, applicants: Applicants) -> tuple[Line, ...]:
    year = {"year": applicants.base_year}
    tax = case.ask(replace(TAX_PAPERS, facts=year))
    case.because(f"documents_income_{tax}", law="OEJF 63", source="kibon_2021", year=applicants.base_year)
    accounts = tuple(Line("documents_accounts", applicants.for_person(person)) for person in applicants.self_employed)
    if tax == "neither":
        amounts = case.ask(replace(INCOMES, facts=year), tried=([], ["salary", "debts"]))
        own = tuple(Line(f"documents_{amount}", year) for amount in amounts)
        return (*own, Line("documents_assets", year), *accounts)
    papers = _tax_papers(case, tax, applicants)
    if tax == "return":
        asked = replace(INCOMES, options=AMOUNTS, facts=year)
        amounts = case.ask(asked, tried=([], ["salary", "maintenance_paid"]))
        papers += tuple(Line(f"documents_{amount}", year) for amount in amounts)
    return (*papers, *accounts)


def _tax_papers(case: Case, tax: str, applicants: Applicants) -> tuple[Line, ...]:
    """A couple with one joint return hands in one paper; otherwise each person their own."""
    year = {"year": applicants.base_year}
    if applicants.persons == 1:
        return (Line(f"documents_{tax}", year),)
    if _jointly(case, applicants):
        return (Line(f"documents_{tax}_joint", year),)
    return tuple(Line(f"documents_{tax}", applicants.for_person(person)) for person in (1, 2))


def _of_fall(applicants: Applicants) -> tuple[Line, ...]:
    """The papers of the year announced: the year after the base year, or the one after that."""
    years = {"first": applicants.base_year + 1, "second": applicants.base_year + 2}
    return (
        Line("documents_fall_salary", years),
        Line("documents_fall_assets", years),
        *(
            Line("documents_fall_accounts", {**applicants.for_person(person), **years})
            for person in applicants.self_employed
        ),
    )
