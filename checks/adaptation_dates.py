"""What the checks on the adaptation and on the period ask about dates, and which month can be brought forward.

Sources: guidance text on the adaptation (2024) and kiBon's rules; art. 36 al. 3 and 62 al. 3 let. b OEJF.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from checks.case import Case
from checks.law.adaptation import find_adaptation
from checks.law.calendar import ONE_DAY, add_months, month_end, next_month, period_end, period_start
from checks.law.care import Booking, book_care
from checks.law.filing import file_by, first_entitled_day
from checks.law.late_filing import refuse_before_filing
from checks.law.timeline import Segment, Span, cut
from checks.questions import Day
from checks.year import Grant

FULL_RATE = 100  # percent; whether there is an adaptation does not depend on how much care is booked

ADAPTATION_BEGINS = Day(
    "adaptation_begins",
    law="OEJF 36.3",
    source="adaptation",
    tried=("2022-07-31", "2026-06-10", "2026-07-15", "2026-08-03", "2026-10-01"),
)
WORK_BEGINS = Day("work_begins", law="OEJF 36.3", source="kibon_rules", weighty=True)
ADAPTATION_ENDS = Day("adaptation_ends", law="OEJF 36.3", source="adaptation", closing=True)
FILED_ON = Day("filed_on", law="OEJF 62.3.b", source="kibon_decisions")


@dataclass(frozen=True)
class Plan:
    """An adaptation from `begin` on, before the first day of work `work` that gives a right to a voucher.

    `month` is the time that can be brought forward: a calendar month, up to the day before `work`. `months` is its
    length in months. `ends` is the last day of the adaptation, where it begins before that month.
    """

    begin: date
    work: date
    months: int
    ends: date | None = None

    @property
    def month(self) -> Span:
        return Span(add_months(self.work, -self.months), self.work - ONE_DAY)

    @property
    def period(self) -> Span:
        """The voucher period in which the work begins."""
        return Span(period_start(self.work), period_end(self.work))

    @property
    def over(self) -> bool:
        """Whether the adaptation has ended before the month begins."""
        return self.ends is not None and self.ends < self.month.first

    @property
    def needed(self) -> bool:
        """Whether the child comes before there is a right from the work."""
        return self.begin < self.work

    @property
    def in_previous_period(self) -> bool:
        """Whether the month begins in the period before that of the work, and the adaptation with it."""
        return max(self.begin, self.month.first) < self.period.first and not self.over

    @property
    def across(self) -> bool:
        """Whether the adaptation runs across 1 August and its month lies in the new period."""
        return self.begin < self.period.first <= self.month.first and not self.over

    def grants(self, rate: int) -> tuple[Grant, ...]:
        """The month and the rest of the work's period, at `rate` percent."""
        return (
            Grant(self.month.first, self.month.last, rate, adaptation=True),
            Grant(self.work, self.period.last, rate),
        )

    @property
    def paid_from(self) -> date:
        """The first day of the month on which the child is there."""
        return max(self.begin, self.month.first)

    @property
    def file_by(self) -> date:
        """The last day of filing that keeps the whole month; two applications: also before the adaptation begins."""
        in_time = file_by(self.month.first)
        return min(in_time, self.begin - ONE_DAY) if self.in_previous_period else in_time

    @property
    def work_that_keeps(self) -> date:
        """The first day of work in the period with which the month does not begin before 1 August."""
        return add_months(self.period.first, self.months)

    def lost_by(self, filed: date) -> str:
        """What costs the voucher for the adaptation when the application is complete on `filed`; "" for nothing.

        "over": it ends too early; "before_period" and "filed_late": kiBon cancels the whole month;
        "previous_filed_late": the two applications come after the adaptation has begun, or too late for its month.
        """
        if self.over:
            return "over"
        if self.in_previous_period:
            return "previous_filed_late" if filed > self.file_by else ""
        return self._hindrance(first_entitled_day(filed)).removeprefix("adaptation_")

    def _hindrance(self, first_timely: date) -> str:
        """What cancels the adaptation by kiBon's rules in the period of the work."""
        care = Span(max(self.begin, self.period.first), self.period.last)
        timeline = cut(book_care((Segment(*self.period),), [Booking(care, FULL_RATE, True)]), [self.work])
        entitled = tuple(one.granted(FULL_RATE, "activity") if one.first >= self.work else one for one in timeline)
        found = find_adaptation(refuse_before_filing(entitled, first_timely), self.months, first_timely)
        return found.hindrance if found else "filed_late"


