"""What several checks ask about a family: the child's stage, the commune, who applies, and each person's activities."""

from collections.abc import Sequence

from checks.case import Case
from checks.law.activity import KINDS
from checks.law.calendar import ONE_DAY, add_months, month_end
from checks.law.household import cohabitation_counts, cohabitation_counts_from
from checks.questions import Choice, Day, Percent, Several, YesNo

CARE_START = Day(
    "care_start", law="OEJF 62.3.b", source="kibon_decisions", tried=("2022-07-31", "2026-12-15", "2027-08-01")
)
SCHOOL_STAGE = Choice(
    "school_stage", law="OEJF 37, 38", source="activity_biel", options=("preschool", "kindergarten", "school")
)
PROVIDER = Choice(
    "provider",
    law="OEJF 30.1.a",
    source="kibon_decisions",
    options=("daycare", "day_family"),
    reach={"daycare": ("day_family",)},
    gate=True,
)
COMMUNE = Choice(
    "commune",
    law="OEJF 62.1",
    source="kibon_decisions",
    options=("bern", "biel", "thun", "other"),
    tried=("bern", "other"),
)
HOUSEHOLD = Choice(
    "household",
    law="OEJF 37, 38",
    source="activity_biel",
    options=("married", "common_child", "cohabiting", "alone"),
    tried=("married", "cohabiting", "alone"),
)
COHABITING_SINCE = Day("cohabiting_since", law="OEJF 37, 38", source="activity_biel", past=True)
SHARED_CUSTODY = YesNo("shared_custody", law="OEJF 37, 38", source="activity_biel")
APPLYING_TOGETHER = YesNo("applying_together", law="OEJF 37, 38", source="kibon_rules")
ACTIVITIES = {
    person: Several(
        f"activities_{person}",
        text="activities",
        facts={"person": person},
        law="OEJF 36.1",
        source="activity_biel",
        options=KINDS,
    )
    for person in (1, 2)
}
RATES = {
    (person, kind): Percent(
        f"{kind}_{person}",
        text=f"rate_{kind}",
        facts={"person": person},
        law="OEJF 36.1",
        source="activity_biel",
        reach=None if kind in ("health", "voluntary_work") else (0, 100),
    )
    for person in (1, 2)
    for kind in KINDS
}


def ask_persons(case: Case) -> int:
    """How many persons' activities count, 1 or 2, and why (art. 37 and 38 OEJF)."""
    household = case.ask(HOUSEHOLD)
    if household in ("married", "common_child"):
        case.because("two_persons_count", law="OEJF 37, 38", source="activity_biel")
        return 2
    if household == "cohabiting":
        years = case.value("cohabitation_years")
        border = add_months(month_end(case.day), -12 * int(years) - 1)
        since = case.ask(COHABITING_SINCE, borders=(border + ONE_DAY,))
        if cohabitation_counts(since, case.day, int(years)):
            case.because("cohabitation_counts", years, since=since, years=int(years))
            return 2
        counts_from = cohabitation_counts_from(since, int(years))
        case.because("cohabitation_too_short", years, since=since, years=int(years), counts_from=counts_from)
    if case.ask(SHARED_CUSTODY) and case.ask(APPLYING_TOGETHER):
        case.because("shared_custody_together", law="OEJF 37, 38", source="activity_biel")
        return 2
    case.because("one_person_counts", law="OEJF 37, 38", source="activity_biel")
    return 1


def ask_activities(case: Case, person: int, counted: Sequence[str], borders: Sequence[int]) -> dict[str, int]:
    """The rates of one person's activities in percent, by kind; rates are asked for the kinds that count.

    `borders` are the sums of this person's rates at which a rule changes, in percent.
    """
    kinds = case.ask(ACTIVITIES[person], together=(("employment", "training"),) if borders else ())
    rates: dict[str, int] = {}
    asked = [kind for kind in kinds if kind in counted]
    for kind in kinds:
        last = asked[-1:] == [kind]
        if kind not in asked:
            rates[kind] = 0
        elif borders and last:
            left = [border - sum(rates.values()) for border in borders]
            rates[kind] = case.ask(RATES[person, kind], borders=left)
        else:
            rates[kind] = case.ask(RATES[person, kind], tried=(50, 100))
    if not any(RATES[person, kind].reach for kind in asked):
        case.offer(ACTIVITIES[person], ("employment",))
    return rates
