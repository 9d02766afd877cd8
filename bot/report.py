"""A run of a check as data and sentences: what `check --json` prints and what every channel shows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from bot.month_parts import written_rates
from bot.planned_list import findings_said
from bot.understand import labels
from bot.words import Words
from checks.amount_range import AmountRange
from checks.case import Answers, Run, run
from checks.guided import Guided
from checks.improvements import Improvement, improvements
from checks.planned_users import PlannedUsers
from checks.questions import Amount, Day, Month, Percent, Question, Several, YesNo
from checks.rate_if_known import UNKNOWN, RateIfKnown
from checks.rates_by_month import RatesByMonth
from checks.result import TOP, Francs, Line, PaidMonth, Point, Reason, Result
from checks.units import Units
from knowledge.sources import source as source_of

SHOWN_IMPROVEMENTS = 3


def report(guided: Guided, answers: Answers, words: Words, today: date) -> dict[str, Any]:
    """The run as in the contract of `check`: the open question or the result, with every text in the language."""
    found = run(guided.check, answers, today)
    return {
        "kind": "ask" if found.result is None else "result",
        "question": _question(found.open, words) if found.open else None,
        "ignored": list(found.ignored),
        "result": _result(guided, found, answers, words, today) if found.result else None,
    }


def _question(question: Question[Any], words: Words) -> dict[str, Any]:
    return {
        "id": question.id,
        "type": type(question).__name__.lower(),
        "text": sentence("question", question, words),
        "choices": [{"code": code, "label": label} for code, label in labels(question, words).items()],
    }


def _result(guided: Guided, found: Run, answers: Answers, words: Words, today: date) -> dict[str, Any]:
    result = found.result
    assert result is not None
    would_change = _would_change(guided, answers, result, words, today)
    said = {name: words.written(Decimal(str(n)) if isinstance(n, float) else n) for name, n in result.numbers.items()}
    data: dict[str, Any] = {
        "outcome": result.outcome,
        "title": outcome_title(guided.name, result.outcome, said, words),
        "text": _outcome("text", guided.name, result.outcome, said, words),
        "numbers": dict(result.numbers),
        "reasons": [_reason(reason, words) for reason in result.reasons],
        "steps": [line(step, "step", words) for step in result.steps],
        "documents": [line(document, "document", words) for document in result.documents],
        "deadlines": [
            {"date": item.day.isoformat(), "text": words(f"deadline.{item.code}", day=item.day, **item.facts)}
            for item in result.deadlines
        ],
        "notes": [line(note, "note", words) for note in result.notes],
        "would_change": would_change,
        "fixed": None if would_change else _fixed(result, words),
        "pre_check": pre_check(guided.name, words, today),
    }
    if result.curve:
        data["curve"] = [_point(point, words) for point in result.curve]
    if result.paid:
        data["paid"] = [_paid(month) for month in result.paid]
    return data


def _point(point: Point, words: Words) -> dict[str, Any]:
    ends = dict.fromkeys((point.voucher, point.at_most))
    voucher = words.written(point.voucher) if len(ends) == 1 else words("range", low=point.voucher, high=point.at_most)
    text = words("curve.own" if point.own else "curve.point", income=point.income, voucher=voucher)
    amounts = {"voucher": float(point.voucher), "voucher_at_most": float(point.at_most)}
    return {"income": float(point.income), **amounts, "own": point.own, "text": text}


def _paid(month: PaidMonth) -> dict[str, Any]:
    amounts = {"voucher": float(month.voucher), "voucher_at_most": float(month.at_most)}
    return {"month": month.first.isoformat()[:7], **amounts}


def pre_check(check: str, words: Words, today: date) -> str:
    """What the result is and is not, and who decides."""
    own = f"check.{check}.pre_check"
    return words(own if own in words else "pre_check", today=today)


def outcome_title(check: str, outcome: str, numbers: Mapping[str, Any], words: Words) -> str:
    """The headline of an outcome with its numbers."""
    return _outcome("title", check, outcome, numbers, words)


def _outcome(part: str, check: str, outcome: str, numbers: Mapping[str, Any], words: Words) -> str:
    """The check's own words for an outcome, or those that all checks share."""
    own = f"outcome.{check}.{outcome}.{part}"
    key = own if own in words else f"outcome.{outcome}.{part}"
    bare = f"{key}.without_numbers"
    return words.filled(bare if not numbers and bare in words else key, numbers)


def _reason(reason: Reason, words: Words) -> dict[str, Any]:
    return {"code": reason.code, **_rule(f"reason.{reason.code}", reason, words)}


def _fixed(result: Result, words: Words) -> dict[str, str] | None:
    """Why nothing that a person could still change gives more."""
    return _rule(f"fixed.{result.fixed.code}", result.fixed, words) if result.fixed and result.merit[0] < TOP else None


def _rule(key: str, reason: Reason, words: Words) -> dict[str, str]:
    return _cited(words(key, **reason.facts), reason.law, reason.source, words)


