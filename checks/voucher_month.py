"""The result of the voucher check: the amount or its range, its arithmetic, what a change means, and the curve."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checks.amount_figures import is_estimate, limits_on, tariff_on
from checks.amount_steps import amount_reasons, chf, income_reasons
from checks.case import Case
from checks.family import SCHOOL_STAGE
from checks.law.age_group import AgeGroup
from checks.law.voucher_amount import Reckoning, Tariff, voucher_amount
from checks.result import TOP, Francs, Line, Point, Reason, Result
from checks.voucher_income import Incomes

DAY_A_WEEK = 20  # percent points
FULL = 100
STEP = 20_000  # CHF between two points of the curve
MORE_INCOME = 10_000


@dataclass(frozen=True)
class Place:
    """The place of the child: rates in percent, the cost of a month as lowest and highest amount in CHF."""

    provider: str
    group: AgeGroup
    booked: int
    granted: int
    cost: tuple[Decimal, Decimal]
    needs: bool

    @property
    def rate(self) -> int:
        return min(self.booked, self.granted)

    def tariff(self, day: date) -> Tariff:
        """What holds for this place in the month of `day`."""
        return tariff_on(day, self.provider, self.group, self.needs)

    def voucher(self, day: date, income: Fraction, cost: Decimal) -> Reckoning:
        """The voucher of the month of `day` for this determining income and cost."""
        share = limits_on(day).share(income)
        return voucher_amount(Fraction(self.booked), Fraction(self.rate), Fraction(cost), share, self.tariff(day))


@dataclass(frozen=True)
class Corner:
    """One end of what the answers allow."""

    income: Fraction
    cost: Decimal
    found: Reckoning


def voucher_result(case: Case, incomes: Incomes, place: Place) -> Result:
    """The estimate for the month of the case."""
    corners = [
        Corner(income, cost, place.voucher(case.day, income, cost))
        for income in dict.fromkeys((incomes.low.determining, incomes.high.determining))
        for cost in dict.fromkeys(place.cost)
    ]
    vouchers = sorted(corner.found.amount for corner in corners)
    parents = sorted(corner.found.parents_pay for corner in corners)
    _explain(case, incomes, place, corners)
    return Result(
        _outcome(case.day, vouchers, parents),
        tuple(case.reasons),
        _numbers(incomes, vouchers, parents),
        merit=(TOP,) if vouchers[-1] else (1,),
        steps=(Line(f"voucher_{incomes.low.state}"), Line("office_other")),
        notes=(*_changes(case.day, incomes, place), *_notes(case, incomes, place)),
        fixed=None if vouchers[-1] else _nothing(case, incomes, corners[-1].found),
        curve=tuple(_curve(case.day, incomes, place)),
    )


def _nothing(case: Case, incomes: Incomes, found: Reckoning) -> Reason:
    """Why nothing is paid, and what alone would change it."""
    if incomes.low.state == "not_declared":
        return Reason("voucher_not_declared", "OEJF 63", "kibon_rules")
    if found.ceiling:
        rows = [case.value(f"income_fall_{name}") for name in ("limit", "percent")]
        facts = {"limit": Francs(rows[0]), "percent": int(rows[1])}
        return Reason("voucher_income_too_high", rows[0].law, rows[0].source, facts)
    return Reason("voucher_cost_too_low", "OEJF 55", "kibon_rules")


def _outcome(day: date, vouchers: list[Decimal], parents: list[Decimal]) -> str:
    if not vouchers[-1]:
        return "nothing_paid"
    kind = "range" if vouchers[0] != vouchers[-1] else "amount" if parents[0] == parents[-1] else "cost_range"
    return f"{kind}_estimated" if is_estimate(day) else kind


def _numbers(incomes: Incomes, vouchers: list[Decimal], parents: list[Decimal]) -> dict[str, float]:
    """CHF a month; CHF a year for the income."""
    numbers = {"voucher": vouchers[0], "parents_pay": parents[-1]}
    if (vouchers[0], parents[0]) != (vouchers[-1], parents[-1]):
        numbers |= {"voucher_at_most": vouchers[-1], "parents_pay_at_least": parents[0]}
    found = {name: float(amount) for name, amount in numbers.items()}
    return {**found, "determining_income": float(incomes.low.determining)}


def _explain(case: Case, incomes: Incomes, place: Place, corners: list[Corner]) -> None:
    """The arithmetic at the end that is best and at the one that is worst for the parents."""
    best, worst = corners[0], corners[-1]
    if incomes.low == incomes.high:
        case.reasons += income_reasons(incomes.low)
    for corner, income in ((best, incomes.low), (worst, incomes.high)) if worst != best else ((best, incomes.low),):
        if incomes.low != incomes.high:
            case.reasons += income_reasons(income)
        if worst != best:
            case.because(
                "voucher_at_this_end",
                source="kibon_2021",
                income=chf(corner.income),
                cost=chf(Fraction(corner.cost)),
            )
        case.reasons += _steps(case.day, place, corner)


def _steps(day: date, place: Place, corner: Corner) -> Iterator[Reason]:
    return amount_reasons(day, place.provider, place.group, place.tariff(day), corner.income, corner.found)


def _changes(day: date, incomes: Incomes, place: Place) -> Iterator[Line]:
    """What one day more of care or of work a week, or a higher income, would mean a month."""
    income, cost = incomes.low.determining, place.cost[0]
    now = place.voucher(day, income, cost)

    def change(code: str, other: Reckoning, **facts: Any) -> Line:
        facts |= {"voucher": other.amount, "parents_pay": other.parents_pay}
        return Line(code, {**facts, "difference": abs(other.parents_pay - now.parents_pay)})

    if incomes.low != incomes.high or place.cost[0] != place.cost[1]:
        yield Line("voucher_changes_for", {"income": chf(income), "cost": cost, "parents_pay": now.parents_pay})
    if place.booked + DAY_A_WEEK <= FULL:
        booked = place.booked + DAY_A_WEEK
        dearer = (cost * booked / place.booked).quantize(Decimal("0.01"))
        other = replace(place, booked=booked).voucher(day, income, dearer)
        yield change("voucher_more_care", other, rate=booked, cost=dearer)
    if place.granted < FULL:
        granted = min(place.granted + DAY_A_WEEK, FULL)
        other = replace(place, granted=granted).voucher(day, income, cost)
        code = "voucher_more_work" if other.amount > now.amount else "voucher_more_work_same"
        yield change(code, other, rate=granted)
    if place.granted < place.booked + DAY_A_WEEK <= FULL and place.granted + DAY_A_WEEK <= FULL:
        booked, granted = place.booked + DAY_A_WEEK, place.granted + DAY_A_WEEK
        dearer = (cost * booked / place.booked).quantize(Decimal("0.01"))
        other = replace(place, booked=booked, granted=granted).voucher(day, income, dearer)
        yield change("voucher_more_both", other, rate=booked, granted=granted, cost=dearer)
    if incomes.low.state == "declared":
        yield change("voucher_more_income", place.voucher(day, income + MORE_INCOME, cost), more=Francs(MORE_INCOME))


def _notes(case: Case, incomes: Incomes, place: Place) -> Iterator[Line]:
    stage = case.ask(SCHOOL_STAGE)
    if stage != "preschool" and place.provider == "daycare":
        yield Line(f"commune_decides_{stage}")
    if is_estimate(case.day):
        yield Line("voucher_estimate", {"percent": int(case.value("maximum_raise"))})
    if place.booked > place.granted:
        yield Line("voucher_above_granted", {"booked": place.booked, "granted": place.granted})
    if incomes.low.family and incomes.low.family.size != incomes.low.family.persons:
        yield Line("voucher_halves")
    if place.needs:
        yield Line("voucher_needs")
    yield Line("voucher_communal")


def _curve(day: date, incomes: Incomes, place: Place) -> Iterator[Point]:
    """The voucher over the determining income at the lowest cost, with the places of this family."""
    limits = limits_on(day)
    own = {incomes.low.determining, incomes.high.determining} if incomes.low.state == "declared" else set()
    first, last = int(limits.full), int(limits.none)
    grid = {Fraction(income) for income in (first, *range((first // STEP + 1) * STEP, last, STEP), last)}
    grid |= {income for income in (_cut_until(day, place),) if first < income < last}
    for income in sorted(grid | own):
        yield Point(chf(income), place.voucher(day, income, place.cost[0]).amount, income in own)


def _cut_until(day: date, place: Place) -> Fraction:
    """The income (whole CHF) up to which the cost, not the income, limits the voucher."""
    limits, tariff = limits_on(day), place.tariff(day)
    ceiling = place.voucher(day, limits.full, place.cost[0]).ceiling
    share = (ceiling * 100 / (place.rate * tariff.full_month) - tariff.special_needs) / tariff.maximum
    return Fraction(int(limits.none - share * (limits.none - limits.full)))
