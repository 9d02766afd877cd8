"""Whole-month values for a part of a month: what is entered, scaled down by calendar days, is what takes place."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.law.monthly_average import monthly_averages
from checks.law.monthly_rate import Entry, calendar_days, counted, month_parts, rate, share, to_enter, two_decimals
from checks.law.timeline import Segment, Span

DAYS = st.dates(date(2022, 8, 1), date(2027, 7, 31))
AMOUNTS = st.decimals(0, 5000, places=2).map(Fraction)
ENTRIES = st.builds(Entry, AMOUNTS, AMOUNTS)


@st.composite
def parts(draw: st.DrawFn) -> Span:
    """Days within one month."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return draw(st.sampled_from(month_parts(first, last)))


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-11-16", "2026-11-30", Fraction(15, 30)),
        ("2026-10-16", "2026-10-31", Fraction(16, 31)),
        ("2027-02-01", "2027-02-14", Fraction(14, 28)),
        ("2024-02-29", "2024-02-29", Fraction(1, 29)),
        ("2026-12-01", "2026-12-31", Fraction(1)),
    ],
)
def test_the_share_of_a_month_counts_calendar_days(first: str, last: str, expected: Fraction) -> None:
    assert share(span(first, last)) == expected


def test_a_part_of_two_months_has_no_share() -> None:
    with pytest.raises(ValueError, match="not within one month"):
        share(span("2026-10-31", "2026-11-01"))


def test_half_a_month_is_entered_twice() -> None:
    half = span("2026-11-16", "2026-11-30")
    assert to_enter(Entry(Fraction(6), Fraction(600)), half) == Entry(Fraction(12), Fraction(1200))
    assert counted(Entry(Fraction(12), Fraction(1200)), half) == Entry(Fraction(6), Fraction(600))


@given(parts(), ENTRIES)
def test_what_kibon_counts_of_the_entry_is_what_takes_place(part: Span, effective: Entry) -> None:
    assert counted(to_enter(effective, part), part) == effective


@given(parts(), ENTRIES)
def test_the_entry_as_shown_is_off_by_half_a_hundredth_at_most(part: Span, effective: Entry) -> None:
    entered = to_enter(effective, part)
    shown = Entry(Fraction(two_decimals(entered.units)), Fraction(two_decimals(entered.cost)))
    back = counted(shown, part)
    assert abs(back.units - effective.units) <= Fraction(1, 200)
    assert abs(back.cost - effective.cost) <= Fraction(1, 200)


@given(parts(), st.integers(1, 20))
def test_the_monthly_average_of_kibon_gives_the_effective_rate(part: Span, days: int) -> None:
    """Checked against the rule of the monthly average itself, with nothing booked on the other days."""
    entered = rate(to_enter(Entry(Fraction(days), Fraction(0)), part).units, Fraction(20))
    year = part.first.year if part.first.month >= 8 else part.first.year - 1
    before, after = date(year, 8, 1), date(year + 1, 7, 31)
    timeline = [Segment(part.first, part.last, care=entered)]
    if before < part.first:
        timeline.insert(0, Segment(before, part.first - timedelta(days=1)))
    if part.last < after:
        timeline.append(Segment(part.last + timedelta(days=1), after))
    months = {month.first: month.care for month in monthly_averages(tuple(timeline))}
    assert months[part.first.replace(day=1)] == rate(Fraction(days), Fraction(20))


@given(DAYS, st.integers(0, 400))
def test_parts_cover_every_day_once_and_stay_within_a_month(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = month_parts(first, last)
    assert sum(calendar_days(part) for part in found) == length + 1
    assert (found[0].first, found[-1].last) == (first, last)
    assert all((part.first.year, part.first.month) == (part.last.year, part.last.month) for part in found)


@pytest.mark.parametrize(
    ("units", "full", "expected"), [(20, 20, 100), (12, 20, 60), (1, 20, 5), (220, 220, 100), (22, 220, 10)]
)
def test_units_as_a_rate(units: int, full: int, expected: int) -> None:
    assert rate(Fraction(units), Fraction(full)) == expected


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Fraction(2, 3), "0.67"),
        (Fraction(1, 3), "0.33"),
        (Fraction(1, 200), "0.01"),
        (Fraction(1, 201), "0"),
        (Fraction(12), "12"),
        (Fraction(999999995, 1000000), "1000"),
    ],
)
def test_two_decimals_round_halves_up(amount: Fraction, shown: str) -> None:
    assert two_decimals(amount) == Decimal(shown)
