"""What cannot be in the finances of a case: an income given twice or not at all, a family given twice, other years."""

from collections.abc import Iterator, Sequence

from checks.assess.case import WholeCase
from checks.assess.finances import Earned, Finances
from checks.assess.form import Days
from checks.assess.incomes import with_social_assistance
from checks.assess.reading import Fault
from checks.law.calendar import add_months, month_end
from checks.law.timeline import Span


def finance_faults(case: WholeCase, finances: Finances) -> Iterator[Fault]:
    """Every rule that the finances break, with the name of the field."""
    yield from _income(case, finances)
    yield from _family(case, finances)
    yield from _falls(case, finances)


def _income(case: WholeCase, finances: Finances) -> Iterator[Fault]:
    ways = finances.ways
    if len(ways) > 1:
        yield Fault(f"finances.{ways[1]}", "income_twice", {"other": ways[0]})
    if not ways and finances.declared and not finances.rejected and not _always_assisted(case, finances):
        yield Fault("finances", "income_missing")
    for number, days in enumerate(finances.social_assistance_months):
        yield from _whole_months(f"finances.social_assistance_months[{number}]", days)
    yield from _persons("finances.applicants", finances.applicants, case)


def _always_assisted(case: WholeCase, finances: Finances) -> bool:
    starts = (add_months(case.days.first, number) for number in range(12))
    return all(with_social_assistance(finances, Span(first, month_end(first))) for first in starts)


def _whole_months(path: str, days: Days) -> Iterator[Fault]:
    """How kiBon counts a part of a month with social assistance is not known here."""
    if days.first and days.first.day != 1:
        yield Fault(f"{path}.from", "not_whole_months")
    if days.last and days.last != month_end(days.last):
        yield Fault(f"{path}.until", "not_whole_months")


def _persons(path: str, earned: Sequence[Earned] | None, case: WholeCase) -> Iterator[Fault]:
    if earned and len(earned) > len(case.applicants):
        yield Fault(path, "more_finances_than_applicants", {"persons": len(case.applicants)})


def _family(case: WholeCase, finances: Finances) -> Iterator[Fault]:
    if finances.children is not None and finances.household_size is not None:
        yield Fault("finances.children", "family_twice")
    yield from _size("finances", finances.household_size, finances.persons)
    for number, change in enumerate(finances.family_changes):
        path = f"finances.family_changes[{number}]"
        yield from _size(path, change.household_size, change.persons)
        if not case.days.covers(change.on):
            facts = {"from": case.days.first, "until": case.days.last}
            yield Fault(f"{path}.on", "outside_period", facts)


def _size(path: str, size: float | None, persons: float | None) -> Iterator[Fault]:
    if size is None and persons is not None:
        yield Fault(f"{path}.household_size", "missing")
    elif size is not None and persons is None and size != int(size):
        yield Fault(f"{path}.persons", "persons_for_halves")
    elif size is not None and persons is not None and persons < size:
        yield Fault(f"{path}.persons", "fewer_persons_than_size")


def _falls(case: WholeCase, finances: Finances) -> Iterator[Fault]:
    first = case.days.first.year
    seen = set()
    for number, later in enumerate(finances.fall_in_income):
        path = f"finances.fall_in_income[{number}]"
        if later.year not in (first, first + 1) or later.year in seen:
            yield Fault(f"{path}.year", "not_a_later_year", {"first": first, "second": first + 1})
        seen.add(later.year)
        if later.applicants is not None and later.imputable_income is not None:
            yield Fault(f"{path}.applicants", "income_twice", {"other": "imputable_income"})
        elif later.applicants is None and later.imputable_income is None:
            yield Fault(f"{path}.imputable_income", "missing")
        yield from _persons(f"{path}.applicants", later.applicants, case)
