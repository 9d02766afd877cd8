"""What the voucher of a case pays in each month, place by place, with every step that leads to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from checks.amount_figures import is_estimate, limits_on, tariff_on
from checks.amount_steps import amount_reasons, income_reasons
from checks.assess.case import Care, WholeCase, exact
from checks.assess.finances import Finances
from checks.assess.form import exact_francs
from checks.assess.incomes import incomes_of
from checks.law.age_group import AgeGroup, age_group
from checks.law.calendar import month_end
from checks.law.determining_income import Income
from checks.law.monthly_average import Month
from checks.law.shared_rate import shared_rate
from checks.law.timeline import Span, Timeline, cut_around, merged
from checks.law.voucher_amount import Reckoning, Tariff, voucher_amount
from checks.result import Reason
from checks.values import value


@dataclass(frozen=True)
class PlaceMonth:
    """One place (its number in `care`) in one month."""

    place: int
    provider: str
    group: AgeGroup
    tariff: Tariff
    income: Fraction
    reckoning: Reckoning


@dataclass(frozen=True)
class MonthAmount:
    """The month that begins on `first`. Amounts in CHF; None where the cost of a place is not known."""

    first: date
    places: tuple[PlaceMonth, ...]
    known: bool

    @property
    def amount(self) -> Decimal | None:
        return self._sum("amount")

    @property
    def parents_pay(self) -> Decimal | None:
        return self._sum("parents_pay")

    def _sum(self, name: str) -> Decimal | None:
        return sum((getattr(one.reckoning, name) for one in self.places), start=Decimal(0)) if self.known else None


@dataclass(frozen=True)
class Step:
    """A line of the arithmetic and the days for which it holds; `place` is its number in `care` (None: the income)."""

    days: Span
    place: int | None
    reason: Reason


@dataclass(frozen=True)
class Amounts:
    """The amounts of a case: months in order, the incomes that decide, and the arithmetic.

    `estimate` tells that some month rests on maxima that are not published in francs.
    """

    months: tuple[MonthAmount, ...]
    incomes: tuple[Income, ...]
    estimate: bool

    @property
    def amount(self) -> Decimal | None:
        """The sum of the year; None where a month is not known."""
        return _year([month.amount for month in self.months])

    @property
    def parents_pay(self) -> Decimal | None:
        return _year([month.parents_pay for month in self.months])

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step of the arithmetic: first the incomes, then the places, months with the same figures together."""
        return (*_income_steps(self.incomes), *_place_steps(self.months))


def _year(months: Sequence[Decimal | None]) -> Decimal | None:
    known = [month for month in months if month is not None]
    return sum(known, start=Decimal(0)) if len(known) == len(months) else None


def amounts_of(case: WholeCase, finances: Finances, averages: Sequence[Month]) -> Amounts:
    """The amounts of the months whose rates are `averages`."""
    incomes = incomes_of(case, finances)
    return Amounts(
        months=tuple(_month(case, month, incomes) for month in averages),
        incomes=incomes,
        estimate=any(is_estimate(month.first) for month in averages),
    )


def _month(case: WholeCase, month: Month, incomes: Sequence[Income]) -> MonthAmount:
    income = next(one for one in incomes if one.first <= month.first <= one.last)
    share = limits_on(month.first).share(income.determining)
    group = age_group(
        case.child.birth_date,
        case.child.school_stage != "preschool",
        month.first,
        int(value("baby_months", month.first)),
    )
    days = Span(month.first, month_end(month.first))
    ordered = sorted(enumerate(case.care), key=lambda entry: (entry[1].first or case.days.first, -entry[1].rate))
    booked = [(number, care, part) for number, care in ordered if (part := _share_of(care, days))]
    places = []
    for (number, care, part), rate in zip(booked, _rates(case, month, booked), strict=True):
        tariff = tariff_on(month.first, care.provider, group, case.child.special_needs)
        cost = exact_francs(care.monthly_cost or 0.0) * part
        reckoning = voucher_amount(Fraction(exact(care.rate)) * part, rate, cost, share, tariff)
        places.append(PlaceMonth(number, care.provider, group, tariff, income.determining, reckoning))
    known = all(care.monthly_cost is not None for _, care, _ in booked)
    return MonthAmount(month.first, tuple(places), known)


def _share_of(care: Care, month: Span) -> Fraction | None:
    """The share of the month's days on which the care takes place; None for no day or a rate of 0."""
    days = care.within(month)
    return Fraction((days.last - days.first).days + 1, month.last.day) if days and care.rate else None


def _rates(case: WholeCase, month: Month, booked: Sequence[tuple[int, Care, Fraction]]) -> tuple[Fraction, ...]:
    """What each place gets of the month's entitled rate; a day nursery gives nothing to a school child."""
    paid = case.child.school_stage != "school"
    care = [
        Fraction(exact(one.rate)) * part if paid or one.provider != "daycare" else Fraction(0)
        for _, one, part in booked
    ]
    return shared_rate(Fraction(month.entitled), care)


def too_high(income: Income) -> bool:
    """Whether nothing but the lump sum is paid for it."""
    return limits_on(income.first).too_high(income.determining)


def note_income_too_high(timeline: Timeline, amounts: Amounts) -> Timeline:
    """The timeline with the reason income_too_high on the days whose income pays nothing; the rates stay."""
    spans = [Span(income.first, income.last) for income in amounts.incomes if too_high(income)]
    if not spans:
        return timeline
    return merged(
        tuple(
            segment.noted("income_too_high") if any(span.covers(segment.first) for span in spans) else segment
            for segment in cut_around(timeline, spans)
        )
    )


def _income_steps(incomes: Sequence[Income]) -> Iterator[Step]:
    for income in incomes:
        days = Span(income.first, income.last)
        for reason in income_reasons(income):
            yield Step(days, None, reason)


def _place_steps(months: Sequence[MonthAmount]) -> Iterator[Step]:
    rows = [(month.first, place) for month in months if month.known for place in month.places]
    rows.sort(key=lambda row: (row[1].place, row[0]))
    for _, group in groupby(rows, key=lambda row: row[1]):
        same = list(group)
        days, place = Span(same[0][0], month_end(same[-1][0])), same[0][1]
        for reason in amount_reasons(
            days.first, place.provider, place.group, place.tariff, place.income, place.reckoning
        ):
            yield Step(days, place.place, reason)
