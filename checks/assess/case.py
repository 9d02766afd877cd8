"""A whole case as it is read: one child, one period, the family's facts; ISO dates, rates in percent."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from checks.assess.finances import Finances
from checks.assess.form import Cost, Day, Days, Form
from checks.law.activity import Kind, Rate
from checks.law.timeline import Span

Percent = Annotated[float, Field(ge=0, le=100)]
Whole = Annotated[float, Field(ge=0, le=100, multiple_of=1)]
MOST = 100  # entries in one list: keeps the work for one case bounded


def exact(rate: float) -> Rate:
    """The rate as it was written: a whole number, or a decimal."""
    return int(rate) if rate == int(rate) else Decimal(repr(rate))


class DatedRate(Days):
    rate: Percent = Field(description="In percent, 0 to 100.")


class UnpaidLeave(Days):
    """Unpaid leave from one activity; the first three months change nothing (art. 36 al. 1 OEJF)."""


class Activity(DatedRate):
    """What one person does (art. 36 al. 1 OEJF); voluntary work only where the commune counts it."""

    kind: Kind
    unpaid_leave: UnpaidLeave | None = Field(None, description="Leave from this activity, with its real first day.")


class Applicant(Form):
    activities: list[Activity] = Field([], max_length=MOST, description="All activities of this person; none: empty.")


class Child(Form):
    birth_date: Day | None = Field(
        None, description="Needed to check a language need (from the second birthday on) and for the amount of a baby."
    )
    school_stage: Literal["preschool", "kindergarten", "school"] = Field(description="Stage from August of the period.")
    special_needs: bool = Field(False, description="Special needs are confirmed (art. 42 OEJF): a lump sum is added.")


class Care(DatedRate):
    """Care that an institution has confirmed; places at the same time are added."""

    provider: Literal["daycare", "day_family"]
    monthly_cost: Cost | None = Field(
        None, description="CHF for a whole month at this rate, without meals; needed for the amount."
    )


class SpecialistConfirmation(DatedRate):
    """A specialist service's confirmation: social 20 to 60 percent, language exactly 40 (art. 45 OEJF)."""

    need: Literal["language", "social"]


class ExceptionalNeed(DatedRate):
    """What the commune grants below the minimum activity, at most 20 (art. 37 al. 2, 44 al. 3 OEJF)."""


class Residence(Days):
    """Where applicant 1 lives (art. 62 al. 1 OEJF)."""

    in_commune: bool = Field(description="Whether these days are spent in the commune that issues the voucher.")


class Commune(Form):
    """What the commune has set instead of the canton's figures; left out: the canton's."""

    name: str | None = Field(None, description="Name of the commune.")
    minimum_preschool: Whole | None = Field(None, description="Minimum for one person (two: plus 100), preschool.")
    minimum_kindergarten: Whole | None = Field(None, description="The same from kindergarten on.")
    voluntary_max: Percent = Field(0, description="Up to how many percent a person's voluntary work counts.")


class WholeCase(Form):
    """One child in one period (1 August to 31 July)."""

    id: JsonValue = Field(None, description="Returned with the answer.")
    period: str = Field(pattern=r"^20[0-9]{2}/[0-9]{2}$", description='The period, such as "2024/25".')
    filed_on: Day | None = Field(None, description="Day of the complete application; left out: in time.")
    household: Literal["single", "couple", "apart_joint_application"] = Field(
        description="single: one applicant. couple: two. apart_joint_application: two, the first counts."
    )
    applicants: list[Applicant] = Field(min_length=1, max_length=2, description="Two unless the household is single.")
    child: Child
    care: list[Care] = Field([], max_length=MOST, description="Left out: none.")
    adaptation: bool = Field(False, description="The institution has ticked that the child needs adaptation.")
    specialist_confirmations: list[SpecialistConfirmation] = Field(
        [], max_length=MOST, description="One after the other, never at the same time."
    )
    continue_below_language_minimum: bool = Field(
        False,
        description="The commune continues the voucher in months with less care than the language need asks.",
    )
    official_language_confirmed: bool | None = Field(
        None,
        description="Whether the institution confirms care in the official language; left out: not checked.",
    )
    exceptional_need: ExceptionalNeed | None = Field(None, description="Only where the commune has decided so.")
    residence: list[Residence] | None = Field(
        None,
        max_length=MOST,
        description="Left out: in the commune. Other days are outside, unless only days outside are named.",
    )
    commune: Commune | None = Field(None, description="Left out: the canton's figures.")
    finances: Finances | None = Field(None, description="What decides on the amount; left out: rates only.")

    @cached_property
    def days(self) -> Span:
        """1 August to 31 July of the period."""
        year = int(self.period[:4])
        return Span(date(year, 8, 1), date(year + 1, 7, 31))

    @property
    def counted_applicants(self) -> list[Applicant]:
        """Those whose activity counts: without shared custody applicant 1 alone."""
        return self.applicants if self.household == "couple" else self.applicants[:1]
