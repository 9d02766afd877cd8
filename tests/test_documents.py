"""The documents check, as families, communes and support services would try it."""

from typing import Any

import pytest
from conftest import TODAY

from bot.report import report
from bot.words import words
from checks.case import Run, run
from checks.guided import guided
from checks.result import Result

CHECK = guided()["documents"]
START = {"care_start": "2027-02-01", "filing_way": "online", "child_papers": []}
ASSESSED = {"income_basis": "declared", "tax_papers": "assessment", "income_fall": False}
ONE = {"household": "alone", "shared_custody": True, "applying_together": False, "activities_1": ["employment"]}
TWO = {"household": "married", "activities_1": ["employment"], "activities_2": ["training"]}
FAMILY = {**START, **ASSESSED, **ONE}
COUPLE = {**START, **ASSESSED, **TWO, "taxed_jointly": True}


def told(**answers: Any) -> Run:
    return run(CHECK.check, answers, TODAY)


def result(**answers: Any) -> Result:
    found = told(**answers)
    assert found.result is not None, f"open: {found.open}"
    return found.result


def papers(**answers: Any) -> list[str]:
    """The documents' codes, each with whom it is for: "code:1" a person, "code#1" a child."""
    return [
        line.code
        + (f":{line.facts['person']}" if "person" in line.facts else "")
        + (f"#{line.facts['child']}" if "child" in line.facts else "")
        for line in result(**answers).documents
    ]


def reasons(**answers: Any) -> set[str]:
    return {reason.code for reason in result(**answers).reasons}


# activities


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        ("employment", "proof_of_employment"),
        ("hourly_employment", "proof_of_hourly_employment"),
        ("self_employment", "proof_of_self_employment"),
        ("training", "proof_of_training"),
        ("job_search", "proof_of_job_search"),
        ("health", "proof_of_health"),
        ("integration_programme", "proof_of_integration_programme"),
        ("voluntary_work", "documents_voluntary_work"),
    ],
)
def test_each_kind_of_activity_has_its_proof(kind: str, document: str) -> None:
    assert f"{document}:1" in papers(**{**FAMILY, "activities_1": [kind]})


def test_one_proof_for_each_activity_of_each_person() -> None:
    found = papers(**{**COUPLE, "activities_2": ["employment", "training"]})
    assert found[:3] == ["proof_of_employment:1", "proof_of_employment:2", "proof_of_training:2"]


def test_hourly_pay_asks_for_pay_slips_of_six_months() -> None:
    answers = {**FAMILY, "activities_1": ["hourly_employment"]}
    shown = {lang: report(CHECK, answers, words(lang), TODAY)["result"]["documents"] for lang in ("fr", "de")}
    assert "décomptes de salaire des six derniers mois" in shown["fr"][0]
    assert "Lohnabrechnungen der letzten sechs Monate" in shown["de"][0]


def test_without_an_activity_there_is_nothing_to_prove() -> None:
    answers = {**FAMILY, "activities_1": []}
    assert not [paper for paper in papers(**answers) if paper.startswith("proof")]
    assert "documents_without_activity" in reasons(**answers)


def test_only_the_activities_of_those_who_count_are_asked() -> None:
    assert "activities_2" in told(**COUPLE).asked
    assert "activities_2" not in told(**FAMILY, activities_2=["employment"]).asked


# no voucher by income, social assistance


def test_without_a_voucher_by_income_neither_activity_nor_income_is_proved() -> None:
    answers = {**START, "income_basis": "none"}
    assert papers(**answers) == ["documents_receipt"]
    assert {"documents_no_activity_papers", "documents_no_income_papers"} <= reasons(**answers)
    assert "household" not in told(**answers, **TWO).asked


def test_social_assistance_replaces_the_income_but_not_the_activity() -> None:
    answers = {**START, "income_basis": "social_assistance", **TWO}
    assert papers(**answers) == [
        "proof_of_employment:1", "proof_of_training:2", "documents_social_assistance", "documents_receipt",
    ]  # fmt: skip
    assert "income_fall" not in told(**answers, income_fall=True).asked


# income


@pytest.mark.parametrize(
    ("tax", "jointly", "expected"),
    [
        ("assessment", True, ["documents_assessment_joint"]),
        ("assessment", False, ["documents_assessment:1", "documents_assessment:2"]),
        ("return", True, ["documents_return_joint", "documents_salary", "documents_maintenance_paid"]),
        (
            "return",
            False,
            ["documents_return:1", "documents_return:2", "documents_salary", "documents_maintenance_paid"],
        ),
        ("neither", True, ["documents_salary", "documents_maintenance_paid", "documents_assets"]),
    ],
)
def test_the_papers_of_the_tax_office(tax: str, jointly: bool, expected: list[str]) -> None:
    amounts = ["salary", "maintenance_paid"]
    found = papers(**{**COUPLE, "tax_papers": tax, "taxed_jointly": jointly, "incomes_to_prove": amounts})
    assert found[2:-1] == expected


def test_debts_are_proved_only_without_tax_papers() -> None:
    amounts = {"incomes_to_prove": ["debts"]}
    assert "documents_debts" in papers(**{**FAMILY, "tax_papers": "neither", **amounts})
    assert told(**{**FAMILY, "tax_papers": "return", **amounts}).wrong is not None


