"""The picture of the amounts of a year: what the voucher pays in each of twelve months."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil
from textwrap import wrap

from babel.dates import format_date

from bot.documents.footing import ROOM, footing
from bot.documents.picture import HEIGHT, WIDTH, Box, Label, Picture, Shape, title_lines
from bot.paid_months import named, told_months
from bot.words import LOCALES, Words
from checks.result import Francs, PaidMonth

# pixels
EDGE, LEFT, TOP, BOTTOM = 12, 52, 138, HEIGHT - ROOM - 44
STEP, COLUMN = 37, 30
# CHF
STEPS = (20, 50, 100, 200, 250, 500, 1000, 2000)
MOST_LINES = 4
LETTERS = 66  # of a line


def paid_picture(paid: Sequence[PaidMonth], title: str, below: Sequence[str], say: Words) -> Picture:
    """The months under the title of the result, with the texts of `below` at the foot."""
    words = " ".join(line[:1].upper() + line[1:] + "." for line in told_months(paid, say))
    return Picture(say.lang, title, words, tuple(_shapes(paid, title, below, say)))


def _shapes(paid: Sequence[PaidMonth], title: str, below: Sequence[str], say: Words) -> Iterator[Shape]:
    yield Box(0, 0, WIDTH, HEIGHT, "paper")
    span = say("year.title", first=named(paid[0].first, say), last=named(paid[-1].first, say))
    yield from title_lines(EDGE, 48, span[:1].upper() + span[1:])
    yield from (
        Label(EDGE, 70 + 17 * number, line, 13, colour="quiet")
        for number, line in enumerate(wrap(say("paid.subject"), LETTERS))
    )
    top = max(month.at_most for month in paid)
    step = next((step for step in STEPS if top <= step * MOST_LINES), STEPS[-1])
    most = step * max(ceil(top / step), 1)

    def height(amount: Decimal) -> float:
        return BOTTOM - float((BOTTOM - TOP) * amount / most)

    for line in range(0, most + 1, step):
        yield Box(LEFT, height(Decimal(line)), WIDTH - LEFT - 8, 1, "grid")
        label = say.written(Francs(line))
        yield Label(LEFT - 8, height(Decimal(line)) + 4, label, 11, anchor="end", colour="quiet")
    yield Label(EDGE, TOP - 16, say("curve.voucher"), 11, colour="quiet")
    for place, month in enumerate(paid):
        x = LEFT + 4 + place * STEP
        if month.at_most > month.voucher:
            yield Box(x, height(month.at_most), COLUMN, height(month.voucher) - height(month.at_most), "pale")
        yield Box(x, height(month.voucher), COLUMN, BOTTOM - height(month.voucher), "deep")
        yield from _labels(x + COLUMN / 2, month, height(month.at_most), say)
    yield from footing(below, EDGE)


def _labels(middle: float, month: PaidMonth, top: float, say: Words) -> Iterator[Label]:
    """The amounts in whole francs, so that they stand side by side; the words of the picture hold the Rappen."""
    amounts = dict.fromkeys((round(month.at_most), round(month.voucher)))
    for number, amount in enumerate(reversed(amounts)):
        yield Label(middle, top - 6 - 13 * number, say.written(Francs(amount)), 11, True, "middle")
    yield Label(middle, BOTTOM + 17, str(format_date(month.first, "MMM", LOCALES[say.lang])), 11, anchor="middle")
    if month.first.month in (1, 8):  # the period begins in August
        yield Label(middle, BOTTOM + 33, str(month.first.year), 13, True, "middle")
