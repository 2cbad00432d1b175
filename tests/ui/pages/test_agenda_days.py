"""The agenda of the Overview: its days, and the weeks they stand under."""

from __future__ import annotations

from datetime import date

from s75desk.domain.attention import agenda
from s75desk.ui.pages.overview.coming import agenda_days


def test_weeks_are_named_as_an_officer_names_them() -> None:
    today = date(2026, 12, 31)  # a Thursday
    days = agenda_days(agenda([], today, 10), today)
    assert [(day.name, day.today, day.before) for day in days if day.today or day.before] == [
        ("Thu 31", True, ""),
        ("Mon 4", False, "Next week"),
        ("Mon 11", False, "Week of 11 Jan"),
    ]
