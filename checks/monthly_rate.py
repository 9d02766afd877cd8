"""Guided check: which monthly care rate and cost an institution enters when care changes within a month.

Sources: guidance text on the adaptation (place confirmation), kiBon's rules (monthly average by calendar days), and
kiBon of March 2021 (units, values of a whole month, cost without meals).
"""

from datetime import date
from fractions import Fraction
from typing import Any

from checks.case import Case
from checks.law.calendar import ONE_DAY, month_end, period_end, period_name, period_start
from checks.law.monthly_rate import Entry, calendar_days, counted, rate, share, two_decimals
from checks.place_rows import ROW_QUESTIONS, Place, Row
from checks.questions import Choice, Day, Question
from checks.result import TOP, Line, Result

AUDIENCE = ("institutions",)
VERSION = 1
PLACE = 6

OFFER = Choice("place_offer", law="OEJF 48, 49", source="kibon_2021", options=("daycare", "day_family"))
SITUATION = Choice("rate_situation", source="kibon_rules", options=("starts", "ends", "changes", "adaptation"))
WITHOUT_RULES = ("2022-07-31", "2027-08-01")
STARTS_ON = Day("starts_on", source="kibon_rules", tried=("2026-11-16", "2026-12-01", "2027-07-12", *WITHOUT_RULES))
CHANGES_ON = Day("changes_on", source="kibon_rules", tried=("2026-11-16", "2026-12-01", *WITHOUT_RULES))
ENDS_ON = Day("ends_on", source="kibon_rules", closing=True, tried=("2026-11-10", "2026-11-30", *WITHOUT_RULES))
ADAPTATION_FROM = Day(
    "adaptation_from",
    law="OEJF 36.3",
    source="adaptation",
    tried=("2026-11-12", "2026-12-01", "2026-07-12", *WITHOUT_RULES),
)
QUESTIONS: tuple[Question[Any], ...] = (
    OFFER,
    SITUATION,
    STARTS_ON,
    CHANGES_ON,
    ENDS_ON,
    ADAPTATION_FROM,
    *ROW_QUESTIONS,
)
DAY_QUESTIONS = {"starts": STARTS_ON, "changes": CHANGES_ON, "ends": ENDS_ON, "adaptation": ADAPTATION_FROM}
FULL_RATE = 100


def check(case: Case) -> Result:
    """The rows of the place confirmation, each with values of a whole month; rates in percent, costs in CHF."""
    place = Place(case, case.ask(OFFER))
    situation = case.ask(SITUATION)
    day = case.day = case.ask(DAY_QUESTIONS[situation])
    full = place.full
    if situation == "adaptation":
        rows = place.adapting(day)
    else:
        rows = place.ending(day) if situation == "ends" else place.starting(day)
    case.because("rate_whole_months", source="kibon_2021")
    case.because(f"rate_full_{place.unit}", full, full=int(full))
    for row in rows:
        _explain(case, place, row)
    above = [row for row in rows if _rate(place, row) > FULL_RATE]
    for row in above:
        (part,) = row.parts
        facts: dict[str, Any] = {"first": part.first, "last": part.last, "most": _plain(share(part) * int(full))}
        case.because(f"rate_above_full_{place.unit}", source="kibon_rules", rate=_plain(_rate(place, row)), **facts)
    case.because("rate_without_meals", source="kibon_care_rate")
    return Result(
        "above_full" if above else "one_row" if len(rows) == 1 else "rows",
        tuple(case.reasons),
        _numbers(place, rows),
        merit=(1 if above else TOP,),
        steps=(
            *_row_before(situation, day, rows),
            *(_row(place, row) for row in rows),
            *((Line("rate_check_above"), Line("rate_ask_above")) if above else ()),
            *((Line("rate_adaptation_box"),) if situation == "adaptation" else ()),
            Line("rate_confirm"),
        ),
        notes=_notes(place, situation, day, rows),
    )


