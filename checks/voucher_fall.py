"""What the voucher check asks about a fall in income, and the incomes that decide in each month of the period.

Source: art. 57 al. 2 OEJF, as kiBon calculates it: each later year is compared with the base year and holds for its own
calendar year.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from checks.amount_figures import deduction, fall_terms
from checks.amount_steps import chf
from checks.case import Case
from checks.law.calendar import add_months, month_end, period_end, period_start
from checks.law.determining_income import Income
from checks.law.family_size import FamilySize
from checks.law.income_fall import change_in_percent, fall_hindrance
from checks.questions import Amount, Question, YesNo
from checks.result import Francs, Line, Reason
from checks.values import value
from checks.voucher_income import LATER_PER, Incomes, ask_family_size, yearly

FELL = YesNo("income_fell", law="OEJF 57.2", source="kibon_income_fall")
LATER = {
    place: Amount(f"income_{place}_year", law="OEJF 57.2", source="kibon_income_fall") for place in ("first", "second")
}
FALL_QUESTIONS: tuple[Question[Any], ...] = (FELL, *LATER.values(), *LATER_PER.values())
TO_JANUARY = 5  # months from 1 August
TRIED_WITH = FamilySize(Fraction(5), 5)  # the one family for which the explorer tries a fall
TRIED = {"first": ("50000.00", "4000.00"), "second": ("50000.00", "69999.00", "4000.00")}


@dataclass(frozen=True)
class Decisive:
    """The incomes by month: those of the base year, or that of a later year whose fall counts.

    `later` are the incomes of the accepted years by calendar year, `reasons` says of each claimed year whether it
    counts.
    """

    base: Incomes
    later: dict[int, Income] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Line, ...] = ()

    def of(self, day: date) -> Incomes:
        """The lowest and the highest income in the month of `day`."""
        own = self.later.get(day.year)
        return Incomes(own, own) if own else self.base


def ask_decisive(case: Case, base: Incomes) -> Decisive:
    """The incomes with a fall, where the base year allows one: exactly known, declared, and below the limit."""
    income, terms = base.low, fall_terms(case.day)
    if income.state != "declared" or income.imputable <= 0 or terms.limit is None:
        return Decisive(base)
    if base.low != base.high:
        return Decisive(base, notes=(Line("voucher_fall_needs_exact"),) if income.determining < terms.limit else ())
    if income.determining >= terms.limit:
        facts = {"limit": Francs(terms.limit), "percent": terms.percent}
        return Decisive(base, notes=(Line("voucher_fall_above_limit", facts),))
    start = period_start(case.day)
    facts = {"base": income.year, "first": start.year, "second": start.year + 1, "percent": terms.percent}
    tried = (False, True) if income.family == TRIED_WITH else (False,)
    if not case.ask(replace(FELL, facts=facts), tried=tried):
        return Decisive(base)
    return _ask_later(case, base, start)


def _ask_later(case: Case, base: Incomes, start: date) -> Decisive:
    income = base.low
    years = dict(zip(LATER, (start.year, start.year + 1), strict=True))
    told = {year: _later_income(case, place, year) for place, year in years.items()}
    family = income.family or ask_family_size(case)
    less = deduction(family, case.day)
    compared = income.imputable if income.family else income.imputable + less
    later: dict[int, Income] = {}
    reasons = [] if income.family else [_before_deduction(income.imputable, less, compared)]
    for year, amount in told.items():
        hindrance = fall_hindrance(compared, amount, income.determining, fall_terms(case.day))
        first = start if year == start.year else add_months(start, TO_JANUARY)
        reasons.append(_reason(case, hindrance, compared, amount, year, first, income.year))
        if not hindrance:
            later[year] = Income(case.day, month_end(case.day), "declared", year, amount, None, family, less)
    return Decisive(base, later, tuple(reasons))


def _before_deduction(determining: Fraction, less: Fraction, imputable: Fraction) -> Reason:
    """What is compared where the determining income alone is known."""
    facts = {"determining": chf(determining), "deduction": chf(less), "imputable": chf(imputable)}
    return Reason("voucher_fall_before_deduction", "OEJF 57.2", "kibon_income_fall", facts)


def _later_income(case: Case, place: str, year: int) -> Fraction:
    amount = case.ask(replace(LATER[place], facts={"year": year}), tried=TRIED[place])
    return yearly(case, (amount, amount), LATER_PER[place])[0]


def _reason(
    case: Case, hindrance: str | None, base: Fraction, later: Fraction, year: int, first: date, base_year: int
) -> Reason:
    """Whether the fall of a year counts, with the figures compared."""
    percent, limit = value("income_fall_percent", case.day), value("income_fall_limit", case.day)
    border = not hindrance and later * 100 == base * (100 - int(percent))
    last = month_end(add_months(first, TO_JANUARY - 1)) if first.year == period_start(first).year else period_end(first)
    facts = {
        "year": year,
        "base_year": base_year,
        "base": chf(base),
        "later": chf(later),
        "change": change_in_percent(base, later),
        "percent": int(percent),
        "limit": Francs(limit.amount),
        "first": first,
        "last": last,
    }
    code = hindrance or ("fall_at_the_border" if border else "fall_accepted")
    return Reason(f"voucher_{code}", percent.law, percent.source, facts)
