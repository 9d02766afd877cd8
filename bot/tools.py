"""The commands that read and print data: ask, checks, check, diagram and cases."""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.conversation import reply
from bot.dialog import expectation
from bot.messages import Message, plain, without_choices
from bot.options import Refused, day_of
from bot.report import named_source, outcome_title, pre_check, report, sentence, shown
from bot.session import Session
from bot.understand import labels
from bot.words import LANGUAGES, Words, words
from checks.case import run
from checks.explorer import Arrow, flow, paths
from checks.guided import Guided, guided
from checks.questions import Day, Percent, Question, WrongAnswer

MOST_ANSWERS = 4  # on one arrow of a diagram


def ask(options: argparse.Namespace) -> None:
    """Answer one question, or one a line."""
    if (options.question is None) == (options.batch is None):
        raise Refused("give either a question or --batch FILE")
    today = day_of(options)
    if options.batch is None:
        asked = _asked("", options.lang, options.question, today)
        print(json.dumps(asked, ensure_ascii=False) if options.json else asked["text"])
        return
    for number, line in enumerate(_read(options.batch).splitlines(), 1):
        if line.strip():
            print(json.dumps(_batch_line(line, number, options.lang, today), ensure_ascii=False), flush=True)


def _batch_line(line: str, number: int, lang: str, today: date) -> dict[str, Any]:
    try:
        row = json.loads(line)
        question, lang = row["question"], row.get("lang", lang)
    except (ValueError, TypeError, KeyError):
        raise Refused(f'line {number}: expected {{"id", "lang", "question"}}') from None
    if not isinstance(question, str) or lang not in LANGUAGES:
        raise Refused(f'line {number}: "question" is a text and "lang" is fr or de')
    return _asked(row.get("id", ""), lang, question, today)


def _asked(name: Any, lang: str, question: str, today: date) -> dict[str, Any]:
    _, answered = reply(Session(lang=lang), Message(text=question), today)
    kind = answered.kind if answered.kind in ("answer", "ask", "suggest", "unknown") else "unknown"
    return {
        "id": name,
        "kind": kind,
        "lang": answered.lang,
        "text": without_choices(answered) if kind == "answer" else plain(answered),
        "passages": list(answered.passages),
        "check": answered.check,
    }


def checks(options: argparse.Namespace) -> None:
    """List the guided checks."""
    say = words(options.lang)
    rows = [
        {
            "name": check.name,
            "title": say(f"check.{check.name}.title"),
            "audience": list(check.audience),
            "version": check.version,
            "questions": [
                {"id": question.id, "type": type(question).__name__.lower(), "choices": list(labels(question, say))}
                for question in check.questions.values()
            ],
        }
        for check in guided().values()
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row['name']}: {row['title']}")


def check(options: argparse.Namespace) -> None:
    """Run a check on a file of answers."""
    named = _named(options.name)
    answers, today, say = _answers(options.answers), day_of(options), words(options.lang)
    for name in answers:
        if name not in named.questions:
            raise Refused(f"{name}: not a question of {named.name}")
    found = run(named.check, answers, today)
    if found.wrong:
        raise Refused(_wrong(found.wrong, options.lang))
    data = report(named, answers, say, today)
    if options.json:
        print(json.dumps(data, ensure_ascii=False))
    else:
        session = Session(lang=options.lang, check=named.name, answers=answers)
        print(plain(reply(session, Message(button="/continue"), today)[1]))


def _named(name: str) -> Guided:
    if name not in guided():
        raise Refused(f"{name}: no such check; there is {', '.join(guided())}")
    return guided()[name]


def _answers(file: str) -> dict[str, Any]:
    try:
        data = json.loads(_read(file))
    except ValueError as problem:
        raise Refused(f"{file}: not JSON ({problem})") from None
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise Refused(f'{file}: expected {{"answers": {{question: value}}}}')
    return dict(data["answers"])


def _wrong(wrong: WrongAnswer, lang: str) -> str:
    question, say = wrong.question, words(lang)
    options = ", ".join(labels(question, say))
    code, figures = expectation(question, wrong.expected)
    expected = say(f"refusal.expected.{code}", **figures)
    return f"{question.id}: {expected}" + (f" ({options})" if options else "")


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(f"{file}: cannot be read ({problem.__class__.__name__})") from None


def diagram(options: argparse.Namespace) -> None:
    """Draw a check as a Mermaid flow chart, made by running it."""
    named, say = _named(options.name), words(options.lang)
    print("flowchart TD")
    names: dict[str, str] = {}
    for arrow in flow(named.check, day_of(options)):
        ends = [_node(named, node, say) for node in (arrow.question, arrow.then)]
        for shape in ends:
            if shape not in names:
                names[shape] = f"n{len(names)}"
                print(f"  {names[shape]}{shape}")
        print(f"  {names[ends[0]]} -->|{_quoted(_answers_in_short(arrow, say))}| {names[ends[1]]}")


def _node(named: Guided, node: Question[Any] | str, say: Words) -> str:
    """A question as a box, an outcome as a rounded box."""
    if isinstance(node, Question):
        return f"[{_quoted(sentence('question', node, say))}]"
    return f"([{_quoted(outcome_title(named.name, node, defaultdict(lambda: '…'), say))}])"


def _answers_in_short(arrow: Arrow, say: Words) -> str:
    if isinstance(arrow.question, Percent | Day) and len(arrow.answers) > MOST_ANSWERS:
        ends = sorted(arrow.answers)
        return f"{shown(arrow.question, ends[0], say)} – {shown(arrow.question, ends[-1], say)}"
    return "; ".join(shown(arrow.question, answer, say) for answer in arrow.answers)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "'") + '"'


def cases(options: argparse.Namespace) -> None:
    """Print the cases of a check as CSV: answers, outcome, numbers, reasons, their sources, and who decides."""
    named, say = _named(options.name), words(options.lang)
    table = csv.writer(sys.stdout)
    table.writerow(("answers", "outcome", "numbers", "reasons", "sources", "limits"))
    for row in _rows(named, day_of(options), say, options.all):
        table.writerow(row)


def _rows(named: Guided, today: date, say: Words, everything: bool) -> Iterator[tuple[str, ...]]:
    seen = set()
    for path in paths(named.check, today):
        result = path.run.result
        assert result is not None
        numbers = ", ".join(f"{name} {number}" for name, number in result.numbers.items())
        reasons = ", ".join(reason.code for reason in result.reasons)
        key = (result.outcome, numbers, reasons)
        if everything or key not in seen:
            seen.add(key)
            answers = "; ".join(
                f"{name}: {shown(question, path.answers[name], say)}" for name, question in path.run.asked.items()
            )
            sources = "; ".join(dict.fromkeys(named_source(reason.source, say) for reason in result.reasons))
            limits = pre_check(named.name, say, today)
            yield (answers, result.outcome, numbers, reasons, sources, limits)
