"""The picture of a voucher over the income: the curve, and where the family stands on it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.documents.footing import ROOM, footing
from bot.documents.picture import HEIGHT, WIDTH, Area, Box, Dot, Label, Picture, Shape, Stroke, title_lines
from bot.words import Words
from checks.result import Francs, Point

# pixels
EDGE, LEFT, RIGHT, TOP, BOTTOM = 12, 60, WIDTH - 36, 130, HEIGHT - ROOM - 54
LETTER = 8  # about as wide
# CHF
INCOME_STEP = 20_000
VOUCHER_STEPS = (20, 50, 100, 200, 250, 500, 1000, 2000)
MOST_LINES = 6
WIDE = 400_000  # incomes from here on are marked at the end of the axis


def curve_picture(points: Sequence[Point], title: str, below: Sequence[str], say: Words) -> Picture:
    """The points of a result under its title, at least two, by their incomes; `below` stands at the foot."""
    return Picture(say.lang, title, alternative_text(points, say), tuple(_shapes(points, title, below, say)))


def alternative_text(points: Sequence[Point], say: Words) -> str:
    """The picture in words: where the curve falls from and to, and where the family stands."""
    first, last = _falling(points)
    told = [say("curve.falls", low=first.income, high=last.income, most=first.at_most, least=last.at_most)]
    if _is_band(points):
        told.append(say("curve.band"))
    own = [point for point in points if point.own]
    if own:
        told.append(say("curve.family", place=_family(own, say), income=_incomes(own, say)))
    return " ".join(told)


def _falling(points: Sequence[Point]) -> tuple[Point, Point]:
    """The last point before the curve falls, and the first one after it, at the highest cost."""
    most, least = points[0].at_most, points[-1].at_most
    last = [point for point in points if point.at_most == most][-1]
    return last, next(point for point in points if point.at_most == least)


def _is_band(points: Sequence[Point]) -> bool:
    return any(point.at_most != point.voucher for point in points)


def _family(own: Sequence[Point], say: Words) -> str:
    """The voucher of the family, or its range from the lowest."""
    low, high = own[-1].voucher, own[0].at_most
    return say("chf", amount=low) if low == high else say("chf_range", low=low, high=high)


def _incomes(own: Sequence[Point], say: Words) -> str:
    low, high = own[0].income, own[-1].income
    return say("chf", amount=low) if low == high else say("chf_range", low=low, high=high)


class _Axes:
    """Where an income and a voucher stand on the paper."""

    def __init__(self, points: Sequence[Point]) -> None:
        incomes = [min(max(int(point.income), 0), WIDE) for point in points]
        self.first = min(incomes) // INCOME_STEP * INCOME_STEP
        self.last = (max(incomes) // INCOME_STEP + 1) * INCOME_STEP
        top = float(max(point.at_most for point in points))
        self.line = next((step for step in VOUCHER_STEPS if top <= step * MOST_LINES), VOUCHER_STEPS[-1])
        self.lines = int(-(-top // self.line))

    def x(self, income: float) -> float:
        inside = min(max(float(income), self.first), self.last)
        return LEFT + (RIGHT - LEFT) * (inside - self.first) / (self.last - self.first)

    def y(self, voucher: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * float(voucher) / (self.line * self.lines)

    def place(self, point: Point, voucher: Decimal) -> tuple[float, float]:
        return self.x(float(point.income)), self.y(float(voucher))


def _shapes(points: Sequence[Point], title: str, below: Sequence[str], say: Words) -> Iterator[Shape]:
    axes = _Axes(points)
    own = [point for point in points if point.own]
    places = [axes.place(point, point.at_most) for point in points]
    yield Box(0, 0, WIDTH, HEIGHT, "paper")
    yield from title_lines(EDGE, 48, title)
    yield Label(EDGE, 72, say("curve.subject"), 13, colour="quiet")
    if own and own[0] != own[-1]:
        yield _below_family(points, own, axes)
    yield from _grid(axes, say)
    if _is_band(points):
        yield from _cheapest(points, places, axes)
    yield _line(places)
    yield from _own(own, places, axes, say)
    yield from footing(below, EDGE)


def _line(places: Sequence[tuple[float, float]]) -> Stroke:
    return Stroke(((LEFT, places[0][1]), *places, (RIGHT, places[-1][1])), 3, "deep")


def _cheapest(points: Sequence[Point], above: Sequence[tuple[float, float]], axes: _Axes) -> Iterator[Shape]:
    """The curve at the lowest cost, and what lies between it and that at the highest, which is `above`."""
    low = [axes.place(point, point.voucher) for point in points]
    upper, lower = ((LEFT, above[0][1]), *above), ((LEFT, low[0][1]), *low)
    yield Area((*upper, *reversed(lower)), "grid")
    yield _line(low)


def _grid(axes: _Axes, say: Words) -> Iterator[Shape]:
    for number in range(axes.lines + 1):
        height = axes.y(number * axes.line)
        yield Box(LEFT, height, RIGHT - LEFT, 1, "grid")
        yield Label(LEFT - 8, height + 4, say.written(Francs(number * axes.line)), 13, anchor="end", colour="quiet")
    yield Label(EDGE, TOP - 18, say("curve.voucher"), 13, colour="quiet")
    step = INCOME_STEP * (2 if axes.last - axes.first > 6 * INCOME_STEP else 1)
    for income in range(axes.first, axes.last + 1, step):
        yield Box(axes.x(income), BOTTOM, 1, 5, "quiet")
        yield Label(axes.x(income), BOTTOM + 20, say.written(Francs(income)), 13, anchor="middle", colour="quiet")
    yield Label((LEFT + RIGHT) / 2, BOTTOM + 48, say("curve.income"), 13, anchor="middle", colour="quiet")


def _below_family(points: Sequence[Point], own: Sequence[Point], axes: _Axes) -> Area:
    """What lies below the curve from the lowest to the highest income of the family."""
    inside = [axes.place(point, point.at_most) for point in points if own[0].income <= point.income <= own[-1].income]
    return Area(((inside[0][0], BOTTOM), *inside, (inside[-1][0], BOTTOM)), "band")


def _own(own: Sequence[Point], places: Sequence[tuple[float, float]], axes: _Axes, say: Words) -> Iterator[Shape]:
    for point in own:
        x, y = axes.place(point, point.at_most)
        yield Box(x - 0.75, y, 1.5, BOTTOM - y, "ink")
        yield from (Dot(*axes.place(point, end), 7, "warm") for end in dict.fromkeys((point.at_most, point.voucher)))
    if own:
        lines = (say("curve.here"), _family(own, say))
        left = min(axes.x(float(own[-1].income)) + 12, RIGHT - LETTER * max(len(line) for line in lines))
        for number, line in enumerate(lines):
            yield Label(left, _height_at(left, places) - 30 + 17 * number, line, 14, True)


def _height_at(x: float, places: Sequence[tuple[float, float]]) -> float:
    """The height of the curve over `x`; it falls, so that words which begin there stand above it."""
    for (left, above), (right, below) in pairwise(places):
        if left <= x <= right and left < right:
            return above + (below - above) * (x - left) / (right - left)
    return places[0][1] if x < places[0][0] else places[-1][1]
