"""The box of the adaptation in the place confirmation: who ticks it, and how a wrong or missing tick is corrected.

Source: guidance text on the adaptation (2024), "Conditions" and "Demander une période d'adaptation".
"""

from checks.adaptation_dates import Plan
from checks.case import Case
from checks.questions import Choice, YesNo
from checks.result import Line

CHILD = Choice("child_at_institution", law="OEJF 36.3", source="adaptation", options=("new", "settled", "back"))
BOX = Choice("adaptation_box", source="adaptation", options=("open", "ticked", "unticked"))
RATES_CHANGE = YesNo("adaptation_rates_change", source="adaptation")
OPEN, TICKED, UNTICKED = BOX.options

# what parents do, by the state of the box
PARENT_STEPS = {
    OPEN: ("adapt_agree", "adapt_institution_confirms", "adapt_look"),
    TICKED: ("adapt_ticked",),
    UNTICKED: ("adapt_missing_parents", "adapt_commune_rejects", "adapt_institution_corrects"),
}


def correct_tick(institution: bool) -> tuple[Line, ...]:
    """How a tick that should not be there is taken away."""
    who = "institution" if institution else "parents"
    return (Line(f"adapt_wrong_{who}"), Line("adapt_commune_rejects"), Line("adapt_institution_corrects"))


def ask_institution_steps(case: Case, box: str, plan: Plan) -> tuple[Line, ...]:
    """What the institution does in the place confirmation, step by step; asks for the rates where it is open."""
    if box == TICKED:
        return (Line("adapt_ticked_institution"),)
    if box == UNTICKED:
        return (Line("adapt_missing_institution"), Line("adapt_commune_rejects"), Line("adapt_tick_again"))
    rates = "adapt_several_rates" if case.ask(RATES_CHANGE) else "adapt_one_rate"
    return (
        Line("adapt_open_confirmation"),
        Line("adapt_confirm_from", {"begin": plan.begin}),
        Line(rates, {"begin": plan.begin}),
        *(() if plan.begin.day == 1 else (Line("adapt_within_month"),)),
        Line("adapt_tick"),
        Line("adapt_confirm"),
    )
