"""Dated amounts and limits: which value holds on a day, under which article, from which source."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Value:
    """One dated row: `amount` in `unit`, valid from `valid_from` to `valid_until`, both days included.

    `law` is written as in `checks.result`; `source` is a key of `knowledge/sources.toml`;
    `last_confirmed` is the date of the newest source that still names the value (year, month or day).
    """

    name: str
    amount: Decimal
    unit: str
    valid_from: date
    valid_until: date
    law: str
    source: str
    last_confirmed: str

    def __int__(self) -> int:
        return int(self.amount)


class NoRule(LookupError):
    """No row of `name` covers `day`: there is no rule known for this period.

    `first` and `last` are the days between which rows exist; `row` is the nearest one, for its source.
    """

    def __init__(self, name: str, day: date, row: Value, first: date, last: date):
        super().__init__(f"{name}: no row for {day}")
        self.name, self.day, self.row, self.first, self.last = name, day, row, first, last


@lru_cache(maxsize=10_000)
def value(name: str, day: date) -> Value:
    """The row of `name` that covers `day`; NoRule where none does, KeyError for an unknown name."""
    rows = all_rows()[name]
    for row in rows:
        if row.valid_from <= day <= row.valid_until:
            return row
    nearest = rows[0] if day < rows[0].valid_from else rows[-1]
    raise NoRule(name, day, nearest, rows[0].valid_from, rows[-1].valid_until)


@cache
def all_rows() -> dict[str, tuple[Value, ...]]:
    """Every row by name, oldest first; ValueError where the rows of a name overlap or leave a gap."""
    found: dict[str, tuple[Value, ...]] = {}
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        with file.open("rb") as stream:
            tables: dict[str, list[dict[str, Any]]] = tomllib.load(stream, parse_float=Decimal)
        for name, rows in tables.items():
            if name in found:
                raise ValueError(f"{name} stands in two files")
            found[name] = tuple(sorted((_row(name, row) for row in rows), key=lambda row: row.valid_from))
            for old, new in zip(found[name], found[name][1:], strict=False):
                if (new.valid_from - old.valid_until).days != 1:
                    raise ValueError(f"{name}: rows of {old.valid_from} and {new.valid_from} do not join")
    return found


def _row(name: str, row: dict[str, Any]) -> Value:
    return Value(
        name=name,
        amount=Decimal(row["value"]),
        unit=row["unit"],
        valid_from=row["from"],
        valid_until=row["until"],
        law=row["law"],
        source=row["source"],
        last_confirmed=row["last_confirmed"],
    )
