"""Until when to apply for care from the day of the case on, as the lines that several checks show."""

from datetime import date

from checks.case import Case
from checks.law.filing import file_by, first_entitled_day
from checks.result import Deadline, Line


def filing_deadlines(case: Case) -> tuple[Deadline, ...]:
    """The last day of filing for a voucher from the day of the case on, where it is not over (art. 62 al. 3 OEJF)."""
    if file_by(case.day) < case.today:
        return ()
    return (Deadline(file_by(case.day), "file_by", {"start": case.day}),)


def voucher_start(case: Case) -> date:
    """The first day of a voucher for care from the day of the case on, with an application made today."""
    return case.day if file_by(case.day) >= case.today else first_entitled_day(case.today)


def filed_late(case: Case) -> tuple[Line, ...]:
    """From when a voucher can start where that day is over, with an application made today."""
    if file_by(case.day) >= case.today:
        return ()
    return (Line("late", {"start": first_entitled_day(case.today)}),)
