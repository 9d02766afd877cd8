"""The picture of a year as PNG, for channels that show no SVG."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.documents.fonts import BOLD, REGULAR, font_file
from bot.documents.year_drawing import HEIGHT, WIDTH, Box, year_drawing
from bot.words import Words
from checks.year import YearMonth

SCALE = 2
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def year_png(months: Sequence[YearMonth], title: str, say: Words) -> bytes:
    """The picture at twice its size, sharp on a telephone."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
    draw = ImageDraw.Draw(image)
    for shape in year_drawing(months, title, say):
        x, y = shape.x * SCALE, shape.y * SCALE
        if isinstance(shape, Box):
            right, below = x + shape.width * SCALE - 1, y + shape.height * SCALE - 1
            if right >= x and below >= y:
                draw.rectangle((x, y, right, below), fill=shape.fill)
        else:
            font = ImageFont.truetype(font_file(BOLD if shape.bold else REGULAR), shape.size * SCALE)
            draw.text((x, y), shape.text, fill=shape.colour, font=font, anchor=ANCHORS[shape.anchor])
    found = BytesIO()
    image.save(found, "PNG")
    return found.getvalue()
