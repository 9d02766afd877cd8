"""What the voucher check asks about income and family: known, a class, a sum or its parts; amounts in CHF a year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checks.amount_figures import MONTHLY, TOGETHER_MONTHLY, deduction, imputable, limits_on
from checks.amount_range import AmountRange
from checks.case import Case
from checks.law.calendar import month_end, period_start
from checks.law.determining_income import Income, State
from checks.law.family_size import FamilySize
from checks.law.imputable_income import Earnings, Imputable
from checks.questions import Amount, Choice, Question, Several, YesNo

MONTHS = 12
CLASSES = ((0, 45_000), (45_000, 60_000), (60_000, 80_000), (80_000, 100_000), (100_000, 130_000), (130_000, 160_000))
OPEN_CLASS = (160_000, 250_000)
CLASS_CODES = tuple(f"class_{number}" for number in range(1, len(CLASSES) + 2))
EXTRAS = ("family_allowances", "replacement_income", "maintenance_received", "maintenance_paid", "business_profit")
MOST_CHILDREN = 4

WAY = Choice(
    "income_way",
    law="OEJF 55",
    source="kibon_2021",
    options=("sum", "class", "determining", "parts", "social_assistance", "not_declared"),
)
INCOME_SUM = AmountRange("income_sum", law="OEJF 55", source="kibon_2021")
DETERMINING = AmountRange("determining_income", law="OEJF 55", source="kibon_2021")
INCOME_CLASS = Choice("income_class", law="OEJF 55", source="kibon_2021", options=CLASS_CODES)
INCOME_PER = Choice("income_per", source="kibon_2021", options=("year", "month"))
ADULTS = Choice("family_adults", source="kibon_rules", options=("one", "two"))
CHILDREN = Choice(
    "family_children", source="kibon_rules", options=tuple(str(number) for number in range(1, MOST_CHILDREN + 1))
)
HALVES = YesNo("children_by_half", source="kibon_rules")
HALF_CHILDREN = replace(CHILDREN, id="half_children")
WAGES = {
    person: Amount(f"net_wages_{person}", text="net_wages", facts={"person": person}, source="kibon_2021")
    for person in (1, 2)
}
WAGES_PER = {
    person: replace(INCOME_PER, id=f"wages_per_{person}", text="income_per", facts={"person": person})
    for person in (1, 2)
}
LATER_PER = {
    place: replace(INCOME_PER, id=f"income_{place}_year_per", text="income_per") for place in ("first", "second")
}
MORE = {
    person: Several(
        f"other_income_{person}", text="other_income", facts={"person": person}, source="kibon_2021", options=EXTRAS
    )
    for person in (1, 2)
}
EXTRA = {
    (person, kind): Amount(f"{kind}_{person}", text=kind, facts={"person": person}, source="kibon_2021")
    for person in (1, 2)
    for kind in EXTRAS[:-1]
}
PROFIT_YEARS = {
    person: Choice(
        f"profit_years_{person}",
        text="profit_years",
        facts={"person": person},
        source="kibon_2021",
        options=("1", "2", "3"),
    )
    for person in (1, 2)
}
PROFITS = {
    (person, back): Amount(
        f"profit_{person}_{back}",
        text="profit",
        facts={"person": person},
        source="kibon_2021",
        low=Decimal(-100_000_000),
    )
    for person in (1, 2)
    for back in range(3)
}
WEALTH = Amount("gross_wealth", source="kibon_2021")
DEBTS = Amount("wealth_debts", source="kibon_2021")
INCOME_QUESTIONS: tuple[Question[Any], ...] = (
    WAY,
    INCOME_SUM,
    DETERMINING,
    INCOME_CLASS,
    INCOME_PER,
    ADULTS,
    CHILDREN,
    HALVES,
    HALF_CHILDREN,
    *WAGES.values(),
    *WAGES_PER.values(),
    *MORE.values(),
    *EXTRA.values(),
    *PROFIT_YEARS.values(),
    *PROFITS.values(),
    WEALTH,
    DEBTS,
)


@dataclass(frozen=True)
class Incomes:
    """The lowest and the highest income that the answers allow (the same one where they are exact).

    `children` are those that count in the family, None where nobody was asked.
    """

    low: Income
    high: Income
    children: int | None = None


def ask_incomes(case: Case) -> Incomes:
    """The determining income of the family in the base year."""
    way = case.ask(WAY)
    if way in ("social_assistance", "not_declared"):
        limit = Fraction(0) if way == "social_assistance" else limits_on(case.day).none
        return _incomes(case, {"state": way}, (limit, limit), None)
    if way == "determining":
        question = replace(DETERMINING, facts=_base_year(case))
        told = case.ask(question, tried=("43000.00", "90000.00", "60000.00-190000.00"))
        return _incomes(case, {}, yearly(case, told, INCOME_PER), None)
    if way == "parts":
        adults, parts = _ask_parts(case)
        return _incomes(case, {"parts": parts}, (Fraction(parts.total),) * 2, _ask_family(case, adults, wide=False))
    ends = _ask_class(case) if way == "class" else _ask_sum(case)
    adults = case.ask(ADULTS, tried=() if way == "sum" else ("two",))
    return _incomes(case, {}, ends, _ask_family(case, adults, wide=way == "sum"))


def _incomes(
    case: Case, own: Mapping[str, Any], ends: tuple[Fraction, Fraction], asked: tuple[FamilySize, int] | None
) -> Incomes:
    state: State = own.get("state", "declared")
    year = int(_base_year(case)["year"])
    family, children = asked or (None, None)
    less = deduction(family, case.day) if family else Fraction(0)
    low, high = (
        Income(case.day, month_end(case.day), state, year, end, own.get("parts"), family, less) for end in ends
    )
    return Incomes(low, high, children)


def _base_year(case: Case) -> dict[str, Any]:
    return {"year": period_start(case.day).year - 1}


def _ask_sum(case: Case) -> tuple[Fraction, Fraction]:
    question = replace(INCOME_SUM, facts=_base_year(case))
    told = case.ask(question, tried=("5200.00", "70000.00", "70000.00-90000.00", "230000.00"))
    return yearly(case, told, INCOME_PER)


def _ask_class(case: Case) -> tuple[Fraction, Fraction]:
    number = CLASS_CODES.index(case.ask(INCOME_CLASS))
    low, high = (*CLASSES, OPEN_CLASS)[number]
    return Fraction(low), Fraction(high)


def yearly(case: Case, ends: tuple[Decimal, Decimal], per: Choice, person: int = 0) -> tuple[Fraction, Fraction]:
    """The amounts of a year, of a `person` or of the family; asked back where they are more likely those of a month."""
    low, high = (Fraction(end) for end in ends)
    if 0 < high < (MONTHLY if person else TOGETHER_MONTHLY):
        facts = {"amount": ends[1], "person": person} if person else {"amount": ends[1]}
        if case.ask(replace(per, facts=facts)) == "month":
            case.because("voucher_month_to_year", source="kibon_2021", month=ends[1], year=MONTHS * ends[1])
            return low * MONTHS, high * MONTHS
    return low, high


def ask_family_size(case: Case) -> FamilySize:
    """The family's size where the determining income alone is known."""
    return _ask_family(case, case.ask(ADULTS, tried=("two",)), wide=False)[0]


