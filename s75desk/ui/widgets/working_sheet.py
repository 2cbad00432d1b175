"""The working of a figure on a floating sheet: inputs, rule, result, source, and whether it agrees."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from s75desk.domain.working import Line, Working
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import text_colour
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.chip import IconMark, ShapeMark
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Hairline
from s75desk.ui.widgets.table_copy import as_html

_MOST_HEIGHT = 24.0


class WorkingLines(QWidget):
    """The lines of a working, one below the other; long words wrap, nothing is cut short.

    Args:
        lines: What to show.
        counts: They are counts: the shape stands before the label, and the remark has the room.
    """

    def __init__(self, lines: tuple[Line, ...], *, counts: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        metrics = Theme.of(self).metrics
        grid = QGridLayout(self)
        grid.setContentsMargins(metrics.space(4 if counts else 14), 0, 0, 0)
        grid.setHorizontalSpacing(metrics.space(10 if counts else 20))
        grid.setVerticalSpacing(metrics.space(4))
        grid.setColumnStretch(0, 1 if counts else 4)
        grid.setColumnStretch(2, 2 if counts else 3)
        top = Qt.AlignmentFlag.AlignTop
        for place, line in enumerate(lines):
            if not line.value and not line.remark:
                grid.addWidget(WrappedLabel(line.label, bold=line.result), 2 * place, 0, 1, 3, top)
                grid.addWidget(Hairline(), 2 * place + 1, 0, 1, 3)
                continue
            known = line.value != "Not known"
            value = Label(line.value, bold=line.result, colour="text" if known else "muted", selectable=True)
            value.setAccessibleName(f"{line.label}: {line.value}. {line.remark}".strip())
            label = WrappedLabel(line.label, bold=line.result)
            label.setMinimumWidth(metrics.px(5 if counts else 7))
            remark = WrappedLabel(line.remark, colour=_remark_colour(line, counts=counts))
            remark.setMinimumWidth(metrics.px(6))
            grid.addWidget(_marked(line, label) if counts else label, 2 * place, 0, top)
            grid.addWidget(value, 2 * place, 1, top | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(remark if counts else _marked(line, remark), 2 * place, 2, top)
            grid.addWidget(Hairline(), 2 * place + 1, 0, 1, 3)
        grid.setRowStretch(2 * len(lines), 1)


class WorkingSheet(FloatingSheet):
    """Shows a ``Working``. Open it with ``open_at(where the figure stands)``.

    Signals:
        source_asked: Show where the figures come from.
        history_asked: Show how the figure changed.

    Args:
        window: Any widget of the window; an open working of the same window gives way.
        working: What to show.
        source: Whether the source can be opened from here.
        history: Whether there is a history to show.
    """

    source_asked = Signal()
    history_asked = Signal()

    def __init__(self, window: QWidget, working: Working, *, source: bool = False, history: bool = False) -> None:
        super().__init__(window, name=f"Working: {working.title}", width=Theme.of().tokens.size["working_width"])
        for other in self.window().findChildren(WorkingSheet):
            if other is not self:
                other.close_sheet()
        self._working = working
        close = ToolIcon("close", "Close", key="Esc", small=True)
        close.clicked.connect(self._close)
        title = WrappedLabel(f"Working: {working.title}", bold=True)
        self.body.put(row(IconMark("working", "accent"), (title, 1), close, gap=6))
        self.body.put(self._scrolled(WorkingLines(working.lines)))
        for words in (working.rule, f"Source: {working.source}" if working.source else ""):
            if words:
                self.body.put(WrappedLabel(words, "caption", colour="muted", selectable=True))
        self.body.put(None)
        self.body.put(self._buttons(source=source, history=history))
        self.setAccessibleDescription(working.as_text())

    def _scrolled(self, lines: WorkingLines) -> QWidget:
        metrics = Theme.of(self).metrics
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines.setObjectName("scrolled")
        area.setWidget(lines)
        inner = metrics.px(Theme.of(self).tokens.size["working_width"]) - 2 * metrics.space(16)
        high = lines.heightForWidth(inner) if lines.hasHeightForWidth() else lines.sizeHint().height()
        most = min(metrics.px(_MOST_HEIGHT), int(self.window().height() * 0.6))
        area.setFixedHeight(min(high, most))
        if high > most:
            area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return area

    def _buttons(self, *, source: bool, history: bool) -> QWidget:
        copy = make_button("Copy working", "file", "quiet")
        copy.clicked.connect(self._copy)
        line = row(copy, gap=0)
        if source:
            shows = make_button("Open source", "book", "quiet")
            shows.clicked.connect(self.source_asked)
            line.put(shows)
        if history:
            past = make_button("History", "history", "quiet")
            past.clicked.connect(self.history_asked)
            line.put(past)
        line.put(None)
        return boxed(line)

    def _copy(self) -> None:
        data = QMimeData()
        data.setText(self._working.as_text())
        grid = [("", "", ""), *((line.label, line.value, line.remark) for line in self._working.lines)]
        data.setHtml(f"<p>{self._working.title}</p>{as_html(grid)}")
        QGuiApplication.clipboard().setMimeData(data)

    def _close(self) -> None:
        self.close_sheet()


def show_working(window: QWidget, working: Working, where: QRect) -> WorkingSheet:
    """Float a working beside the figure at ``where`` (window coordinates)."""
    sheet = WorkingSheet(window, working)
    sheet.open_at(where)
    return sheet


def _remark_colour(line: Line, *, counts: bool) -> str:
    return "muted" if counts or line.shape is None else text_colour(line.shape)


def _marked(line: Line, words: QWidget) -> QWidget:
    """The words with the line's shape before them, if it has one."""
    if line.shape is None:
        return words
    mark = column(ShapeMark(line.shape), margins=(0, 3, 0, 0))
    return boxed(row(mark, (words, 1), gap=7, align=Qt.AlignmentFlag.AlignTop))
