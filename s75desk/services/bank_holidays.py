"""The bank holidays of England and Wales as the program ships them, read once."""

from __future__ import annotations

from functools import cache

from s75desk.domain.working_days import HolidayCalendar, load_calendar
from s75desk.paths import resource


@cache
def bank_holidays() -> HolidayCalendar:
    """The calendar that the last notice days and the time limits are counted with."""
    return load_calendar(resource("calendar", "bank-holidays-england-and-wales.json").read_text(encoding="utf-8"))
