"""A planned list of kiBon's users: what is wrong with it. Only the findings are kept, neither names nor addresses.

Source: guidance text on registering responsible bodies and institutions.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from checks.questions import Answer, Question

ADMINISTRATOR = "responsible_admin"
ROLES = (ADMINISTRATOR, "responsible_staff", "institution_admin", "institution_staff")
FAULTS = (
    "no_administrator",
    "address_twice",
    "two_roles_one_address",
    "two_people_one_address",
    "shared_address",
    "broken_address",
)
FINDINGS = (*FAULTS, "role_unclear", "private_address")
OK = "ok"

_PLACE = frozenset("creche garderie info kita kitaleitung krippe nurserie tagesfamilien tfo verein".split())
_OFFICE = frozenset(
    "accueil admin administration bureau buero buro comptabilite contact direction empfang equipe finanzen "
    "geschaeftsstelle geschaftsstelle hello kibon kontakt leitung mail office post secretariat sekretariat service "
    "support team verwaltung".split()
)
_PRIVATE = frozenset(
    "aol bluemail bluewin gmail gmx googlemail hispeed hotmail icloud live mac me msn netplus outlook proton "
    "protonmail quickline sunrise swissonline vtxmail yahoo".split()
)


@dataclass(frozen=True)
class PlannedUser:
    """One entry of a list: the address as typed ("" where it cannot be one), the roles named with it (of ROLES; "admin"
    or "staff" where it is not said of what), and whether the entry names several people."""

    address: str
    roles: tuple[str, ...] = ()
    several_people: bool = False


@dataclass(frozen=True)
class Finding:
    """What was found, and at which places of the list (from 1)."""

    code: str
    places: tuple[int, ...] = ()

    def written(self) -> str:
        """The finding as it is stored: "shared_address:2,5"."""
        return f"{self.code}:{','.join(map(str, self.places))}" if self.places else self.code


@dataclass(frozen=True)
class PlannedUsers(Question[tuple[Finding, ...]]):
    """A list of people with addresses and roles. The answer is a list of findings as written, or ["ok"].

    `further` tells that these are further users: an administrator of the responsible body is there already.
    """

    further: bool = False

    def read(self, answer: Any) -> tuple[Finding, ...]:
        if answer == [OK]:
            return ()
        if not isinstance(answer, list) or not answer:
            raise self._wrong("planned_users")
        found = [self._finding(item) for item in answer]
        return tuple(one for one in found if not (self.further and one.code == "no_administrator"))

    def _finding(self, item: Any) -> Finding:
        match = re.fullmatch(r"([a-z_]+)(?::(\d{1,3}(?:,\d{1,3})*))?", item) if isinstance(item, str) else None
        if match is None or match[1] not in FINDINGS or (match[2] is None) != (match[1] == "no_administrator"):
            raise self._wrong("planned_users")
        return Finding(match[1], tuple(int(place) for place in (match[2] or "").split(",") if place))

    def samples(self) -> tuple[Answer, ...]:
        alone = [["no_administrator"], *([f"{code}:1"] for code in FINDINGS[1:])]
        return ([OK], *alone, ["no_administrator", "shared_address:1,2"], ["role_unclear:1", "private_address:2"])

    def better(self, answer: Any) -> Iterator[Answer]:
        """The list with its faults mended, then with everything mended."""
        left = [one.written() for one in self.read(answer) if one.code not in FAULTS]
        yield from ([left] if left and left != answer else [])
        yield [OK]


def written(users: Sequence[PlannedUser]) -> list[str]:
    """The stored answer for a list of users."""
    return [finding.written() for finding in findings(users)] or [OK]


def findings(users: Sequence[PlannedUser]) -> list[Finding]:
    """All that is wrong or unclear in the list, in the order of FINDINGS."""
    found = [Finding(code, places) for code, places in _by_place(users).items() if places]
    if not any(role in (ADMINISTRATOR, "admin") for user in users for role in user.roles):
        found.insert(0, Finding("no_administrator"))
    return found


def _by_place(users: Sequence[PlannedUser]) -> dict[str, tuple[int, ...]]:
    def places(fits: Callable[[PlannedUser], bool]) -> tuple[int, ...]:
        return tuple(place for place, user in enumerate(users, 1) if fits(user))

    roles: dict[str, set[str]] = {}
    times: dict[str, int] = {}
    for user in users:
        key = user.address.lower()
        roles.setdefault(key, set()).update(user.roles)
        times[key] = times.get(key, 0) + 1
    return {
        "address_twice": places(
            lambda user: user.address != "" and times[user.address.lower()] > 1 and len(roles[user.address.lower()]) < 2
        ),
        "two_roles_one_address": places(
            lambda user: len(roles[user.address.lower()] if user.address else user.roles) > 1
        ),
        "two_people_one_address": places(lambda user: user.several_people),
        "shared_address": places(lambda user: is_shared(user.address)),
        "broken_address": places(lambda user: not user.address),
        "role_unclear": places(lambda user: not set(user.roles) & set(ROLES)),
        "private_address": places(lambda user: is_private(user.address) and not is_shared(user.address)),
    }


def is_shared(address: str) -> bool:
    """Whether the part before the @ names a service instead of a person, as in "info@"."""
    names = re.split(r"[^a-z]+", address.lower().partition("@")[0])
    return names[0] in _OFFICE or not _PLACE.isdisjoint(names)


def is_private(address: str) -> bool:
    """Whether the address is with one of the usual providers of private addresses."""
    return address.lower().rpartition("@")[2].partition(".")[0] in _PRIVATE
