"""Saving the dates of the desk for a calendar of another program, from the Overview and from the menu."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from s75desk.domain.lanes import Lane
from s75desk.ui.pages.context import Context


def ask_calendar(context: Context, parent: QWidget) -> None:
    """Ask where, then write the dates there."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save the dates for a calendar", "Dates.ics", "Calendar (*.ics)")
    if name:
        file = Path(name if name.lower().endswith(".ics") else f"{name}.ics")
        context.operations.write(parent, lambda: context.office.calendars.save(file), lane=Lane.OUT)
