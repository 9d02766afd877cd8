"""The picture of a year as shapes: twelve columns, the adaptation marked."""

from collections.abc import Iterator, Sequence

from babel.dates import format_date

from bot.documents.picture import DEEP, GRID, HEIGHT, INK, PALE, PAPER, QUIET, WARM, WIDTH, Box, Label, Picture, Shape
from bot.words import LOCALES, Words
from checks.year import YearMonth

# pixels
LEFT, TOP, BOTTOM = 56, 92, 316
STEP, COLUMN = 57, 38
VOUCHER, ENTITLED, ADAPTATION, CARE = DEEP, PALE, WARM, INK


def year_picture(months: Sequence[YearMonth], title: str, say: Words) -> Picture:
    """The months of a period under the title of the result."""
    return Picture(say.lang, title, alternative_text(months, say), tuple(_shapes(months, title, say)))


def _shapes(months: Sequence[YearMonth], title: str, say: Words) -> Iterator[Shape]:
    yield Box(0, 0, WIDTH, HEIGHT, PAPER)
    span = say("year.title", first=_named(months[0], say), last=_named(months[-1], say))
    yield Label(LEFT, 34, _capital(span), 17, True)
    yield Label(LEFT, 58, title, 13, colour=QUIET)
    for rate in range(0, 101, 20):
        yield Box(LEFT, _height(rate), WIDTH - LEFT - 20, 1, GRID)
        yield Label(LEFT - 8, _height(rate) + 4, say("percent", rate=rate), 11, anchor="end", colour=QUIET)
    for place, month in enumerate(months):
        yield from _column(LEFT + 10 + place * STEP, month, say)
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
        yield _bar(x, month.entitled, ENTITLED)
    yield _bar(x, month.voucher, ADAPTATION if month.adaptation else VOUCHER)
    if month.care:
        yield Box(x - 4, _height(month.care) - 1, COLUMN + 8, 3, CARE)
    middle = x + COLUMN / 2
    top = max(month.entitled, month.care or 0)
    value = say("percent", rate=month.voucher) if month.voucher else "–"
    yield Label(middle, _height(top) - 7, value, 13, True, "middle")
    yield Label(middle, BOTTOM + 18, str(format_date(month.first, "MMM", LOCALES[say.lang])), 12, anchor="middle")
    yield Label(middle, BOTTOM + 34, str(month.first.year), 11, anchor="middle", colour=QUIET)


def _legend(months: Sequence[YearMonth], say: Words) -> Iterator[Shape]:
    kind = "entitled" if all(month.care is None for month in months) else "voucher"
    shown = [(kind, VOUCHER)]
    shown += [(f"{kind}_adaptation", ADAPTATION)] if any(month.adaptation for month in months) else []
    shown += [("entitled", ENTITLED)] if any(month.entitled > month.voucher for month in months) else []
    shown += [("care", CARE)] if any(month.care for month in months) else []
    x: float = LEFT
    for name, colour in shown:
        text = say(f"year.legend.{name}")
        thin = name == "care"
        yield Box(x, HEIGHT - 25 if thin else HEIGHT - 30, 14, 3 if thin else 12, colour)
        yield Label(x + 20, HEIGHT - 19, text, 12)
        x += 44 + 6.6 * len(text)


def _bar(x: float, rate: int, colour: str) -> Box:
    return Box(x, _height(rate), COLUMN, BOTTOM - _height(rate), colour)


def _height(rate: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * rate / 100


def _named(month: YearMonth, say: Words) -> str:
    return str(format_date(month.first, "MMMM y", LOCALES[say.lang]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
