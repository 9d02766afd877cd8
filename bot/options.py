"""What every command shares: its day, and the refusal of input that is not right."""

import argparse
from datetime import date, datetime
from zoneinfo import ZoneInfo


class Refused(ValueError):
    """The input is not right; the message says in one line what is expected."""


def day_of(options: argparse.Namespace) -> date:
    """The day of the command: --today, else today in Zurich."""
    return options.today or datetime.now(ZoneInfo("Europe/Zurich")).date()
