"""Paints the days of a month: the number, and a line for each visit as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from s75desk.domain.status import Shape
from s75desk.domain.wording import month_year, plural
from s75desk.services.visit_rows import VisitRow
from s75desk.services.visits import OverdueVisit
from s75desk.ui.pages.visits.month_model import Index, MonthModel
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape

_PAD = 8
_LINE = 1.43
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_TIME_FROM = 11.0
"""Width of a day in b from which times stand before the names."""


def line_rect(theme: Theme, cell: QRect, place: int) -> QRect:
    """Where the line of the visit at ``place`` stands in the cell of its day."""
    high, pad = theme.metrics.px(_LINE), theme.metrics.space(_PAD)
    return QRect(cell.left() + pad, cell.top() + theme.metrics.px(1.86) + place * high, cell.width() - 2 * pad, high)


def fitting(theme: Theme, cell: QRect, count: int) -> tuple[int, int]:
    """How many of ``count`` visits a cell can show, and how many it must leave out."""
    room = max(0, cell.bottom() - line_rect(theme, cell, 0).top()) // theme.metrics.px(_LINE)
    shown = count if count <= room else max(0, room - 1)
    return shown, count - shown


def places(theme: Theme, cell: QRect, lines: Sequence[str]) -> list[QRect]:
    """Where the lines of a day stand: those that fit, and of the room left over as much as long names need."""
    shown, left_out = fitting(theme, cell, len(lines))
    high = theme.metrics.px(_LINE)
    room = max(0, cell.bottom() - line_rect(theme, cell, 0).top()) // high - bool(left_out)
    first = line_rect(theme, cell, 0)
    wide = first.width() - theme.metrics.space(12) - theme.metrics.space(5)
    spare, top, found = room - shown, first.top(), []
    metrics = QFontMetrics(theme.fonts.get("small"))
    for words in lines[:shown]:
        needed = metrics.boundingRect(QRect(0, 0, wide, 10_000), _WRAPPED, words).height()
        rows = 1 + min(spare, max(0, round(needed / metrics.lineSpacing()) - 1))
        spare -= rows - 1
        found.append(QRect(first.left(), top, first.width(), rows * high))
        top += rows * high
    return found


def words_on(model: MonthModel, day: date, *, timed: bool) -> list[str]:
    """The words of the lines of a day: its visits, then the services that are due one."""
    visits = [_visit_line(visit, timed=timed)[1] for visit in model.visits_on(day)]
    return visits + [_due_line(one, late=False)[1] for one in model.due_on(day)]


def is_timed(theme: Theme, cell: QRect) -> bool:
    """Whether a day is wide enough for times before the names."""
    return cell.width() >= theme.metrics.px(_TIME_FROM)


def _visit_line(visit: VisitRow, *, timed: bool) -> tuple[Shape, str, str]:
    """Shape, words and colour of a visit's line."""
    words = f"{visit.at} {visit.service}" if visit.at and timed else visit.service
    return visit.short.shape, words, "text"


def _due_line(one: OverdueVisit, *, late: bool) -> tuple[Shape, str, str]:
    """Shape, words and colour of the line of a service that is due a visit."""
    return (Shape.WATCH if late else Shape.NONE), f"Due: {one.name}", "watch_text" if late else "muted"


