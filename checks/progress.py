"""How many questions are about left: the median over a few ways through the rest of a check.

Ways that leave the periods with known rules do not count where there are others: hardly anybody takes them.
"""

from datetime import date
from statistics import median_high
from zlib import crc32

from checks.case import Answers, Check, run
from checks.explorer import samples

WALKS = 15


def questions_left(check: Check, answers: Answers, today: date) -> int:
    """The number of questions from the open one to a result, about; 0 where there is a result."""
    walks = [_walk(check, answers, today, number) for number in range(WALKS)]
    usual = [count for count, outcome in walks if outcome != "no_rule"]
    return median_high(usual or [count for count, _ in walks])


def _walk(check: Check, answers: Answers, today: date, number: int) -> tuple[int, str]:
    """The questions on one way and its outcome, with sample answers picked by its number: the same ones every time."""
    count, found = 0, run(check, answers, today)
    while found.open is not None:
        tried = samples(found.open)
        answers = {**answers, found.open.id: tried[crc32(f"{number} {found.open.id}".encode()) % len(tried)]}
        count, found = count + 1, run(check, answers, today)
    return count, found.result.outcome if found.result else ""
