"""The result of the voucher check: the amount or its range, its arithmetic, and what goes with it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from checks.amount_figures import is_estimate
from checks.amount_steps import amount_reasons, chf, income_reasons
from checks.case import Case
from checks.law.calendar import add_months, period_start
from checks.result import TOP, Francs, Line, PaidMonth, Reason, Result
from checks.voucher_changes import changes
from checks.voucher_curve import curve
from checks.voucher_fall import Decisive
from checks.voucher_family import Corner, corners
from checks.voucher_income import Incomes
from checks.voucher_place import Place

MONTHS = 12


def voucher_result(case: Case, decisive: Decisive, places: Sequence[Place], without: Sequence[Line]) -> Result:
    """The estimate for the month of the case; `without` are the children that have no voucher, and why."""
    incomes, several = decisive.of(case.day), len(places) + len(without) > 1
    found = corners(places, case.day, incomes)
    vouchers = sorted(corner.voucher for corner in found)
    parents = sorted(corner.parents_pay for corner in found)
    _explain(case, decisive, places, found, several)
    return Result(
        _outcome(case, vouchers, parents, several),
        tuple(case.reasons),
        _numbers(incomes, vouchers, parents, len(places) if several else 0),
        merit=(TOP,) if vouchers[-1] else (1,),
        steps=(Line(f"voucher_{incomes.low.state}"), Line("office_other")),
        notes=(
            *(Line(f"voucher_without_{line.code}", line.facts) for line in without),
            *changes(case.day, incomes, places, several),
            *_notes(case, decisive, places, several),
        ),
        fixed=None if vouchers[-1] else _nothing(case, incomes, found[-1]),
        curve=tuple(curve(case.day, incomes, places)),
        paid=tuple(_paid(case, decisive, places)),
    )


def _nothing(case: Case, incomes: Incomes, found: Corner) -> Reason:
    """Why nothing is paid, and what alone would change it."""
    if incomes.low.state == "not_declared":
        return Reason("voucher_not_declared", "OEJF 63", "kibon_rules")
    if any(one.ceiling for one in found.found):
        rows = [case.value(f"income_fall_{name}") for name in ("limit", "percent")]
        facts = {"limit": Francs(rows[0]), "percent": int(rows[1])}
        return Reason("voucher_income_too_high", rows[0].law, rows[0].source, facts)
    return Reason("voucher_cost_too_low", "OEJF 55", "kibon_rules")


def _outcome(case: Case, vouchers: list[Decimal], parents: list[Decimal], several: bool) -> str:
    if not vouchers[-1]:
        return "nothing_paid"
    kind = "range" if vouchers[0] != vouchers[-1] else "amount" if parents[0] == parents[-1] else "cost_range"
    return ("siblings_" if several else "") + (f"{kind}_estimated" if is_estimate(case.day) else kind)


def _numbers(incomes: Incomes, vouchers: list[Decimal], parents: list[Decimal], children: int) -> dict[str, float]:
    """CHF a month; CHF a year for the income; the number of children with a voucher where there are several."""
    numbers = {"voucher": vouchers[0], "parents_pay": parents[-1]}
    if (vouchers[0], parents[0]) != (vouchers[-1], parents[-1]):
        numbers |= {"voucher_at_most": vouchers[-1], "parents_pay_at_least": parents[0]}
    found = {name: float(amount) for name, amount in numbers.items()}
    counted = {"children": children} if children else {}
    return {**found, **counted, "determining_income": float(incomes.low.determining)}


def _explain(case: Case, decisive: Decisive, places: Sequence[Place], found: list[Corner], several: bool) -> None:
    """The arithmetic, child by child at every end; what is the same at two ends is said once."""
    incomes = decisive.of(case.day)
    case.reasons += income_reasons(decisive.base.low)
    case.reasons += decisive.reasons
    for income in (incomes.low, incomes.high):
        case.reasons += [reason for reason in income_reasons(income) if reason not in case.reasons]
    for number, place in enumerate(places):
        if several:
            case.because("voucher_child", source="kibon_2021", child=place.child)
        case.reasons += place.reasons
        told: list[Reason] = []
        ends: dict[object, Corner] = {}
        for corner in found:
            ends.setdefault(corner.found[number], corner)  # two incomes below a limit give the same
        for corner in ends.values():
            if len(ends) > 1:
                cost = chf(Fraction(corner.costs[number]))
                case.because("voucher_at_this_end", source="kibon_2021", income=chf(corner.income), cost=cost)
            steps = _steps(case, place, corner, number)
            new = [reason for reason in steps if reason not in told]
            told += new
            case.reasons += new
    if len(places) > 1:
        totals = {corner.found: _total(corner) for corner in reversed(found)}
        case.reasons += reversed(totals.values())


def _steps(case: Case, place: Place, corner: Corner, number: int) -> Iterator[Reason]:
    tariff, group = place.tariff(case.day), place.group(case.day)
    return amount_reasons(case.day, place.provider, group, tariff, corner.income, corner.found[number])


def _total(corner: Corner) -> Reason:
    """The sum of all children at one end."""
    facts = {
        "vouchers": tuple(one.amount for one in corner.found),
        "voucher": corner.voucher,
        "cost": sum(corner.costs, start=Decimal(0)),
        "parents_pay": corner.parents_pay,
        "income": chf(corner.income),
    }
    return Reason("voucher_total", "", "kibon_2021", facts)


def _notes(case: Case, decisive: Decisive, places: Sequence[Place], several: bool) -> Iterator[Line]:
    family = decisive.base.low.family
    stages = {place.stage for place in places if place.provider == "daycare"}
    yield from (Line(f"commune_decides_{stage}") for stage in ("kindergarten", "school") if stage in stages)
    if is_estimate(case.day):
        yield Line("voucher_estimate", {"percent": int(case.value("maximum_raise"))})
    for place in places:
        if place.booked > place.granted:
            facts = {"booked": place.booked, "granted": place.granted, "child": place.child}
            yield Line("voucher_above_granted_child" if several else "voucher_above_granted", facts)
    if family and family.size != family.persons:
        yield Line("voucher_halves")
    if any(place.needs for place in places):
        yield Line("voucher_needs")
    yield from decisive.notes
    yield Line("voucher_communal")


def _paid(case: Case, decisive: Decisive, places: Sequence[Place]) -> Iterator[PaidMonth]:
    """Every month of the period with the same places and costs; age and income may differ."""
    start, known = period_start(case.day), dict[object, tuple[Decimal, Decimal]]()
    for first in (add_months(start, number) for number in range(MONTHS)):
        incomes = decisive.of(first)
        key = (incomes.low.year, *(place.group(first) if place.is_there(first) else "" for place in places))
        if key not in known:  # most months of a year are the same
            vouchers = [corner.voucher for corner in corners(places, first, incomes)]
            known[key] = (min(vouchers), max(vouchers))
        yield PaidMonth(first, *known[key])
