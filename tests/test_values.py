"""The dated amounts and limits: every row has its article, source and confirmation, and no period is guessed."""

from datetime import date, timedelta

import pytest

from bot.words import words
from checks.values import NoRule, all_rows, value
from knowledge.sources import source


def test_every_row_has_a_unit_a_source_and_a_confirmation() -> None:
    for rows in all_rows().values():
        for row in rows:
            assert row.unit and row.last_confirmed[:4].isdigit() and row.valid_from <= row.valid_until, row.name
            assert source(row.source, "fr").title, row.name
            assert words("de").law(row.law) or not row.law, row.name


LATER = {"period_opens_in_month": date(2026, 8, 1)}  # known from this day on only


def test_the_periods_2022_23_to_2026_27_have_rules_and_no_other() -> None:
    for name in all_rows():
        first = LATER.get(name, date(2022, 8, 1))
        for day in (first, date(2027, 7, 31)):
            assert value(name, day).valid_from <= day
        for day in (first - timedelta(days=1), date(2027, 8, 1)):
            with pytest.raises(NoRule) as refused:
                value(name, day)
            assert refused.value.day == day and refused.value.row.source


def test_an_unknown_name_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        value("no_such_value", date(2026, 11, 22))
