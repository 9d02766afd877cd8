"""The calendar file, read by another library: its deadlines on their days, with two reminders each."""

from datetime import date, datetime, time, timedelta

import pytest
import vobject
from finished import summaries

from bot.documents.calendar_file import calendar_file
from bot.summary import Summary
from bot.words import LANGUAGES, words


def with_deadlines(lang: str) -> list[Summary]:
    return [told for told in summaries(lang) if told.due]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_deadline_is_a_whole_day_with_its_sentence_and_reminders(lang: str) -> None:
    assert with_deadlines(lang)
    for told in with_deadlines(lang):
        read = vobject.readOne(calendar_file(told, words(lang)).decode())
        events = {event.dtstart.value: event for event in read.vevent_list}
        assert set(events) == {due.day for due in told.due}
        for due in told.due:
            event = events[due.day]
            assert isinstance(event.dtstart.value, date) and event.dtend.value == due.day + timedelta(days=1)
            assert due.text in event.description.value and told.limits in event.description.value
            midnight = datetime.combine(due.day, time())
            rings = sorted(midnight + alarm.trigger.value for alarm in event.valarm_list)
            assert [(due.day - ring.date()).days for ring in rings] == [7, 1] and {ring.hour for ring in rings} == {9}


def test_lines_are_folded_and_end_as_the_standard_asks() -> None:
    for line in calendar_file(with_deadlines("fr")[0], words("fr")).split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line


def test_an_event_keeps_its_name_when_the_file_is_made_again() -> None:
    told = with_deadlines("de")[0]
    assert calendar_file(told, words("de")) == calendar_file(told, words("de"))
