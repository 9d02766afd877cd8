"""From activities to the entitled rate (art. 37, 38 and 44 OEJF; kiBon's rules, section on the activity rate)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, get_args

Rate = int | Decimal
Kind = Literal[
    "employment",
    "hourly_employment",
    "self_employment",
    "training",
    "job_search",
    "health",
    "integration_programme",
    "voluntary_work",
]  # art. 36 al. 1 OEJF; voluntary work only where the commune counts it
KINDS: tuple[str, ...] = get_args(Kind)


def person_activity(rates: Sequence[Rate], cap: int) -> Rate:
    """The activity of one person in percent: the sum of the activities, counted up to `cap` (100)."""
    return min(sum(rates, start=0), cap)


def counted_activity(persons: Sequence[Rate], cap: int) -> Rate:
    """What counts for the entitlement, in percent: one person's activity, or two persons' beyond `cap` (100)."""
    return max(sum(persons, start=0) - cap * (len(persons) - 1), 0)


def entitled_rate(counted: Rate, minimum: int, supplement: int, step: int) -> int:
    """The entitled rate in percent: 0 below `minimum`, else activity plus `supplement`, rounded, at most 100.

    `minimum` is the one for one person (20 or 40); it is tested before rounding.
    """
    if counted <= 0 or counted < minimum:
        return 0
    return min(round_to_step(counted + supplement, step), 100)


def round_to_step(rate: Rate, step: int) -> int:
    """The nearest multiple of `step`, halves up: 51 gives 50, 53 gives 55, 58 gives 60 (step 5)."""
    return int((2 * rate + step) // (2 * step) * step)
