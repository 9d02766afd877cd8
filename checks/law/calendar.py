"""Days, months and periods (1 August to 31 July) as the ordinance counts them."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
_remembered = lru_cache(maxsize=10_000)  # one result asks the same few months thousands of times


@_remembered
def add_months(day: date, months: int) -> date:
    """`day` moved by `months` calendar months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@_remembered
def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_month(day: date) -> date:
    """The first day of the month after `day`."""
    return month_end(day) + ONE_DAY


@_remembered
def period_start(day: date) -> date:
    """The 1 August on which the voucher period of `day` begins."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


@_remembered
def period_end(day: date) -> date:
    """The 31 July on which the voucher period of `day` ends."""
    return period_start(day).replace(year=period_start(day).year + 1) - ONE_DAY


@_remembered
def period_name(day: date) -> str:
    """The voucher period of `day` as families write it: "2024/25"."""
    start = period_start(day).year
    return f"{start}/{(start + 1) % 100:02d}"
