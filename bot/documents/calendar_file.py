"""The deadlines of a result as a calendar file (RFC 5545), with reminders a week and a day before, in the morning."""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from icalendar import Alarm, Calendar, Event

from bot.summary import DueDay, Summary
from bot.words import Words

MORNING = timedelta(hours=9)  # a whole day begins at midnight, when nobody wants to be reminded
REMINDERS = (MORNING - timedelta(days=7), MORNING - timedelta(days=1))


def calendar_file(told: Summary, say: Words) -> bytes:
    """One whole-day event for each deadline; the same bytes for the same result and day."""
    calendar = Calendar()
    calendar.add("prodid", f"-//kiBon-Bot//{told.check} {told.version}//{told.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for due in told.due:
        calendar.add_component(_event(due, told, say))
    return bytes(calendar.to_ical())


def _event(due: DueDay, told: Summary, say: Words) -> Event:
    event = Event()
    event.add("uid", sha256(f"{told.check} {due.day} {due.text}".encode()).hexdigest()[:32] + "@kibon-bot")
    event.add("dtstamp", datetime.combine(told.day, time(), UTC))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", say("calendar.event", subject=told.subject))
    event.add("description", f"{due.text}\n\n{told.limits}")
    event.add("transp", "TRANSPARENT")
    for before in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", due.text)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event
