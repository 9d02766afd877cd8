"""The picture of a year as shapes: twelve columns, the adaptation marked."""

from collections.abc import Iterator, Sequence

from babel.dates import format_date

from bot.documents.picture import HEIGHT, WIDTH, Box, Colour, Label, Picture, Shape, title_lines
from bot.words import LOCALES, Words
from checks.year import YearMonth

# pixels
EDGE, LEFT, TOP, BOTTOM = 12, 48, 106, 326
STEP, COLUMN = 37, 28
INSIDE = 15  # percent: a column that is higher has its figure inside
LEGEND = (EDGE, 196)  # where its two columns begin


def year_picture(months: Sequence[YearMonth], title: str, say: Words) -> Picture:
    """The months of a period under the title of the result."""
    return Picture(say.lang, title, alternative_text(months, say), tuple(_shapes(months, title, say)))


def _shapes(months: Sequence[YearMonth], title: str, say: Words) -> Iterator[Shape]:
    yield Box(0, 0, WIDTH, HEIGHT, "paper")
    span = say("year.title", first=_named(months[0], say), last=_named(months[-1], say))
    yield from title_lines(EDGE, 48, title)
    yield Label(EDGE, 72, _capital(span), 13, colour="quiet")
    for rate in range(0, 101, 20):
        yield Box(LEFT, _height(rate), WIDTH - LEFT - EDGE / 2, 1, "grid")
        yield Label(LEFT - 5, _height(rate) + 4, say("percent", rate=rate), 13, anchor="end", colour="quiet")
    for place, month in enumerate(months):
        yield from _column(LEFT + (STEP - COLUMN) / 2 + place * STEP, month, say)
        if place == 0 or month.first.month == 1:
            middle = LEFT + STEP / 2 + place * STEP
            yield Label(middle, BOTTOM + 38, str(month.first.year), 13, True, "middle")
    yield from _legend(months, say)


def alternative_text(months: Sequence[YearMonth], say: Words) -> str:
    """The picture in words: neighbouring months with the same rates together."""
    spans: list[list[YearMonth]] = []
    for month in months:
        same = spans and _rates(spans[-1][0]) == _rates(month)
        if same:
            spans[-1].append(month)
        else:
            spans.append([month])
    return " ".join(_capital(_span(span, say)) for span in spans)


def _span(span: Sequence[YearMonth], say: Words) -> str:
    first, last = _named(span[0], say), _named(span[-1], say)
    when = say("year.month", month=first) if len(span) == 1 else say("year.months", first=first, last=last)
    month = span[0]
    if not month.voucher:
        return say("year.nothing", when=when)
    if month.adaptation:
        when = say("year.adaptation", when=when)
    if month.care is None:
        return say("year.entitled", when=when, rate=month.entitled)
    return say("year.voucher", when=when, rate=month.voucher, care=month.care)


def _rates(month: YearMonth) -> tuple[int, int | None, bool]:
    return month.voucher, month.care, month.adaptation


def _column(x: float, month: YearMonth, say: Words) -> Iterator[Shape]:
    if month.entitled > month.voucher:
        yield _bar(x, month.entitled, "pale")
    yield _bar(x, month.voucher, "warm" if month.adaptation else "deep")
    if month.care:
        yield Box(x - 4, _height(month.care) - 1, COLUMN + 8, 3, "ink")
    yield _figure(x + COLUMN / 2, month)
    named = str(format_date(month.first, "MMM", LOCALES[say.lang]))
    yield Label(x + COLUMN / 2, BOTTOM + 19, named, 13, anchor="middle")


def _figure(middle: float, month: YearMonth) -> Label:
    """The rate of the voucher at the top of its column, or above a column that is too low for it."""
    if month.voucher > INSIDE:
        colour: Colour = "on_warm" if month.adaptation else "on_deep"
        return Label(middle, _height(month.voucher) + 20, str(month.voucher), 14, True, "middle", colour)
    top = max(month.entitled, month.care or 0)
    return Label(middle, _height(top) - 8, str(month.voucher or "–"), 14, True, "middle")


def _legend(months: Sequence[YearMonth], say: Words) -> Iterator[Shape]:
    kind = "entitled" if all(month.care is None for month in months) else "voucher"
    shown: list[tuple[str, Colour]] = [(kind, "deep")]
    shown += [(f"{kind}_adaptation", "warm")] if any(month.adaptation for month in months) else []
    shown += [("entitled", "pale")] if any(month.entitled > month.voucher for month in months) else []
    shown += [("care", "ink")] if any(month.care for month in months) else []
    for number, (name, colour) in enumerate(shown):
        x, y = LEGEND[number % 2], HEIGHT - 40 + 24 * (number // 2)
        yield Box(x, y - 6, 14, 3, colour) if name == "care" else Box(x, y - 11, 14, 12, colour)
        yield Label(x + 22, y, say(f"year.legend.{name}"), 13)


def _bar(x: float, rate: int, colour: Colour) -> Box:
    return Box(x, _height(rate), COLUMN, BOTTOM - _height(rate), colour)


def _height(rate: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * rate / 100


def _named(month: YearMonth, say: Words) -> str:
    return str(format_date(month.first, "MMMM y", LOCALES[say.lang]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
