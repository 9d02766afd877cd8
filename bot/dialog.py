"""Runs a check over the stored answers and says where the family stands: the open question or the result."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.messages import Block, Button, Reply
from bot.report import answered, named_source, sentence, shown
from bot.session import Session
from bot.summary import Summary, summary
from bot.understand import labels
from bot.words import Words, words
from checks.amount_range import AmountRange
from checks.case import Run, run
from checks.guided import Guided, guided
from checks.planned_users import PlannedUsers
from checks.questions import Amount, Choice, Day, Month, Percent, Question, Several, YesNo
from checks.rate_if_known import UNKNOWN, RateIfKnown
from checks.rates_by_month import RatesByMonth, SeveralMonths
from checks.units import Units
from knowledge.sources import source as source_of

QUICK_RATES = (20, 40, 50, 60, 80, 100)


def current(session: Session, today: date) -> Run | None:
    """The run of the open check over the stored answers, or None where no check is open."""
    check = guided().get(session.check or "")
    return run(check.check, session.answers, today) if check else None


def position(session: Session, today: date, before: Sequence[Block] = ()) -> Reply:
    """Where the open check stands, after the blocks of `before`: its open question or its result."""
    assert session.check is not None
    check, say = guided()[session.check], words(session.lang)
    found = run(check.check, session.answers, today)
    if found.open:
        return _ask(check, found.open, say, tuple(before), first=not found.asked)
    return _result(check, found, session, say, today, tuple(before))


def _ask(check: Guided, question: Question[Any], say: Words, before: tuple[Block, ...], first: bool) -> Reply:
    blocks = [*before]
    if first and not before and f"check.{check.name}.intro" in say:
        blocks.append(Block("text", say(f"check.{check.name}.intro")))
    blocks.append(Block("title", sentence("question", question, say)))
    if f"hint.{question.wording}" in say:
        blocks.append(Block("note", sentence("hint", question, say)))
    prefix = f"{check.name}.{question.id}"
    choices = [Button(label, f"{prefix}.{code}") for code, label in labels(question, say).items()]
    quick = []
    if isinstance(question, Several):
        own = f"none.{question.wording}"
        choices.append(Button(say(own if own in say else "none"), f"{prefix}.none"))
        blocks.append(Block("note", say("several_hint")))
    elif isinstance(question, Percent | RateIfKnown):
        rates = [rate for rate in QUICK_RATES if question.low <= rate <= question.high]
        quick = [Button(say("percent", rate=rate), f"{prefix}.{rate}") for rate in rates] + choices
        choices = []  # a number typed here is a rate, never the place of a button
    actions = (*quick, *actions_of(("back", "why", "edit") if not first else ("why",), say))
    return Reply("ask", say.lang, tuple(blocks), tuple(choices), actions, check=check.name)


def actions_of(names: Sequence[str], say: Words) -> tuple[Button, ...]:
    """Buttons of commands by name."""
    return tuple(Button(say(f"command.{name}.label"), f"/{name}") for name in names)


def _result(check: Guided, found: Run, session: Session, say: Words, today: date, before: tuple[Block, ...]) -> Reply:
    told = summary(check, found, session.answers, say, today)
    blocks = [*before, Block("title", told.title), Block("text", told.text)]
    for section in told.sections:
        blocks.append(Block("title", section.title))
        blocks.append(Block("steps" if section.kind == "steps" else "list", items=section.items))
    blocks += [Block("note", text) for text in told.notes]
    fallen = left_over(check, found, session)
    if fallen:
        names = ", ".join(sentence("label", question, say) for question in fallen)
        blocks.append(Block("note", say("left_over", names=names)))
    blocks += [Block("source", f"[{number}] {source}") for number, source in enumerate(told.sources, 1)]
    blocks.append(Block("note", told.limits))
    actions = actions_of((*keepable(told), "edit", "restart", "checks"), say)
    return Reply("result", say.lang, tuple(blocks), (), actions, check=check.name)


def keepable(told: Summary) -> tuple[str, ...]:
    """The commands that hand this result over: always on paper and as text, its days and months where it has any, and
    its curve where a voucher is paid for some income.
    """
    days, months = ("calendar",) if told.due else (), ("year",) if told.year or _paid(told) else ()
    curve = ("curve",) if any(point.at_most for point in told.curve) else ()
    return ("summary", *days, *months, *curve, "letter")


def _paid(told: Summary) -> bool:
    return any(month.at_most for month in told.paid)


def left_over(check: Guided, found: Run, session: Session) -> list[Question[Any]]:
    """The questions of this check whose stored answers do not count any more in a finished run."""
    return [check.questions[name] for name in found.ignored if name in check.questions]


def why(session: Session, today: date) -> list[Block]:
    """Why the open question is asked, with the article and the source."""
    found, say = current(session, today), words(session.lang)
    if found is None or found.open is None:
        return [Block("text", say("why.nothing"))]
    law = say.law(found.open.law)
    named = (f"{law}; " if law else "") + named_source(found.open.source, say)
    url = source_of(found.open.source, say.lang).url
    return [Block("text", sentence("why", found.open, say)), Block("source", named, url=url)]


def answers_list(session: Session, today: date) -> Reply | None:
    """The answers so far, numbered, each to be changed by its button; None where there are none."""
    found, say = current(session, today), words(session.lang)
    if found is None or not found.asked:
        return None
    choices = tuple(
        Button(say("edit.answer", label=label, answer=answer), f"/edit.{name}")
        for name, label, answer in answered(found, session.answers, say)
    )
    blocks = (Block("title", say("edit.title")),)
    return Reply("info", say.lang, blocks, choices, actions_of(("continue",), say), check=session.check)


def read_back(question: Question[Any], answer: Any, say: Words) -> Block:
    """What was understood, as people read it."""
    label = sentence("label", question, say)
    return Block("note", say("understood", label=label, answer=shown(question, answer, say)))


def taken_up(session: Session, today: date) -> Reply:
    """Where the open check stands, with every answer that counts read back."""
    found, say = current(session, today), words(session.lang)
    asked = found.asked if found else {}
    return position(session, today, [read_back(asked[name], session.answers[name], say) for name in asked])


AnyQuestion = Question[Any]


def pressed(question: AnyQuestion, code: str) -> Any:
    """The answer that a button's code stands for; ValueError where it is none of this question's."""
    value: Any = code
    if isinstance(question, Several):
        value = [] if code == "none" else [code]
    elif isinstance(question, YesNo):
        value = {"yes": True, "no": False}.get(code)
    elif isinstance(question, Percent | RateIfKnown) and code != UNKNOWN:
        value = int(code) if code.isascii() and code.isdigit() else None
    question.read(value)
    return value


def expectation(question: AnyQuestion, code: str = "") -> tuple[str, dict[str, Any]]:
    """What an answer looks like: the code of the sentence and its figures; `code` where the reader named one."""
    code = code or _EXPECTED[type(question)]
    if isinstance(question, Amount) and question.low < 0:
        return "amount_or_loss", {}
    if isinstance(question, Percent | RateIfKnown | Amount | AmountRange | Units):
        return code, {"low": question.low, "high": question.high}
    if isinstance(question, Day) and (question.earliest, question.latest) != (Day.earliest, Day.latest):
        between = "month_between" if isinstance(question, Month) else "day_between"
        return between if code in ("day", "month") else code, {"low": question.earliest, "high": question.latest}
    return code, {}


_EXPECTED: dict[type, str] = {
    Choice: "one_option",
    Several: "some_options",
    YesNo: "yes_or_no",
    Percent: "percent",
    RateIfKnown: "percent",
    Day: "day",
    Month: "month",
    Amount: "amount",
    AmountRange: "amount_range",
    Units: "units",
    PlannedUsers: "planned_users",
    RatesByMonth: "rates_by_month",
    SeveralMonths: "some_months",
}


def resume(said: Reply, session: Session, today: date) -> Reply:
    """A reply in the middle of a check, with the open question below it."""
    asked = position(session, today)
    again = Block("note", words(session.lang)("resume"))
    elsewhere = (f"/start.{session.check}", "/checks")
    actions = tuple(button for button in said.actions if button.data not in elsewhere)
    return replace(
        said,
        blocks=(*said.blocks, again, *asked.blocks),
        choices=asked.choices,
        actions=(*(Button(choice.label, choice.data) for choice in said.choices), *actions, *asked.actions),
        check=session.check,
    )
