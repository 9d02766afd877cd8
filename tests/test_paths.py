"""Every path of every guided check: it ends in a result with its source, and every word of it exists."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from conftest import TODAY

from bot.dialog import position
from bot.messages import plain
from bot.report import line as report_line
from bot.report import pre_check, report
from bot.session import Session
from bot.understand import labels
from bot.words import LANGUAGES, words
from checks.case import Answers, Check, run
from checks.explorer import Path
from checks.guided import Guided, guided
from checks.improvements import Improvement, improvements
from checks.questions import Question
from checks.survey import Survey, survey
from knowledge.sources import source

CEILING = 150_000
SURVEYS: dict[str, Survey] = {}
each_check = pytest.mark.parametrize("check", guided().values(), ids=list(guided()))


def surveyed(check: Guided) -> Survey:
    """The survey of a check, made once for all tests."""
    if check.name not in SURVEYS:
        SURVEYS[check.name] = survey(check.check, TODAY)
    return SURVEYS[check.name]


@pytest.fixture(scope="module", autouse=True)
def each_result_is_improved_once() -> Iterator[None]:
    """What would change a result is sought once for both languages and all tests of this file."""
    found: dict[str, list[Improvement]] = {}

    def remembered(check: Check, answers: Answers, today: date) -> list[Improvement]:
        key = repr((check, answers, today))
        if key not in found:
            found[key] = improvements(check, answers, today)
        return found[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.report.improvements", remembered)
        yield


def told(check: Guided) -> list[Path]:
    """One path for each result that differs in its outcome, reasons, steps or notes."""
    found: dict[object, Path] = {}
    for path in surveyed(check).examples.values():
        result = path.run.result
        assert result is not None
        lines = (*result.reasons, *result.steps, *result.notes, *result.deadlines)
        found.setdefault((result.outcome, *(line.code for line in lines)), path)
    return list(found.values())


@each_check
def test_the_paths_are_counted_and_stay_under_the_ceiling(check: Guided) -> None:
    assert 1 < surveyed(check).paths <= CEILING


@each_check
def test_no_question_is_needless(check: Guided) -> None:
    assert surveyed(check).needless == set()


@each_check
def test_the_questions_are_those_that_the_check_names(check: Guided) -> None:
    assert set(surveyed(check).questions) == set(check.questions)


@each_check
def test_every_reason_names_a_source_of_the_library(check: Guided) -> None:
    for path in surveyed(check).examples.values():
        assert path.run.result is not None
        for reason in path.run.result.reasons:
            assert source(reason.source, "fr").title and source(reason.source, "de").title


@each_check
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_result_can_be_read_aloud(check: Guided, lang: str) -> None:
    for path in told(check):
        answered = position(Session(lang=lang, check=check.name, answers=path.answers), TODAY)
        text = plain(answered)
        assert answered.kind == "result"
        assert not re.search(r"[{}]|None\b|\bTrue\b|\bFalse\b", text), text
        assert pre_check(check.name, words(lang), TODAY) in text


@each_check
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_document_has_its_words(check: Guided, lang: str) -> None:
    documents = {line.code: line for path in surveyed(check).examples.values() for line in path.run.result.documents}  # type: ignore[union-attr]
    for document in documents.values():
        assert report_line(document, "document", words(lang))


@each_check
def test_a_result_is_the_same_in_both_languages(check: Guided) -> None:
    for path in told(check)[::5]:
        fr, de = (report(check, path.answers, words(lang), TODAY)["result"] for lang in LANGUAGES)
        assert fr["numbers"] == de["numbers"] and fr["outcome"] == de["outcome"]
        for name in ("reasons", "steps", "documents", "deadlines", "notes", "would_change"):
            assert len(fr[name]) == len(de[name]), name


@each_check
def test_every_question_has_its_words_in_both_languages(check: Guided) -> None:
    for question in surveyed(check).questions.values():
        for lang in LANGUAGES:
            say = words(lang)
            for kind in ("question", "label", "why"):
                key = f"{kind}.{question.wording}"
                assert key in say or f"{key}.{question.facts.get('person')}" in say, key
            assert all(labels(question, say).values())


@each_check
def test_every_question_says_why_with_a_source(check: Guided) -> None:
    for question in check.questions.values():
        assert source(question.source, "fr").publisher, question.id


@each_check
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_button_fits_into_64_bytes(check: Guided, lang: str) -> None:
    for question in surveyed(check).questions.values():
        for code in (*labels(question, words(lang)), "none", "100"):
            assert len(f"{check.name}.{question.id}.{code}".encode()) <= 64


@each_check
def test_sample_answers_are_plain_json_and_accepted(check: Guided) -> None:
    for path in told(check):
        assert json.loads(json.dumps(path.answers)) == path.answers
        assert run(check.check, path.answers, TODAY).result == path.run.result


@each_check
def test_a_period_without_rules_is_refused_with_the_known_dates(check: Guided) -> None:
    refused = [
        path for path in surveyed(check).examples.values() if path.run.result and path.run.result.outcome == "no_rule"
    ]
    asks_a_day = any(type(question).__name__ in ("Day", "Month") for question in check.questions.values())
    assert bool(refused) == asks_a_day


def _same(first: Question[object], second: Question[object]) -> bool:
    return (first.wording, first.law, first.source) == (second.wording, second.law, second.source)


def test_a_question_id_means_the_same_in_every_check() -> None:
    known: dict[str, Question[object]] = {}
    for check in guided().values():
        for question in check.questions.values():
            assert _same(known.setdefault(question.id, question), question), question.id
