"""The income that decides in each month of a case: base year or accepted fall, family deduction, special states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from checks.amount_figures import deduction, fall_terms, imputable, limits_on
from checks.assess.case import WholeCase
from checks.assess.finances import Earned, Finances, LaterYear
from checks.assess.form import exact_francs
from checks.law.calendar import add_months, month_end
from checks.law.determining_income import Income, State
from checks.law.family_size import CountedChild, FamilySize, effective_from, family_size
from checks.law.imputable_income import Earnings, Imputable
from checks.law.income_fall import fall_hindrance
from checks.law.timeline import Span

SHARES = {"full": Fraction(1), "half": Fraction(1, 2), "none": Fraction(0)}
MONTHS = 12


@dataclass(frozen=True)
class Fall:
    """A claimed fall in income, and what stands in its way as a code; `exact_border`: it is just as large as needed."""

    year: int
    base: Fraction
    later: Fraction
    exact_border: bool
    hindrance: str | None


@dataclass(frozen=True)
class _Claimed:
    imputable: Fraction
    parts: Imputable | None


def incomes_of(case: WholeCase, finances: Finances) -> tuple[Income, ...]:
    """The incomes of the period in order, months with the same one together."""
    by_year = _by_year(case, finances)
    rows: list[Income] = []
    for number in range(MONTHS):
        own = _in_month(case, finances, add_months(case.days.first, number), by_year)
        if rows and replace(rows[-1], first=own.first, last=own.last) == own:
            own = replace(own, first=rows.pop().first)
        rows.append(own)
    return tuple(rows)


def _by_year(case: WholeCase, finances: Finances) -> dict[int, _Claimed]:
    """The income of the base year and of each year whose fall is accepted."""
    if not finances.ways:
        return {}
    found = {case.days.first.year - 1: _base(case, finances)}
    for later, fall in zip(finances.fall_in_income, falls_of(case, finances), strict=True):
        if not fall.hindrance:
            found[fall.year] = _claimed(later, case.days.first)
    return found


def _in_month(case: WholeCase, finances: Finances, first: date, by_year: Mapping[int, _Claimed]) -> Income:
    last, year, nothing = month_end(first), case.days.first.year - 1, Fraction(0)
    assisted = with_social_assistance(finances, Span(first, last))
    if finances.rejected or not (finances.declared or assisted):
        state: State = "rejected" if finances.rejected else "not_declared"
        return Income(first, last, state, year, limits_on(first).none, None, None, nothing)
    if assisted:
        return Income(first, last, "social_assistance", year, nothing, None, None, nothing)
    year = first.year if first.year in by_year else year
    claimed, family = by_year[year], _family(case, finances, first)
    less = deduction(family, first) if family else nothing
    return Income(first, last, "declared", year, claimed.imputable, claimed.parts, family, less)


def with_social_assistance(finances: Finances, month: Span) -> bool:
    """Whether the family receives social assistance in a month (the faults see to it that they are whole months)."""
    return finances.social_assistance or any(days.within(month) for days in finances.social_assistance_months)


def falls_of(case: WholeCase, finances: Finances) -> tuple[Fall, ...]:
    """Each claimed fall, compared with the base year by the rules of the period."""
    start = case.days.first
    if not finances.ways or not finances.fall_in_income:
        return ()
    base = _base(case, finances).imputable
    family = _family(case, finances, start)
    determining = base - (deduction(family, start) if family else 0)
    terms = fall_terms(start)
    found = []
    for claim in finances.fall_in_income:
        later = _claimed(claim, start).imputable
        border = base > 0 and later * 100 == base * (100 - terms.percent)
        found.append(Fall(claim.year, base, later, border, fall_hindrance(base, later, determining, terms)))
    return tuple(found)


def _base(case: WholeCase, finances: Finances) -> _Claimed:
    if finances.applicants is not None:
        return _of_parts(finances.applicants, case.days.first)
    if finances.imputable_income is not None:
        return _Claimed(exact_francs(finances.imputable_income), None)
    assert finances.determining_income is not None, "the faults name an income that is missing"
    family = _family(case, finances, case.days.first)
    less = deduction(family, case.days.first) if family else 0
    return _Claimed(exact_francs(finances.determining_income) + less, None)


def _claimed(later: LaterYear, day: date) -> _Claimed:
    if later.applicants is not None:
        return _of_parts(later.applicants, day)
    assert later.imputable_income is not None, "the faults name an income that is missing"
    return _Claimed(exact_francs(later.imputable_income), None)


def _of_parts(earned: Sequence[Earned], day: date) -> _Claimed:
    parts = imputable(tuple(_earnings(one) for one in earned), day)
    return _Claimed(Fraction(parts.total), parts)


def _earnings(earned: Earned) -> Earnings:
    return Earnings(
        net_wages=exact_francs(earned.net_wages),
        family_allowances=exact_francs(earned.family_allowances),
        replacement_income=exact_francs(earned.replacement_income),
        maintenance_received=exact_francs(earned.maintenance_received),
        maintenance_paid=exact_francs(earned.maintenance_paid),
        business_profits=tuple(None if one is None else exact_francs(one) for one in earned.business_profits),
        gross_wealth=exact_francs(earned.gross_wealth),
        debts=exact_francs(earned.debts),
    )


def _family(case: WholeCase, finances: Finances, day: date) -> FamilySize | None:
    found = None
    if finances.children is not None:
        children = [CountedChild(SHARES[child.deduction], child.birth_date) for child in finances.children]
        found = family_size(len(case.applicants), children, day, case.days.first)
    elif finances.household_size is not None:
        found = _size(finances.household_size, finances.persons)
    for change in sorted(finances.family_changes, key=lambda one: one.on):
        if effective_from(change.on) <= day:
            found = _size(change.household_size, change.persons)
    return found


def _size(size: float, persons: float | None) -> FamilySize:
    return FamilySize(exact_francs(size), int(size if persons is None else persons))
