"""The rules of the voucher as an expert would check them, on whole cases of the period 2024/25."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from checks.assess import WholeCase, WrongCase, assess, read_case
from checks.assess.reasons import GROUNDS
from checks.values import NoRule

CARE = {"provider": "daycare", "rate": 80}


def work(rate, first=None, last=None, kind="employment", **more):
    return {"kind": kind, "rate": rate, "from": first, "until": last, **more}


def case(*persons, household=None, stage="preschool", born="2021-10-01", care=(CARE,), **more):
    """A case of one person or a couple, each with a list of activities."""
    return {
        "period": "2024/25",
        "household": household or ("single" if len(persons) == 1 else "couple"),
        "applicants": [{"activities": list(activities)} for activities in persons],
        "child": {"birth_date": born, "school_stage": stage},
        "care": list(care),
        **more,
    }


def segments(found):
    return [(str(one.first), str(one.last), one.entitled, *one.reasons) for one in assess(read_case(found)).segments]


def rate(found):
    """The entitled rate of a case in which it never changes."""
    (only,) = assess(read_case(found)).segments
    return only.entitled


def rate_on(found, day):
    day = date.fromisoformat(day)
    return next(one.entitled for one in assess(read_case(found)).segments if one.first <= day <= one.last)


def warnings(found):
    return [warning.code for warning in assess(read_case(found)).warnings]


def faults(found):
    with pytest.raises(WrongCase) as wrong:
        read_case(found)
    return [(fault.path, fault.code) for fault in wrong.value.faults]


# activity (art. 37, 38 and 44)


@pytest.mark.parametrize(
    ("activity", "entitled"),
    [
        (0, 0),
        (15, 0),
        (19, 0),
        (19.9, 0),
        (20, 40),
        (51, 70),
        (52.5, 75),
        (54, 75),
        (59, 80),
        (60, 80),
        (99, 100),
    ],
)
def test_one_person_with_a_preschool_child(activity, entitled):
    assert rate(case([work(activity)])) == entitled


@pytest.mark.parametrize(
    ("first", "second", "stage", "entitled"),
    [
        (100, 40, "preschool", 60),
        (90, 70, "preschool", 80),
        (80, 0, "preschool", 0),
        (60, 60, "preschool", 40),
        (60, 59, "preschool", 0),
        (110, 110, "preschool", 100),
        (120, 0, "preschool", 0),
        (70, 69, "kindergarten", 0),
        (70, 70, "kindergarten", 60),
    ],
)
def test_two_persons_count_beyond_100(first, second, stage, entitled):
    persons = [[work(min(total, 100)), work(max(total - 100, 0))] for total in (first, second)]
    assert rate(case(*persons, stage=stage)) == entitled


def test_one_person_from_kindergarten_on_needs_40():
    assert rate(case([work(39)], stage="kindergarten")) == 0
    assert rate(case([work(40)], stage="kindergarten")) == 60


def test_without_shared_custody_only_applicant_1_counts():
    assert rate(case([work(20)], [], household="apart_joint_application")) == 40
    assert rate(case([], [work(100)], household="apart_joint_application")) == 0


def test_voluntary_work_counts_only_where_the_commune_counts_it():
    persons = [work(5), work(20, kind="voluntary_work")]
    assert rate(case(persons)) == 0
    assert warnings(case(persons)) == ["voluntary_work_not_counted"]
    commune = {"minimum_preschool": 15, "voluntary_max": 15}
    assert segments(case(persons, commune=commune)) == [("2024-08-01", "2025-07-31", 40, "activity", "voluntary_work")]


def test_commune_may_lower_the_minimum_for_one_and_for_two():
    commune = {"name": "Bern", "minimum_preschool": 5}
    assert rate(case([work(5)], commune=commune)) == 25
    assert rate(case([work(60)], [work(45)], commune=commune)) == 25
    assert rate(case([work(60)], [work(44)], commune=commune)) == 0
    assert rate(case([work(5)], stage="kindergarten", commune=commune)) == 0


# unpaid leave (art. 36 al. 1)


def test_leave_takes_effect_after_three_months():
    leave = {"from": "2024-09-01", "until": "2025-01-01"}
    assert segments(case([work(20), work(50, unpaid_leave=leave)])) == [
        ("2024-08-01", "2024-11-30", 90, "activity"),
        ("2024-12-01", "2025-01-01", 40, "activity", "unpaid_leave"),
        ("2025-01-02", "2025-07-31", 90, "activity"),
    ]


def test_leave_of_three_months_changes_nothing():
    for until in ("2024-10-31", "2024-11-30"):
        assert rate(case([work(50, unpaid_leave={"from": "2024-09-01", "until": until})])) == 70


def test_leave_begun_before_the_period_counts_from_its_real_start():
    leave = {"from": "2024-05-15", "until": "2024-09-30"}
    assert segments(case([work(50, unpaid_leave=leave)])) == [
        ("2024-08-01", "2024-08-14", 70, "activity"),
        ("2024-08-15", "2024-08-31", 70, "kept_to_month_end"),
        ("2024-09-01", "2024-09-30", 0, "below_minimum", "unpaid_leave"),
        ("2024-10-01", "2025-07-31", 70, "activity"),
    ]


# social and language need (art. 41 and 45)


def need(kind, confirmed, first=None, last=None):
    return {"need": kind, "rate": confirmed, "from": first, "until": last}


def test_social_need_raises_and_never_lowers():
    assert rate(case([], specialist_confirmations=[need("social", 42)])) == 40
    assert rate(case([work(80)], specialist_confirmations=[need("social", 40)])) == 100


def test_language_need_asks_for_40_percent_of_care():
    language = {"specialist_confirmations": [need("language", 40)], "official_language_confirmed": True}
    low = [{"provider": "daycare", "rate": 30}]
    assert segments(case([], **language)) == [("2024-08-01", "2025-07-31", 40, "specialist_language")]
    assert segments(case([], care=low, **language)) == [
        ("2024-08-01", "2025-07-31", 0, "below_minimum", "language_care_too_low")
    ]
    assert rate(case([], care=low, continue_below_language_minimum=True, **language)) == 40


def test_days_without_care_get_nothing_from_a_language_need():
    care = [{"provider": "daycare", "rate": 60, "from": "2024-09-01", "until": "2024-10-31"}]
    found = segments(case([], care=care, specialist_confirmations=[need("language", 40)]))
    assert [row[2] for row in found] == [0, 40, 0]


def test_language_need_asks_for_the_official_language():
    confirmations = {"specialist_confirmations": [need("language", 40)]}
    refused = case([], official_language_confirmed=False, **confirmations)
    assert segments(refused) == [("2024-08-01", "2025-07-31", 0, "below_minimum", "official_language_missing")]
    assert warnings(case([], **confirmations)) == ["official_language_not_checked"]
    assert warnings(case([], official_language_confirmed=True, **confirmations)) == []
    assert "language_age_not_checked" in warnings(case([], born=None, **confirmations))


# exception (art. 37 al. 2 and art. 44 al. 3)


@pytest.mark.parametrize(
    ("persons", "stage", "entitled"),
    [
        ([0], "preschool", 0),
        ([1], "preschool", 20),
        ([19], "kindergarten", 0),
        ([20], "kindergarten", 20),
        ([50, 49], "preschool", 0),
        ([50, 50], "preschool", 20),
        ([60, 59], "kindergarten", 0),
        ([60, 60], "kindergarten", 20),
        ([60, 60], "preschool", 40),
    ],
)
def test_exception_below_the_minimum(persons, stage, entitled):
    exceptional = case(*([work(one)] for one in persons), stage=stage, exceptional_need={"rate": 20})
    assert rate(exceptional) == entitled
    assert warnings(exceptional) == ["exception_by_commune"]


def test_exception_does_not_cut_a_person_at_100():
    persons = ([work(80), work(40)], [])
    assert rate(case(*persons, stage="kindergarten", exceptional_need={"rate": 20})) == 20


def test_exception_without_shared_custody_has_the_floors_of_one_person():
    persons = ([work(20)], [])
    apart = case(*persons, household="apart_joint_application", stage="kindergarten", exceptional_need={"rate": 15})
    assert rate(apart) == 15


# residence, filing, school stage (art. 62 and 30)


def test_moving_in_counts_from_the_day_and_moving_out_to_the_month_end():
    residence = [
        {"from": None, "until": "2025-01-25", "in_commune": False},
        {"from": "2025-01-26", "until": "2025-02-26", "in_commune": True},
        {"from": "2025-02-27", "until": None, "in_commune": False},
    ]
    assert segments(case([work(60)], residence=residence)) == [
        ("2024-08-01", "2025-01-25", 0, "outside_commune"),
        ("2025-01-26", "2025-02-28", 80, "activity"),
        ("2025-03-01", "2025-07-31", 0, "outside_commune"),
    ]


def test_days_not_named_are_the_contrary_of_the_only_kind_that_is_named():
    away = case([work(60)], residence=[{"from": "2025-01-10", "in_commune": False}])
    there = case([work(60)], residence=[{"until": "2025-01-10", "in_commune": True}])
    assert segments(away) == segments(there)
    assert segments(away)[0][:2] == ("2024-08-01", "2025-01-31")
    assert warnings(away) == ["residence_not_stated"]


@pytest.mark.parametrize(
    ("filed_on", "first_day"),
    [
        ("2024-07-31", None),
        ("2024-08-01", "2024-09-01"),
        ("2024-10-07", "2024-11-01"),
        ("2025-01-31", "2025-02-01"),
    ],
)
def test_nothing_before_the_month_after_filing(filed_on, first_day):
    found = segments(case([work(60)], filed_on=filed_on))
    assert found[-1] == (first_day or "2024-08-01", "2025-07-31", 80, "activity")
    assert [row[2:] for row in found[:-1]] == ([(0, "filed_late")] if first_day else [])


def test_filing_after_the_period_gives_nothing():
    assert segments(case([work(60)], filed_on="9999-12-31")) == [("2024-08-01", "2025-07-31", 0, "filed_late")]


def test_school_children_have_no_voucher_for_a_day_nursery():
    nursery, family = {"provider": "daycare", "rate": 40}, {"provider": "day_family", "rate": 20}
    assert segments(case([work(60)], stage="school", care=[nursery])) == [
        ("2024-08-01", "2025-07-31", 0, "school_stage")
    ]
    assert rate(case([work(60)], stage="school", care=[family])) == 80
    assert rate(case([work(60)], stage="school", care=[nursery, family])) == 20
    assert rate(case([work(60)], stage="kindergarten", care=[nursery])) == 80


def test_rate_of_the_day_family_does_not_live_on_in_the_day_nursery():
    care = [
        {"provider": "day_family", "rate": 40, "until": "2024-10-15"},
        {"provider": "daycare", "rate": 40, "from": "2024-10-16"},
    ]
    assert [row[2:] for row in segments(case([work(60)], stage="school", care=care))] == [
        (80, "activity"),
        (0, "school_stage"),
    ]


# adaptation (art. 36 al. 3)


def adapting(work_from, care_from, **more):
    care = [{"provider": "daycare", "rate": 80, "from": care_from}]
    return case([work(60, work_from)], care=care, adaptation=True, **more)


@pytest.mark.parametrize(
    ("work_from", "care_from", "first", "last"),
    [
        ("2024-09-01", "2024-08-01", "2024-08-01", "2024-08-31"),
        ("2024-10-10", "2024-09-10", "2024-09-10", "2024-10-09"),
        ("2025-03-31", "2025-02-28", "2025-02-28", "2025-03-30"),
        # guidance: adaptation from 15 July to 14 August, work from 1 September, voucher from 1 August
        ("2024-09-01", "2024-07-15", "2024-08-01", "2024-08-31"),
    ],
)
def test_adaptation_is_the_calendar_month_before_work(work_from, care_from, first, last):
    found = segments(adapting(work_from, care_from))
    assert (first, last, 80, "adaptation") in found
    assert len(assess(read_case(adapting(work_from, care_from))).applications) == 1


def test_work_within_august_gives_no_adaptation_and_a_warning_from_when_it_would():
    found = assess(read_case(adapting("2024-08-16", "2024-08-01")))
    assert [one.entitled for one in found.segments] == [0, 80]
    (warning,) = found.warnings
    assert warning.code == "adaptation_before_period"
    assert warning.facts["entitled_from_at_earliest"] == date(2024, 9, 1)


def test_late_filing_cancels_the_adaptation_whatever_the_segments():
    found = assess(read_case(adapting("2024-12-15", None, filed_on="2024-11-20")))
    assert [one.reasons for one in found.segments] == [
        ("below_minimum", "filed_late"),
        ("below_minimum",),
        ("activity",),
    ]
    (warning,) = found.warnings
    assert (warning.code, warning.facts["file_before"]) == ("adaptation_filed_late", date(2024, 11, 1))
    assert warning.facts["entitled_from_at_earliest"] == date(2025, 1, 1)
    assert "adaptation" in segments(adapting("2025-01-01", None, filed_on="2024-11-20"))[1]


def test_entitled_care_earlier_in_the_period_blocks_the_adaptation():
    persons = [work(60, None, "2024-09-30"), work(60, "2025-02-01")]
    found = case(persons, adaptation=True)
    assert rate_on(found, "2025-01-15") == 0
    assert warnings(found) == ["adaptation_after_entitled_care"]


def test_entitlement_without_care_does_not_block_the_adaptation():
    persons = [work(40, None, "2024-09-30"), work(40, "2024-12-15")]
    care = [{"provider": "daycare", "rate": 80, "from": "2024-11-15"}]
    assert [row[1:] for row in segments(case(persons, care=care, adaptation=True))] == [
        ("2024-09-30", 60, "activity"),
        ("2024-11-14", 0, "below_minimum"),
        ("2024-12-14", 60, "adaptation"),
        ("2025-07-31", 60, "activity"),
    ]


def test_adaptation_takes_the_first_rate_and_days_outside_the_commune_get_nothing():
    # guidance: one rate from October, a higher one from November; the first one counts in September
    persons = [work(20, "2024-10-01"), work(20, "2024-11-01")]
    found = segments(case(persons, adaptation=True))
    assert [row[2] for row in found] == [0, 40, 40, 60]
    moved = case(persons, adaptation=True, residence=[{"from": "2024-09-16", "in_commune": True}])
    assert segments(moved)[:2] == [
        ("2024-08-01", "2024-09-15", 0, "below_minimum", "outside_commune"),
        ("2024-09-16", "2024-09-30", 40, "adaptation"),
    ]


# drop within a month, monthly average


def test_a_drop_within_a_month_counts_from_the_next_month_a_rise_at_once():
    found = case([work(60, None, "2024-11-15"), work(40, "2024-11-16", "2025-01-15"), work(60, "2025-01-16")])
    assert segments(found) == [
        ("2024-08-01", "2024-11-15", 80, "activity"),
        ("2024-11-16", "2024-11-30", 80, "kept_to_month_end"),
        ("2024-12-01", "2025-01-15", 60, "activity"),
        ("2025-01-16", "2025-07-31", 80, "activity"),
    ]


def test_end_of_work_within_a_month_keeps_the_rate_to_its_end():
    assert segments(case([work(60, None, "2024-10-12")]))[1][:3] == ("2024-10-13", "2024-10-31", 80)


def test_a_month_is_the_mean_of_its_days_and_entitlement_is_rounded_last():
    care = [{"provider": "daycare", "rate": 80, "from": "2024-11-16"}]
    months = assess(read_case(case([work(40, "2024-11-15")], care=care))).months
    november = next(month for month in months if month.first == date(2024, 11, 1))
    assert (november.care, november.entitled, november.voucher) == (40, 32, 32)
    assert len(months) == 12
    january = assess(read_case(case([work(60)], care=[{**CARE, "from": "2025-01-21"}]))).months[5]
    assert january.voucher == january.care == Fraction(80 * 11, 31)


# filing and papers


def test_file_before_the_month_in_which_the_voucher_begins_even_if_it_is_too_late():
    found = assess(read_case(case([work(60, "2024-10-16")], filed_on="2024-12-01")))
    assert [(one.period, one.before) for one in found.applications] == [("2024/25", date(2024, 10, 1))]
    assert assess(read_case(case([]))).applications == ()


def test_adaptation_in_july_needs_an_application_for_each_period():
    found = assess(read_case(adapting("2024-08-01", "2024-07-01")))
    assert [(one.period, one.before) for one in found.applications] == [
        ("2023/24", date(2024, 7, 1)),
        ("2024/25", date(2024, 7, 1)),
    ]


def test_one_paper_for_each_activity_and_confirmation():
    found = assess(
        read_case(
            case(
                [work(60), work(20, kind="training", first="2025-01-01")],
                [work(50, kind="voluntary_work"), work(80, last="2024-07-31")],
                specialist_confirmations=[
                    need("social", 40, last="2024-12-31"),
                    need("social", 60, first="2025-01-01"),
                ],
            )
        )
    )
    assert [(one.code, one.person, one.first, one.last) for one in found.documents] == [
        ("proof_of_employment", 1, None, None),
        ("proof_of_training", 1, date(2025, 1, 1), None),
        ("specialist_confirmation", 0, None, date(2024, 12, 31)),
        ("specialist_confirmation", 0, date(2025, 1, 1), None),
    ]


# the whole answer and what is refused


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"colour": 1}, "colour", "unknown_field"),
        ({"household": "alone"}, "household", "not_a_choice"),
        ({"household": "couple"}, "applicants", "number_of_applicants"),
        ({"period": "2024/26"}, "period", "not_a_period"),
        ({"period": "2024"}, "period", "not_a_period"),
        ({"filed_on": "1722470400"}, "filed_on", "not_a_day"),
        ({"filed_on": "2024-02-30"}, "filed_on", "not_a_day"),
        ({"adaptation": "yes"}, "adaptation", "wrong_type"),
        (
            {"applicants": [{"activities": [work(50), work(101)]}]},
            "applicants[0].activities[1].rate",
            "out_of_range",
        ),
        ({"applicants": [{"activities": [work("50")]}]}, "applicants[0].activities[0].rate", "wrong_type"),
        (
            {"applicants": [{"activities": [work(5, kind="x")]}]},
            "applicants[0].activities[0].kind",
            "not_a_choice",
        ),
        (
            {"applicants": [{"activities": [work(5, "2025-01-02", "2025-01-01")]}]},
            "applicants[0].activities[0].until",
            "end_before_start",
        ),
        ({"care": [{**CARE, "from": "2025-08-01"}]}, "care[0].from", "care_outside_period"),
        ({"care": [{**CARE, "until": "2024-07-31"}]}, "care[0].until", "care_outside_period"),
        ({"child": {}}, "child.school_stage", "missing"),
        (
            {"child": {"school_stage": "preschool", "birth_date": "2026-01-01"}},
            "child.birth_date",
            "born_after_period",
        ),
        ({"exceptional_need": {"rate": 21}}, "exceptional_need.rate", "exceptional_rate"),
        (
            {"specialist_confirmations": [need("social", 19)]},
            "specialist_confirmations[0].rate",
            "social_rate",
        ),
        (
            {"specialist_confirmations": [need("social", 61)]},
            "specialist_confirmations[0].rate",
            "social_rate",
        ),
        (
            {"specialist_confirmations": [need("language", 41)]},
            "specialist_confirmations[0].rate",
            "language_rate",
        ),
        (
            {
                "specialist_confirmations": [
                    need("social", 40, "2025-01-01"),
                    need("social", 40, None, "2025-01-01"),
                ]
            },
            "specialist_confirmations[0].from",
            "overlap",
        ),
        (
            {"residence": [{"in_commune": True}, {"from": "2025-01-01", "in_commune": False}]},
            "residence[1].from",
            "overlap",
        ),
        ({"commune": {"minimum_preschool": 10.5}}, "commune.minimum_preschool", "not_whole"),
        ({"wealth": {}}, "wealth", "unknown_field"),
    ],
)
def test_a_wrong_field_is_named(change, path, code):
    assert faults({**case([work(60)]), **change}) == [(path, code)]


def test_language_confirmation_needs_two_years_of_age_and_preschool():
    confirmation = {"specialist_confirmations": [need("language", 40, "2024-09-30")]}
    assert faults(case([], born="2022-10-01", **confirmation)) == [
        ("specialist_confirmations[0].from", "language_too_young")
    ]
    assert read_case(case([], born="2022-09-30", **confirmation))
    assert faults(case([], stage="kindergarten", **confirmation)) == [
        ("specialist_confirmations[0].need", "language_preschool_only")
    ]


def test_a_wrong_case_keeps_its_id_and_names_every_fault_with_its_rule():
    with pytest.raises(WrongCase) as wrong:
        read_case({**case([work(60)], id="x7"), "household": 1, "care": 2})
    assert wrong.value.id == "x7"
    assert [fault.path for fault in wrong.value.faults] == ["household", "care"]
    with pytest.raises(WrongCase) as wrong:
        read_case(case([], exceptional_need={"rate": 30}))
    assert [(fault.law, fault.facts) for fault in wrong.value.faults] == [("OEJF 44.3", {"high": 20})]
    assert faults([]) == [("", "wrong_type")]


@pytest.mark.parametrize("period", ["2021/22", "2027/28"])
def test_a_period_without_rules_is_not_guessed(period):
    with pytest.raises(NoRule):
        assess(read_case({**case([work(60)]), "period": period}))


def test_schema_describes_every_field_of_the_case():
    schema = WholeCase.model_json_schema()
    assert schema["required"] == ["period", "household", "applicants", "child"]
    assert {"from", "until", "rate"} <= set(schema["$defs"]["Care"]["properties"])
    own = {name: field for name, field in schema["properties"].items() if name != "child"}
    assert all("description" in field for field in own.values())


def test_every_reason_names_a_known_source():
    known = tomllib.loads((Path(__file__).parent.parent / "knowledge" / "sources.toml").read_text(encoding="utf-8"))
    assert {source for _, source in GROUNDS.values()} <= set(known)
