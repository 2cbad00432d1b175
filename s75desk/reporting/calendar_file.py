"""Dates as an iCalendar file: whole days with an identity and a sequence, so that a second import moves them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from s75desk.domain.calendar_dates import CalendarDate


def calendar_file(dates: Iterable[CalendarDate], name: str) -> bytes:
    """The file; the same dates give the same bytes.

    Args:
        dates: What it holds, in any order.
        name: What calendars call it.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//s75desk//dates of a desk//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    for each in sorted(dates, key=lambda each: (each.first, each.key)):
        event = Event()
        event.add("uid", each.key)
        event.add("sequence", each.sequence)
        event.add("dtstamp", each.changed)
        event.add("last-modified", each.changed)
        event.add("dtstart", each.first)
        event.add("dtend", each.last + timedelta(days=1))  # the day after, as the format has it
        event.add("summary", _plain(each.title))
        event.add("categories", [each.kind])
        event.add("transp", "TRANSPARENT")  # a deadline takes no time of the day
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _plain(text: str) -> str:
    """A text on one line: the format has no room for control characters, and the library escapes the rest."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
