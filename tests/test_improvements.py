"""What would change a result: on every path of every check, true, reachable, and the nearest of its kind."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import TODAY

from bot.report import report
from bot.words import LANGUAGES, words
from checks.case import Run, run
from checks.explorer import Path, paths
from checks.guided import guided
from checks.improvements import Change, Improvement, finished, improvements
from checks.questions import Day, Percent
from checks.result import TOP, Result
from checks.units import Units

AHEAD = (date(2026, 5, 10), date(2026, 8, 2))  # most of the sample days, or some, lie ahead and can still be moved
CASES = [*((name, TODAY) for name in guided()), *((name, day) for name in ("adaptation", "period") for day in AHEAD)]
each_case = pytest.mark.parametrize(("name", "today"), CASES)
CACHE: dict[tuple[str, date], list[tuple[Path, list[Improvement]]]] = {}
EVERY = {"minimum_activity": 97}  # of its 13,900 such paths, which differ mostly in rates, every 97th


def below_top(name: str, today: date) -> list[tuple[Path, list[Improvement]]]:
    """The paths to a negative or partial result with what would change it, found once for all tests."""
    if (name, today) not in CACHE:
        check = guided()[name].check
        found = (path for path in paths(check, today) if result_of(path.run).merit[0] < TOP)
        CACHE[name, today] = [
            (path, improvements(check, path.answers, today))
            for number, path in enumerate(found)
            if number % EVERY.get(name, 1) == 0
        ]
    return CACHE[name, today]


def result_of(found: Run) -> Result:
    assert found.result is not None
    return found.result


def better_than(found: Run, start: Result) -> bool:
    return found.result is not None and found.result.merit > start.merit


@each_case
def test_a_result_that_is_not_the_best_says_what_would_change_it_or_why_nothing_does(name: str, today: date) -> None:
    for path, found in below_top(name, today):
        result = result_of(path.run)
        assert found or result.fixed, (result.outcome, path.answers)
        if result.merit[0] < 0:
            assert not found and result.fixed


@each_case
def test_the_change_really_leads_there(name: str, today: date) -> None:
    check = guided()[name].check
    for path, found in below_top(name, today):
        for better in found:
            again = run(check, {**path.answers, **better.answers}, today)
            if better.run.open:
                assert again.open is not None and again.open.id == better.run.open.id
                continue
            again = finished(check, {**path.answers, **better.answers}, today)
            assert again.result == better.run.result and better_than(again, result_of(path.run))
            assert {change.question.id for change in better.changes} <= set(better.answers)


@each_case
def test_no_nearer_change_of_the_same_question_suffices(name: str, today: date) -> None:
    """Each change alone is tried with every smaller step; of two changes, each one beside the other."""
    check = guided()[name].check
    seen = set()  # the state of a box or a rate that is not known does not move a date: tried once for the same days
    for path, found in below_top(name, today):
        start = result_of(path.run)
        days = [path.answers[key] for key in path.run.asked if is_day(path, key)]
        for better in (one for one in found if one.run.result):
            key = str((start.outcome, days, better.answers)) if days and name in ("adaptation", "period") else None
            if key and key in seen:
                continue
            seen.add(key)
            for change in better.changes:
                for nearer in nearer_answers(change, path.answers, today):
                    tried = finished(check, {**path.answers, **better.answers, change.question.id: nearer}, today)
                    assert tried.result is None or not reaches(tried.result, better, start), (better.answers, nearer)


def reaches(tried: Result, better: Improvement, start: Result) -> bool:
    """Whether a smaller step gives the level of the better result, or where that is the same, a better number."""
    level = result_of(better.run).merit[0]
    return tried.merit > start.merit if level == start.merit[0] else tried.merit[0] >= level


def nearer_answers(change: Change, answers: Mapping[str, Any], today: date) -> Iterator[Any]:
    """The answers that are nearer than that of the change and could still be brought about."""
    question, before = change.question, answers.get(change.question.id, 0)
    if isinstance(question, Percent):
        step = 1 if change.answer > before else -1
        yield from range(before + step, change.answer, step)
    elif isinstance(question, Day):
        # work before the adaptation would be another plan, not this one moved
        first = answers["adaptation_begins"] if question.id == "work_begins" else ""
        for days in range(1, change.distance):
            for near in (date.fromisoformat(before) + timedelta(days=sign * days) for sign in (-1, 1)):
                if near >= today and near.isoformat() > first:
                    yield near.isoformat()
    elif isinstance(question, Units):
        yield str(question.read(change.answer) + question.read("0.01"))


@each_case
def test_two_changes_are_named_only_where_one_does_not_reach_as_far(name: str, today: date) -> None:
    for path, found in below_top(name, today):
        singles = [one.level for one in found if len(one.changes) == 1]
        assert all(one.level > max((result_of(path.run).merit[0], *singles)) for one in found if len(one.changes) == 2)


@each_case
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_would_change_can_be_read_aloud_with_its_source(name: str, today: date, lang: str) -> None:
    seen = set()
    for path, found in below_top(name, today):
        outcome = result_of(path.run).outcome
        key = (
            outcome,
            *sorted(str([better.run.result and result_of(better.run).outcome, *names(better)]) for better in found),
        )
        if key in seen:
            continue
        seen.add(key)
        said = report(guided()[name], path.answers, words(lang), today)["result"]
        assert bool(said["would_change"]) != bool(said["fixed"]), outcome
        for item in said["would_change"] or [said["fixed"]]:
            assert item["text"] and item["source"] and not any(sign in item["text"] for sign in "{}[]")
    assert seen or name == "documents"


def names(better: Improvement) -> list[str]:
    return [change.question.wording for change in better.changes]


@pytest.mark.parametrize(("name", "today"), [case for case in CASES if case[0] in ("adaptation", "period")])
def test_where_no_date_is_named_no_day_that_lies_ahead_would_help(name: str, today: date) -> None:
    check = guided()[name].check
    seen = set()
    for path, found in below_top(name, today):
        days = {key: day for key, day in path.answers.items() if key in path.run.asked and is_day(path, key)}
        result = result_of(path.run)
        if found or result.merit[0] < 0 or (result.outcome, *days.items()) in seen:
            continue
        seen.add((result.outcome, *days.items()))
        for key, day in days.items():
            for other in others_ahead(key, day, days, today):
                tried = finished(check, {**path.answers, key: other}, today)
                assert not better_than(tried, result) or tried.result.merit[0] == result.merit[0], (path.answers, other)


def is_day(path: Path, key: str) -> bool:
    return isinstance(path.run.asked[key], Day)


def others_ahead(key: str, day: str, days: Mapping[str, str], today: date) -> Iterator[str]:
    """The days of a year that could stand instead of a day that lies ahead; the work stays after the adaptation."""
    if date.fromisoformat(day) < today:
        return
    for number in range(365):
        other = (today + timedelta(days=number)).isoformat()
        begins, work = ({**days, key: other}.get(name, "") for name in ("adaptation_begins", "work_begins"))
        if other != day and (not work or begins < work):
            yield other
