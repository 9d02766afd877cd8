"""The planner for months under the minimum care of a linguistic need, against a search over everything possible."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.assess import assess, read_case
from checks.law.calendar import add_months, month_end
from checks.law.language_months import Plan, Run, compromises, months_below, plan_months

MINIMUM = 40
WHOLE = Run(0, 11)
AUG, SEP, OCT, NOV, DEC, JAN, FEB, MAR, APR, MAY, JUN, JUL = range(12)
SCENARIO_1 = [40, 30, 40, 40, 40, 40, 20, 20, 20, 20, 20, 20]
SCENARIO_2 = [40, 30, 40, 20, 20, 40, 40, 40, 40, 30, 40, 40]


def runs_of(covered: int) -> int:
    """How many confirmations cover these months (a bit for each)."""
    return (covered & ~(covered << 1)).bit_count()


RUNS = [runs_of(covered) for covered in range(1 << 12)]


def bits(months: object) -> int:
    return sum(1 << month for month in months)  # type: ignore[attr-defined]


def search(care: list[int], wanted: set[int], most_runs: int) -> int | None:
    """The fewest new confirmations of any state of the box and any months covered that pay exactly what is wished."""
    high = bits(month for month in range(12) if care[month] >= MINIMUM)
    low = bits(month for month in range(12) if 0 < care[month] < MINIMUM)
    wish = high | bits(wanted)
    found = [
        max(RUNS[covered] - 1, 0)
        for box in (False, True)
        for covered in range(1 << 12)
        if RUNS[covered] <= most_runs and covered & (high | (low if box else 0)) == wish
    ]
    return min(found, default=None)


rates = st.lists(st.sampled_from([0, 1, 20, 39, 40, 41, 100]), min_size=12, max_size=12)
months = st.sets(st.integers(0, 11))


@given(rates, months, st.booleans())
def test_the_plan_pays_exactly_the_wishes_with_the_fewest_new_confirmations(
    care: list[int], chosen: set[int], renewable: bool
) -> None:
    wanted = {month for month in chosen if care[month] < MINIMUM}  # also months without care, which cannot be paid
    fewest = search(care, wanted, 12 if renewable else 1)
    plan = plan_months(care, wanted, MINIMUM, renewable)
    if plan is None:
        assert fewest is None
        return
    assert len(plan.new) == fewest
    assert plan.pays(care, MINIMUM) == {month for month in range(12) if care[month] >= MINIMUM} | wanted


@given(rates, months)
def test_a_run_ends_before_a_month_that_is_not_paid_and_the_next_begins_with_one_that_is(
    care: list[int], chosen: set[int]
) -> None:
    low = months_below(care, MINIMUM)
    wanted = chosen & set(low)
    plan = plan_months(care, wanted, MINIMUM)
    assert plan is not None
    assert plan.box == bool(wanted)
    for run in plan.runs:
        assert run.last == JUL or (run.last + 1 in low and run.last + 1 not in wanted)
        assert run.first == AUG or run.first in plan.pays(care, MINIMUM)
        assert run.first == AUG or any(month not in wanted for month in low if month < run.first)
    if not wanted:
        assert plan.runs == (WHOLE,)


@given(rates, months)
def test_compromises_need_no_new_confirmation_and_say_what_they_miss(care: list[int], chosen: set[int]) -> None:
    wanted = chosen & set(months_below(care, MINIMUM))
    plan = plan_months(care, wanted, MINIMUM)
    assert plan is not None
    wish = plan.pays(care, MINIMUM)
    found = compromises(care, wanted, MINIMUM)
    assert found
    for one in found:
        assert not one.plan.new
        assert one.plan.pays(care, MINIMUM) == (wish | one.extra) - one.missing
        assert not one.extra & wish and one.missing <= wish
    if plan.new:
        assert all(one.missing or one.extra for one in found)


def test_scenario_1_of_the_guidance() -> None:
    assert plan_months(SCENARIO_1, {SEP}, MINIMUM) == Plan(box=True, runs=(Run(AUG, JAN),))


def test_scenario_2_of_the_guidance() -> None:
    plan = plan_months(SCENARIO_2, {SEP, MAY}, MINIMUM)
    assert plan == Plan(box=True, runs=(Run(AUG, OCT), Run(JAN, JUL)))
    assert plan.new == (Run(JAN, JUL),)
    assert plan_months(SCENARIO_2, {SEP, MAY}, MINIMUM, renewable=False) is None


@pytest.mark.parametrize(
    ("wanted", "plan"),
    [
        (set(), Plan(False, (WHOLE,))),
        ({SEP, NOV, DEC, MAY}, Plan(True, (WHOLE,))),
        ({NOV}, Plan(True, (Run(AUG, AUG), Run(OCT, NOV), Run(JAN, APR), Run(JUN, JUL)))),
        ({MAY}, Plan(True, (Run(AUG, AUG), Run(OCT, OCT), Run(JAN, JUL)))),
        ({SEP, NOV, DEC}, Plan(True, (Run(AUG, APR), Run(JUN, JUL)))),
    ],
)
def test_other_wishes_for_the_same_months(wanted: set[int], plan: Plan) -> None:
    assert plan_months(SCENARIO_2, wanted, MINIMUM) == plan


def test_a_month_without_care_neither_interrupts_nor_can_be_paid() -> None:
    care = [40, 30, 0, 40, 40, 40, 40, 40, 40, 40, 40, 0]
    assert plan_months(care, {SEP}, MINIMUM) == Plan(True, (WHOLE,))
    assert plan_months(care, {OCT}, MINIMUM) is None
    late = [20, 30, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40]
    assert plan_months(late, {SEP}, MINIMUM) == Plan(True, (Run(SEP, JUL),))


def test_without_a_new_confirmation_three_ways_are_left() -> None:
    keep, end, untick = compromises(SCENARIO_2, {SEP, MAY}, MINIMUM)
    assert (keep.code, keep.missing, keep.extra) == ("keep_running", set(), {NOV, DEC})
    assert (end.code, end.plan.runs, len(end.missing)) == ("end_for_good", (Run(AUG, OCT),), 7)
    assert (untick.code, untick.missing, untick.extra) == ("no_box", {SEP, MAY}, set())
    assert [one.code for one in compromises(SCENARIO_2, {MAY}, MINIMUM)] == ["keep_running", "no_box"]


@pytest.mark.parametrize(("care", "wanted"), [(SCENARIO_1, {SEP}), (SCENARIO_2, {SEP, MAY}), (SCENARIO_2, {NOV})])
def test_the_calculation_of_a_whole_case_pays_what_the_plan_says(care: list[int], wanted: set[int]) -> None:
    plan = plan_months(care, wanted, MINIMUM)
    assert plan is not None
    firsts = [add_months(date(2025, 8, 1), month) for month in range(12)]
    found = assess(
        read_case(
            {
                "period": "2025/26",
                "household": "single",
                "applicants": [{"activities": []}],
                "child": {"birth_date": "2022-03-01", "school_stage": "preschool"},
                "care": [
                    {"provider": "daycare", "rate": rate, "from": str(first), "until": str(month_end(first))}
                    for first, rate in zip(firsts, care, strict=True)
                ],
                "specialist_confirmations": [
                    {
                        "need": "language",
                        "rate": MINIMUM,
                        "from": str(firsts[run.first]),
                        "until": str(month_end(firsts[run.last])),
                    }
                    for run in plan.runs
                ],
                "continue_below_language_minimum": plan.box,
                "official_language_confirmed": True,
            }
        )
    )
    paid = {
        month
        for month, first in enumerate(firsts)
        if any(segment.first <= first <= segment.last and segment.voucher for segment in found.segments)
    }
    assert paid == plan.pays(care, MINIMUM)
