"""The library is renewed while conversations go on."""

import threading

import pytest

from knowledge import watch
from knowledge.watch import Watched


class Folder:
    """A folder whose state the test sets, and what is made from it."""

    def __init__(self) -> None:
        self.state = "one"
        self.made = 0
        self.free = threading.Event()
        self.free.set()

    def look(self) -> str:
        return self.state

    def make(self, old: str | None) -> str:
        state = self.state
        self.made += 1
        assert self.free.wait(60)
        if state == "broken":
            raise RuntimeError
        return f"{old}+{state}" if old else state


@pytest.fixture
def folder() -> Folder:
    return Folder()


def finish(watched: Watched[str]) -> None:
    if watched._work:
        watched._work.join(60)


def test_nothing_is_made_twice(folder: Folder) -> None:
    watched = Watched(folder.look, folder.make)
    assert [watched.now(), watched.now()] == ["one", "one"]
    assert folder.made == 1


def test_whoever_notices_a_change_gets_the_new_value(folder: Folder) -> None:
    watched = Watched(folder.look, folder.make)
    watched.now()
    folder.state = "two"
    assert watched.now() == "one+two"


def test_others_go_on_with_the_old_value(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.0)
    watched = Watched(folder.look, folder.make)
    watched.now()
    folder.free.clear()
    folder.state = "two"
    assert [watched.now(), watched.now()] == ["one", "one"]
    folder.free.set()
    finish(watched)
    assert watched.now() == "one+two" and folder.made == 2


def test_a_change_during_the_renewal_is_not_lost(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.0)
    watched = Watched(folder.look, folder.make)
    watched.now()
    folder.free.clear()
    folder.state = "two"
    watched.now()
    folder.state = "three"
    folder.free.set()
    finish(watched)
    watched.now()
    finish(watched)
    assert watched.now() == "one+two+three"


def test_what_cannot_be_made_leaves_the_old_value(folder: Folder, caplog: pytest.LogCaptureFixture) -> None:
    watched = Watched(folder.look, folder.make)
    watched.now()
    folder.state = "broken"
    assert [watched.now(), watched.now()] == ["one", "one"]
    assert folder.made == 2 and "could not be renewed" in caplog.text
