"""The arithmetic of a voucher as reasons that can be read aloud: each step with its figures, article and source.

Amounts are shown with two decimals, those of a day or an hour with up to four, so that whoever multiplies them again
finds the same; the calculation itself goes on with the exact ones.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from checks.amount_figures import UNITS, limits_on
from checks.law.determining_income import Income
from checks.law.family_size import FamilySize
from checks.law.imputable_income import Imputable
from checks.law.monthly_rate import two_decimals
from checks.law.voucher_amount import Reckoning, Tariff
from checks.result import Francs, Reason
from checks.values import Value, value

PARTS = ("wages", "allowances", "replacement", "received", "profit", "wealth", "paid")


def income_reasons(income: Income) -> Iterator[Reason]:
    """From the parts to the determining income."""
    day = income.first
    if income.state == "social_assistance":
        yield Reason("amount_income_social_assistance", "OEJF 56.4", "kibon_decisions")
    elif income.state != "declared":
        limit = value("income_no_voucher", day)
        law = "OEJF 63" if income.state == "not_declared" else ""
        yield Reason(f"amount_income_{income.state}", law, "kibon_rules", {"limit": chf(Fraction(limit.amount))})
    else:
        facts = {"year": income.year, "determining": chf(income.determining)}
        if income.parts is not None:
            yield from _parts(income.parts, income.year, day)
        if income.family is not None:
            yield _deduction(income, income.family)
        elif income.parts is None:
            yield Reason("amount_income_given", "", "kibon_2021", facts)


def _parts(parts: Imputable, year: int, day: date) -> Iterator[Reason]:
    """Each part that is not 0, then their sum."""
    row = value("wealth_share", day)
    for name in PARTS:
        amount = Fraction(getattr(parts, name))
        if amount:
            facts = {"year": year, "amount": chf(amount), "net": chf(parts.net_wealth), "percent": int(row)}
            yield _from(row, f"amount_part_{name}", **facts)
    yield _from(row, "amount_income_sum", year=year, imputable=chf(Fraction(parts.total)))


def _deduction(income: Income, family: FamilySize) -> Reason:
    row = value(f"family_deduction_{max(min(family.persons, 6), 3)}", income.first)
    facts = {
        "size": plain(family.size),
        "persons": family.persons,
        "each": chf(Fraction(row.amount)),
        "imputable": chf(income.imputable),
        "deduction": chf(income.deduction),
        "determining": chf(income.determining),
    }
    return _from(row, "amount_family_deduction" if income.deduction else "amount_family_small", **facts)


def amount_reasons(
    day: date, provider: str, group: str, tariff: Tariff, income: Fraction, found: Reckoning
) -> Iterator[Reason]:
    """From the rates to the amount of a month, by the rules of `day`."""
    unit = UNITS[provider]
    row, limits = value(f"full_month_{unit}s", day), limits_on(day)
    rates = {"care": plain(found.care), "rate": plain(found.rate), "full": tariff.full_month}
    yield _from(row, f"amount_units_{unit}", units=plain(found.units), **rates)
    maximum, raise_ = value(f"maximum_{unit}_{group}", day), value("maximum_raise", day)
    facts: dict[str, Any] = {
        "maximum": _exact(tariff.maximum),
        "before": chf(Fraction(maximum.amount)),
        "percent": int(raise_),
        "income": chf(income),
        "full": chf(limits.full),
        "none": chf(limits.none),
        "share": _exact(limits.share(income) * tariff.maximum),
    }
    if raise_.amount:
        yield _from(raise_, f"amount_raise_{group}", **facts)
    between = "most" if income <= limits.full else "nothing" if limits.too_high(income) else "between"
    source = maximum if between == "most" else value("income_no_voucher", day)
    yield _from(source, f"amount_{unit}_{between}", **facts)
    if tariff.special_needs:
        lump = value(f"special_needs_{unit}", day)
        yield _from(lump, f"amount_needs_{unit}", needs=_exact(tariff.special_needs), per_unit=_exact(found.per_unit))
    yield _result(found, tariff, unit, day)


def _result(found: Reckoning, tariff: Tariff, unit: str, day: date) -> Reason:
    code = "amount_cut" if found.uncut > found.ceiling else "amount_full"
    return _from(
        value(f"minimum_contribution_{unit}", day),
        code,
        units=plain(found.units),
        per_unit=_exact(found.per_unit),
        uncut=two_decimals(found.uncut),
        cost=chf(found.cost),
        subsidised=chf(found.subsidised_cost),
        each=chf(tariff.contribution),
        contribution=two_decimals(found.contribution),
        ceiling=two_decimals(found.ceiling),
        amount=found.amount,
        parents_pay=found.parents_pay,
    )


def _from(row: Value, code: str, **facts: Any) -> Reason:
    return Reason(code, row.law, row.source, facts)


def chf(amount: Fraction) -> Francs | Decimal:
    """An amount as it is shown: whole francs, or francs with Rappen."""
    return Francs(amount) if amount == int(amount) else two_decimals(amount)


def _exact(amount: Fraction) -> Francs | Decimal | str:
    """An amount for a day or an hour with up to four decimals: "105", "8.50", "13.3875"."""
    return chf(amount) if (100 * amount).denominator == 1 else plain(amount)


def plain(number: Fraction) -> str:
    """At most four decimals, none where there are none: "16", "157.5", "13.3875"."""
    rounded = Decimal((20_000 * number.numerator + number.denominator) // (2 * number.denominator)) / 10_000
    return f"{rounded.normalize():f}"
