"""An assessed case as data and as text: what `assess` prints."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from bot.assessed_amounts import amounts_told, finances_of, month_amounts
from bot.report import named_source
from bot.words import Words
from checks.assess import Assessment, Document, Fault, WrongCase, assess, read_case
from checks.law.calendar import period_name
from checks.law.timeline import Segment, Span
from checks.result import Facts, Line, Reason
from checks.values import NoRule


def assessed(case: object, words: Words) -> dict[str, Any]:
    """The answer to one case, as parsed from JSON, in the contract of `assess`; an invalid one is {"id", "error"}."""
    try:
        return _answer(assess(read_case(case)), words)
    except WrongCase as wrong:
        return {"id": wrong.id, "error": "; ".join(_fault(fault, words) for fault in wrong.faults)}
    except NoRule as missing:
        name = case.get("id") if isinstance(case, dict) else None
        return {"id": name, "error": "period: " + words("assess.fault.no_rule", first=missing.first, last=missing.last)}


def _answer(found: Assessment, words: Words) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "id": found.id,
        "period": {"from": found.period.first.isoformat(), "until": found.period.last.isoformat()},
        "segments": [_segment(segment) for segment in found.segments],
        "months": [
            {
                "month": month.first.isoformat()[:7],
                "care_rate": float(month.care),
                "entitled_rate": month.entitled,
                "voucher_rate": float(month.voucher),
                "amount": None,
            }
            for month in found.months
        ],
        "reasons": [_reason(reason, words) for reason in found.reasons],
        "warnings": [_line(line, "assess.warning", words) for line in found.warnings],
        "documents": [_document(document, words) for document in found.documents],
        "filing": {
            "applications": [
                {"period": application.period, "before": application.before.isoformat()}
                for application in found.applications
            ],
            "steps": [_line(line, "assess.step", words) for line in found.steps],
        },
    }
    if found.amounts:
        for month, own in zip(answer["months"], found.amounts.months, strict=True):
            month.update(month_amounts(own))
        answer["finances"] = finances_of(found.amounts, words)
    return answer


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "from": segment.first.isoformat(),
        "until": segment.last.isoformat(),
        "entitled_rate": _whole(segment.entitled),
        "care_rate": _whole(segment.care),
        "voucher_rate": _whole(segment.voucher),
        "reasons": list(segment.reasons),
    }


def _whole(rate: Any) -> int | float:
    return int(rate) if rate == int(rate) else float(rate)


def _reason(reason: Reason, words: Words) -> dict[str, Any]:
    return {
        "code": reason.code,
        "text": words(f"assess.reason.{reason.code}", **_written(reason.facts, words)),
        "article": words.law(reason.law),
        "source": named_source(reason.source, words),
    }


def _line(line: Line, kind: str, words: Words) -> str:
    return words(f"{kind}.{line.code}", **_written(line.facts, words))


def _written(facts: Facts, words: Words) -> dict[str, Any]:
    """The facts of a sentence, spans and lists in words."""
    return {name: _fact(fact, words) for name, fact in facts.items()}


def _fact(fact: Any, words: Words) -> Any:
    if isinstance(fact, list):
        return ", ".join(str(_fact(part, words)) for part in fact)
    if isinstance(fact, Span):
        return words("assess.days", first=fact.first, last=fact.last)
    return _whole(fact) if isinstance(fact, Fraction | float) else fact


def _document(document: Document, words: Words) -> dict[str, Any]:
    text = words(f"document.{document.code}")
    if document.first and document.last:
        text = words("assess.document_days", text=text, first=document.first, last=document.last)
    elif document.first:
        text = words("assess.document_from", text=text, first=document.first)
    elif document.last:
        text = words("assess.document_until", text=text, last=document.last)
    return {
        "code": document.code,
        "text": text,
        "for": f"applicant {document.person}" if document.person else "child",
    }


def _fault(fault: Fault, words: Words) -> str:
    code = fault.code
    if code == "overlap" and "newer_is_higher" in fault.facts:
        code = "overlap_higher" if fault.facts["newer_is_higher"] else "overlap_not_higher"
    law = f" ({words.law(fault.law)})" if fault.law else ""
    return f"{fault.path or '.'}: {words(f'assess.fault.{code}', **_written(fault.facts, words))}{law}"


def told(answer: dict[str, Any], words: Words) -> Iterator[str]:
    """An answer of `assessed` as lines that people read."""
    if "error" in answer:
        yield answer["error"]
        return
    first, last = (date.fromisoformat(answer["period"][end]) for end in ("from", "until"))
    yield words("assess.title", period=period_name(first), first=first, last=last)
    for segment in answer["segments"]:
        days = {name: date.fromisoformat(segment[end]) for name, end in (("first", "from"), ("last", "until"))}
        rates = {name: segment[f"{name}_rate"] for name in ("care", "entitled", "voucher")}
        yield words("assess.segment", **days, **rates)
    if "finances" in answer:
        yield from amounts_told(answer, words)
    reasons = [
        f"{reason['text']} [{'; '.join(part for part in (reason['article'], reason['source']) if part)}]"
        for reason in answer["reasons"]
    ]
    papers = [document["text"] for document in answer["documents"]]
    for name, lines in (
        ("because", reasons),
        ("warnings", answer["warnings"]),
        ("documents", papers),
        ("steps", answer["filing"]["steps"]),
    ):
        if lines:
            yield words(f"section.{name}")
            yield from (f"- {line}" for line in lines)
