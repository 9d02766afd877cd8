"""What a check asks about an unpaid leave of more than three months, and when it takes effect."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from checks.case import Case
from checks.law.calendar import ONE_DAY, add_months, next_month, period_end
from checks.law.unpaid_leave import leave_effect
from checks.questions import Choice, Day, Percent

INTERRUPTIBLE = ("employment", "hourly_employment")

UNPAID_LEAVE = Choice(
    "unpaid_leave", law="OEJF 36.1; ODEJF 3.3.b", source="activity_biel", options=("nobody", "person_1", "person_2")
)
LEAVE_FROM = Day("leave_from", law="OEJF 36.1; ODEJF 3.3.b", source="kibon_decisions")
LEAVE_UNTIL = Day("leave_until", law="OEJF 36.1; ODEJF 3.3.b", source="kibon_decisions", closing=True)
LEAVE_RATE = Percent("leave_rate", law="OEJF 36.1; ODEJF 3.3.b", source="kibon_decisions", low=1)


@dataclass(frozen=True)
class Leave:
    """An unpaid leave that takes effect: from `begin` to `end` (both included) `rate` percent do not count."""

    person: int
    rate: int
    begin: date
    end: date


def ask_unpaid_leave(case: Case, rates: Mapping[int, Mapping[str, int]]) -> Leave | None:
    """The leave that lowers the entitled rate within the period of the case, or None (art. 36 al. 1 OEJF).

    A drop within a month takes effect from the next month on (kiBon's rule of the drop within a month).
    """
    employed = {
        person: sum(rate for kind, rate in own.items() if kind in INTERRUPTIBLE) for person, own in rates.items()
    }
    options = tuple(f"person_{person}" for person, rate in employed.items() if rate > 0)
    if not options:
        return None
    answer = case.ask(_of(options))
    if answer == "nobody":
        return None
    person = int(answer[-1])
    first_day = case.ask(LEAVE_FROM, tried=_days(add_months(case.day, -12), add_months(case.day, 1)))
    months = case.value("unpaid_leave_months")
    lasts = add_months(first_day, int(months))
    asked = replace(LEAVE_UNTIL, earliest=first_day, facts={"since": first_day})
    last_day = case.ask(asked, tried=_days(lasts - ONE_DAY, add_months(lasts, 2)))
    effect = leave_effect(first_day, last_day, int(months))
    begin = max(_drop_day(effect[0]), case.day) if effect else date.max
    end = min(last_day, period_end(case.day))
    if begin > end:
        case.because("unpaid_leave_without_effect", months, months=int(months), begin=first_day, end=last_day)
        return None
    rate = case.ask(replace(LEAVE_RATE, high=employed[person]), tried=(1, employed[person]))
    return Leave(person, rate, begin, end)


def _drop_day(day: date) -> date:
    return day if day.day == 1 else next_month(day - ONE_DAY)


@cache
def _of(persons: tuple[str, ...]) -> Choice:
    return replace(UNPAID_LEAVE, options=("nobody", *persons))


def _days(*days: date) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days)
