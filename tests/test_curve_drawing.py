"""The picture of the voucher over the income: the curve in words, SVG and PNG, the family marked."""

from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from bot.documents.curve_drawing import alternative_text, curve_picture
from bot.documents.picture import HEIGHT, LIGHT, WIDTH
from bot.documents.picture_png import SCALE, picture_png
from bot.documents.picture_svg import picture_svg
from bot.words import LANGUAGES, words
from checks.result import Francs, Point

SVG = "{http://www.w3.org/2000/svg}"


def curve(*own: tuple[int, str]) -> list[Point]:
    grid = {49_000: "840.00", 80_000: "624.80", 120_000: "347.10", 170_000: "0.00"}
    points = [Point(Francs(income), Decimal(voucher), Decimal(voucher), False) for income, voucher in grid.items()]
    points += [Point(Francs(income), Decimal(voucher), Decimal(voucher), True) for income, voucher in own]
    return sorted(points, key=lambda point: point.income)


ONE = curve((64_000, "735.85"))
SPAN = curve((46_000, "840.00"), (96_000, "513.70"))


@pytest.mark.parametrize(
    ("lang", "points", "sentences"),
    [
        ("de", ONE, ["Bis zu einem massgebenden Einkommen von CHF 49’000", "ab CHF 170’000 beträgt er CHF 0.00"]),
        ("de", ONE, ["Ihre Familie: CHF 735.85 bei einem massgebenden Einkommen von CHF 64’000."]),
        ("fr", SPAN, ["Votre famille : CHF 513.70 à 840.00 pour un revenu déterminant de CHF 46’000 à 96’000."]),
    ],
)
def test_the_picture_is_told_in_words(lang: str, points: list[Point], sentences: list[str]) -> None:
    told = alternative_text(points, words(lang)).replace("\xa0", " ")
    assert [sentence for sentence in sentences if sentence not in told] == []


def test_without_the_place_of_a_family_none_is_told_or_drawn() -> None:
    root = ElementTree.fromstring(picture_svg(curve_picture(curve(), "Bon", (), words("fr")), LIGHT))
    assert "famille" not in (root.findtext(f"{SVG}desc") or "")
    assert list(root.iter(f"{SVG}circle")) == []


def test_one_income_is_a_dot_and_a_range_is_a_band_between_two() -> None:
    for points, dots, bands in ((ONE, 1, 0), (SPAN, 2, 1)):
        root = ElementTree.fromstring(picture_svg(curve_picture(points, "Gutschein", (), words("de")), LIGHT))
        assert sum(dot.get("fill") == LIGHT["warm"] for dot in root.iter(f"{SVG}circle")) == dots
        assert sum(band.get("fill") == LIGHT["band"] for band in root.iter(f"{SVG}polygon")) == bands


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "own", [(), ((-4_000, "840.00"),), ((206_000, "0.00"),), ((90_000, "555.40"), (950_000, "0.00"))]
)
def test_the_curve_and_the_words_stay_on_the_paper(lang: str, own: tuple[tuple[int, str], ...]) -> None:
    root = ElementTree.fromstring(picture_svg(curve_picture(curve(*own), "Bon", (), words(lang)), LIGHT))
    lines = list(root.iter(f"{SVG}polyline"))
    places = [tuple(map(float, place.split(","))) for line in lines for place in line.get("points", "").split()]
    places += [(float(dot.get("cx", "nan")), float(dot.get("cy", "nan"))) for dot in root.iter(f"{SVG}circle")]
    places += [(float(text.get("x", "nan")), float(text.get("y", "nan"))) for text in root.iter(f"{SVG}text")]
    assert len(places) > 10
    assert [(x, y) for x, y in places if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT)] == []


def test_the_voucher_falls_to_the_right_in_the_picture() -> None:
    root = ElementTree.fromstring(picture_svg(curve_picture(ONE, "Bon", (), words("fr")), LIGHT))
    (line,) = root.iter(f"{SVG}polyline")
    places = [tuple(map(float, place.split(","))) for place in line.get("points", "").split()]
    assert places == sorted(places) and [y for _, y in places] == sorted(y for _, y in places)


def test_the_png_shows_the_place_of_the_family() -> None:
    picture = curve_picture(ONE, "Bon", (), words("fr"))
    image = Image.open(BytesIO(picture_png(picture)))
    assert image.size == (WIDTH * SCALE, HEIGHT * SCALE)
    root = ElementTree.fromstring(picture_svg(picture, LIGHT))
    dot = next(root.iter(f"{SVG}circle"))
    wanted = tuple(int(LIGHT["warm"][n : n + 2], 16) for n in (1, 3, 5))
    assert image.getpixel((round(float(dot.get("cx", "")) * SCALE), round(float(dot.get("cy", "")) * SCALE))) == wanted
