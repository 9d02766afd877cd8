"""The finances of a case as they are read: the income that decides or its parts, and the family's size; CHF a year."""

from typing import Literal

from pydantic import Field

from checks.assess.form import Day, Days, Form, Francs, Heads, SignedFrancs, Size

MOST_CHILDREN = 20


class Earned(Form):
    """What one applicant has in a calendar year."""

    net_wages: Francs = Field(0, description="Net wages of the whole year.")
    family_allowances: Francs = Field(
        0, description="Family allowances and other taxable income that the net wages do not hold."
    )
    replacement_income: Francs = 0
    maintenance_received: Francs = 0
    maintenance_paid: Francs = 0
    business_profits: list[SignedFrancs | None] = Field(
        [], max_length=3, description="Up to three years, the latest first; null: not known. A loss is negative."
    )
    gross_wealth: Francs = Field(0, description="On 31 December; the wealth of both applicants counts together.")
    debts: Francs = 0


class CountedChild(Form):
    """A child of the family and how far it counts for the deduction."""

    deduction: Literal["full", "half", "none"] = Field("full", description="half: for example alternating custody.")
    birth_date: Day | None = Field(None, description="Left out: born before the period.")


class FamilyChange(Form):
    """A birth, a marriage, a separation: the family counts anew from the first day of the following month."""

    on: Day = Field(description="The day of the event.")
    household_size: Size
    persons: Heads | None = None


class LaterYear(Form):
    """A year for which a fall in income is claimed (art. 57 al. 2 OEJF)."""

    year: int = Field(description="The calendar year in which the period begins, or the next one.")
    imputable_income: Francs | None = Field(None, description="Before the family deduction.")
    applicants: list[Earned] | None = Field(None, min_length=1, max_length=2)


class Finances(Form):
    """The income of the base year (the calendar year before the period) in one of three ways, and the family."""

    determining_income: SignedFrancs | None = Field(None, description="After the family deduction.")
    imputable_income: Francs | None = Field(None, description="Before the family deduction.")
    applicants: list[Earned] | None = Field(
        None, min_length=1, max_length=2, description="The parts, for each applicant whose finances count."
    )
    household_size: Size | None = Field(None, description="Size of the family for the deduction; halves are allowed.")
    persons: Heads | None = Field(None, description="Heads; left out: as many as household_size.")
    children: list[CountedChild] | None = Field(
        None, max_length=MOST_CHILDREN, description="All children of the family, instead of household_size and persons."
    )
    family_changes: list[FamilyChange] = Field([], max_length=MOST_CHILDREN)
    fall_in_income: list[LaterYear] = Field([], max_length=2)
    social_assistance: bool = Field(False, description="The income counts as 0 (art. 56 al. 4 OEJF).")
    social_assistance_months: list[Days] = Field(
        [], max_length=12, description="Instead of social_assistance: the whole months with it, first to last day."
    )
    declared: bool = Field(True, description="false: no income declared, it counts as too high.")
    rejected: bool = Field(False, description="The commune rejects the financial data of a first application.")

    @property
    def ways(self) -> list[str]:
        """The ways in which the income is given."""
        return [
            name for name in ("determining_income", "imputable_income", "applicants") if getattr(self, name) is not None
        ]
