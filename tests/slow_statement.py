"""The rules of a voucher said once more, slowly: every day of the period on its own.

Written from the description of kiBon's rules, not from `checks`, of which it uses nothing. Cases are parsed
JSON and taken to be valid.
"""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

NEXT = timedelta(days=1)
Rate = int | Fraction
MINIMUM = {"preschool": 20, "kindergarten": 40, "school": 40}
EXCEPTION_FLOOR = {
    ("one", "preschool"): 0,
    ("one", "kindergarten"): 20,
    ("one", "school"): 20,
    ("two", "preschool"): 100,
    ("two", "kindergarten"): 120,
    ("two", "school"): 120,
}


class Day(NamedTuple):
    entitled: Rate
    care: Rate
    reasons: tuple[str, ...]


class Month(NamedTuple):
    care: Fraction
    entitled: int
    voucher: Rate


def days_of(case: dict) -> dict[date, Day]:
    """Entitled rate, care rate and reasons of every day of the period."""
    year = int(case["period"][:4])
    days = [date(year, 8, 1) + NEXT * n for n in range((date(year + 1, 8, 1) - date(year, 8, 1)).days)]
    care = {day: care_on(case, day) for day in days}
    rows = {day: day_alone(case, day, days) for day in days}
    rows = with_adaptation(case, rows, care) if case.get("adaptation") else rows
    return {day: Day(rate, care[day], reasons) for day, (rate, reasons) in with_drop(case, rows).items()}


def months_of(days: dict[date, Day]) -> list[Month]:
    """Each month: the mean of its days."""
    months = []
    for first in [day for day in days if day.day == 1]:
        rows = [row for day, row in days.items() if (day.year, day.month) == (first.year, first.month)]
        care = Fraction(sum(row.care for row in rows)) / len(rows)
        entitled = int(Fraction(sum(row.entitled for row in rows)) / len(rows) + Fraction(1, 2))
        months.append(Month(care, entitled, min(care, entitled)))
    return months


def day_alone(case: dict, day: date, days: list[date]) -> tuple[Rate, tuple[str, ...]]:
    """The day's entitled rate as if it stood alone, and why (no adaptation, no drop rule)."""
    rate, reasons = from_activity(case, day)
    rate, reasons = from_need(case, day, rate, reasons)
    rate, reasons = from_exception(case, day, rate, reasons)
    for code in obstacles(case, day, days):
        reasons = [*reasons, code] if rate == 0 else [code]
        rate = 0
    share = nursery_limit(case, day)
    if share is not None and not 0 < rate <= share:
        reasons = [*reasons, "school_stage"] if rate == 0 else ["school_stage"]
        rate = min(rate, share)
    return rate, tuple(reasons)


def from_activity(case: dict, day: date) -> tuple[Rate, list[str]]:
    cut = sum(min(100, activity_of(person, case, day)) for person in counting(case))
    beyond = cut - 100 * (len(counting(case)) - 1)
    doing = [one for person in counting(case) for one in person.get("activities", []) if one["rate"] and runs(one, day)]
    codes = []
    if voluntary_max(case) and any(one["kind"] == "voluntary_work" for one in doing):
        codes.append("voluntary_work")
    paused = ["unpaid_leave"] if any(on_leave(one, day) for one in doing) else []
    if beyond <= 0 or beyond < minimum_of(case):
        return 0, ["below_minimum", *paused]
    return min(100, nearest_five(beyond + 20)), ["activity", *codes, *paused]


def activity_of(person: dict, case: dict, day: date) -> Rate:
    """One person's activities on the day, not cut at 100."""
    running = [one for one in person.get("activities", []) if runs(one, day) and not on_leave(one, day)]
    voluntary = sum(exact(one["rate"]) for one in running if one["kind"] == "voluntary_work")
    other = sum(exact(one["rate"]) for one in running if one["kind"] != "voluntary_work")
    return other + min(voluntary, voluntary_max(case))


def on_leave(activity: dict, day: date) -> bool:
    leave = activity.get("unpaid_leave")
    if not leave or not runs(leave, day):
        return False
    return leave.get("from") is None or day >= months_later(date.fromisoformat(leave["from"]), 3)


def from_need(case: dict, day: date, rate: Rate, reasons: list[str]) -> tuple[Rate, list[str]]:
    for confirmation in case.get("specialist_confirmations", []):
        need = nearest_five(exact(confirmation["rate"]))
        if not runs(confirmation, day) or need <= rate:
            continue
        if confirmation["need"] == "social":
            return need, ["specialist_social"]
        foreign = case.get("official_language_confirmed") is False
        enough = care_on(case, day) >= need or case.get("continue_below_language_minimum", False)
        if enough and not foreign:
            return need, ["specialist_language"]
        if care_on(case, day) > 0:
            reasons = [*reasons, "official_language_missing" if foreign else "language_care_too_low"]
    return rate, reasons


