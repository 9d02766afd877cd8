"""The printable summary of a result: one or two pages of A4, to read at a desk and to tick off.

What does not fit on two pages, such as the amounts of four children, is set smaller and in columns.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import zip_longest
from typing import TypeVar

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from bot.documents.fonts import BOLD, REGULAR, font_file
from bot.summary import Section, Summary
from bot.words import Words

# millimetres and points
MARGIN, LINE, GAP, INDENT = 20.0, 5.0, 3.5, 6.5
LABEL_WIDTH = 0.52  # of a row
BETWEEN = 8.0  # columns
MOST_PAGES = 2
SMALLER = (1.0, 0.9, 0.8, 0.74)  # the sizes to be tried
TEXT, SMALL, HEADLINE, HEADING, LEAST = 9.5, 7.5, 16.0, 11.0, 7.0
INK, QUIET, ACCENT, RULE = (20, 33, 31), (83, 97, 93), (11, 90, 85), (203, 211, 206)
FONT = "Noto Sans"
T = TypeVar("T")


def pdf(told: Summary, say: Words) -> bytes:
    """The summary as a PDF file, the same bytes for the same result and day."""
    *others, last = SMALLER
    pages = 0
    for scale in others:
        # a smaller size fills less in both directions; one that is still too large by far is not tried
        if pages * scale**2 > MOST_PAGES + 1:
            continue
        page = _laid_out(told, say, scale)
        if page.pages_count <= MOST_PAGES:
            return bytes(page.output())
        pages = pages or page.pages_count
        page.discard()
    return bytes(_laid_out(told, say, last).output())


def _laid_out(told: Summary, say: Words, scale: float) -> "_Page":
    page = _Page(told, say, scale)
    page.headline()
    page.answers()
    for section in told.sections:
        page.section(section)
    page.notes()
    page.sources()
    return page


def _by_columns(items: Sequence[T], count: int) -> Iterator[tuple[T | None, ...]]:
    """The rows of items that are read column by column."""
    height = -(-len(items) // count)
    return zip_longest(*(items[start : start + height] for start in range(0, len(items), height)))


class _Page(FPDF):
    """The pages of one summary; the footer says on each what the paper is not."""

    def __init__(self, told: Summary, say: Words, scale: float) -> None:
        super().__init__(format="A4")
        self._told, self._say, self._scale = told, say, scale
        self._tight = scale**1.5  # lines and gaps
        self._widths: dict[tuple[str, str], float] = {}  # of words by style, in sizes of the font
        self.add_font(FONT, "", font_file(REGULAR))
        self.add_font(FONT, "B", font_file(BOLD))
        self.set_margins(MARGIN * scale, MARGIN * scale)
        self.set_auto_page_break(True, MARGIN * scale + 6)
        self.set_title(f"{told.subject} – {told.title}")
        self.set_lang(f"{told.lang}-CH")
        self.set_creator("kiBon-Bot")
        self.set_creation_date(datetime.combine(told.day, time(), UTC))
        self.alias_nb_pages()
        self.add_page()

    def discard(self) -> None:
        """Close the files of the fonts of pages that nobody will see; output does so for the others."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def headline(self) -> None:
        """The subject and the day, the result, and what it means in a sentence."""
        self._write(f"{self._told.subject} · {self._say.written(self._told.day)}", size=SMALL, colour=QUIET)
        self.ln(1)
        self._write(self._told.title, size=HEADLINE, style="B", colour=ACCENT, height=7.5)
        self.ln(1.5)
        self._write(self._told.text)

    def answers(self) -> None:
        """What was answered: each question to its answer, in two columns where it is set smaller."""
        self._heading(self._say("summary.answers"))
        for row in _by_columns(self._told.answers, 1 if self._scale == 1 else 2):
            self._row([pair for pair in row if pair])

    def section(self, section: Section) -> None:
        """A list, numbered steps, or papers with a box to tick."""
        self._heading(section.title)
        columns = self._columns_for(section.items) if self._scale < 1 and section.kind == "list" else 1
        if columns > 1:
            for row in _by_columns(section.items, columns):
                self._side_by_side([item for item in row if item], self.epw / columns)
            return
        for number, item in enumerate(section.items, 1):
            self._room(self._height(item, self.epw - INDENT))
            top = self.get_y()
            if section.kind == "ticks":
                self.set_draw_color(*INK)
                self.rect(self.l_margin + 0.6, top + 0.9, 3.1, 3.1)
            else:
                mark = f"{number}." if section.kind == "steps" else "–"
                self._write(mark, colour=ACCENT, width=INDENT)
                self.set_y(top)
            self.set_x(self.l_margin + INDENT)
            self._write(item)
            self.ln(0.8 * self._tight)

    def notes(self) -> None:
        """What must be known besides."""
        for note in self._told.notes:
            self.ln(1)
            self._room(self._height(note, self.epw))
            self._write(note, colour=QUIET)

    def sources(self) -> None:
        """The sources by their number, and the version of the rules."""
        self._heading(self._say("summary.sources"))
        for number, source in enumerate(self._told.sources, 1):
            self._write(f"[{number}] {source}", size=SMALL, colour=QUIET, height=3.9)
        version = self._say("summary.version", check=self._told.check, version=self._told.version)
        self._write(version, size=SMALL, colour=QUIET, height=3.9)

    def footer(self) -> None:
        """What the paper is not, and the number of the page."""
        self.set_y(-MARGIN)
        self.set_draw_color(*RULE)
        self.line(self.l_margin, self.get_y() - 1.5, self.w - self.r_margin, self.get_y() - 1.5)
        top = self.get_y()
        self._write(self._told.limits, size=SMALL, colour=QUIET, height=3.9, width=self.epw - 20)
        self.set_xy(self.w - self.r_margin - 20, top)
        self._write(f"{self.page_no()} / {{nb}}", size=SMALL, colour=QUIET, height=3.9, width=20, align=Align.R)

    def _heading(self, text: str) -> None:
        self._room(4 * LINE)
        self.ln(GAP * self._tight)
        self._write(text, size=HEADING, style="B", colour=ACCENT, height=6)
        self.ln(0.6)

    def _columns_for(self, items: Sequence[str]) -> int:
        """How many of these items find room side by side."""
        self.set_font(FONT, "", TEXT * self._scale)
        return int(self.epw / (max(map(self.get_string_width, items)) + BETWEEN))

    def _side_by_side(self, items: Sequence[str], width: float) -> None:
        """Short items in one line."""
        self._room(LINE * self._tight)
        top = self.get_y()
        for place, item in enumerate(items):
            self.set_xy(self.l_margin + place * width, top)
            self._write(item, width=width)

    def _row(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Answers: each question to the left, its answer in bold to the right, a thin line below."""
        columns = 1 if self._scale == 1 else 2
        whole = (self.epw - BETWEEN * (columns - 1)) / columns
        left, right = whole * LABEL_WIDTH - 4, whole * (1 - LABEL_WIDTH)
        heights = [max(self._height(label, left), self._height(answer, right, "B")) for label, answer in pairs]
        self._room(max(heights) + 2)
        top, below = self.get_y(), self.get_y()
        for place, (label, answer) in enumerate(pairs):
            start = self.l_margin + place * (whole + BETWEEN)
            self.set_xy(start, top)
            self._write(label, width=left)
            below = max(below, self.get_y())
            self.set_xy(start + left + 4, top)
            self._write(answer, style="B", width=right)
            below = max(below, self.get_y())
        below += 0.8 * self._tight
        self.set_draw_color(*RULE)
        for place in range(len(pairs)):
            start = self.l_margin + place * (whole + BETWEEN)
            self.line(start, below, start + whole, below)
        self.set_xy(self.l_margin, below + 0.8 * self._tight)

    def _height(self, text: str, width: float, style: str = "") -> float:
        self.set_font(FONT, style, TEXT * self._scale)
        height: float = len(self._lines(text, width)) * LINE * self._tight
        return height

    def _lines(self, text: str, width: float) -> list[str]:
        """The text in lines of the present font, cut at spaces. The library measures a line anew with every letter,
        which takes most of a second for a full page."""
        room = width - 2 * self.c_margin
        space = self._width(" ")
        lines: list[str] = []
        for paragraph in text.splitlines():
            line, used = "", 0.0
            for word in paragraph.split(" "):
                own = self._width(word)
                if line and used + space + own > room:
                    lines.append(line)
                    line, used = word, own
                else:
                    line, used = (f"{line} {word}", used + space + own) if line else (word, own)
            lines.append(line)
        return lines

    def _width(self, word: str) -> float:
        key = (self.font_style, word)
        if key not in self._widths:
            self._widths[key] = self.get_string_width(word) / self.font_size
        return self._widths[key] * self.font_size

    def _room(self, height: float) -> None:
        """A new page where so much would not fit on this one."""
        if self.will_page_break(height):
            self.add_page()

    def _write(
        self,
        text: str,
        size: float = TEXT,
        style: str = "",
        colour: tuple[int, int, int] = INK,
        height: float = LINE,
        width: float = 0.0,
        align: Align = Align.L,
    ) -> None:
        self.set_font(FONT, style, max(size * self._scale, LEAST))
        self.set_text_color(*colour)
        start = self.get_x()
        for line in self._lines(text, width or self.w - self.r_margin - start):
            self.set_x(start)
            self.cell(width, height * self._tight, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
