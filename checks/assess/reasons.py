"""Why each rate is what it is: article, source and figures behind the reason codes of a timeline."""

from collections.abc import Mapping
from typing import Any

from checks.assess.case import WholeCase
from checks.assess.given import Given
from checks.law.calendar import ONE_DAY
from checks.law.timeline import Span, Timeline
from checks.result import Francs, Reason
from checks.values import value

# code: article, source (a key of knowledge/sources.toml)
GROUNDS: Mapping[str, tuple[str, str]] = {
    "activity": ("OEJF 36.1, 44", "kibon_rules"),
    "below_minimum": ("OEJF 37, 38", "activity_biel"),
    "voluntary_work": ("", "kibon_rules"),
    "unpaid_leave": ("OEJF 36.1; ODEJF 3.3.b", "kibon_decisions"),
    "specialist_social": ("OEJF 45", "kibon_rules"),
    "specialist_language": ("OEJF 45.1.b", "special_need"),
    "language_care_too_low": ("OEJF 45.1.b", "special_need"),
    "official_language_missing": ("OEJF 41.3", "kibon_release_2024_3"),
    "exceptional": ("OEJF 37.2, 44.3", "activity_biel"),
    "exceptional_refused": ("OEJF 37.2, 44.3", "activity_biel"),
    "outside_commune": ("OEJF 62.1", "kibon_decisions"),
    "filed_late": ("OEJF 62.3.b", "kibon_decisions"),
    "school_stage": ("OEJF 30.1.a", "kibon_decisions"),
    "adaptation": ("OEJF 36.3", "adaptation"),
    "income_too_high": ("OEJF 31.1.c", "kibon_decisions"),
    "kept_to_month_end": ("OEJF 67.2", "kibon_rules"),
}


def reasons_of(timeline: Timeline, case: WholeCase, given: Given) -> tuple[Reason, ...]:
    """One reason for each code of the timeline, in order of appearance, with the days for which it holds."""
    days: dict[str, list[Span]] = {}
    for segment in timeline:
        for code in segment.reasons:
            spans = days.setdefault(code, [])
            joins = spans and spans[-1].last == segment.first - ONE_DAY
            begin = spans.pop().first if joins else segment.first
            spans.append(Span(begin, segment.last))
    return tuple(
        Reason(code, *GROUNDS[code], {"days": spans, **_figures(code, case, given)}) for code, spans in days.items()
    )


def _figures(code: str, case: WholeCase, given: Given) -> Mapping[str, Any]:
    match code:
        case "activity":
            return {"supplement": given.terms.supplement}
        case "below_minimum":
            return {"minimum": given.minimum, "persons": len(given.persons)}
        case "voluntary_work":
            return {"cap": given.terms.voluntary_cap}
        case "unpaid_leave":
            return {"months": int(value("unpaid_leave_months", given.period.first))}
        case "language_care_too_low":
            return {"rate": int(value("language_need_rate", given.period.first))}
        case "exceptional_refused":
            return {"floor": given.floor, "persons": len(given.persons)}
        case "filed_late":
            return {"filed_on": case.filed_on, "first_day": given.first_timely}
        case "income_too_high":
            return {"limit": Francs(value("income_no_voucher", given.period.first))}
        case "adaptation":
            return {"months": given.adaptation_months}
    return {}
