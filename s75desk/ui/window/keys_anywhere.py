"""Keys that work from wherever one stands on a page: sub-pages, workings, and the saving of the form on show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from s75desk.domain.changes import Changes
from s75desk.ui.widgets.figure_button import FigureButton
from s75desk.ui.widgets.table import RecordTable

if TYPE_CHECKING:
    from s75desk.ui.window.desk_view import DeskView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


def answers(view: DeskView, event: QKeyEvent) -> bool:
    """Answer a key that nothing nearer wanted; whether it meant something."""
    if view.visits.mode is not None:
        return False
    page, key = view.current(), Qt.Key(event.key())
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    record = getattr(page, "record", None) or getattr(getattr(page, "filed", None), "record", None)
    if control and key in _STEPS and record is not None:
        record.tabs.step(_STEPS[key])
    elif control and key in _ENTER and getattr(getattr(page, "form", None), "form", None) is not None:
        page.form.form.save()
    elif key == Qt.Key.Key_F9 and not event.modifiers():
        _show_working(view, page)
    else:
        return False
    return True


def _show_working(view: DeskView, page: Any) -> None:
    """The first working in sight, or that there is none."""
    for figure in page.findChildren(FigureButton):
        if figure.isVisible() and figure.figure.working is not None and not figure.visibleRegion().isEmpty():
            figure.click()
            return
    for table in page.findChildren(RecordTable):
        if table.isVisible() and table.rows_model().rowCount():
            table.select_first()
            if table.ask_figure():
                return
    view.bus.said.emit(Changes("No figure in sight has a working."))
