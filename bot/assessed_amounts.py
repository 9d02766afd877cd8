"""The amounts of an assessed case as data and as text: months, the year, and every step of the arithmetic."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from bot.report import named_source
from bot.words import Words
from checks.assess.amounts import Amounts, MonthAmount, PlaceMonth, Step
from checks.law.calendar import month_end
from checks.law.determining_income import Income


def month_amounts(month: MonthAmount) -> dict[str, Any]:
    """What `months` says of the amounts: CHF, null where a cost is not known."""
    return {
        "amount": _number(month.amount),
        "parents_pay": _number(month.parents_pay),
        "places": [_place(place, month.known) for place in month.places],
    }


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _place(place: PlaceMonth, known: bool) -> dict[str, Any]:
    found = place.reckoning
    return {
        "care": place.place,
        "provider": place.provider,
        "tariff": place.group,
        "units": float(found.units),
        "amount_per_unit": float(found.per_unit),
        "cost": float(found.cost) if known else None,
        "subsidised_cost": float(found.subsidised_cost) if known else None,
        "minimum_contribution": float(found.contribution),
        "amount": float(found.amount) if known else None,
        "parents_pay": float(found.parents_pay) if known else None,
    }


def finances_of(amounts: Amounts, words: Words) -> dict[str, Any]:
    """The incomes that decide, the sums of the year, and the arithmetic in sentences."""
    return {
        "estimate": amounts.estimate,
        "incomes": [_income(income) for income in amounts.incomes],
        "year": {"amount": _number(amounts.amount), "parents_pay": _number(amounts.parents_pay)},
        "steps": [_step(step, words) for step in amounts.steps],
        "note": words("assess.amount.note"),
    }


def _income(income: Income) -> dict[str, Any]:
    return {
        "from": income.first.isoformat(),
        "until": income.last.isoformat(),
        "state": income.state,
        "year": income.year,
        "imputable_income": float(income.imputable),
        "household_size": float(income.family.size) if income.family else None,
        "persons": income.family.persons if income.family else None,
        "family_deduction": float(income.deduction),
        "determining_income": float(income.determining),
    }


def _step(step: Step, words: Words) -> dict[str, Any]:
    return {
        "from": step.days.first.isoformat(),
        "until": step.days.last.isoformat(),
        "care": step.place,
        "code": step.reason.code,
        "text": words(f"reason.{step.reason.code}", **step.reason.facts),
        "article": words.law(step.reason.law),
        "source": named_source(step.reason.source, words),
    }


def amounts_told(answer: dict[str, Any], words: Words) -> Iterator[str]:
    """The amounts of an answer as lines that people read."""
    finances = answer["finances"]
    yield words("assess.amount.title")
    for (amount, parents_pay), group in groupby(
        answer["months"], lambda month: (month["amount"], month["parents_pay"])
    ):
        months = [date.fromisoformat(f"{month['month']}-01") for month in group]
        yield _told("assess.amount.months", amount, parents_pay, words, first=months[0], last=month_end(months[-1]))
    yield _told("assess.amount.year", *_sums(finances["year"]), words)
    yield words("assess.amount.arithmetic")
    for (first, last), steps in groupby(finances["steps"], lambda step: (step["from"], step["until"])):
        yield words("assess.amount.days", first=date.fromisoformat(first), last=date.fromisoformat(last))
        for step in steps:
            named = "; ".join(part for part in (step["article"], step["source"]) if part)
            yield f"- {step['text']} [{named}]"
    yield finances["note"]


def _sums(row: dict[str, Any]) -> tuple[float | None, float | None]:
    return row["amount"], row["parents_pay"]


def _told(key: str, amount: float | None, parents_pay: float | None, words: Words, **days: date) -> str:
    if amount is None or parents_pay is None:
        return words(f"{key}_unknown", **days)
    return words(key, amount=Decimal(str(amount)), parents_pay=Decimal(str(parents_pay)), **days)
