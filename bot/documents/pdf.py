"""The printable summary of a result: one or two pages of A4, to read at a desk and to tick off."""

from datetime import UTC, datetime, time

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos

from bot.documents.fonts import BOLD, REGULAR, font_file
from bot.summary import Section, Summary
from bot.words import Words

# millimetres and points
MARGIN, LINE, GAP, INDENT = 20.0, 5.0, 3.5, 6.5
LABEL_WIDTH = 88.0
TEXT, SMALL, HEADLINE, HEADING = 9.5, 7.5, 16.0, 11.0
INK, QUIET, ACCENT, RULE = (20, 33, 31), (83, 97, 93), (11, 90, 85), (203, 211, 206)
FONT = "Noto Sans"


def pdf(told: Summary, say: Words) -> bytes:
    """The summary as a PDF file, the same bytes for the same result and day."""
    page = _Page(told, say)
    page.headline()
    page.answers()
    for section in told.sections:
        page.section(section)
    page.notes()
    page.sources()
    return bytes(page.output())


class _Page(FPDF):
    """The pages of one summary; the footer says on each what the paper is not."""

    def __init__(self, told: Summary, say: Words) -> None:
        super().__init__(format="A4")
        self._told, self._say = told, say
        self.add_font(FONT, "", font_file(REGULAR))
        self.add_font(FONT, "B", font_file(BOLD))
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + 6)
        self.set_title(f"{told.subject} – {told.title}")
        self.set_lang(f"{told.lang}-CH")
        self.set_creator("kiBon-Bot")
        self.set_creation_date(datetime.combine(told.day, time(), UTC))
        self.alias_nb_pages()
        self.add_page()

    def headline(self) -> None:
        """The subject and the day, the result, and what it means in a sentence."""
        self._write(f"{self._told.subject} · {self._say.written(self._told.day)}", size=SMALL, colour=QUIET)
        self.ln(1)
        self._write(self._told.title, size=HEADLINE, style="B", colour=ACCENT, height=7.5)
        self.ln(1.5)
        self._write(self._told.text)

    def answers(self) -> None:
        """What was answered, as a table of two columns."""
        self._heading(self._say("summary.answers"))
        for label, answer in self._told.answers:
            self._row(label, answer)

    def section(self, section: Section) -> None:
        """A list, numbered steps, or papers with a box to tick."""
        self._heading(section.title)
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
            self.ln(0.8)

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
        self.ln(GAP)
        self._write(text, size=HEADING, style="B", colour=ACCENT, height=6)
        self.ln(0.6)

    def _row(self, label: str, answer: str) -> None:
        """One answer: its question to the left, the answer in bold to the right, a thin line below."""
        width = self.epw - LABEL_WIDTH
        self._room(max(self._height(label, LABEL_WIDTH - 4), self._height(answer, width, "B")) + 2)
        top = self.get_y()
        self._write(label, width=LABEL_WIDTH - 4)
        below = self.get_y()
        self.set_xy(self.l_margin + LABEL_WIDTH, top)
        self._write(answer, style="B", width=width)
        below = max(below, self.get_y()) + 0.8
        self.set_draw_color(*RULE)
        self.line(self.l_margin, below, self.w - self.r_margin, below)
        self.set_xy(self.l_margin, below + 0.8)

    def _height(self, text: str, width: float, style: str = "") -> float:
        self.set_font(FONT, style, TEXT)
        height = self.multi_cell(width, LINE, text, dry_run=True, output=MethodReturnValue.HEIGHT)
        assert isinstance(height, float | int)
        return float(height)

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
        self.set_font(FONT, style, size)
        self.set_text_color(*colour)
        self.multi_cell(width, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
