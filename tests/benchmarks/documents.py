"""How long the documents of a result take: the summary, the pictures, the calendar file."""

import statistics
import time
from datetime import date

from bot.documents.hand_over import HAND_OVER
from bot.messages import Pictures
from bot.session import Session

TODAY = date(2026, 11, 22)
ROUNDS = 9
ADAPTATION = {
    "adaptation_role": "parents",
    "child_at_institution": "new",
    "adaptation_box": "open",
    "entitled_rate": 60,
    "adaptation_begins": "2027-02-01",
    "work_begins": "2027-03-01",
    "filed_on": "2027-01-31",
}
VOUCHER = {
    "voucher_month": "2026-12-01",
    "income_way": "sum",
    "income_sum": "60000.00-70000.00",
    "family_adults": "two",
    "family_children": "2",
    "children_by_half": False,
    "school_stage": "preschool",
    "children_in_care": "1",
    "income_fell": False,
    "birth_month": "2022-03-01",
    "provider": "daycare",
    "booked_rate": 60,
    "granted_rate": 80,
    "care_cost": "1500.00-1650.00",
    "special_needs_lump_sum": False,
}
YEAR = Session(lang="de", check="adaptation", answers=ADAPTATION)
LONG = Session(lang="de", check="voucher", answers=VOUCHER)  # two pages
MADE: tuple[tuple[str, str, Session, Pictures], ...] = (
    ("PDF of two pages", "summary", LONG, "png"),
    ("year as PNG", "year", YEAR, "png"),
    ("as SVG", "year", YEAR, "svg"),
    ("curve as PNG", "curve", LONG, "png"),
    ("as SVG", "curve", LONG, "svg"),
    ("calendar file", "calendar", YEAR, "png"),
)


def report() -> None:
    """Print the median of each in processor time, and the first, which loads what it needs."""
    told = []
    for label, name, session, pictures in MADE:
        times = []
        for _ in range(ROUNDS):
            begin = time.process_time()
            made = HAND_OVER[name](session, TODAY, pictures)
            times.append((time.process_time() - begin) * 1e3)
            if made is None or made.file is None:
                raise RuntimeError(f"no {label} of this result")
        told.append(f"{label} {statistics.median(times[1:]):.0f} ms (first {times[0]:.0f})")
    print(f"documents, processor time: {', '.join(told)}")
