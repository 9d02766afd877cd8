"""The answers are the whole state: laws of replay that hold for every check."""

from typing import Any

import pytest
from conftest import TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.case import run
from checks.explorer import samples
from checks.guided import Guided, guided

CHECKS = list(guided().values())


@st.composite
def cases(draw: st.DrawFn) -> tuple[Guided, dict[str, Any]]:
    """A check and answers that lead to a result, chosen among the samples."""
    check, answers = draw(st.sampled_from(CHECKS)), {}
    while (found := run(check.check, answers, TODAY)).open is not None:
        answers[found.open.id] = draw(st.sampled_from(samples(found.open)))
    return check, answers


@settings(deadline=None, max_examples=60)
@given(cases(), st.data())
def test_an_edit_and_back_is_the_same_state(case: tuple[Guided, dict[str, Any]], data: st.DataObject) -> None:
    check, answers = case
    before = run(check.check, answers, TODAY)
    name = data.draw(st.sampled_from(list(answers)))
    other = data.draw(st.sampled_from(samples(check.questions[name]) or (answers[name],)))
    run(check.check, {**answers, name: other}, TODAY)
    assert run(check.check, {**answers, name: answers[name]}, TODAY) == before


@settings(deadline=None, max_examples=60)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(case: tuple[Guided, dict[str, Any]], chance: Any) -> None:
    check, answers = case
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert run(check.check, dict(shuffled), TODAY).result == run(check.check, answers, TODAY).result


@settings(deadline=None, max_examples=60)
@given(cases(), cases())
def test_leftovers_never_count(case: tuple[Guided, dict[str, Any]], other: tuple[Guided, dict[str, Any]]) -> None:
    check, answers = case
    leftovers = {name: value for name, value in other[1].items() if name not in answers}
    found = run(check.check, {**leftovers, **answers}, TODAY)
    assert found.result == run(check.check, answers, TODAY).result
    assert set(found.ignored) == set(leftovers)


@settings(deadline=None, max_examples=60)
@given(cases(), st.data())
def test_without_one_answer_that_question_is_open_again(
    case: tuple[Guided, dict[str, Any]], data: st.DataObject
) -> None:
    check, answers = case
    name = data.draw(st.sampled_from(list(answers)))
    found = run(check.check, {key: value for key, value in answers.items() if key != name}, TODAY)
    assert found.open is not None and found.open.id == name


@pytest.mark.parametrize("check", CHECKS, ids=[check.name for check in CHECKS])
def test_an_answer_that_does_not_fit_any_more_is_asked_again(check: Guided) -> None:
    first = run(check.check, {}, TODAY).open
    assert first is not None
    found = run(check.check, {first.id: {"no": "answer"}}, TODAY)
    assert found.open == first and found.wrong is not None
