"""Whose activity counts: one person's or two persons' (art. 37 and 38 OEJF)."""

from datetime import date

from checks.law.calendar import add_months, month_end


def cohabitation_counts(since: date, day: date, years: int) -> bool:
    """Whether partners without a common child count as a couple in the month of `day`.

    They do when they have lived together for `years` and one month at the end of that month; kiBon counts months
    from there, so that the change takes effect in the month after the two years.
    """
    return since <= add_months(add_months(month_end(day), -12 * years), -1)


def cohabitation_counts_from(since: date, years: int) -> date:
    """The first day on which `cohabitation_counts` holds."""
    month = add_months(since, 12 * years).replace(day=1)
    while not cohabitation_counts(since, month, years):
        month = add_months(month, 1)
    return month
