"""Guided check: which documents does this family hand in with its application?

Sources: guidance texts on support services, on the social or linguistic need and on the activity rate (city of Biel),
kiBon's list of documents, and for the income kiBon of March 2021.
"""

from dataclasses import replace
from typing import Any

from checks.case import Case
from checks.documents_of_income import BASIS, INCOME_QUESTIONS, Applicants, ask_income
from checks.family import (
    ACTIVITIES,
    APPLYING_TOGETHER,
    CARE_START,
    COHABITING_SINCE,
    HOUSEHOLD,
    SHARED_CUSTODY,
    ask_persons,
)
from checks.filing_day import filed_late, filing_deadlines
from checks.law.calendar import period_name, period_start
from checks.questions import Choice, Question, Several, YesNo
from checks.result import TOP, Line, Result

AUDIENCE = ("parents", "support_services")
VERSION = 1
PLACE = 4

FILING_WAY = Choice("filing_way", law="OEJF 63", source="kibon_2021", options=("online", "paper", "support_service"))
CHILD_PAPERS = Several(
    "child_papers",
    law="OEJF 42, 45",
    source="kibon_rules",
    options=("need", "special_needs"),
    tried=([], ["need"], ["need", "special_needs"]),
)
NUMBERS = ("one", "two", "three", "four")
CHILDREN = Choice("number_of_children", source="kibon_rules", options=NUMBERS, tried=("one", "three"))
CHILD_OPTIONS = tuple(f"child_{number}" for number in range(1, len(NUMBERS) + 1))
WHICH_CHILDREN = {
    "need": Several("children_with_need", law="OEJF 45", source="kibon_rules", options=CHILD_OPTIONS),
    "special_needs": Several("children_special_needs", law="OEJF 42", source="kibon_rules", options=CHILD_OPTIONS),
}
MAINTENANCE_AGREEMENT = YesNo("maintenance_agreement", source="kibon_rules")
QUESTIONS: tuple[Question[Any], ...] = (
    CARE_START,
    FILING_WAY,
    BASIS,
    HOUSEHOLD,
    COHABITING_SINCE,
    SHARED_CUSTODY,
    APPLYING_TOGETHER,
    MAINTENANCE_AGREEMENT,
    *ACTIVITIES.values(),
    *INCOME_QUESTIONS,
    CHILD_PAPERS,
    CHILDREN,
    *WHICH_CHILDREN.values(),
)
TRIED = {
    1: ([], ["self_employment", "voluntary_work"]),
    2: (["hourly_employment"], ["self_employment", "job_search"]),
}


def check(case: Case) -> Result:
    """The documents of one family's application, each with whom it is for."""
    case.day = case.ask(CARE_START)
    case.value("cohabitation_years")  # a period without rules ends here, before anything else is asked
    way = case.ask(FILING_WAY)
    # what the way of filing asks for hardly depends on the income: the explorer crosses them in part only
    basis = case.ask(BASIS, tried=() if way == "online" else ("social_assistance", "none"))
    case.because("documents_proofs", law="OEJF 63", source="activity_biel")
    first, last, steps = _of_filing(case, way, basis)
    documents: Lines = first
    notes: Lines = (Line("documents_you"),) if way == "support_service" else ()
    if basis == "none":
        case.because("documents_no_activity_papers", source="kibon_rules")
        case.because("documents_no_income_papers", source="kibon_2021")
    else:
        applicants, household = _ask_applicants(case, basis)
        documents += _of_activities(case, applicants)
        income = ask_income(case, basis, applicants)
        documents += income.documents
        steps = (*income.steps, *steps)
        notes += (*income.notes, *household)
    papers, about_children = _of_children(case, basis)
    documents += (*papers, *last)
    notes += about_children
    return Result(
        "list",
        tuple(case.reasons),
        {"documents": len(documents)},
        merit=(TOP,),
        steps=(*steps, *filed_late(case), Line("documents_ask")),
        documents=documents,
        deadlines=filing_deadlines(case),
        notes=(*notes, Line("documents_not_here")),
    )


