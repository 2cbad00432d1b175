"""Names for the small buttons that Qt puts into a line of text without one."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton


def name_side_buttons(edit: QLineEdit, clear: str = "Clear") -> None:
    """Name what stands at the sides of a field: an action by its words, Qt's own button by what it does."""
    for button in edit.findChildren(QToolButton):
        actions = [one.text() or one.toolTip() for one in button.actions()]
        button.setAccessibleName(next(filter(None, actions), clear))
