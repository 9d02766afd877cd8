"""The picture of the amounts of a year: twelve columns, in words, with room for every word."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from PIL.ImageFont import truetype

from bot.documents.fonts import BOLD, REGULAR, font_file
from bot.documents.paid_drawing import paid_picture
from bot.documents.picture import HEIGHT, LIGHT, WIDTH, Box, Label
from bot.documents.picture_svg import picture_svg
from bot.report import named_source, pre_check
from bot.words import LANGUAGES, words
from checks.result import PaidMonth

STARTS = [date(2026, month, 1) for month in range(8, 13)] + [date(2027, month, 1) for month in range(1, 8)]
SVG = "{http://www.w3.org/2000/svg}"


def year(*amounts: tuple[str, str]) -> list[PaidMonth]:
    """Six months with the first amount, six with the second."""
    return [PaidMonth(first, *map(Decimal, amounts[place // 6])) for place, first in enumerate(STARTS)]


EXACT = year(("1416.00", "1416.00"), ("926.30", "926.30"))
RANGE = year(("816.00", "1516.00"), ("0.00", "0.00"))


@pytest.mark.parametrize(
    ("lang", "paid", "told"),
    [
        ("fr", EXACT, "Août 2026 à janvier 2027 : CHF 1’416.00 par mois. Février 2027 à juillet 2027 : CHF 926.30 par mois."),
        ("de", RANGE, "August 2026 bis Januar 2027: CHF 816.00 bis 1’516.00 im Monat. Februar 2027 bis Juli 2027: CHF 0.00 im Monat."),
    ],
)  # fmt: skip
def test_the_picture_is_told_in_words(lang: str, paid: list[PaidMonth], told: str) -> None:
    assert paid_picture(paid, "Bon", (), words(lang)).words.replace("\xa0", " ") == told


def test_the_columns_are_as_high_as_the_amounts() -> None:
    boxes = [shape for shape in paid_picture(EXACT, "Bon", (), words("fr")).shapes if isinstance(shape, Box)]
    columns = [box.height for box in boxes if box.fill == "deep"]
    assert len(columns) == 12 and columns[0] / columns[-1] == pytest.approx(1416 / 926.3)
    assert not any(box.fill == "pale" for box in boxes)
    ranges = [shape for shape in paid_picture(RANGE, "Bon", (), words("fr")).shapes if isinstance(shape, Box)]
    assert sum(box.fill == "pale" for box in ranges) == 6


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("paid", [EXACT, RANGE, year(("0.00", "0.00"), ("12345.65", "12345.65"))])
def test_every_word_stays_on_the_paper(lang: str, paid: list[PaidMonth]) -> None:
    say = words(lang)
    sources = "; ".join(
        named_source(key, say) for key in ("kibon_2021", "kibon_rules", "kibon_income_fall", "revision_2026")
    )
    below = (pre_check("voucher", say, date(2026, 11, 22)), say("keep.rules", sources=sources))
    picture = paid_picture(paid, "Bon", below, say)
    for label in (shape for shape in picture.shapes if isinstance(shape, Label)):
        width = truetype(font_file(BOLD if label.bold else REGULAR), label.size).getlength(label.text)
        left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
        assert left >= 0 and left + width <= WIDTH and 0 < label.y <= HEIGHT, label
    root = ElementTree.fromstring(picture_svg(picture, LIGHT))
    assert len(list(root.iter(f"{SVG}text"))) > 30