class DayNames(QHeaderView):
    """Names of the days, each above the numbers of its column."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)

    def sizeHint(self) -> QSize:
        """As tall as the header of a list."""
        return QSize(super().sizeHint().width(), Theme.of(self).metrics.size("table_header"))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """A muted name over the strong line."""
        theme = Theme.of(self)
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line_strong"))
        painter.setFont(theme.fonts.get(bold=True))
        painter.setPen(theme.colour("muted"))
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        area = rect.adjusted(theme.metrics.space(_PAD), 0, 0, -1)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)


class DayPainter(QStyledItemDelegate):
    """Paints a day: its number, and a line for each visit.

    Args:
        view: The table of days.
        model: Its model.
    """

    def __init__(self, view: QTableView, model: MonthModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The least a day needs; the table gives it more."""
        metrics = Theme.of(self._view).metrics
        return QSize(metrics.px(5), metrics.px(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, edges, number and visits of one day."""
        theme, model = Theme.of(self._view), self._model
        rect, day = QRect(option.rect), model.day_at(index)
        outside = day.month != model.month.month
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour(self._ground(day, outside=outside)))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() < 6:
            painter.drawLine(rect.topRight(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_Selected:
            self._paint_cursor(painter, theme, rect)
        self._paint_number(painter, theme, rect, day, today=day == model.today, outside=outside)
        self._paint_lines(painter, theme, rect, model, day)
        painter.restore()

    def _ground(self, day: date, *, outside: bool) -> str:
        return "sunken" if outside or day.weekday() >= 5 else "surface"

    def _paint_cursor(self, painter: QPainter, theme: Theme, rect: QRect) -> None:
        """The day the keyboard is on: tinted, and edged in blue while the keyboard is here."""
        painter.fillRect(rect.adjusted(0, 0, -1, -1), theme.colour("selected"))
        here = self._view.hasFocus()
        painter.setPen(QPen(theme.colour("focus" if here else "line_strong"), 2 if here else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(1, 1, -2, -2))

    def _paint_number(
        self, painter: QPainter, theme: Theme, rect: QRect, day: date, *, today: bool, outside: bool
    ) -> None:
        font = theme.fonts.get("small", bold=today)
        metrics = QFontMetrics(font)
        words = f"{day.day} {month_year(day)[:3]}" if day.day == 1 else str(day.day)
        pad = theme.metrics.space(_PAD)
        area = QRectF(rect.left() + pad, rect.top() + theme.metrics.space(4), rect.width() - pad, metrics.height() + 2)
        painter.setFont(font)
        if today:
            wide = metrics.horizontalAdvance(words) + theme.metrics.space(10)
            badge = QRectF(area.left() - theme.metrics.space(2), area.top(), wide, area.height())
            corner = theme.metrics.radius("chip")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(badge, corner, corner)
            painter.setPen(theme.colour("on_accent"))
            painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), words)
            return
        painter.setPen(theme.colour("muted" if outside else "text"))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_lines(self, painter: QPainter, theme: Theme, rect: QRect, model: MonthModel, day: date) -> None:
        """A line for each visit, then one for each service that is due a visit and has none booked."""
        timed = is_timed(theme, rect)
        lines = [_visit_line(visit, timed=timed) for visit in model.visits_on(day)]
        late = day < model.today
        lines += [_due_line(one, late=late) for one in model.due_on(day)]
        font = theme.fonts.get("small")
        metrics = QFontMetrics(font)
        side = theme.metrics.space(12)
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        shown, left_out = fitting(theme, rect, len(lines))
        high, below = theme.metrics.px(_LINE), line_rect(theme, rect, 0).top()
        painter.setFont(font)
        for place, (shape, words, colour) in zip(places(theme, rect, [line[1] for line in lines]), lines, strict=False):
            line, below = QRectF(place), place.top() + place.height()
            mark = QRectF(line.left(), line.top() + (high - side) / 2, side, side)
            paint_shape(painter, shape, mark, theme.colour)
            line.setLeft(mark.right() + theme.metrics.space(5))
            painter.setPen(theme.colour(colour))
            if place.height() > high:  # a name goes on below; where there is no room, its beginning and end are shown
                line.setTop(line.top() + (high - metrics.height()) / 2)
                fits = int(line.height() // metrics.lineSpacing()) * metrics.lineSpacing()
                line.setHeight(max(fits, metrics.lineSpacing()))
                painter.drawText(line, _WRAPPED, words)
            else:
                fitted = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, int(line.width()))
                painter.drawText(line, middle, fitted)
        if left_out:
            line = QRectF(line_rect(theme, rect, 0))
            line.moveTop(below)
            words = f"{left_out} more" if shown else plural(left_out, "line" if model.due_on(day) else "visit")
            painter.setPen(theme.colour("muted"))
            painter.drawText(line, middle, metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, int(line.width())))
