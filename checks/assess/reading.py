"""Reads a whole case: every field that is not right is named, with the rule behind it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from checks.assess.case import WholeCase
from checks.result import Facts

# pydantic's error types, by their ending, as codes of the catalogues
_CODES = (
    ("day", "not_a_day"),
    ("missing", "missing"),
    ("extra_forbidden", "unknown_field"),
    ("literal_error", "not_a_choice"),
    ("pattern_mismatch", "not_a_period"),
    ("equal", "out_of_range"),
    ("finite_number", "out_of_range"),
    ("multiple_of", "not_whole"),
    ("not_an_amount", "not_an_amount"),
    ("not_a_number", "not_a_number"),
    ("not_a_cost", "not_a_cost"),
    ("not_a_size", "not_a_size"),
    ("too_short", "wrong_number_of_entries"),
    ("too_long", "wrong_number_of_entries"),
)
_TYPES = {
    "float_type": "number",
    "bool_type": "yes_or_no",
    "list_type": "list",
    "int_type": "number",
    "model_type": "object",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field: a code, its figures, and the rule.

    `path` names the field, such as applicants[0].activities[1].rate, and is empty for the case itself.
    `law` and `source` are empty where the fault is one of form, not of law.
    """

    path: str
    code: str
    facts: Facts = field(default_factory=dict)
    law: str = ""
    source: str = ""


class WrongCase(ValueError):
    """The case cannot be assessed; `faults` name each field, `id` is the case's own, where it has one."""

    def __init__(self, faults: tuple[Fault, ...], case_id: Any):
        super().__init__("; ".join(f"{fault.path}: {fault.code}" for fault in faults))
        self.faults, self.id = faults, case_id


def read_form(value: object) -> WholeCase:
    """The case in `value`, as parsed from JSON; WrongCase for missing and unknown fields and wrong types."""
    try:
        return WholeCase.model_validate(value)
    except ValidationError as wrong:
        faults = tuple(_fault(error) for error in wrong.errors(include_url=False, include_input=False))
        raise WrongCase(faults, value.get("id") if isinstance(value, Mapping) else None) from None


def _fault(error: ErrorDetails) -> Fault:
    kind, figures = error["type"], error.get("ctx", {})
    code = next((code for ending, code in _CODES if kind.endswith(ending)), "wrong_type")
    facts: dict[str, Any] = {}
    if code == "not_a_choice":
        facts = {"choices": re.findall("'([^']*)'", figures["expected"])}
    elif code == "out_of_range":
        facts = {"low": 0, "high": 100}
    elif code == "wrong_type":
        facts = {"expected": _TYPES.get(kind, "text")}
    return Fault(_path(error["loc"]), code, facts)


def _path(place: tuple[str | int, ...]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")
