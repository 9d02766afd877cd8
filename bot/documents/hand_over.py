"""The commands that hand a result over: on paper, into a calendar, as a picture, as a text to send.

The libraries that draw are loaded with the first document, not with the program.
"""

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote

from bot.dialog import actions_of, current, keepable
from bot.documents.picture import DARK, LIGHT, Picture
from bot.messages import Block, File, Pictures, Reply
from bot.session import Session
from bot.summary import Summary, summary
from bot.words import Words, words
from checks.guided import guided

PICTURES = ("year", "curve")
PAPERS = ("summary", "calendar")
# Longer addresses are cut by mail programs.
MOST_LETTERS_OF_A_LINK = 1_800


def _told(session: Session, today: date) -> Summary | None:
    """The result of the open check; None where there is none."""
    found = current(session, today)
    if found is None or found.result is None or session.check is None:
        return None
    return summary(guided()[session.check], found, session.answers, words(session.lang), today)


HandOver = Callable[[Session, date, Pictures], Reply | None]


def _handing_over(name: str, make: Callable[[Summary, Words, Pictures], Reply]) -> HandOver:
    def hand_over(session: Session, today: date, pictures: Pictures) -> Reply | None:
        told = _told(session, today)
        return make(told, words(session.lang), pictures) if told and name in keepable(told) else None

    return hand_over


def _paper(told: Summary, say: Words, pictures: Pictures) -> Reply:
    from bot.documents.pdf import pdf

    return _reply("summary", told, say, File(_name(told, say, "pdf"), "application/pdf", pdf(told, say)))


def _calendar(told: Summary, say: Words, pictures: Pictures) -> Reply:
    from bot.documents.calendar_file import calendar_file

    return _reply("calendar", told, say, File(_name(told, say, "ics"), "text/calendar", calendar_file(told, say)))


def _year(told: Summary, say: Words, pictures: Pictures) -> Reply:
    if told.paid:
        from bot.documents.paid_drawing import paid_picture

        return _picture("year", paid_picture(told.paid, told.title, _below(told, say), say), told, say, pictures)
    from bot.documents.year_drawing import year_picture

    return _picture("year", year_picture(told.year, told.title, say), told, say, pictures)


def _curve(told: Summary, say: Words, pictures: Pictures) -> Reply:
    from bot.documents.curve_drawing import curve_picture

    return _picture("curve", curve_picture(told.curve, told.title, _below(told, say), say), told, say, pictures)


def _below(told: Summary, say: Words) -> tuple[str, ...]:
    """What stands below amounts: who decides, and the rules with their dates."""
    return told.limits, say("keep.rules", sources="; ".join(told.sources))


def _picture(name: str, picture: Picture, told: Summary, say: Words, pictures: Pictures) -> Reply:
    if pictures == "png":
        from bot.documents.picture_png import picture_png

        file = File(_name(told, say, "png"), "image/png", picture_png(picture))
    else:
        from bot.documents.picture_svg import picture_svg

        drawn = picture_svg(picture, DARK if pictures == "svg-dark" else LIGHT)
        file = File(_name(told, say, "svg"), "image/svg+xml", drawn.encode())
    below = (Block("note", text) for text in (_below(told, say) if told.paid else ()))
    return _reply(name, told, say, file, Block("text", picture.words), *below)


def _letter(told: Summary, say: Words, pictures: Pictures) -> Reply:
    text = letter(told, say)
    addressed = f"mailto:{told.office}?subject=" + quote(told.subject)
    link = addressed + "&body=" + quote(text)
    url = link if len(link) <= MOST_LETTERS_OF_A_LINK else addressed
    return _reply("letter", told, say, None, Block("quote", text), Block("source", say("keep.mail"), url=url))


def letter(told: Summary, say: Words) -> str:
    """The result as a text that can be copied into a message to the office."""
    lines = [told.subject, told.title, "", say("summary.answers")]
    lines += ["- " + say("edit.answer", label=label, answer=answer) for label, answer in told.answers]
    for section in told.sections:
        if section.name in ("because", "deadlines", "documents"):
            lines += ["", section.title, *(f"- {item}" for item in section.items)]
    lines += ["", *(f"[{number}] {source}" for number, source in enumerate(told.sources, 1)), "", told.limits]
    return "\n".join(lines)


def _reply(name: str, told: Summary, say: Words, file: File | None, *blocks: Block) -> Reply:
    said = (Block("text", say(f"keep.{name}")), *blocks)
    others = tuple(other for other in keepable(told) if other != name)
    return Reply("info", say.lang, said, (), actions_of((*others, "continue"), say), check=told.check, file=file)


def _name(told: Summary, say: Words, ending: str) -> str:
    return f"kibon-{say(f'check.{told.check}.name')}-{told.day.isoformat()}.{ending}"


HAND_OVER: Mapping[str, HandOver] = {
    name: _handing_over(name, make)
    for name, make in (
        ("summary", _paper),
        ("calendar", _calendar),
        ("year", _year),
        ("curve", _curve),
        ("letter", _letter),
    )
}
