"""What a check ends in: an outcome with its numbers, and the reasons with their sources.

Articles of law are written as "OEJF 37.2, 44.3; ODEJF 3.3.b": the act, then article.paragraph.letter.
Sources are keys of `knowledge/sources.toml`. Texts belong to the catalogues, by code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from checks.year import Grant

Facts = Mapping[str, Any]
TOP = 3  # the best level of a result


class Francs(int):
    """A whole amount in CHF; an amount with Rappen is a Decimal. Both are written with separators."""


@dataclass(frozen=True)
class InMonth:
    """Some day of a month, named by any of its days: written as the month alone."""

    day: date


@dataclass(frozen=True)
class Reason:
    """One rule that decided: its code, the figures of the case, the article (or "") and the source."""

    code: str
    law: str
    source: str
    facts: Facts = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.source:
            raise ValueError(f"{self.code}: a reason needs a source")


@dataclass(frozen=True)
class Line:
    """A step, a document or a note by its code, with the figures of the case."""

    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Deadline:
    """Something to do by a day (that day included)."""

    day: date
    code: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Point:
    """The voucher of a month (CHF) for a determining income (CHF a year); `own` marks the family's place.

    `voucher` is for the lowest cost that was told, `at_most` for the highest.
    """

    income: Francs | Decimal
    voucher: Decimal
    at_most: Decimal
    own: bool


@dataclass(frozen=True)
class PaidMonth:
    """What the voucher pays in the month that begins on `first`, in CHF: at least `voucher`, at most `at_most`."""

    first: date
    voucher: Decimal
    at_most: Decimal


@dataclass(frozen=True)
class Result:
    """The end of a check.

    `merit` orders the results of one check, more is better for the person: first the level (TOP: nothing is missing;
    below: negative or partial; negative: no result on this case), then numbers of the same level. `fixed` says, below
    TOP, why nothing that the person could still change gives more; it counts where the explorer finds nothing.
    `grants` hold the days on which the child is entitled, `paid` the amounts of the period's months, `curve` those over
    the income, each where the check knows them.
    """

    outcome: str
    reasons: tuple[Reason, ...]
    numbers: Mapping[str, int | float] = field(default_factory=dict)
    merit: tuple[int, ...] = (0,)
    steps: tuple[Line, ...] = ()
    documents: tuple[Line, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notes: tuple[Line, ...] = ()
    fixed: Reason | None = None
    grants: tuple[Grant, ...] = ()
    curve: tuple[Point, ...] = ()
    paid: tuple[PaidMonth, ...] = ()

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError(f"{self.outcome}: a result needs a reason with its source")
