"""What the voucher check asks about each child in care: stage, age, place, rates, cost, special needs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checks.amount_figures import is_cost_of_a_unit, units_of_month
from checks.amount_range import AmountRange
from checks.amount_steps import plain
from checks.case import Case
from checks.family import PROVIDER, SCHOOL_STAGE
from checks.law.calendar import add_months
from checks.law.monthly_rate import two_decimals
from checks.questions import Choice, Month, Percent, Question, YesNo
from checks.result import Line, Reason
from checks.voucher_place import Place

MOST_CHILDREN = 4
OLDEST_PRESCHOOL = 7 * 12  # months

NUMBERS = tuple(str(number) for number in range(1, MOST_CHILDREN + 1))
IN_CARE = Choice("children_in_care", source="kibon_rules", options=NUMBERS)
BORN = Month("birth_month", law="OEJF 55", source="kibon_2021", past=True)
BOOKED = Percent("booked_rate", law="OEJF 48, 49", source="kibon_care_rate", low=1)
GRANTED = Percent("granted_rate", law="OEJF 44", source="kibon_rules")
COST = AmountRange("care_cost", source="kibon_care_rate", low=Decimal("0.01"), high=Decimal(20_000), of_a_unit=True)
COST_PER = Choice("cost_per", source="kibon_care_rate", options=("month", "day", "hour"))
NEEDS = YesNo("special_needs_lump_sum", law="OEJF 42", source="kibon_2021")
OF_A_CHILD: tuple[Question[Any], ...] = (SCHOOL_STAGE, PROVIDER, BORN, BOOKED, GRANTED, COST, COST_PER, NEEDS)


def _own(question: Question[Any], child: int) -> Question[Any]:
    """The question about a further child."""
    return question if child == 1 else replace(question, id=f"{question.id}_{child}", text=question.wording)


CHILD_QUESTIONS: tuple[Question[Any], ...] = (
    IN_CARE,
    *(_own(question, child) for child in range(1, MOST_CHILDREN + 1) for question in OF_A_CHILD),
)

Cost = tuple[tuple[Decimal, Decimal], tuple[Reason, ...]]


class Children:
    """Asks about the children in care one after the other; `family` are those that count in it, where that is known.

    The explorer tries what is special about the last child where `wide`; all of it together for one child, and several
    children, where `full`.
    """

    def __init__(self, case: Case, family: int | None, wide: bool, full: bool):
        self.case, self.wide, self.full = case, wide, full
        options = NUMBERS[: family or MOST_CHILDREN]
        asked = replace(IN_CARE, options=options)
        self.count = int(case.ask(asked, tried=options if full else options[:1])) if len(options) > 1 else 1
        self.nothing: list[Line] = []

    def places(self) -> Iterator[Place]:
        """The places for which a voucher is granted; the others are named in `nothing`."""
        for child in range(1, self.count + 1):
            place = _Child(self, child).place()
            if isinstance(place, Place):
                yield place
            else:
                self.nothing.append(place)


class _Child:
    def __init__(self, children: Children, child: int):
        self.case, self.child, self.several = children.case, child, children.count > 1
        self.wide = children.wide and child == children.count
        self.one_by_one = self.several or not children.full

    def ask(self, question: Any, tried: tuple[Any, ...], **own: Any) -> Any:
        """The answer for this child; the explorer tries all samples, or the first one only beside something special."""
        asked = replace(_own(question, self.child), **own)
        if self.several:
            asked = replace(asked, facts={**asked.facts, "child": self.child})
        found = self.case.ask(asked, tried=tried if self.wide else tried[:1])
        self.wide = self.wide and not (self.one_by_one and found != asked.read(tried[0]))
        return found

    def place(self) -> Place | Line:
        """The place, or why there is no voucher for it."""
        day = self.case.day
        stage = self.ask(SCHOOL_STAGE, ("preschool", "kindergarten", "school"))
        reach = PROVIDER.reach if stage == "school" and not self.several else {}
        provider = self.ask(PROVIDER, ("daycare", "day_family"), reach=reach)
        if stage == "school" and provider == "daycare":
            return Line("school_stage", {"child": self.child})
        born = self._born(day) if stage == "preschool" else None
        booked = self.ask(BOOKED, (60, 100))
        granted = self.ask(GRANTED, (80, 0))
        if not granted:
            return Line("nothing_granted", {"child": self.child, "booked": booked})
        cost, reasons = self._cost(provider, booked)
        needs = self.ask(NEEDS, (False, True))
        return Place(self.child, stage, provider, born, booked, granted, cost, needs, reasons)

    def _born(self, day: date) -> date:
        tried = [add_months(day, -months).isoformat() for months in (36, 6)]
        born: date = self.ask(BORN, tuple(tried), earliest=add_months(day, -OLDEST_PRESCHOOL), latest=day)
        return born

    def _cost(self, provider: str, booked: int) -> Cost:
        """The cost of a month; asked back where it is more likely that of a day or an hour."""
        wide = self.wide
        low, high = self.ask(COST, ("1500.00", "90.00", "1500.00-2600.00"))
        if is_cost_of_a_unit(Fraction(high), provider, Fraction(booked), self.case.day):
            options = COST_PER.options if provider == "day_family" else COST_PER.options[:2]
            self.wide = wide  # a low cost alone is not special
            per = self.ask(COST_PER, options, options=options, facts={"amount": high})
            if per != "month":
                return self._of_units(low, high, per, booked)
        return (low, high), ()

    def _of_units(self, low: Decimal, high: Decimal, per: str, booked: int) -> Cost:
        """The cost of a month where that of a day or an hour is told."""
        units = units_of_month(per, Fraction(booked), self.case.day)
        ends = two_decimals(Fraction(low) * units), two_decimals(Fraction(high) * units)
        row = self.case.value(f"full_month_{per}s")
        facts = {"each": high, "units": plain(units), "month": ends[1]}
        return ends, (Reason(f"voucher_cost_of_{per}s", row.law, row.source, facts),)