def test_the_base_year_is_the_year_before_the_period() -> None:
    found = {start: result(**{**FAMILY, "care_start": start}) for start in ("2024-07-31", "2024-08-01")}
    years = {
        start: {line.facts["year"] for line in one.documents if "year" in line.facts} for start, one in found.items()
    }
    assert years == {"2024-07-31": {2022}, "2024-08-01": {2023}}


def test_the_self_employed_add_their_accounts() -> None:
    found = papers(**{**COUPLE, "activities_2": ["self_employment"], "income_fall": True})
    assert "documents_accounts:2" in found and "documents_accounts:1" not in found
    assert "documents_fall_accounts:2" in found


def test_a_fall_in_income_is_proved_for_the_year_announced() -> None:
    documents = result(**{**FAMILY, "income_fall": True}).documents
    (salary,) = [line for line in documents if line.code == "documents_fall_salary"]
    assert (salary.facts["first"], salary.facts["second"]) == (2026, 2027)
    assert "documents_fall_assets" in {line.code for line in documents}


@pytest.mark.parametrize(
    ("who", "step"),
    [
        ({**ONE}, "documents_consent"),
        ({**TWO, "taxed_jointly": True}, "documents_consent"),
        ({**TWO, "taxed_jointly": False}, "documents_consent_both"),
    ],
)
def test_tax_data_are_taken_over_with_the_consent_of_everyone_taxed(who: dict[str, Any], step: str) -> None:
    found = result(**{**START, "income_basis": "tax_import", "income_fall": False, **who})
    assert found.steps[0].code == step
    assert not [line for line in found.documents if line.code.startswith(("documents_assess", "documents_return"))]
    assert [line.facts["days"] for line in found.notes if line.code == "documents_import_not_yet"] == [44]


def test_without_custody_and_agreement_the_other_parent_proves_the_income_only() -> None:
    parted = {**FAMILY, "shared_custody": False, "applying_together": None}
    found = papers(**{**parted, "maintenance_agreement": False})
    assert found == [
        "proof_of_employment:1", "documents_assessment:1", "documents_assessment:2", "documents_receipt",
    ]  # fmt: skip
    assert papers(**{**parted, "maintenance_agreement": True}) == [
        "proof_of_employment:1", "documents_assessment", "documents_receipt",
    ]  # fmt: skip


# filing


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("online", {"documents_receipt"}),
        ("paper", {"documents_paper_form", "documents_activity_form"}),
        ("support_service", {"documents_power_of_attorney"}),
    ],
)
def test_what_is_signed_depends_on_the_way_of_filing(way: str, expected: set[str]) -> None:
    signed = {"documents_receipt", "documents_paper_form", "documents_activity_form", "documents_power_of_attorney"}
    assert signed & set(papers(**{**FAMILY, "filing_way": way})) == expected


def test_without_a_voucher_by_income_there_is_no_activity_form_either() -> None:
    assert papers(**{**START, "filing_way": "paper", "income_basis": "none"}) == ["documents_paper_form"]


def test_a_support_service_is_told_its_role() -> None:
    found = result(**{**FAMILY, "filing_way": "support_service"})
    assert found.steps[0].code == "documents_role"
    assert "documents_you" in {line.code for line in found.notes}


# children


def test_one_child_is_not_asked_for_by_number() -> None:
    answers = {**FAMILY, "child_papers": ["need", "special_needs"], "number_of_children": "one"}
    assert papers(**answers)[2:-1] == ["documents_need_one#1", "documents_special_needs_one#1"]
    assert "children_with_need" not in told(**answers, children_with_need=["child_1"]).asked


def test_a_confirmation_is_named_for_its_child() -> None:
    answers = {**FAMILY, "child_papers": ["need", "special_needs"], "number_of_children": "four"}
    which = {"children_with_need": ["child_4", "child_2"], "children_special_needs": ["child_2"]}
    assert papers(**answers, **which)[2:-1] == ["documents_need#2", "documents_need#4", "documents_special_needs#2"]


def test_children_beyond_their_number_cannot_be_named() -> None:
    answers = {**FAMILY, "child_papers": ["need"], "number_of_children": "two"}
    found = told(**answers, children_with_need=["child_3"])
    assert found.wrong is not None and found.wrong.question.id == "children_with_need"


def test_without_confirmations_the_number_of_children_is_not_asked() -> None:
    assert "number_of_children" not in told(**FAMILY, number_of_children="four").asked


@pytest.mark.parametrize(("children", "hint"), [(["child_1"], False), (["child_1", "child_2"], True)])
def test_where_every_child_has_a_need_the_activity_may_not_be_asked_for(children: list[str], hint: bool) -> None:
    answers = {**FAMILY, "child_papers": ["need"], "number_of_children": "two", "children_with_need": children}
    assert ("documents_activity_perhaps_not" in {line.code for line in result(**answers).notes}) == hint


# dates


def test_the_complete_application_is_due_before_the_month_of_care() -> None:
    (deadline,) = result(**FAMILY).deadlines
    assert deadline.day.isoformat() == "2027-01-31"
    late = result(**{**FAMILY, "care_start": "2026-10-01"})
    assert not late.deadlines and "late" in {line.code for line in late.steps}


@pytest.mark.parametrize("start", ["2022-07-31", "2027-08-01"])
def test_other_periods_are_refused(start: str) -> None:
    assert result(care_start=start).outcome == "no_rule"
