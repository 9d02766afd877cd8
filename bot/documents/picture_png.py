"""A picture as PNG, for channels that show no SVG."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.documents.fonts import BOLD, REGULAR, font_file
from bot.documents.picture import HEIGHT, LIGHT, WIDTH, Area, Box, Colour, Dot, Label, Picture, Shape, Stroke

SCALE = 2  # sharp on a telephone
FINER = 2  # drawn larger than it is kept, so that slanted lines are smooth
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def picture_png(picture: Picture) -> bytes:
    """The picture at twice its size."""
    size = SCALE * FINER
    image = Image.new("RGB", (WIDTH * size, HEIGHT * size))
    draw = ImageDraw.Draw(image)
    for shape in picture.shapes:
        _draw(draw, shape, size)
    found = BytesIO()
    image.reduce(FINER).save(found, "PNG")
    return found.getvalue()


def _draw(draw: ImageDraw.ImageDraw, shape: Shape, size: int) -> None:
    match shape:
        case Box():
            x, y = shape.x * size, shape.y * size
            right, below = x + shape.width * size - 1, y + shape.height * size - 1
            if right >= x and below >= y:
                draw.rectangle((x, y, right, below), fill=LIGHT[shape.fill])
        case Area():
            draw.polygon([(x * size, y * size) for x, y in shape.corners], fill=LIGHT[shape.fill])
        case Stroke():
            points = [(x * size, y * size) for x, y in shape.points]
            draw.line(points, fill=LIGHT[shape.colour], width=round(shape.width * size), joint="curve")
        case Dot():
            rim: tuple[tuple[float, Colour], ...] = ((shape.radius + 1, "paper"), (shape.radius - 1, shape.fill))
            for radius, colour in rim:
                draw.circle((shape.x * size, shape.y * size), radius * size, fill=LIGHT[colour])
        case Label():
            font = ImageFont.truetype(font_file(BOLD if shape.bold else REGULAR), shape.size * size)
            draw.text((shape.x * size, shape.y * size), shape.text, LIGHT[shape.colour], font, ANCHORS[shape.anchor])
