"""The engine agrees with the slow statement of the rules on random cases, day by day and month by month."""

import json
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slow_statement import days_of, months_of

from checks.assess import assess, read_case

START = date(2024, 8, 1)
STAGES = ("preschool", "kindergarten", "school")
KINDS = ("employment", "training", "self_employment", "employment", "voluntary_work")
# days around the borders at which rules change: turns of month and period, short months, middles of months
BORDERS = sorted(
    {
        date(year, month, 1) + timedelta(days=days)
        for year, months in ((2024, (6, 7, 8, 9, 10, 12)), (2025, (1, 2, 3, 4, 7, 8)))
        for month in months
        for days in (-2, -1, 0, 1, 14, 15)
    }
)
a_day = st.sampled_from(BORDERS) | st.dates(date(2024, 5, 1), date(2025, 9, 30))
a_rate = st.sampled_from((0, 5, 19, 20, 21, 35, 40, 43, 60, 62.5, 79.9, 80, 80, 100, 100, 100)) | st.integers(0, 100)


@st.composite
def spans(draw):
    """A span of days; often one that starts or ends within the period, or neither."""
    first, last = sorted((draw(a_day), draw(a_day)))
    shape = draw(st.sampled_from(("start", "whole", "end", "both", "start")))
    return {
        "from": str(first) if shape in ("start", "both") else None,
        "until": str(last) if shape in ("end", "both") else None,
    }


@st.composite
def activities(draw):
    entry = {"kind": draw(st.sampled_from(KINDS)), "rate": draw(a_rate), **draw(spans())}
    if draw(st.integers(0, 3)) == 3:
        entry["unpaid_leave"] = draw(spans())
    return entry


def in_period(span):
    return (span["from"] or "") <= "2025-07-31" and (span["until"] or "9999") >= "2024-08-01"


a_place = st.builds(
    lambda span, rate, provider: {"provider": provider, "rate": rate, **span},
    spans().filter(in_period),
    st.sampled_from((0, 20, 39.5, 40, 45, 60, 80, 100)),
    st.sampled_from(("daycare", "daycare", "day_family")),
)


@st.composite
def apart(draw, most):
    """Spans that do not overlap, in any order."""
    days = sorted(draw(st.sets(a_day, min_size=2 * most, max_size=2 * most)))
    pairs = list(zip(days[::2], days[1::2], strict=True))[: draw(st.integers(0, most))]
    found = [{"from": str(first), "until": str(last)} for first, last in pairs]
    if found and draw(st.booleans()):
        found[-1]["until"] = None
    return draw(st.permutations(found))


@st.composite
def confirmations(draw, stage):
    found = []
    for span in draw(apart(2)):
        need = draw(st.sampled_from(("social", "language"))) if stage == "preschool" else "social"
        rate = 40 if need == "language" else draw(st.sampled_from((20, 22.5, 33, 40, 58, 60)))
        found.append({"need": need, "rate": rate, **span})
    return found


@st.composite
def cases(draw):
    """A valid case that may use every field."""

    def now_and_then(strategy, default=None):
        return draw(strategy) if draw(st.integers(0, 3)) == 3 else default

    stage = draw(st.sampled_from(("preschool", "preschool", *STAGES)))
    household = draw(st.sampled_from(("single", "single", "couple", "couple", "apart_joint_application")))
    persons = 1 if household == "single" else 2
    person = st.lists(activities(), min_size=draw(st.integers(0, 2)), max_size=4).map(
        lambda found: {"activities": found}
    )
    residence = now_and_then(apart(3), [])
    return {
        "period": "2024/25",
        "household": household,
        "applicants": draw(st.lists(person, min_size=persons, max_size=persons)),
        "child": {"birth_date": "2021-02-28", "school_stage": stage},
        "care": draw(st.lists(a_place, min_size=draw(st.sampled_from((0, 1, 1))), max_size=3)),
        "adaptation": draw(st.sampled_from((True, True, False))),
        "filed_on": now_and_then(a_day.map(str)),
        "specialist_confirmations": draw(confirmations(stage)),
        "continue_below_language_minimum": draw(st.booleans()),
        "official_language_confirmed": draw(st.sampled_from((None, True, True, False))),
        "exceptional_need": now_and_then(
            st.builds(lambda span, rate: {"rate": rate, **span}, spans(), st.sampled_from((0, 10, 17.5, 20)))
        ),
        "residence": [{"in_commune": draw(st.booleans()), **span} for span in residence] or None,
        "commune": now_and_then(
            st.fixed_dictionaries(
                {},
                optional={
                    "minimum_preschool": st.sampled_from((0, 5, 10, 20)),
                    "minimum_kindergarten": st.sampled_from((0, 15, 40)),
                    "voluntary_max": st.sampled_from((0, 7.5, 15, 20)),
                },
            )
        ),
    }


@st.composite
def adapting_cases(draw):
    """A valid case of a child that adapts: care, work, filing and residence begin within a few months."""
    days = st.sampled_from([day for day in BORDERS if date(2024, 7, 15) < day < date(2025, 4, 15)])
    care_from, work_from = sorted((draw(days), draw(days)))
    near = st.sampled_from([work_from + timedelta(days=number) for number in (-75, -45, -32, -20, -10, -2, 0, 5)])
    left, back = sorted(draw(st.sets(near, min_size=2, max_size=2)))
    in_commune = draw(st.booleans())
    moves = [
        {"until": str(left), "in_commune": in_commune},
        {"from": str(left + timedelta(days=1)), "until": str(back), "in_commune": not in_commune},
        {"from": str(back + timedelta(days=1)), "in_commune": in_commune},
    ]
    work = {"kind": "employment", "rate": draw(st.sampled_from((20, 43, 60, 100))), "from": str(work_from)}
    earlier = {"kind": "training", "rate": 25, "from": None, "until": str(draw(near))}
    return {
        "period": "2024/25",
        "household": "single",
        "applicants": [{"activities": [work, earlier] if draw(st.integers(0, 2)) == 2 else [work]}],
        "child": {"school_stage": "preschool"},
        "care": [{"provider": "daycare", "rate": 60, "from": str(care_from)}],
        "adaptation": True,
        "filed_on": str(draw(near)) if draw(st.booleans()) else None,
        "residence": draw(st.sampled_from((None, moves[:2], moves))),
    }


steady = settings(
    max_examples=300,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@steady
@given(cases())
def test_engine_agrees_with_slow_statement(case):
    agree(case)


@steady
@given(adapting_cases())
def test_engine_agrees_with_slow_statement_on_adaptation(case):
    agree(case)


def agree(case):
    """Raises AssertionError where the engine and the statement differ on `case`."""
    found = assess(read_case(case))
    expected = days_of(case)
    shown = json.dumps(case)
    day = START
    for segment in found.segments:
        assert segment.first == day, shown
        while day <= segment.last:
            row = (segment.entitled, segment.care, segment.reasons)
            assert row == expected[day], f"{day}: {row}, expected {expected[day]} for {shown}"
            day += timedelta(days=1)
    assert day == date(2025, 8, 1), shown
    for old, new in zip(found.segments, found.segments[1:], strict=False):
        assert (old.entitled, old.care, old.reasons) != (new.entitled, new.care, new.reasons), shown
    months = [(month.care, month.entitled, month.voucher) for month in found.months]
    assert months == months_of(expected), shown
