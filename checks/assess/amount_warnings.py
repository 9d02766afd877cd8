"""What a reader of the amounts must know besides: what is an estimate, what was missing, what did not help."""

from collections.abc import Iterator
from fractions import Fraction

from checks.amount_figures import MONTHLY, TOGETHER_MONTHLY, figure, is_cost_of_a_unit
from checks.amount_steps import chf
from checks.assess.amounts import Amounts
from checks.assess.case import WholeCase, exact
from checks.assess.finances import Earned, Finances
from checks.assess.form import exact_francs
from checks.assess.incomes import falls_of
from checks.law.calendar import add_months
from checks.result import Line

OWN_TOP_UP = ("bern", "berne", "stadt bern", "ville de berne")


def amount_warnings(case: WholeCase, finances: Finances, amounts: Amounts) -> Iterator[Line]:
    """Warnings as codes with their figures; the commune decides in any case."""
    start = case.days.first
    if amounts.estimate:
        yield Line("amount_estimate", {"percent": int(figure("maximum_raise", start))})
    for number, care in enumerate(case.care):
        if care.monthly_cost is None and care.rate:
            yield Line("cost_missing", {"field": f"care[{number}].monthly_cost"})
        elif care.monthly_cost is not None and care.rate:
            cost, rate = exact_francs(care.monthly_cost), Fraction(exact(care.rate))
            if is_cost_of_a_unit(cost, care.provider, rate, start):
                yield Line("cost_of_a_unit", {"field": f"care[{number}].monthly_cost", "cost": chf(cost)})
    if case.child.birth_date is None:
        yield Line("amount_age_not_known", {"months": int(figure("baby_months", start))})
    if case.child.special_needs:
        yield Line("special_needs_confirmed")
    yield from _income(finances)
    yield from _family(finances)
    yield from _falls(case, finances)
    if case.commune and case.commune.name and case.commune.name.strip().lower() in OWN_TOP_UP:
        yield Line("bern_top_up")


def _income(finances: Finances) -> Iterator[Line]:
    if finances.rejected:
        yield Line("income_rejected")
    elif finances.social_assistance:
        yield Line("income_social_assistance")
    elif finances.social_assistance_months:
        yield Line("income_social_assistance_months")
    elif not finances.declared:
        yield Line("income_not_declared")
    years: list[tuple[str, list[Earned] | None]] = [("finances.applicants", finances.applicants)]
    years += [
        (f"finances.fall_in_income[{n}].applicants", one.applicants) for n, one in enumerate(finances.fall_in_income)
    ]
    for path, persons in years:
        for number, person in enumerate(persons or []):
            if 0 < person.net_wages < MONTHLY:
                wages = chf(exact_francs(person.net_wages))
                yield Line("wages_of_a_month", {"field": f"{path}[{number}].net_wages", "wages": wages})
    incomes = {f"finances.{name}": getattr(finances, name) for name in ("determining_income", "imputable_income")}
    for number, later in enumerate(finances.fall_in_income):
        incomes[f"finances.fall_in_income[{number}].imputable_income"] = later.imputable_income
    for path, income in incomes.items():
        if income is not None and 0 < income < TOGETHER_MONTHLY:
            yield Line("income_of_a_month", {"field": path, "income": chf(exact_francs(income))})


def _family(finances: Finances) -> Iterator[Line]:
    counted = finances.determining_income is None and bool(finances.ways)
    if counted and finances.household_size is None and finances.children is None:
        yield Line("family_size_missing")
    halves = any(child.deduction == "half" for child in finances.children or ())
    if halves or (finances.persons is not None and finances.persons != finances.household_size):
        yield Line("family_with_halves")


def _falls(case: WholeCase, finances: Finances) -> Iterator[Line]:
    start, first = case.days.first, case.days.first.year
    for fall in falls_of(case, finances):
        facts = {
            "year": fall.year,
            "first": start if fall.year == first else add_months(start, 5),
            "base": chf(fall.base),
            "later": chf(fall.later),
            "percent": int(figure("income_fall_percent", start)),
            "limit": chf(figure("income_fall_limit", start)),
        }
        if fall.hindrance:
            yield Line(fall.hindrance, facts)
        elif fall.exact_border:
            yield Line("fall_at_the_border", facts)
        else:
            yield Line("fall_accepted", facts)
