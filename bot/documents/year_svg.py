"""The picture of a year as SVG, for the web: sharp at every size, with its words inside."""

from collections.abc import Sequence
from xml.etree import ElementTree

from bot.documents.year_drawing import HEIGHT, WIDTH, Box, Shape, alternative_text, year_drawing
from bot.words import Words
from checks.year import YearMonth


def year_svg(months: Sequence[YearMonth], title: str, say: Words) -> str:
    """The picture as a document of its own, the alternative text in its `desc`."""
    box = f"0 0 {WIDTH} {HEIGHT}"
    root = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=box, role="img", lang=say.lang)
    ElementTree.SubElement(root, "title").text = title
    ElementTree.SubElement(root, "desc").text = alternative_text(months, say)
    for shape in year_drawing(months, title, say):
        _add(root, shape)
    return ElementTree.tostring(root, encoding="unicode")


def _add(root: ElementTree.Element, shape: Shape) -> None:
    if isinstance(shape, Box):
        places = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
        ElementTree.SubElement(root, "rect", {name: f"{place:g}" for name, place in places.items()}, fill=shape.fill)
        return
    look = {"font-family": "Noto Sans, system-ui, sans-serif", "font-size": str(shape.size), "fill": shape.colour}
    look |= {"text-anchor": shape.anchor, "font-weight": "bold" if shape.bold else "normal"}
    ElementTree.SubElement(root, "text", look, x=f"{shape.x:g}", y=f"{shape.y:g}").text = shape.text