def ask_plan(case: Case) -> Plan:
    """The dates of adaptation and work; a date in a period without rules ends the run."""
    begin = case.day = case.ask(ADAPTATION_BEGINS)
    case.value("adaptation_months")
    work = case.day = case.ask(WORK_BEGINS, tried=_days_of_work(begin))
    plan = Plan(begin, work, int(case.value("adaptation_months")))
    border = plan.month.first
    if begin >= border:
        return plan
    ends = replace(ADAPTATION_ENDS, earliest=begin)
    tried = (border.isoformat(), (border - ONE_DAY).isoformat())
    return replace(plan, ends=case.ask(ends, tried=tried))


def ask_filed_on(case: Case, in_time: date, start: date, before: date | None = None) -> date:
    """The day of the complete application; `in_time` is the last day in time, `start` the first day wanted.

    `before` is the first day of an adaptation that may need two applications, to be filed before it.
    """
    days = (in_time, in_time + ONE_DAY, next_month(start), period_end(start))
    filed = case.ask(FILED_ON, tried=tuple(day.isoformat() for day in days))
    if filed >= case.today:
        earlier = {
            in_time,
            file_by(period_start(start)),
            file_by(period_end(start)),
            file_by(filed),
            month_end(case.today),
        }
        earlier |= {before - ONE_DAY} if before else set()
        case.offer(FILED_ON, tuple(day for day in earlier if case.today <= day < filed))
    return filed


def offer_other_dates(case: Case, plan: Plan, filed: date) -> None:
    """The days that lie ahead and could be chosen instead, where the rules make a difference between them.

    The adaptation may begin after the filing, or end within the month before the work; the work may begin later, so
    that the month is kept, or earlier, so that the month lies in the old period or meets the adaptation.
    """
    if case.today <= plan.begin <= filed < plan.work - ONE_DAY and plan.in_previous_period:
        case.offer(ADAPTATION_BEGINS, (filed + ONE_DAY,))
    if plan.over and plan.ends and plan.ends >= case.today:
        case.offer(ADAPTATION_ENDS, (plan.month.first,))
    if plan.work >= case.today:
        august = plan.period.first
        days = {
            august - ONE_DAY,
            august,
            add_months(august, plan.months),
            plan.period.last,
            plan.period.last + ONE_DAY,
            add_months(plan.period.last + ONE_DAY, plan.months),
            add_months(first_entitled_day(filed), plan.months),
            add_months(first_entitled_day(case.today), plan.months),
            *((_last_work(plan.ends, plan.months),) if plan.ends else ()),
        }
        soonest = max(plan.begin + ONE_DAY, case.today)
        case.offer(WORK_BEGINS, tuple(day for day in days if soonest <= day <= add_months(soonest, 12)))


def _last_work(ends: date, months: int) -> date:
    """The last day of work whose month begins by `ends`."""
    same_day = add_months(ends, months)
    return month_end(same_day) if ends == month_end(ends) else same_day


def _days_of_work(begin: date) -> tuple[str, ...]:
    """Days of work that the rules tell apart, seen from an adaptation that begins on `begin`."""
    august = period_end(begin) + ONE_DAY
    days = (
        begin,
        begin + timedelta(days=10),
        add_months(begin, 1),
        add_months(begin, 3),
        august,
        august + ONE_DAY,
        add_months(august, 1),
    )
    return tuple(day.isoformat() for day in sorted(set(days)))
