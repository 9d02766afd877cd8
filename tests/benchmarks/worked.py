"""Compares assessed amounts with worked examples of kiBon's calculators (worked_cases*.json, part finances).

The examples keep their own terms; here each is told as a case of 2024/25, whose figures are those until 31 July 2026:
August to December 2024, January to July 2025. An example whose terms are not known here is counted as not read.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from bot.assessment import assessed
from bot.words import words
from checks.law.rounding import to_five_rappen

Example = dict[str, Any]
Facts = dict[str, Any]
PERIOD = "2024/25"
COST = 2000


class NotRead(ValueError):
    """The example is told in terms that are not known here."""


def report(data: Path) -> None:
    """Print how many examples agree, and name those that do not."""
    files = sorted(data.rglob("worked_cases*.json"))
    if not files:
        print("skipped without worked_cases*.json in DATA: amounts of worked examples")
    for file in files:
        rows = [row for row in json.loads(file.read_text(encoding="utf-8")) if row["part"] == "finances"]
        results = [(row, *_compared(row)) for row in rows]
        counts = {
            verdict: sum(one == verdict for _, one, _ in results) for verdict in ("agrees", "differs", "not read")
        }
        print(f"{file.name}, finances: {len(rows)} examples, " + ", ".join(f"{n} {name}" for name, n in counts.items()))
        for row, verdict, said in results:
            if verdict != "agrees":
                print(f"  {row['id']} {verdict}: {said}")


def _compared(row: Example) -> tuple[str, str]:
    try:
        wrong = [f"{name}: {found} instead of {wanted}" for name, wanted, found in _pairs(row) if wanted != found]
    except (NotRead, KeyError, TypeError) as problem:
        return "not read", f"{problem.__class__.__name__}: {problem}"
    return ("differs", "; ".join(wrong)) if wrong else ("agrees", "")


def _pairs(row: Example) -> Iterator[tuple[str, Any, Any]]:
    """What the example says beside what is found, by name."""
    reader = READERS.get(row["topic"])
    if reader is None:
        raise NotRead(row["topic"])
    yield from reader(row["input"], row["expected"])


def _assess(**facts: Any) -> Facts:
    case: Facts = {
        "period": PERIOD,
        "household": "single",
        "applicants": [{"activities": [{"kind": "employment", "rate": 100}]}],
        "child": {"school_stage": "preschool", "birth_date": "2020-01-01"},
        **facts,
    }
    answer = assessed(case, words("fr"))
    if "error" in answer:
        raise NotRead(answer["error"])
    return answer


def _activity(rate: float) -> list[Facts]:
    """The activity of one person that gives this entitled rate (from 40 percent on), the supplement being 20."""
    return [{"activities": [{"kind": "employment", "rate": max(rate - 20, 0)}]}]


def _moved(day: str) -> tuple[str, int]:
    """The same day in 2024/25, and by how many years it was moved."""
    own = date.fromisoformat(day)
    year = 2024 if own.month >= 8 else 2025
    return own.replace(year=year).isoformat(), year - own.year


def _rappen(amount: float) -> Decimal:
    return to_five_rappen(Fraction(str(amount)))


def _stage(name: str) -> str:
    return "preschool" if name.startswith("preschool") else "kindergarten" if name.startswith("kinder") else "school"


def _calculator(provider: str) -> Callable[[Facts, Facts], Iterator[tuple[str, Any, Any]]]:
    def read(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
        (first, years), (last, _) = _moved(given["from"]), _moved(given["to"])
        born = given.get("birth_date")
        child = {
            "school_stage": _stage(given["school_stage"]),
            "special_needs": given.get("special_needs_confirmed", False),
            "birth_date": born and f"{int(born[:4]) + years}{born[4:]}",
        }
        own = (
            {}
            if given["entitlement_percent"] >= given["care_percent"]
            else {"applicants": _activity(given["entitlement_percent"])}
        )
        answer = _assess(
            child=child,
            care=[
                {
                    "provider": provider,
                    "rate": given["care_percent"],
                    "from": first,
                    "until": last,
                    "monthly_cost": given["full_cost_per_month"],
                }
            ],
            finances={"determining_income": given["determining_income"]},
            **own,
        )
        month = next(one for one in answer["months"] if one["month"] == first[:7])
        yield from _amounts(month, expected)

    return read


def _amounts(month: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    names = {"voucher_chf": "amount", "parents_pay_chf": "parents_pay"}
    for name, own in names.items():
        if name in expected:
            yield name, _rappen(expected[name]), _rappen(month[own])
    for name, own in {
        "care_percent": "care_rate",
        "entitlement_percent": "entitled_rate",
        "voucher_rate_percent": "voucher_rate",
    }.items():
        if name in expected:
            yield name, float(expected[name]), float(month[own])
    for name, own in {"full_cost_of_subsidised_part_chf": "subsidised_cost", "full_cost_chf": "cost"}.items():
        if name in expected:
            yield name, _rappen(expected[name]), _rappen(sum(place[own] for place in month["places"]))


def _told(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """An amount told in words: day nursery or day family, a full month, baby or not."""
    if given.get("month") != "full":
        raise NotRead("not a full month")
    said = given["child"]
    child = {
        "school_stage": "kindergarten"
        if "kindergarten" in said or "school" in said.replace("preschool", "")
        else "preschool",
        "special_needs": "special needs" in said,
        "birth_date": "2024-07-23" if "baby" in said else "2020-01-01",
    }
    provider = {"day nursery": "daycare", "day family": "day_family"}[given["place"]]
    care = {"provider": provider, "rate": given["care_pct"], "monthly_cost": COST}
    answer = _assess(child=child, care=[care], finances={"determining_income": given["determining_income"]})
    yield from _amounts(answer["months"][1], expected)


def _rounding(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """The amount for a day or an hour, to ten decimals."""
    born = "2024-07-23" if given["baby"] else "2020-01-01"
    child = {
        "school_stage": "kindergarten" if given["school_child"] else "preschool",
        "special_needs": given["special_needs_confirmed"],
        "birth_date": born,
    }
    provider = {"daycare": "daycare", "day_family": "day_family"}[given["offer"]]
    care = {"provider": provider, "rate": 50, "monthly_cost": COST}
    answer = _assess(child=child, care=[care], finances={"determining_income": given["determining_income"]})
    (wanted,) = (value for name, value in expected.items() if name.startswith("voucher_per_"))
    yield "per unit", round(wanted, 9), round(answer["months"][1]["places"][0]["amount_per_unit"], 9)


def _tariff(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """Baby or not, month by month."""
    years = 2024 - int(given["period"][0][:4])
    born = given["birth_date"]
    answer = _assess(
        child={
            "school_stage": _stage(given["school_stage_in_period"]),
            "birth_date": f"{int(born[:4]) + years}{born[4:]}",
        },
        care=[{"provider": "day_family", "rate": 50, "monthly_cost": COST}],
        finances={"determining_income": 60000},
    )
    for month in answer["months"]:
        for segment in expected["segments"]:
            if _moved(segment["from"])[0] <= f"{month['month']}-15" <= _moved(segment["to"])[0]:
                yield month["month"], segment["baby_tariff"], month["places"][0]["tariff"] == "baby"


def _fall(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """A fall in income. The examples are older than the limit of CHF 80'000: a family large enough stays below it."""
    told = {name: amount for name, amount in given.items() if name.startswith("income_")}
    given = {name: sum(amount) if isinstance(amount, list) else amount for name, amount in told.items()}
    base = next(amount for name, amount in given.items() if name.startswith("income_base_year"))
    if "income_new" in given:
        claims = {2024: given["income_new"]}
    else:
        found = {
            int(year[1]): amount
            for name, amount in given.items()
            if (year := re.fullmatch(r"income_(\d{4})_claimed", name))
        }
        claims = {2024 + year - min(found): amount for year, amount in found.items() if amount is not None}
    finances = {
        "imputable_income": base,
        "household_size": 30,
        "fall_in_income": [{"year": year, "imputable_income": amount} for year, amount in claims.items()],
    }
    incomes = _assess(finances=finances)["finances"]["incomes"]
    if "segments" not in expected:
        yield "accepted", expected["accepted_at_threshold_20"], incomes[0]["year"] == 2024
    for segment in expected.get("segments", ()):
        day = _moved(segment["from"])[0]
        yield (
            day,
            segment["income"],
            next(one for one in incomes if one["from"] <= day <= one["until"])["imputable_income"],
        )


