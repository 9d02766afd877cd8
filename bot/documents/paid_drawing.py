"""The picture of the amounts of a year: what the voucher pays in each of twelve months."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil

from babel.dates import format_date

from bot.documents.footing import ROOM, footing
from bot.documents.picture import DEEP, GRID, HEIGHT, PALE, PAPER, QUIET, WIDTH, Box, Label, Picture, Shape
from bot.paid_months import named, told_months
from bot.words import LOCALES, Words
from checks.result import Francs, PaidMonth

# pixels
LEFT, TOP, BOTTOM = 64, 92, HEIGHT - ROOM - 44
STEP, COLUMN = 57, 42
# CHF
STEPS = (20, 50, 100, 200, 250, 500, 1000, 2000)
MOST_LINES = 5


def paid_picture(paid: Sequence[PaidMonth], title: str, below: Sequence[str], say: Words) -> Picture:
    """The months under the title of the result, with the texts of `below` at the foot."""
    words = " ".join(line[:1].upper() + line[1:] + "." for line in told_months(paid, say))
    return Picture(say.lang, title, words, tuple(_shapes(paid, title, below, say)))


def _shapes(paid: Sequence[PaidMonth], title: str, below: Sequence[str], say: Words) -> Iterator[Shape]:
    yield Box(0, 0, WIDTH, HEIGHT, PAPER)
    span = say("year.title", first=named(paid[0].first, say), last=named(paid[-1].first, say))
    yield Label(LEFT, 34, span[:1].upper() + span[1:], 17, True)
    yield Label(LEFT, 56, say("paid.subject"), 13, colour=QUIET)
    top = max(month.at_most for month in paid)
    step = next((step for step in STEPS if top <= step * MOST_LINES), STEPS[-1])
    most = step * max(ceil(top / step), 1)

    def height(amount: Decimal) -> float:
        return BOTTOM - float((BOTTOM - TOP) * amount / most)

    for line in range(0, most + 1, step):
        yield Box(LEFT, height(Decimal(line)), WIDTH - LEFT - 8, 1, GRID)
        label = say.written(Francs(line))
        yield Label(LEFT - 8, height(Decimal(line)) + 4, label, 11, anchor="end", colour=QUIET)
    yield Label(8, TOP - 14, say("curve.voucher"), 11, colour=QUIET)
    for place, month in enumerate(paid):
        x = LEFT + 8 + place * STEP
        if month.at_most > month.voucher:
            yield Box(x, height(month.at_most), COLUMN, height(month.voucher) - height(month.at_most), PALE)
        yield Box(x, height(month.voucher), COLUMN, BOTTOM - height(month.voucher), DEEP)
        yield from _labels(x + COLUMN / 2, month, height(month.at_most), say)
    yield from footing(below, 12)


def _labels(middle: float, month: PaidMonth, top: float, say: Words) -> Iterator[Label]:
    amounts = dict.fromkeys((month.at_most, month.voucher))
    for number, amount in enumerate(reversed(amounts)):
        yield Label(middle, top - 6 - 13 * number, say.written(amount), 11, True, "middle")
    yield Label(middle, BOTTOM + 17, str(format_date(month.first, "MMM", LOCALES[say.lang])), 12, anchor="middle")
    yield Label(middle, BOTTOM + 32, str(month.first.year), 11, anchor="middle", colour=QUIET)