def from_exception(case: dict, day: date, rate: Rate, reasons: list[str]) -> tuple[Rate, list[str]]:
    need = case.get("exceptional_need")
    if not need or not runs(need, day) or exact(need["rate"]) <= rate:
        return rate, reasons
    together = sum(activity_of(person, case, day) for person in counting(case))
    persons = "one" if len(counting(case)) == 1 else "two"
    accepted = together >= EXCEPTION_FLOOR[persons, case["child"]["school_stage"]]
    if accepted and (persons == "two" or together > 0):
        return exact(need["rate"]), ["exceptional"]
    return rate, [*reasons, "exceptional_refused"]


def obstacles(case: dict, day: date, days: list[date]) -> list[str]:
    codes = []
    if not in_commune(case, day):
        codes.append("outside_commune")
    if day < first_timely(case, days):
        codes.append("filed_late")
    return codes


def in_commune(case: dict, day: date) -> bool:
    """Moving in counts from the day, moving out from the next month.

    Where only days outside are named, the rest is in the commune.
    """
    named = case.get("residence") or []
    if not named:
        return True
    only_outside = not any(one["in_commune"] for one in named)

    def there(some: date) -> bool:
        return any(one["in_commune"] for one in named if runs(one, some)) or (
            only_outside and not any(runs(one, some) for one in named)
        )

    return any(there(day.replace(day=number)) for number in range(1, day.day + 1))


def first_timely(case: dict, days: list[date]) -> date:
    """The first day of the month after filing, if that is later than the period's first day."""
    filed = case.get("filed_on")
    if not filed or date.fromisoformat(filed) < days[0]:
        return days[0]
    filed_on = min(date.fromisoformat(filed), days[-1])
    return filed_on.replace(day=1) + NEXT * monthrange(filed_on.year, filed_on.month)[1]


def nursery_limit(case: dict, day: date) -> Rate | None:
    """What a school child may have at most because a day nursery takes no school children; None: no limit."""
    places = case.get("care", [])
    if case["child"]["school_stage"] != "school" or not places:
        return None
    booked = [place for place in places if runs(place, day)]
    if not any(place["provider"] == "daycare" for place in booked) and any(
        place["provider"] == "day_family" for place in places
    ):
        return None
    return sum(exact(place["rate"]) for place in booked if place["provider"] == "day_family")


Rows = dict[date, tuple[Rate, tuple[str, ...]]]


def with_adaptation(case: dict, rows: Rows, care: dict[date, Rate]) -> Rows:
    """All or nothing: the calendar month before the first entitled day of care that follows care without."""
    days = list(rows)
    waiting = [day for day in days if care[day] > 0 and rows[day][0] == 0]
    entitled = [day for day in days if care[day] > 0 and rows[day][0] > 0]
    later = [day for day in entitled if waiting and day > waiting[0]]
    if not later:
        return rows
    start, last = later[0], later[0] - NEXT
    if last < first_timely(case, days) or not in_commune(case, last):
        return rows
    begin = max(months_later(start, -1), days[0], first_timely(case, days))
    if begin != months_later(entitled[0], -1):
        return rows
    granted = {}
    for day in days:
        rate = rows[start][0]
        limit = nursery_limit(case, day)
        rate = rate if limit is None else min(rate, limit)
        if begin <= day < start and in_commune(case, day) and rate > rows[day][0]:
            granted[day] = (rate, ("adaptation",))
    return rows if nursery_limit(case, last) == 0 else {**rows, **granted}


def with_drop(case: dict, rows: Rows) -> Rows:
    """A lower rate counts from the next month on."""
    kept: Rows = {}
    before = 0
    for day, (rate, reasons) in rows.items():
        limit = nursery_limit(case, day)
        old = before if limit is None else min(before, limit)
        kept[day] = (old, ("kept_to_month_end",)) if day.day > 1 and old > rate else (rate, reasons)
        before = kept[day][0]
    return kept


def counting(case: dict) -> list[dict]:
    return case["applicants"] if case["household"] == "couple" else case["applicants"][:1]


def minimum_of(case: dict) -> int:
    stage = case["child"]["school_stage"]
    field = "minimum_preschool" if stage == "preschool" else "minimum_kindergarten"
    own = (case.get("commune") or {}).get(field)
    return MINIMUM[stage] if own is None else own


def voluntary_max(case: dict) -> Rate:
    return exact((case.get("commune") or {}).get("voluntary_max", 0))


def care_on(case: dict, day: date) -> Rate:
    return sum(exact(place["rate"]) for place in case.get("care", []) if runs(place, day))


def runs(entry: dict, day: date) -> bool:
    begin, end = entry.get("from"), entry.get("until")
    return (begin is None or date.fromisoformat(begin) <= day) and (end is None or day <= date.fromisoformat(end))


def exact(rate: int | float) -> Rate:
    """The rate as it is written."""
    return rate if isinstance(rate, int) else Fraction(str(rate))


def nearest_five(rate: Rate) -> int:
    return (2 * rate + 5) // 10 * 5


def months_later(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