def _cited(text: str, law: str, source: str, words: Words) -> dict[str, str]:
    """A sentence with the article and the source that stand behind it."""
    return {"text": text, "article": words.law(law), "source": named_source(source, words)}


@cache
def named_source(key: str, words: Words) -> str:
    """A source in one line: publisher, title, date."""
    source = source_of(key, words.lang)
    return ", ".join((source.publisher, source.title, words.dated(source.date)))


def line(item: Line, kind: str, words: Words) -> str:
    """The sentence of a step, document or note; of a person's document when two persons are concerned."""
    text = words(f"{kind}.{item.code}", **item.facts)
    if item.facts.get("persons") == 2:
        return words("for_person", text=text, who=words(f"person.{item.facts['person']}"))
    return text


def _would_change(guided: Guided, answers: Answers, result: Result, words: Words, today: date) -> list[dict[str, Any]]:
    """The nearest changes, smallest first; among them the nearest for each outcome. `answers` are all that change."""
    found = sorted(improvements(guided.check, answers, today), key=lambda better: better.distance)
    nearest: dict[str, Improvement] = {}
    for better in found:
        nearest.setdefault(_outcome_of(better), better)
    chosen = [*nearest.values(), *(better for better in found if better not in nearest.values())][:SHOWN_IMPROVEMENTS]
    return [
        {
            "question": better.changes[0].question.id,
            "value": better.changes[0].answer,
            "answers": dict(better.answers),
            "outcome": _outcome_of(better),
            "numbers": dict(better.run.result.numbers) if better.run.result else {},
            **_change(guided, result, better, words),
        }
        for better in sorted(chosen, key=lambda better: better.distance)
    ]


def _outcome_of(better: Improvement) -> str:
    """The code of the better outcome; "open" where the check has to ask on."""
    return better.run.result.outcome if better.run.result else "open"


def _change(guided: Guided, start: Result, better: Improvement, words: Words) -> dict[str, str]:
    """What to change and what follows, in words for two changes at once, for more of the same, or for the question."""
    key, question = f"change.{guided.name}.{_outcome_of(better)}", better.changes[0].question
    more = "two" if len(better.changes) == 2 else "again" if _outcome_of(better) == start.outcome else question.wording
    facts: dict[str, Any] = dict(better.run.result.numbers) if better.run.result else {}
    for what, value, change in zip(("what", "other"), ("value", "other_value"), better.changes, strict=False):
        facts[what] = sentence("label", change.question, words)
        facts[value] = shown(change.question, change.answer, words)
        bound = f"change.value.{change.question.wording}"
        if more == "two" and bound in words:
            facts[value] = words(bound, value=facts[value])
    text = words(f"{key}.{more}" if f"{key}.{more}" in words else key, **facts)
    return _cited(text, question.law, question.source, words)


def sentence(kind: str, question: Question[Any], words: Words) -> str:
    """The wording of a question: its "question", "label", "hint" or "why", for this person where it differs.

    Of several children the one that is meant is named in question and label.
    """
    key = f"{kind}.{question.wording}"
    own = f"{key}.{question.facts.get('person', '')}"
    text = words(own if own in words else key, **question.facts)
    named = kind in ("question", "label") and "child" in question.facts
    return words("for_child", text=text, child=question.facts["child"]) if named else text


def shown(question: Question[Any], answer: Any, words: Words) -> str:
    """An answer as people read it: the label of an option, "60 %", a day, an amount."""
    if isinstance(question, RateIfKnown) and answer == UNKNOWN:
        return words(f"option.{question.wording}.{UNKNOWN}")
    if isinstance(question, Percent | RateIfKnown):
        return words("percent", rate=answer)
    if isinstance(question, YesNo):
        return words("yes" if answer else "no")
    if isinstance(question, Month):
        return words.dated(answer[:7])
    if isinstance(question, Day):
        return words.written(date.fromisoformat(answer))
    if isinstance(question, Units):
        return str(answer)
    if isinstance(question, AmountRange):
        low, high = map(_bare, question.read(answer))
        return words("chf", amount=low) if low == high else words("chf_range", low=low, high=high)
    if isinstance(question, Amount):
        return words("chf", amount=_bare(Decimal(answer)))
    if isinstance(question, RatesByMonth):
        return written_rates(question.read(answer), words)
    if isinstance(question, PlannedUsers):
        return findings_said(question, answer, words)
    if isinstance(question, Several):
        own = f"none.{question.wording}"
        labels_said = (words(f"option.{question.wording}.{code}") for code in answer)
        return ", ".join(labels_said) or words(own if own in words else "none")
    return words(f"option.{question.wording}.{answer}")


def _bare(amount: Decimal) -> Decimal | Francs:
    """An amount as people write it: without Rappen where there are none."""
    return Francs(amount) if amount == int(amount) else amount


def answered(found: Run, answers: Mapping[str, Any], words: Words) -> list[tuple[str, str, str]]:
    """The answers that count, in the order asked: question id, label, answer as people read it."""
    return [
        (name, sentence("label", question, words), shown(question, answers[name], words))
        for name, question in found.asked.items()
    ]
