"""The days of an adaptation and of the work after it, as a message tells them."""

from typing import Any

from bot.facts.days_told import only, roles_of_days
from bot.facts.family import ADAPTATION, CARE, NO_CARE, RIGHT, WORK, known
from bot.facts.told import Told, meaning
from checks.adaptation_dates import ADAPTATION_BEGINS, ADAPTATION_ENDS, WORK_BEGINS

VOUCHER = meaning(fr=r"bon|paie\w*|touche", de=r"gutschein\w*|zahlt|bezahlt")
ROLES = {"adaptation": ADAPTATION, "work": WORK, "right": RIGHT, "voucher": VOUCHER, "care": CARE, "no": NO_CARE}


def days_of_adaptation(told: Told) -> dict[str, Any]:
    """The first and the last day of the adaptation and the first day of work; no days that contradict each other."""
    days = roles_of_days(told, ROLES)
    begins = only(days.get("adaptation", []), ADAPTATION_BEGINS, told)
    ends = only(days.get("adaptation", []), ADAPTATION_ENDS, told, until=True)
    work = only([*days.get("work", []), *days.get("right", [])], WORK_BEGINS, told)
    row = [day for day in (begins, ends, work) if day]
    if row != sorted(row) or (begins and begins == work):
        return {}
    return known(adaptation_begins=begins, adaptation_ends=ends, work_begins=work)