def _rate(place: Place, row: Row) -> Fraction:
    return rate(row.entry.units, Fraction(int(place.full)))


def _explain(case: Case, place: Place, row: Row) -> None:
    """The arithmetic of the row, month by month."""
    full = Fraction(int(place.full))
    for part in row.parts:
        whole = share(part) == 1
        code = "rate_month_as_it_is" if whole else "rate_scaled" if row.effective else "rate_counted"
        inside = row.effective or counted(row.entry, part)
        case.because(
            f"{code}_{place.unit}",
            source="kibon_rules",
            first=part.first,
            last=part.last,
            days=calendar_days(part),
            length=month_end(part.first).day,
            full=int(full),
            rate=_plain(rate(row.entry.units, full)),
            units=_plain(row.entry.units),
            cost=two_decimals(row.entry.cost),
            inside_rate=_plain(rate(inside.units, full)),
            inside_units=_plain(inside.units),
            inside_cost=two_decimals(inside.cost),
        )


def _row(place: Place, row: Row) -> Line:
    """The row as it is entered."""
    facts = {
        "rate": _plain(_rate(place, row)),
        "units": _plain(row.entry.units),
        "cost": two_decimals(row.entry.cost),
    }
    if row.first is None:
        return Line(f"rate_row_kept_{place.unit}", {**facts, "last": row.last})
    if row.last is None:
        return Line(f"rate_row_open_{place.unit}", {**facts, "first": row.first})
    code = "rate_row_above" if _rate(place, row) > FULL_RATE else "rate_row"
    return Line(f"{code}_{place.unit}", {**facts, "first": row.first, "last": row.last})


def _row_before(situation: str, day: date, rows: tuple[Row, ...]) -> tuple[Line, ...]:
    """Where a row that is there already has to end."""
    if situation == "changes":
        return (Line("rate_row_before", {"last": day - ONE_DAY}),)
    if situation == "ends" and rows[0].first is not None and rows[0].first != period_start(day):
        return (Line("rate_row_before", {"last": rows[0].first - ONE_DAY}),)
    return ()


def _notes(place: Place, situation: str, day: date, rows: tuple[Row, ...]) -> tuple[Line, ...]:
    found = []
    until = max((row.last for row in rows if row.last), default=day)
    last = max(row.last or row.first or day for row in rows)
    shown = [entry for row in rows for entry in (row.entry, *(counted(row.entry, part) for part in row.parts))]
    if any(_rounded(place, entry) for entry in shown):
        found.append(Line("rate_two_decimals"))
    if situation == "adaptation" and period_start(until) != period_start(day):
        found.append(Line("rate_two_periods", {"old": period_name(day), "new": period_name(until)}))
    elif situation == "adaptation" and until.month in (6, 7):
        found.append(Line("rate_adaptation_before_august", {"period": period_name(day)}))
    if situation != "ends" and month_end(last) == period_end(last):
        found.append(Line("rate_next_period"))
    return tuple(found)


def _rounded(place: Place, entry: Entry) -> bool:
    exact = (rate(entry.units, Fraction(int(place.full))), entry.units, entry.cost)
    return any(two_decimals(amount) != amount for amount in exact)


def _numbers(place: Place, rows: tuple[Row, ...]) -> dict[str, Any]:
    """The rows as numbers: rate in percent, days or hours and cost of a whole month."""
    numbers: dict[str, Any] = {"rows": len(rows)}
    for number, row in enumerate(rows, 1):
        numbers[f"rate_{number}"] = _number(_rate(place, row))
        numbers[f"{place.unit}_{number}"] = _number(row.entry.units)
        numbers[f"cost_{number}"] = _number(row.entry.cost)
    return numbers


def _number(amount: Fraction) -> int | float:
    short = two_decimals(amount)
    return int(short) if short == int(short) else float(short)


def _plain(amount: Fraction) -> str:
    """At most two decimals, none where there are none: "60", "6.5", "48.44"."""
    return f"{two_decimals(amount).normalize():f}"
