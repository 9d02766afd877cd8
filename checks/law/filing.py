"""From when a voucher can start: the month after the complete application (art. 62 al. 3 let. b OEJF)."""

from datetime import date

from checks.law.calendar import ONE_DAY, next_month


def first_entitled_day(filed_on: date) -> date:
    """The first day of the month after filing; filing on the 1st also means the month after."""
    return next_month(filed_on)


def file_by(start: date) -> date:
    """The last day of filing for a voucher from the month of `start` on."""
    return start.replace(day=1) - ONE_DAY
