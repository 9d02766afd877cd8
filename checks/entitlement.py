"""The entitled rate of a family from its activities: the canton's calculation and the city of Bern's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from checks.case import Case
from checks.law.activity import counted_activity, entitled_rate, person_activity
from checks.values import Value

Rates = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True)
class Family:
    """What decides for one child: `stage` preschool or enrolled, the commune, and the activities in percent."""

    stage: str
    commune: str
    rates: Rates

    @property
    def persons(self) -> int:
        return len(self.rates)

    def row(self, case: Case, name: str) -> Value:
        """The value `name` for as many persons and this stage."""
        return case.value(f"{name}_{'one' if self.persons == 1 else 'two'}_{self.stage}")


@dataclass(frozen=True)
class Entitlement:
    """The entitled rate (percent) with what led to it: `activity` is the sum of the persons' counted activities,
    `beyond` what counts of it, `minimum` the row that had to be reached."""

    rate: int
    activity: int
    beyond: int
    minimum: Value


def by_canton(case: Case, family: Family) -> Entitlement:
    """The canton's calculation: voluntary work does not count."""
    return _entitlement(case, family, family.row(case, "minimum"), voluntary_cap=0)


def by_bern(case: Case, family: Family) -> Entitlement:
    """The city of Bern's calculation: voluntary work up to a cap, and a lower minimum for preschool children."""
    name = "bern_minimum" if family.stage == "preschool" else "minimum"
    return _entitlement(case, family, family.row(case, name), int(case.value("bern_voluntary_work_cap")))


def _entitlement(case: Case, family: Family, minimum: Value, voluntary_cap: int) -> Entitlement:
    cap = int(case.value("activity_cap_per_person"))
    persons = [
        person_activity((paid(own), min(own.get("voluntary_work", 0), voluntary_cap)), cap)
        for own in family.rates.values()
    ]
    needed = int(minimum) - cap * (family.persons - 1)
    beyond = counted_activity(persons, cap)
    supplement, step = int(case.value("activity_supplement")), int(case.value("rate_step"))
    return Entitlement(entitled_rate(beyond, needed, supplement, step), int(sum(persons)), int(beyond), minimum)


def paid(own: Mapping[str, int]) -> int:
    """One person's rates without voluntary work, in percent, not cut at 100."""
    return sum(rate for kind, rate in own.items() if kind != "voluntary_work")
