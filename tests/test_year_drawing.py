"""The picture of a year: twelve months as text, SVG and PNG, the adaptation marked."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from bot.documents.picture import HEIGHT, WIDTH
from bot.documents.picture_png import SCALE, picture_png
from bot.documents.picture_svg import picture_svg
from bot.documents.year_drawing import ADAPTATION, alternative_text, year_picture
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
    root = ElementTree.fromstring(picture_svg(year_picture(YEAR, 'Garde & "bon" <2026>', words(lang))))
    assert root.findtext(f"{SVG}title") == 'Garde & "bon" <2026>'
    assert root.findtext(f"{SVG}desc") == alternative_text(YEAR, words(lang))
    columns = [box for box in root.iter(f"{SVG}rect") if box.get("fill") == ADAPTATION and box.get("width") == "38"]
    assert len(columns) == 1
    assert sum(text.text in ("2026", "2027") for text in root.iter(f"{SVG}text")) == 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_stays_on_its_paper(lang: str) -> None:
    full = [YearMonth(first, 100, 100, place == 0) for place, first in enumerate(STARTS)]
    root = ElementTree.fromstring(picture_svg(year_picture(full, "Bon", words(lang))))
    for box in root.iter(f"{SVG}rect"):
        left, top, width, height = (float(box.get(name, "nan")) for name in ("x", "y", "width", "height"))
        assert left >= 0 and top >= 0 and left + width <= WIDTH and top + height <= HEIGHT
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("y", "nan")) <= HEIGHT


def test_the_png_has_the_colour_of_the_adaptation_where_its_column_stands() -> None:
    image = Image.open(BytesIO(picture_png(year_picture(YEAR, "Bon", words("fr")))))
    assert image.size == (WIDTH * SCALE, HEIGHT * SCALE)
    wanted = tuple(int(ADAPTATION[n : n + 2], 16) for n in (1, 3, 5))
    assert wanted in {image.getpixel((x, 280 * SCALE)) for x in range(0, WIDTH * SCALE, 4)}
