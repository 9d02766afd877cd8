"""What one day more of care or of work a week, or a higher income, would mean for what the parents pay in a month."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from checks.amount_steps import chf
from checks.result import Francs, Line
from checks.voucher_family import CHEAPEST, Corner, corner
from checks.voucher_income import Incomes
from checks.voucher_place import Place

DAY_A_WEEK = 20  # percent points
FULL = 100
MORE_INCOME = 10_000


def changes(day: date, incomes: Incomes, places: Sequence[Place], several: bool) -> Iterator[Line]:
    """The lines, for the lowest income and the lowest cost; with several children for all of them together."""
    income = incomes.low.determining
    now = corner(places, day, income, CHEAPEST)

    def change(code: str, others: Sequence[Place], above: int = 0, **facts: Any) -> Line:
        other = corner(others, day, income + above, CHEAPEST)
        facts |= {"voucher": other.voucher, "parents_pay": other.parents_pay}
        return Line(_said(code, other, now), {**facts, "difference": abs(other.parents_pay - now.parents_pay)})

    if incomes.low != incomes.high or any(place.cost[0] != place.cost[1] for place in places):
        cost = sum(now.costs, start=Decimal(0))
        yield Line("voucher_changes_for", {"income": chf(income), "cost": cost, "parents_pay": now.parents_pay})
    for number, place in enumerate(places):
        if place.booked + DAY_A_WEEK <= FULL:
            more = _more_care(place)
            facts: dict[str, Any] = {"rate": more.booked, "cost": more.cost[0], "child": place.child}
            others = (*places[:number], more, *places[number + 1 :])
            yield change("voucher_more_care_child" if several else "voucher_more_care", others, 0, **facts)
    if any(place.granted < FULL for place in places):
        worked = [_more_work(place) for place in places]
        code = "voucher_more_work_all" if several else "voucher_more_work"
        yield change(code, worked, rate=worked[0].granted)
    if not several and places[0].granted < places[0].booked + DAY_A_WEEK <= FULL:
        both = _more_work(_more_care(places[0]))
        if both.granted == places[0].granted + DAY_A_WEEK:
            facts = {"rate": both.booked, "granted": both.granted, "cost": both.cost[0]}
            yield change("voucher_more_both", [both], 0, **facts)
    if incomes.low.state == "declared":
        yield change("voucher_more_income", places, MORE_INCOME, more=Francs(MORE_INCOME))


def _said(code: str, other: Corner, now: Corner) -> str:
    """More work or income may change nothing, more care always does."""
    same = not code.startswith("voucher_more_care") and other.parents_pay == now.parents_pay
    return f"{code}_same" if same else code


def _more_care(place: Place) -> Place:
    booked = place.booked + DAY_A_WEEK
    low, high = ((cost * booked / place.booked).quantize(Decimal("0.01")) for cost in place.cost)
    return replace(place, booked=booked, cost=(low, high))


def _more_work(place: Place) -> Place:
    return replace(place, granted=min(place.granted + DAY_A_WEEK, FULL))
