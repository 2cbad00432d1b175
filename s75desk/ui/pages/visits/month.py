"""Visits by month: weeks of days with what falls on them. Arrows go from day to day, Enter opens a visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from s75desk.domain.months import add_months
from s75desk.domain.wording import date_long, month_year, plural
from s75desk.services.visit_rows import VisitRow
from s75desk.services.visits import OverdueVisit
from s75desk.ui.pages.visits.day_painter import DayNames, DayPainter, is_timed, places, words_on
from s75desk.ui.pages.visits.month_model import MonthModel, due_words, visit_words
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Surface

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class MonthView(Surface):
    """A month with its name and the ways to the months beside it.

    Signals:
        opened: A visit was opened: the ``VisitRow``.
        plan_asked: Enter on a day without visits: the day.
        due_asked: A service that is due a visit was pressed: its uid.

    Args:
        today: The as-at date.
    """

    opened = Signal(object)
    plan_asked = Signal(object)
    due_asked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.model = MonthModel(today, self)
        self.grid = MonthGrid(self.model, self)
        self._name = Label("", "heading", bold=True, parent=self)
        self._caption = ElidedLabel("", colour="muted", parent=self)
        self.earlier = ToolIcon("chevron_left", "Earlier month", key="PgUp", parent=self)
        self.later = ToolIcon("chevron_right", "Later month", key="PgDown", parent=self)
        self.now = make_button("This month", "", "quiet", parent=self)
        self.earlier.clicked.connect(self._earlier)
        self.later.clicked.connect(self._later)
        self.now.clicked.connect(self._today)
        self.grid.opened.connect(self.opened)
        self.grid.plan_asked.connect(self.plan_asked)
        self.grid.due_asked.connect(self.due_asked)
        self.grid.month_changed.connect(self._tell)
        head = row(self._name, (self._caption, 1), self.now, self.earlier, self.later, gap=8, margins=(10, 4, 10, 4))
        column(head, (self.grid, 1), gap=0, parent=self)
        self._tell()

    def set_visits(self, visits: Sequence[VisitRow]) -> None:
        """Show other visits; the month and the day stay."""
        day = self.grid.current_day()
        self.model.set_visits(visits)
        self.grid.go_to(day)
        self._tell()

    def set_due(self, due: Sequence[OverdueVisit]) -> None:
        """Show other services that are due a visit and have none booked; the month and the day stay."""
        day = self.grid.current_day()
        self.model.set_due(due)
        self.grid.go_to(day)
        self._tell()

    def show_day(self, day: date) -> None:
        """Go to a day."""
        self.grid.go_to(day)

    def _earlier(self) -> None:
        self.grid.turn(-1)

    def _later(self) -> None:
        self.grid.turn(1)

    def _today(self) -> None:
        self.grid.go_to(self.model.today)

    def _tell(self) -> None:
        found = self.model.in_month()
        open_ = sum(1 for visit in found if not visit.past)
        self._name.setText(month_year(self.model.month))
        words = plural(len(found), "visit") if found else "No visits"
        due = len(self.model.due_in_month())
        parts = [words, f"{open_} planned" if open_ else "", f"{due} due and not booked" if due else ""]
        self._caption.setText(", ".join(part for part in parts if part))
        self.grid.setAccessibleName(f"{month_year(self.model.month)}: {words}")


class MonthGrid(QTableView):
    """The weeks of a month.

    Signals:
        opened: A visit was opened: the ``VisitRow``.
        plan_asked: Enter on a day without visits: the day.
        due_asked: A service that is due a visit was opened: its uid.
        month_changed: Another month is shown.

    Attributes:
        may_plan: Whether a visit can be planned.
    """

    opened = Signal(object)
    plan_asked = Signal(object)
    due_asked = Signal(str)
    month_changed = Signal()

    def __init__(self, model: MonthModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = model
        self.may_plan = True
        self.setModel(model)
        self.setHorizontalHeader(DayNames(self))
        self.setItemDelegate(DayPainter(self, model))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.go_to(model.today)

    def current_day(self) -> date:
        """The day the keyboard is on."""
        index = self.currentIndex()
        return self._month.day_at(index) if index.isValid() else self._month.month

    def go_to(self, day: date) -> None:
        """Go to a day, and to its month if that is another."""
        if (day.year, day.month) != (self._month.month.year, self._month.month.month):
            self._month.set_month(day)
            self.month_changed.emit()
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._month.index_of(day), choose)

    def turn(self, months: int) -> None:
        """Go to the same day of another month."""
        self.go_to(add_months(self.current_day(), months))

    def open_current(self) -> None:
        """Open the visit of the day, plan the one that is due, choose one of several, or ask to plan one."""
        day = self.current_day()
        lines = self.lines_on(day)
        if not lines:
            self.plan_asked.emit(day)
        elif len(lines) == 1:
            self._open(lines[0])
        else:
            self._choose(lines)

    def lines_on(self, day: date) -> tuple[VisitRow | OverdueVisit, ...]:
        """What stands on a day: its visits by time, then the services that are due one."""
        return (*self._month.visits_on(day), *self._month.due_on(day))

    def line_at(self, where: QPoint) -> VisitRow | OverdueVisit | None:
        """The visit, or the service that is due one, whose line stands at a place of the viewport."""
        index = self.indexAt(where)
        if not index.isValid():
            return None
        theme, rect, day = Theme.of(self), self.visualRect(index), self._month.day_at(index)
        words = words_on(self._month, day, timed=is_timed(theme, rect))
        for place, line in zip(places(theme, rect, words), self.lines_on(day), strict=False):
            if place.contains(where):
                return line
        return None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the visit under the pointer, or with the day that the keyboard is on."""
        by_pointer = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_pointer else self.currentIndex()
        if not index.isValid():
            return
        day = self._month.day_at(index)
        self.go_to(day)
        menu = self.menu_for(day, self.line_at(event.pos()) if by_pointer else None)
        at = event.globalPos() if by_pointer else self.viewport().mapToGlobal(self.visualRect(index).center())
        if menu.actions():
            menu.popup(at)

    def menu_for(self, day: date, line: VisitRow | OverdueVisit | None) -> QMenu:
        """The menu of one visit, or of all that a day holds."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in (line,) if line is not None else self.lines_on(day):
            words = visit_words(one) if isinstance(one, VisitRow) else due_words(one)
            verb = "Open" if isinstance(one, VisitRow) else "Plan"
            menu.addAction(f"{verb}: {words}".replace("&", "&&"), partial(self._open, one))
        if self.may_plan and day >= self._month.today:
            menu.addSeparator()
            menu.addAction(f"Plan a visit on {date_long(day)}", partial(self.plan_asked.emit, day))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from day to day over the ends of the month, PgUp and PgDn from month to month."""
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            self.go_to(self.current_day() + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not event.modifiers():
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.go_to(self._month.today)
        elif key in _OPEN:
            self.open_current()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a visit opens it."""
        super().mouseReleaseEvent(event)
        line = self.line_at(event.position().toPoint())
        if line is not None and event.button() == Qt.MouseButton.LeftButton:
            self._open(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double press on a free day plans a visit."""
        day = self.indexAt(event.position().toPoint())
        if day.isValid() and not self.lines_on(self._month.day_at(day)):
            self.plan_asked.emit(self._month.day_at(day))

    def _open(self, line: VisitRow | OverdueVisit) -> None:
        if isinstance(line, VisitRow):
            self.opened.emit(line)
        else:
            self.due_asked.emit(line.service)

    def _choose(self, lines: Sequence[VisitRow | OverdueVisit]) -> None:
        menu = QMenu(self)
        for place, line in enumerate(lines):
            words = visit_words(line) if isinstance(line, VisitRow) else due_words(line)
            action = QAction(words.replace("&", "&&"), menu)
            action.setData(place)
            menu.addAction(action)
        menu.triggered.connect(self._chosen)
        menu.setActiveAction(menu.actions()[0])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center()))

    def _chosen(self, action: QAction) -> None:
        lines, place = self.lines_on(self.current_day()), int(action.data())
        if place < len(lines):
            self._open(lines[place])
