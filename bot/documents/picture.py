"""A picture as shapes and the same in words. Written as SVG by `picture_svg`, as PNG by `picture_png`."""

from dataclasses import dataclass
from typing import Literal

# pixels
WIDTH, HEIGHT = 760, 400
# colours that keep their contrast for people who do not tell red from green, and in print
PAPER, INK, QUIET, GRID = "#ffffff", "#1d232a", "#5b646e", "#dfe4e8"
DEEP, PALE, WARM = "#0e4f63", "#a9cbd6", "#d9822b"


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Area:
    """A filled shape with these corners."""

    corners: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True)
class Stroke:
    """A line through these points."""

    points: tuple[tuple[float, float], ...]
    width: float
    colour: str


@dataclass(frozen=True)
class Dot:
    """A filled circle around (`x`, `y`) with a rim of paper."""

    x: float
    y: float
    radius: float
    fill: str


@dataclass(frozen=True)
class Label:
    """A line of text that begins, ends or is centred at `x`; `y` is its base line."""

    x: float
    y: float
    text: str
    size: int = 13
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    colour: str = INK


Shape = Box | Area | Stroke | Dot | Label


@dataclass(frozen=True)
class Picture:
    """What is drawn, the lowest shape first; `words` say all that can be seen."""

    lang: str
    title: str
    words: str
    shapes: tuple[Shape, ...]
