"""A picture as SVG, for the web: sharp at every size, with its words inside."""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from bot.documents.picture import HEIGHT, WIDTH, Area, Box, Colour, Dot, Label, Picture, Shape, Stroke


def picture_svg(picture: Picture, colours: Mapping[Colour, str]) -> str:
    """The picture as a document of its own in these colours, the alternative text in its `desc`.

    It has attributes only, no styles: a strict Content-Security-Policy lets it pass.
    """
    box = f"0 0 {WIDTH} {HEIGHT}"
    root = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=box, role="img", lang=picture.lang)
    ElementTree.SubElement(root, "title").text = picture.title
    ElementTree.SubElement(root, "desc").text = picture.words
    for shape in picture.shapes:
        _add(root, shape, colours)
    return ElementTree.tostring(root, encoding="unicode")


def _add(root: ElementTree.Element, shape: Shape, colours: Mapping[Colour, str]) -> None:
    match shape:
        case Box():
            places = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
            ElementTree.SubElement(
                root, "rect", {name: f"{at:g}" for name, at in places.items()}, fill=colours[shape.fill]
            )
        case Area():
            ElementTree.SubElement(root, "polygon", points=_points(shape.corners), fill=colours[shape.fill])
        case Stroke():
            look = {"stroke": colours[shape.colour], "stroke-width": f"{shape.width:g}", "stroke-linejoin": "round"}
            ElementTree.SubElement(root, "polyline", look, points=_points(shape.points), fill="none")
        case Dot():
            look = {"cx": f"{shape.x:g}", "cy": f"{shape.y:g}", "r": f"{shape.radius:g}", "fill": colours[shape.fill]}
            ElementTree.SubElement(root, "circle", look | {"stroke": colours["paper"], "stroke-width": "2"})
        case Label():
            look = {"font-family": "Public Sans, system-ui, sans-serif", "font-size": str(shape.size)}
            look |= {"fill": colours[shape.colour], "text-anchor": shape.anchor}
            look |= {"font-weight": "bold" if shape.bold else "normal", "x": f"{shape.x:g}", "y": f"{shape.y:g}"}
            ElementTree.SubElement(root, "text", look).text = shape.text


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
