"""What a place confirmation holds: one row for each span, with values of a whole month; and the questions for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checks.case import Case
from checks.law.calendar import ONE_DAY, add_months, month_end, period_end
from checks.law.monthly_rate import Entry, calendar_days, month_parts, to_enter
from checks.law.timeline import Span
from checks.questions import Amount, Choice, Day, Question
from checks.units import Units
from checks.values import Value

UNITS = {"daycare": "days", "day_family": "hours"}
HOURS_A_DAY = 24
CENT = Decimal("0.01")
COSTS = ("480.00", "1250.50")

BASIS = Choice("rate_basis", law="OEJF 48, 49", source="kibon_2021", options=("monthly", "part"))
ADAPTATION_BASIS = Choice("adaptation_basis", source="adaptation", options=("monthly", "part", "own_monthly"))
ADAPTATION_UNTIL = Day("adaptation_until", law="OEJF 36.3", source="adaptation", closing=True)
MONTH_UNITS = {
    unit: Units(f"monthly_{unit}", law="OEJF 48, 49", source="kibon_care_rate", unit=unit) for unit in UNITS.values()
}
MONTH_COST = Amount("monthly_cost", source="kibon_care_rate", tried=COSTS)
ADAPTATION_UNITS = {
    unit: Units(f"adaptation_{unit}", law="OEJF 48, 49", source="adaptation", unit=unit) for unit in UNITS.values()
}
ADAPTATION_COST = Amount("adaptation_cost", source="adaptation", tried=COSTS)
PART_UNITS = {
    (unit, number): Units(f"part_{unit}_{number}", law="OEJF 48, 49", source="kibon_rules", unit=unit)
    for unit in UNITS.values()
    for number in (1, 2)
}
PART_COST = {number: Amount(f"part_cost_{number}", source="kibon_rules", tried=COSTS) for number in (1, 2)}
ROW_QUESTIONS: tuple[Question[Any], ...] = (
    BASIS,
    ADAPTATION_BASIS,
    ADAPTATION_UNTIL,
    *PART_UNITS.values(),
    *PART_COST.values(),
    *ADAPTATION_UNITS.values(),
    ADAPTATION_COST,
    *MONTH_UNITS.values(),
    MONTH_COST,
)


@dataclass(frozen=True)
class Row:
    """One row: `entry` a month from `first` to `last`. No `first`: the row that is there already; no `last`: open.

    `effective` is what takes place in the part of a month where the entry was scaled up from it.
    """

    first: date | None
    last: date | None
    entry: Entry
    effective: Entry | None = None

    @property
    def parts(self) -> tuple[Span, ...]:
        """The months, or parts of months, whose reckoning the row explains."""
        if self.first is None:
            assert self.last is not None
            return (Span(self.last.replace(day=1), self.last),)
        return month_parts(self.first, self.last or month_end(self.first))


class Place:
    """One place in a day nursery or a day family: asks for what is agreed and builds the rows."""

    def __init__(self, case: Case, offer: str):
        self.case, self.unit = case, UNITS[offer]

    @property
    def full(self) -> Value:
        """The days or hours of a month at 100 %."""
        return self.case.value(f"full_month_{self.unit}")

    def monthly(self) -> Entry:
        """The regular care as agreed for a whole month."""
        return self._whole_month(MONTH_UNITS[self.unit], MONTH_COST)

    def adaptation_monthly(self) -> Entry:
        """The adaptation at a monthly rate and price of its own."""
        return self._whole_month(ADAPTATION_UNITS[self.unit], ADAPTATION_COST)

    def _whole_month(self, units: Units, cost: Amount) -> Entry:
        full = int(self.full)
        asked = self.case.ask(replace(units, high=full, full=full))
        return Entry(Fraction(asked), Fraction(self.case.ask(cost)))

    def part(self, part: Span, number: int = 1) -> Row:
        """The row for a part of a month of which the days or hours and the cost of that part alone are known."""
        facts: Mapping[str, Any] = {"first": part.first, "last": part.last}
        most = calendar_days(part) * (1 if self.unit == "days" else HOURS_A_DAY)
        question = replace(PART_UNITS[self.unit, number], high=most, facts=facts, reach=str(self._full_of(part)))
        units = self.case.ask(question, tried=self._near_full(part, most))
        cost = self.case.ask(replace(PART_COST[number], facts=facts))
        effective = Entry(Fraction(units), Fraction(cost))
        return Row(part.first, part.last, to_enter(effective, part), effective)

    def _full_of(self, part: Span) -> Decimal:
        """The most days or hours of this part that are not above 100 %, in hundredths."""
        return Decimal(int(self.full) * calendar_days(part) * 100 // month_end(part.first).day) / 100

    def _near_full(self, part: Span, most: int) -> tuple[str, ...]:
        """Well below, at and just above what is 100 % in this part."""
        at = self._full_of(part)
        near = ((at / 2).quantize(CENT), at, min(at + Decimal("0.5"), Decimal(most)))
        return tuple(dict.fromkeys(str(units) for units in near))

    def regular_from(self, first: date) -> tuple[Row, ...]:
        """The open row of the regular care; none where `first` already lies in the next period."""
        if first > period_end(self.case.day):
            return ()
        return (Row(first, None, self.monthly()),)

    def starting(self, first: date) -> tuple[Row, ...]:
        """The rows of care, or of a new rate, that begins on `first`."""
        rest = Span(first, month_end(first))
        if first.day == 1 or self.case.ask(BASIS) == "monthly":
            return self.regular_from(first)
        return (self.part(rest), *self.regular_from(rest.last + ONE_DAY))

    def ending(self, last: date) -> tuple[Row, ...]:
        """The row in which care ends on `last`."""
        part = Span(last.replace(day=1), last)
        if last == month_end(last) or self.case.ask(BASIS) == "monthly":
            return (Row(None, last, self.monthly()),)
        return (self.part(part),)

    def adapting(self, first: date) -> tuple[Row, ...]:
        """The rows of an adaptation that begins on `first`, and of the regular care after it."""
        basis = self.case.ask(ADAPTATION_BASIS)
        if basis == "monthly":
            return self.regular_from(first)
        latest = month_end(add_months(first.replace(day=1), 1))
        until = self.case.ask(
            replace(ADAPTATION_UNTIL, earliest=first, latest=latest, facts={"first": first}),
            tried=_days(min(first.replace(day=25), month_end(first)), month_end(first), latest.replace(day=14)),
        )
        self.case.day = until
        if basis == "own_monthly":
            entry = self.adaptation_monthly()
            rows = tuple(Row(*span, entry) for span in _within_periods(first, until))
        else:
            rows = tuple(self.part(part, number) for number, part in enumerate(month_parts(first, until), 1))
        return (*rows, *self.regular_from(until + ONE_DAY))


def _within_periods(first: date, last: date) -> tuple[Span, ...]:
    """The span, cut at the end of July where it reaches into the next period."""
    end = period_end(first)
    return (Span(first, last),) if last <= end else (Span(first, end), Span(end + ONE_DAY, last))


def _days(*days: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(day.isoformat() for day in days))
