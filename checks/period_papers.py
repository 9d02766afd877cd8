"""Two applications for one adaptation: who files them in which order, and what the commune enters by hand.

Sources: guidance text on the adaptation (2024), "Cas particulier: Adaptation durant la période de bon précédente",
and guidance text on support services (2023); opening of periods: see checks/values/period.toml.
"""

from datetime import date

from checks.adaptation_dates import Plan
from checks.case import Case
from checks.law.calendar import ONE_DAY, period_name, period_start
from checks.questions import Choice
from checks.result import Line
from checks.values import NoRule

FILED_BY = Choice(
    "filed_by",
    law="OEJF 36.3",
    source="adaptation",
    options=("parents_online", "parents_paper", "commune", "support_service"),
)
STEPS = {
    "parents_online": (
        "period_two_online",
        "period_indicate_activity",
        "period_institution_confirms",
        "period_release_both",
        "period_commune_enters",
    ),
    "parents_paper": (
        "period_two_paper",
        "period_indicate_activity",
        "period_institution_confirms",
        "period_commune_order",
        "period_commune_enters",
    ),
    "commune": (
        "period_paper_order",
        "period_no_box",
        "period_extra_activity",
        "period_reason_by_hand",
        "period_delete_reason",
    ),
    "support_service": (
        "period_support_role",
        "period_paper_order",
        "period_indicate_activity",
        "period_institution_confirms",
        "period_before_adaptation",
        "period_commune_enters",
    ),
}


def ask_steps_for_two(case: Case, plan: Plan) -> tuple[Line, ...]:
    """What the person who asks does, with the days and the periods of this case."""
    last = plan.period.first - ONE_DAY
    end = min(plan.month.last, last)
    facts = {
        "previous": period_name(last),
        "period": period_name(plan.work),
        "begin": plan.begin,
        "work": plan.work,
        "activity_from": plan.month.first,
        "activity_until": end,
        "days": f"{plan.month.first:%d.%m.%Y} – {end:%d.%m.%Y}",
        "file_by": plan.file_by,
    }
    return tuple(Line(code, facts) for code in STEPS[case.ask(FILED_BY)])


def opening_note(case: Case, start: date) -> tuple[Line, ...]:
    """When the coming period opens in kiBon, where that is known; nothing once it has begun."""
    begin = case.day = period_start(start)
    if begin <= case.today:
        return ()
    try:
        month = int(case.value("period_opens_in_month"))
    except NoRule:
        return ()
    opens = date(begin.year, month, 1)
    code = "period_open_since" if opens <= case.today else "period_opens_on"
    return (Line(code, {"period": period_name(start), "day": opens}),)
