"""A picture as shapes and the same in words. Written as SVG by `picture_svg`, as PNG by `picture_png`."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# pixels; so narrow that the words can be read on a telephone
WIDTH, HEIGHT = 500, 440
# what a colour is for; those of figures keep their contrast for people who do not tell red from green, and in print
Colour = Literal["paper", "ink", "quiet", "grid", "deep", "on_deep", "pale", "band", "warm", "on_warm"]
LIGHT: Mapping[Colour, str] = {
    "paper": "#ffffff",
    "ink": "#14211f",
    "quiet": "#53615d",
    "grid": "#dbded6",
    "deep": "#0b5a55",
    "on_deep": "#ffffff",
    "pale": "#5f9d96",
    "band": "#c9e0db",
    "warm": "#e08a2c",
    "on_warm": "#14211f",
}
DARK: Mapping[Colour, str] = {
    "paper": "#17211f",
    "ink": "#e8eeeb",
    "quiet": "#a6b5b0",
    "grid": "#2d3a37",
    "deep": "#74d3c6",
    "on_deep": "#06211e",
    "pale": "#3f7f78",
    "band": "#24443f",
    "warm": "#f0a04b",
    "on_warm": "#14211f",
}
MOST_LETTERS = 48  # of a line of a title


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour


@dataclass(frozen=True)
class Area:
    """A filled shape with these corners."""

    corners: tuple[tuple[float, float], ...]
    fill: Colour


@dataclass(frozen=True)
class Stroke:
    """A line through these points."""

    points: tuple[tuple[float, float], ...]
    width: float
    colour: Colour


@dataclass(frozen=True)
class Dot:
    """A filled circle around (`x`, `y`) with a rim of paper."""

    x: float
    y: float
    radius: float
    fill: Colour


@dataclass(frozen=True)
class Label:
    """A line of text that begins, ends or is centred at `x`; `y` is its base line."""

    x: float
    y: float
    text: str
    size: int = 13
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    colour: Colour = "ink"


Shape = Box | Area | Stroke | Dot | Label


@dataclass(frozen=True)
class Picture:
    """What is drawn, the lowest shape first; `words` say all that can be seen."""

    lang: str
    title: str
    words: str
    shapes: tuple[Shape, ...]


def title_lines(x: float, y: float, text: str) -> list[Label]:
    """The title of a picture in one or two lines, the last one on the base line `y`."""
    letters = MOST_LETTERS if len(text) <= MOST_LETTERS else min(MOST_LETTERS, len(text) // 2 + 8)
    lines = textwrap.wrap(text, letters, max_lines=2, placeholder=" …")
    return [Label(x, y - 20 * below, line, 15, True) for below, line in enumerate(reversed(lines))]
