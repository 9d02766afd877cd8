"""The picture of a year: twelve months as text, SVG and PNG, the adaptation marked."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from contrast import contrast
from PIL import Image, ImageFont

from bot.documents.fonts import BOLD, REGULAR, font_file
from bot.documents.picture import DARK, HEIGHT, LIGHT, WIDTH, Colour, Label
from bot.documents.picture_png import ANCHORS, SCALE, picture_png
from bot.documents.picture_svg import picture_svg
from bot.documents.year_drawing import COLUMN, alternative_text, year_picture
from bot.words import LANGUAGES, words
from checks.year import Grant, YearMonth, year_of

STARTS = [date(2026, month, 1) for month in range(8, 13)] + [date(2027, month, 1) for month in range(1, 8)]
YEAR = [
    YearMonth(first, 0 if place < 2 else 60, 0 if place < 2 else 80 if place < 8 else 40, place == 2)
    for place, first in enumerate(STARTS)
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "fr",
            [
                "Août 2026 à septembre 2026 : pas de bon.",
                "Octobre 2026 (mois d'adaptation) : bon de 60 % pour une prise en charge de 80 %.",
                "Avril 2027 à juillet 2027 : bon de 40 % pour une prise en charge de 40 %.",
            ],
        ),
        (
            "de",
            [
                "August 2026 bis September 2026: kein Gutschein.",
                "Oktober 2026 (mit Eingewöhnung): Gutschein für 60 % bei einem Betreuungspensum von 80 %.",
                "April 2027 bis Juli 2027: Gutschein für 40 % bei einem Betreuungspensum von 40 %.",
            ],
        ),
    ],
)
def test_the_picture_is_told_in_words(lang: str, sentences: list[str]) -> None:
    text = alternative_text(YEAR, words(lang)).replace("\xa0", " ")
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_without_a_care_rate_it_speaks_of_the_right_alone() -> None:
    text = alternative_text([YearMonth(first, 40) for first in STARTS], words("de")).replace("\xa0", " ")
    assert text == "August 2026 bis Juli 2027: Anspruch auf 40 %."


def test_a_later_grant_replaces_an_earlier_one_and_a_part_month_counts_by_its_days() -> None:
    months = year_of([Grant(date(2026, 9, 16), date(2027, 7, 31), 60), Grant(date(2027, 1, 1), date(2027, 3, 31), 20)])
    assert [month.entitled for month in months] == [0, 30, 60, 60, 60, 20, 20, 20, 60, 60, 60, 60]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_svg_shows_each_month_and_marks_the_adaptation_once(lang: str) -> None:
    root = ElementTree.fromstring(picture_svg(year_picture(YEAR, 'Garde & "bon" <2026>', words(lang)), LIGHT))
    assert root.findtext(f"{SVG}title") == 'Garde & "bon" <2026>'
    assert root.findtext(f"{SVG}desc") == alternative_text(YEAR, words(lang))
    columns = [
        box for box in root.iter(f"{SVG}rect") if box.get("fill") == LIGHT["warm"] and box.get("width") == str(COLUMN)
    ]
    assert len(columns) == 1
    said = [text.text for text in root.iter(f"{SVG}text")]
    assert [year for year in said if year in ("2026", "2027")] == ["2026", "2027"]
    assert [rate for rate in said if rate in ("60", "40", "–")] == ["–"] * 2 + ["60"] * 6 + ["40"] * 4


def box_of(label: Label) -> tuple[float, float, float, float]:
    """What the letters of a label take up: left, top, right, below."""
    font = ImageFont.truetype(font_file(BOLD if label.bold else REGULAR), label.size)
    left, top, right, below = font.getbbox(label.text, anchor=ANCHORS[label.anchor])
    return label.x + left, label.y + top, label.x + right, label.y + below


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_stays_on_its_paper(lang: str) -> None:
    full = [YearMonth(first, 100, 100, place == 0) for place, first in enumerate(STARTS)]
    root = ElementTree.fromstring(picture_svg(year_picture(full, "Bon", words(lang)), LIGHT))
    for box in root.iter(f"{SVG}rect"):
        left, top, width, height = (float(box.get(name, "nan")) for name in ("x", "y", "width", "height"))
        assert left >= 0 and top >= 0 and left + width <= WIDTH and top + height <= HEIGHT
    title = "Ein sehr langer Titel, der auf einer Zeile keinen Platz hat, weil er so lang ist, " * 3
    for picture in (year_picture(full, title, words(lang)), year_picture(YEAR, "Bon", words(lang))):
        for label in picture.shapes:
            if isinstance(label, Label):
                left, top, right, below = box_of(label)
                assert left >= 0 and top >= 0 and right <= WIDTH - 10 and below <= HEIGHT, label


def test_the_png_has_the_colour_of_the_adaptation_where_its_column_stands() -> None:
    image = Image.open(BytesIO(picture_png(year_picture(YEAR, "Bon", words("fr")))))
    assert image.size == (WIDTH * SCALE, HEIGHT * SCALE)
    wanted = tuple(int(LIGHT["warm"][n : n + 2], 16) for n in (1, 3, 5))
    assert wanted in {image.getpixel((x, 280 * SCALE)) for x in range(0, WIDTH * SCALE, 4)}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("colour", "ground", "least"),
    [("ink", "paper", 4.5), ("quiet", "paper", 4.5), ("on_deep", "deep", 4.5), ("on_warm", "warm", 4.5),
     ("ink", "band", 4.5), ("deep", "paper", 3), ("warm", "paper", 2.4), ("pale", "paper", 3)],
)  # fmt: skip
def test_what_is_drawn_can_be_told_from_its_ground(
    colours: Mapping[Colour, str], colour: Colour, ground: Colour, least: float
) -> None:
    """WCAG 1.4.3 and 1.4.11; the orange of the adaptation has its figure and its words besides."""
    assert contrast(colours[colour], colours[ground]) >= least


def test_light_and_dark_differ_in_colours_alone() -> None:
    picture = year_picture(YEAR, "Bon", words("fr"))
    light, dark = picture_svg(picture, LIGHT), picture_svg(picture, DARK)
    assert light != dark and "style" not in light + dark
    for colour in LIGHT:
        light, dark = light.replace(LIGHT[colour], ""), dark.replace(DARK[colour], "")
    assert light == dark
