"""Saving the dates of the desk for a calendar of another program, from the Overview and from the menu."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from s75desk.domain.lanes import Lane
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.file_dialogs import Purpose, ask_save


def ask_calendar(context: Context, parent: QWidget) -> None:
    """Ask where, then write the dates there."""
    kinds = "Calendar (*.ics)"
    file = ask_save(parent, Purpose.CALENDAR, "Save the dates for a calendar", "Dates.ics", kinds, ".ics")
    if file is not None:
        context.operations.write(parent, lambda: context.office.calendars.save(file), lane=Lane.OUT)