def _ask_family(case: Case, adults: str, wide: bool) -> tuple[FamilySize, int]:
    """Size and heads, where children may count by half; and the number of children."""
    persons = 1 if adults == "one" else 2
    children = int(case.ask(CHILDREN, tried=("1", "3") if wide else ("2",)))
    halves = 0
    if case.ask(HALVES, tried=() if wide else (False,)):
        options = CHILDREN.options[:children]
        halves = int(case.ask(replace(HALF_CHILDREN, options=options), tried=options[:2])) if children > 1 else 1
    return FamilySize(persons + children - Fraction(halves, 2), persons + children), children


def _ask_parts(case: Case) -> tuple[str, Imputable]:
    adults = case.ask(ADULTS)
    persons: list[Earnings] = []
    simple = True
    for person in (1, 2) if adults == "two" else (1,):
        persons.append(_ask_person(case, person, wide=simple))
        simple = persons[-1] == Earnings(net_wages=Fraction(SIMPLE_WAGES))
    wealth = case.ask(replace(WEALTH, facts=_base_year(case)), tried=("0.00", "50000.00") if simple else ("0.00",))
    debts = case.ask(DEBTS, tried=("0.00", "40000.00")) if wealth else Decimal(0)
    persons.append(Earnings(gross_wealth=Fraction(wealth), debts=Fraction(debts)))
    return adults, imputable(tuple(persons), case.day)


SIMPLE_WAGES = "60000.00"


def _ask_person(case: Case, person: int, wide: bool) -> Earnings:
    """One person's year. `wide` lets the explorer try everything; else the simplest answers."""
    year = _base_year(case)
    question = replace(WAGES[person], facts={**WAGES[person].facts, **year})
    wages = case.ask(question, tried=(SIMPLE_WAGES, "4800.00") if wide else (SIMPLE_WAGES,))
    (net, _) = yearly(case, (wages, wages), WAGES_PER[person], person)
    tried: tuple[list[str], ...] = ([],)
    if wide and net == Fraction(SIMPLE_WAGES):
        tried = ([], list(EXTRAS[:2]), list(EXTRAS[2:4]), [EXTRAS[4]])
    more = case.ask(MORE[person], tried=tried)
    return Earnings(net_wages=net, **dict(_ask_extras(case, person, more)))


def _ask_extras(case: Case, person: int, more: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    year = int(_base_year(case)["year"])
    for kind in more:
        if kind == "business_profit":
            years = int(case.ask(PROFIT_YEARS[person], tried=("1", "3")))
            profits = (
                case.ask(
                    replace(PROFITS[person, back], facts={"person": person, "year": year - back}),
                    tried=("30000.00", "-5000.00"),
                )
                for back in range(years)
            )
            yield "business_profits", tuple(Fraction(profit) for profit in profits)
        else:
            question = replace(EXTRA[person, kind], facts={"person": person, "year": year})
            yield kind, Fraction(case.ask(question, tried=("3000.00", "9000.00")))