def _fall_told(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """A fall in income told in words: just below the limit and by more than 20 percent, claimed for the first year."""
    claim = {"year": 2024, "imputable_income": 59000}
    finances = {"imputable_income": 79000, "household_size": 1, "fall_in_income": [claim]}
    incomes = _assess(finances=finances)["finances"]["incomes"]
    if "income_drop_accepted" in expected and "< 80000" in given.values():
        yield "accepted", expected["income_drop_accepted"], incomes[0]["year"] == 2024
    elif "declared again" in str(expected):
        yield "the next year is the base year again", [2024, 2023], [income["year"] for income in incomes]
    else:
        raise NotRead(str(given))


def _limit(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    if given["offer"] != "daycare":
        raise NotRead("a day school has no voucher")
    finances: Facts = {"imputable_income": given["net_income"], "household_size": 1}
    finances |= {
        "social_assistance": given.get("social_assistance", False),
        "declared": given.get("income_declared", True),
    }
    finances |= {"rejected": given.get("financial_check") == "rejected"}
    answer = _assess(
        household="single" if given["applicants"] == 1 else "couple",
        applicants=[
            {"activities": [{"kind": "employment", "rate": rate}]} for rate in given["activity_percent_per_applicant"]
        ],
        child={
            "school_stage": "preschool",
            "birth_date": "2020-01-01",
            "special_needs": given.get("special_needs_confirmed", False),
        },
        care=[{"provider": "daycare", "rate": given["care_percent"], "monthly_cost": COST}],
        finances=finances,
    )
    month = answer["months"][0]
    yield (
        "determining income",
        float(expected["determining_income"]),
        answer["finances"]["incomes"][0]["determining_income"],
    )
    yield "entitled", expected["entitlement_percent"], month["entitled_rate"]
    yield "full cost", expected["pays_full_cost"], month["amount"] == 0
    high = any(reason["code"] == "income_too_high" for reason in answer["reasons"])
    yield "too high", expected["no_entitlement_because_of_income"], high


def _family(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """The family's size and its deduction."""
    adults = given.get("applicants") or (2 if given.get("family_status", "married") != "single" else 1)
    finances: Facts = {"imputable_income": 100000}
    if "family_size" in given:
        finances |= {"household_size": given["family_size"], "persons": given["persons"]}
    else:
        finances["children"] = list(_children(given))
    incomes = _assess(
        household="single" if adults == 1 else "couple",
        applicants=[{"activities": []} for _ in range(adults)],
        finances=finances,
    )["finances"]["incomes"]
    wanted = expected.get("segments") or [{**expected, "from": "2024-08-01"}]
    for segment in wanted:
        day = _moved(segment["from"])[0]
        found = next(one for one in incomes if one["from"] <= day <= one["until"])
        for name, own in {
            "deduction": "family_deduction",
            "family_size": "household_size",
            "persons": "persons",
        }.items():
            if name in segment:
                yield f"{name} on {day}", float(segment[name]), float(found[own])


def _children(given: Facts) -> Iterator[Facts]:
    born = given.get("born_during_period", {})
    for share in ("full", "half", "none"):
        for number in range(given.get(f"children_{share}_deduction", 0)):
            late = number < born.get("count", 0) and share == "full"
            yield {"deduction": share, **({"birth_date": _moved(born["birth_date"])[0]} if late else {})}
    for child in given.get("children", ()):
        yield {"deduction": child["deduction"]}


def _whole(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """A complete case: income with its parts, and each place month by month."""
    wages, wealth = (
        value if isinstance(value, list) else [value] for value in (given["net_income"], given.get("gross_assets", 0))
    )
    persons = [
        {"net_wages": own, "gross_wealth": wealth[number] if number < len(wealth) else 0}
        for number, own in enumerate(wages)
    ]
    care = [
        {
            "provider": "day_family" if "day_family" in place else "daycare",
            "rate": place["care_percent"],
            "from": _moved(place["from"])[0],
            "until": _moved(place["to"])[0],
            "monthly_cost": given["full_cost_per_month"],
        }
        for place in given.get("placements", ())
    ]
    children = list(_children(given))
    activities = given.get("activity_percent_per_applicant", [100] * given["applicants"])
    answer = _assess(
        household="single" if given["applicants"] == 1 else "couple",
        applicants=[{"activities": [{"kind": "employment", "rate": rate}]} for rate in activities],
        child={"school_stage": _stage(given.get("child_school_stage", "preschool")), "birth_date": "2021-01-01"},
        care=care,
        finances={
            "applicants": persons,
            "children": children,
            "social_assistance": given.get("social_assistance", False),
        },
    )
    income = answer["finances"]["incomes"][0]
    names = {
        "determining_income": "determining_income",
        "income_before_deduction": "imputable_income",
        "deduction": "family_deduction",
        "family_size": "household_size",
    }
    for name, own in names.items():
        if name in expected:
            yield name, float(expected[name]), income[own]
    for name, rows in expected.items():
        if isinstance(rows, list):
            yield from _place_rows(name, rows, given, answer)


def _place_rows(name: str, rows: list[Facts], given: Facts, answer: Facts) -> Iterator[tuple[str, Any, Any]]:
    """The months of one place; those of the child where the example names no place."""
    letters = [place.get("daycare") or place.get("day_family") for place in given["placements"]]
    own = letters.index(name.rsplit("_", 1)[1]) if "_" in name and name.rsplit("_", 1)[1] in letters else None
    for row in rows:
        day = _moved(f"{row['month']}-01")[0][:7]
        month = next(one for one in answer["months"] if one["month"] == day)
        places = [place for place in month["places"] if own is None or place["care"] == own]
        for wanted, found in {
            "voucher_chf": "amount",
            "parents_pay_chf": "parents_pay",
            "full_cost_chf": "cost",
        }.items():
            yield f"{name} {day} {wanted}", _rappen(row[wanted]), _rappen(sum(place[found] for place in places))
        if places:
            yield f"{name} {day} entitled", row["entitlement_percent"], month["entitled_rate"]


def _event(given: Facts, expected: Facts) -> Iterator[tuple[str, Any, Any]]:
    """A birth that is told in time counts from the first of the next month."""
    if "birth" not in given["event"]:
        raise NotRead(given["event"])
    children = [{"deduction": "full"}, {"deduction": "full"}, {"birth_date": "2024-11-16"}]
    incomes = _assess(finances={"imputable_income": 60000, "children": children})["finances"]["incomes"]
    yield "effective", expected["effective"], f"{date.fromisoformat(incomes[1]['from']):%-d %B}"


READERS: dict[str, Callable[[Facts, Facts], Iterator[tuple[str, Any, Any]]]] = {
    "amount": _told,
    "voucher_daycare": _calculator("daycare"),
    "voucher_day_family": _calculator("day_family"),
    "voucher_rounding": _rounding,
    "child_tariff": _tariff,
    "income_deterioration": _fall,
    "income_drop": _fall_told,
    "income_limit": _limit,
    "family_size": _event,
    "family_size_deduction": _family,
    "complete_case": _whole,
}