Lines = tuple[Line, ...]


def _of_filing(case: Case, way: str, basis: str) -> tuple[Lines, Lines, Lines]:
    """What the way of filing asks for: the documents that come first, those that come last, and the steps."""
    period = {"period": period_name(case.day)}
    if way == "paper":
        case.because("documents_paper", source="activity_biel")
        forms = ("documents_paper_form", *(("documents_activity_form",) if basis != "none" else ()))
        return tuple(Line(form) for form in forms), (), (Line("documents_hand_in", period),)
    if way == "support_service":
        case.because("documents_power_of_attorney", source="support_services")
        steps = (Line("documents_role"), Line("documents_upload", period))
        return (Line("documents_power_of_attorney"),), (), steps
    case.because("documents_receipt", source="kibon_2021")
    return (), (Line("documents_receipt"),), (Line("documents_upload", period), Line("documents_release"))


def _ask_applicants(case: Case, basis: str) -> tuple[Applicants, Lines]:
    """Whose activities and whose income have to be proved."""
    active = ask_persons(case)
    couple = active == 2 and SHARED_CUSTODY.id not in case.asked
    persons = active
    if active == 1 and basis != "social_assistance" and _without_agreement(case):
        case.because("documents_no_agreement", source="kibon_rules")
        persons = 2
    notes: Lines = (Line("documents_separation"),) if case.ask(HOUSEHOLD) == "alone" else ()
    kinds = {person: case.ask(ACTIVITIES[person], tried=TRIED[person]) for person in range(1, active + 1)}
    return Applicants(persons, kinds, couple, period_start(case.day).year - 1), notes


def _without_agreement(case: Case) -> bool:
    """Whether the parents neither share custody nor have a maintenance agreement that could be made."""
    return not case.ask(SHARED_CUSTODY) and not case.ask(MAINTENANCE_AGREEMENT)


def _of_activities(case: Case, applicants: Applicants) -> Lines:
    """One proof for each activity of each person."""
    if not any(applicants.kinds.values()):
        case.because("documents_without_activity", source="kibon_rules")
        return ()
    case.because("documents_per_activity", source="kibon_rules")
    return tuple(
        Line(
            "documents_voluntary_work" if kind == "voluntary_work" else f"proof_of_{kind}",
            applicants.for_person(person),
        )
        for person, own in applicants.kinds.items()
        for kind in own
    )


def _of_children(case: Case, basis: str) -> tuple[Lines, Lines]:
    """The confirmations for each child."""
    papers = case.ask(CHILD_PAPERS)
    if not papers:
        return (), ()
    children = NUMBERS.index(case.ask(CHILDREN)) + 1
    documents: list[Line] = []
    notes: list[Line] = []
    for paper in papers:
        which = _which(case, paper, children)
        if not which:
            continue
        code = f"documents_{paper}" if children > 1 else f"documents_{paper}_one"
        documents += [Line(code, {"child": child}) for child in which]
        case.because(f"documents_{paper}", law=WHICH_CHILDREN[paper].law, source=WHICH_CHILDREN[paper].source)
        notes.append(Line(f"documents_{paper}_institution"))
        if paper == "need" and len(which) == children and basis != "none":
            notes.append(Line("documents_activity_perhaps_not"))
        if paper == "special_needs" and basis == "none":
            notes.append(Line("documents_special_needs_alone"))
    return tuple(documents), tuple(notes)


def _which(case: Case, paper: str, children: int) -> tuple[int, ...]:
    if children == 1:
        return (1,)
    question = replace(WHICH_CHILDREN[paper], options=CHILD_OPTIONS[:children])
    chosen = case.ask(question, tried=(["child_1"], list(CHILD_OPTIONS[:children])))
    return tuple(CHILD_OPTIONS.index(child) + 1 for child in chosen)
