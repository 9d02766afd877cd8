"""Which months a linguistic need pays: the commune's box and the confirmations, planned for one period.

Months are counted from 0 (August) to 11 (July). A month is paid while a confirmation runs, if care reaches the minimum
or the commune has ticked the box of the place; the box holds for all months (guidance text on the social or linguistic
need; art. 45 al. 1 let. b OEJF).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """The months from `first` to `last` (both included) in which one confirmation runs."""

    first: int
    last: int

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Plan:
    """What the commune sets: the box of the place, and one run of months for each confirmation, in order."""

    box: bool
    runs: tuple[Run, ...]

    @property
    def new(self) -> tuple[Run, ...]:
        """The runs that need a confirmation of their own, besides the one that exists."""
        return self.runs[1:]

    def pays(self, care: Sequence[int], minimum: int) -> frozenset[int]:
        """The months paid with these care rates (percent); a month without care is never paid."""
        covered = {month for run in self.runs for month in run.months}
        return frozenset(month for month in covered if care[month] >= minimum or (self.box and care[month]))


def months_below(care: Sequence[int], minimum: int) -> tuple[int, ...]:
    """The months with care, but under the minimum (both in percent): those that the box decides on."""
    return tuple(month for month, rate in enumerate(care) if 0 < rate < minimum)


def months_to_pay(care: Sequence[int], wanted: Collection[int], minimum: int) -> frozenset[int]:
    """The wanted months under the minimum, and every month that reaches it."""
    return frozenset(wanted) | {month for month, rate in enumerate(care) if rate >= minimum}


def plan_months(care: Sequence[int], wanted: Collection[int], minimum: int, renewable: bool = True) -> Plan | None:
    """The plan that pays exactly the months to pay, with the fewest new confirmations; None where there is none.

    `care` are the rates of the months in percent, `wanted` the months under `minimum` that the commune pays.
    `renewable`: the specialist service confirms the need anew after an interruption. A month without care can not be
    paid.
    """
    if any(not care[month] for month in wanted):
        return None
    whole = Run(0, len(care) - 1)
    if not any(care[month] < minimum for month in wanted):
        return Plan(box=False, runs=(whole,))
    unpaid = [month for month in months_below(care, minimum) if month not in wanted]
    runs = tuple(_runs(sorted(months_to_pay(care, wanted, minimum)), unpaid, whole))
    return Plan(box=True, runs=runs) if renewable or len(runs) == 1 else None


def _runs(paid: Sequence[int], unpaid: Sequence[int], whole: Run) -> Iterator[Run]:
    """A run from the first month to pay until the month before the next one that must not be paid."""
    last = whole.first - 1
    for month in paid:
        if month > last:
            untouched = last < whole.first and not any(other < month for other in unpaid)
            last = min((other - 1 for other in unpaid if other > month), default=whole.last)
            yield Run(whole.first if untouched else month, last)


@dataclass(frozen=True)
class Compromise:
    """A plan that does not meet all wishes: `missing` months stay unpaid, `extra` months are paid against the wish."""

    code: str
    plan: Plan
    missing: frozenset[int]
    extra: frozenset[int]


def compromises(care: Sequence[int], wanted: Collection[int], minimum: int) -> tuple[Compromise, ...]:
    """What can be done with the one confirmation that exists, where `plan_months` needs more of them.

    Let it run with the box ticked, end it before the first month that must not be paid, or leave the box unticked;
    without those that are worse than another one in every month.
    """
    plan = plan_months(care, wanted, minimum)
    if plan is None:
        return ()
    whole = (Run(0, len(care) - 1),)
    choices = (
        ("keep_running", Plan(True, whole)),
        ("end_for_good", Plan(True, plan.runs[:1])),
        ("no_box", Plan(False, whole)),
    )
    right = months_to_pay(care, wanted, minimum)
    found = []
    for code, choice in choices:
        paid = choice.pays(care, minimum)
        found.append(Compromise(code, choice, right - paid, paid - right))
    return tuple(one for one in found if not any(_worse(one, other) for other in found))


def _worse(one: Compromise, other: Compromise) -> bool:
    covers = one.missing >= other.missing and one.extra >= other.extra
    return covers and (one.missing, one.extra) != (other.missing, other.extra)
