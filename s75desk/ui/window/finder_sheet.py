"""Ctrl+K: one field that finds any record of the desk and any command, from the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from s75desk.domain.wording import plural
from s75desk.services.finder import Found
from s75desk.ui.itemmodels.finder_model import LINE_ROLE, FinderLine, FinderModel
from s75desk.ui.operations import Operations
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape, text_colour
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.soft_panel import SoftPanel
from s75desk.ui.widgets.surface import Hairline
from s75desk.ui.window.commands import Command

ICONS = {
    "agreement": "agreement",
    "provider": "provider",
    "service": "provider",
    "visit": "visit",
    "kpi": "kpi",
    "action": "action",
    "briefing": "briefing",
    "organisation": "people",
    "meeting": "people",
    "forum": "people",
    "document": "file",
    "decision": "sign",
    "risk": "warning",
    "milestone": "flag",
    "contribution": "pound",
    "question_set": "book",
}

_MOST_LINES = 11
_FIRST_COMMANDS = 6
"""Commands shown beside records that were found; the steps of the record in front come first."""
_FIRST_RECORDS = 6


class FinderDelegate(QStyledItemDelegate):
    """Draws a line: icon, words with what was typed in bold, detail, status or key."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.typed: tuple[str, ...] = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Headings are lower than lines."""
        line: FinderLine = index.data(LINE_ROLE)
        metrics = Theme.of().metrics
        return QSize(100, metrics.space(30 if line.heading else 40))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        line: FinderLine = index.data(LINE_ROLE)
        theme = Theme.of()
        rect: QRect = option.rect
        space = theme.metrics.space
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("selected" if selected else "raised"))
        left_middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if line.heading:
            painter.setFont(theme.fonts.get("caption", bold=True))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect.adjusted(space(18), space(6), 0, 0), left_middle, line.text)
            painter.restore()
            return
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        side = theme.icons.size
        icon = theme.icons.icon(line.icon or "file", "accent" if selected else "muted")
        icon.paint(painter, rect.left() + space(18), rect.center().y() - side // 2, side, side)
        right = self._paint_right(painter, theme, line, rect)
        x = rect.left() + space(18) + side + space(12)
        x = self._paint_words(painter, theme, line.text, QRect(x, rect.top(), max(0, right - x), rect.height()))
        if line.detail and right - x > space(40):
            painter.setFont(theme.fonts.get("small"))
            painter.setPen(theme.colour("muted"))
            room = right - x - space(10)
            words = QFontMetrics(painter.font()).elidedText(line.detail, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRect(x + space(10), rect.top(), room, rect.height()), left_middle, words)
        painter.restore()

    def _paint_words(self, painter: QPainter, theme: Theme, text: str, room: QRect) -> int:
        """Draw words with the typed beginnings bold; returns where they end."""
        painter.setPen(theme.colour("text"))
        plain = QFontMetrics(theme.fonts.get(bold=True))
        shown = plain.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        x = room.left()
        for part, bold in bold_parts(shown, self.typed):
            font = theme.fonts.get(bold=bold)
            painter.setFont(font)
            wide = QFontMetrics(font).horizontalAdvance(part)
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(QRect(x, room.top(), wide + 2, room.height()), flags, part)
            x += wide
        return x

    def _paint_right(self, painter: QPainter, theme: Theme, line: FinderLine, rect: QRect) -> int:
        """Draw key or status; returns where the words must end."""
        space = theme.metrics.space
        right = rect.right() - space(18)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        if line.key:
            painter.setFont(theme.fonts.get("caption"))
            words = QKeySequence(line.key).toString(QKeySequence.SequenceFormat.NativeText)
            wide = QFontMetrics(painter.font()).horizontalAdvance(words) + space(12)
            box = QRectF(right - wide, rect.center().y() - space(10), wide, space(20))
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(box, theme.metrics.radius("chip"), theme.metrics.radius("chip"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(box, middle, words)
            return int(box.left()) - space(8)
        if line.status is not None:
            painter.setFont(theme.fonts.get("small"))
            wide = QFontMetrics(painter.font()).horizontalAdvance(line.status.word)
            painter.setPen(theme.colour(text_colour(line.status.shape)))
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(QRect(right - wide - 2, rect.top(), wide + 2, rect.height()), flags, line.status.word)
            side = space(14)
            place = QRectF(right - wide - side - space(7), rect.center().y() - side / 2 + 1, side, side)
            paint_shape(painter, line.status.shape, place, theme.colour)
            return int(place.left()) - space(8)
        return right


def bold_parts(text: str, typed: Sequence[str]) -> list[tuple[str, bool]]:
    """Cut a text into parts, the beginnings of words that were typed marked bold."""
    lower = text.casefold()
    if len(lower) != len(text):
        return [(text, False)]
    marks = [False] * len(text)
    for word in typed:
        place = lower.find(word.casefold())
        while place >= 0 and word:
            if place == 0 or not lower[place - 1].isalnum():
                marks[place : place + len(word)] = [True] * len(word)
            place = lower.find(word.casefold(), place + 1)
    parts: list[tuple[str, bool]] = []
    for letter, bold in zip(text, marks, strict=True):
        if parts and parts[-1][1] == bold:
            parts[-1] = (parts[-1][0] + letter, bold)
        else:
            parts.append((letter, bold))
    return parts


class Scrim(QWidget):
    """Darkens the window behind the finder; a press on it closes."""

    pressed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tint over everything."""
        theme = Theme.of(self)
        tint = theme.colour("scrim").toRgb()
        tint.setAlpha(150 if theme.dark else 110)
        QPainter(self).fillRect(self.rect(), tint)

    def mousePressEvent(self, event: object) -> None:
        """Close."""
        self.pressed.emit()


class FinderSheet(SoftPanel):
    """The finder.

    Signals:
        chosen: A ``Found`` record was chosen.

    Args:
        window: The window it floats over.
        operations: Finds on the worker.
        commands: Gives the commands that can be done now.
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget, operations: Operations, commands: Callable[[], Sequence[Command]]) -> None:
        super().__init__(window)
        self._operations = operations
        self._commands = commands
        self._before: QWidget | None = None
        self._asked = 0
        self._awaited = False
        self._enter_due = False
        self.scrim = Scrim(window)
        self.scrim.pressed.connect(self.close_sheet)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._find)
        self.field = QLineEdit(self)
        self.field.setProperty("plain", True)
        self.field.setPlaceholderText("Find a record or a command")
        self.field.setAccessibleName("Find a record or a command")
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.model = FinderModel(self)
        self.delegate = FinderDelegate(self)
        self.list = QListView(self)
        self.list.setAccessibleName("Found")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setProperty("ground", "raised")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._clicked)
        self._count = Label("", "caption", colour="muted", parent=self)
        foot = row(
            KeyHint("↑ ↓", raw=True),
            Label("choose", "caption", colour="muted"),
            8,
            KeyHint("⏎", raw=True),
            Label("open", "caption", colour="muted"),
            8,
            KeyHint(">", raw=True),
            Label("commands only", "caption", colour="muted"),
            None,
            self._count,
            gap=6,
            margins=(16, 8, 16, 4),
        )
        column(
            row((self.field, 1), KeyHint("Esc", raw=True), gap=8, margins=(12, 0, 16, 0)),
            Hairline(parent=self),
            self.list,
            Hairline(parent=self),
            foot,
            gap=0,
            margins=(16, 22, 16, 20),
            parent=self,
        )
        self.setAccessibleName("Find a record or a command")
        self.hide()

    def open_sheet(self) -> None:
        """Show the finder and take the keyboard."""
        if self.isVisible():
            self.field.selectAll()
            return
        self._before = self.window().focusWidget()
        self._enter_due = self._awaited = False
        self._asked += 1
        self.field.clear()
        self._show_lines(())
        self._find()
        self._place()
        self.scrim.setGeometry(self.window().rect())
        self.scrim.show()
        self.scrim.raise_()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.window().installEventFilter(self)

    def close_sheet(self) -> None:
        """Hide the finder; the keyboard returns to where it was."""
        if not self.isVisible():
            return
        self.window().removeEventFilter(self)
        self.hide()
        self.scrim.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc in the field; the window's new size."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
            if key == Qt.Key.Key_Escape:
                self.close_sheet()
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        elif watched is self.window() and event.type() == QEvent.Type.Resize:
            self.scrim.setGeometry(self.window().rect())
            self._place()
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Choose the marked line; where the lines do not follow what was typed yet, the first of those that come."""
        if self._timer.isActive():
            self._timer.stop()
            self._enter_due = True
            self._find()
        elif self._awaited:
            self._enter_due = True
        else:
            self._choose(self.list.currentIndex().row())

    def _typed(self, text: str) -> None:
        self._enter_due = False
        self._timer.start()

    def _find(self) -> None:
        """Look for what was typed; before a word is typed, for what was looked at last."""
        text = self.field.text().strip()
        if text.startswith(">"):
            self._show_lines(())
            return
        self._asked += 1
        self._awaited = True
        asked = self._asked

        def take(found: tuple[Found, ...]) -> None:
            if asked == self._asked:
                self._awaited = False
                if self.isVisible():
                    self._show_lines(found)

        office = self._operations.office
        self._operations.read(self, lambda: office.finder.find(text) if text else office.recent.records(), take)

    def _show_lines(self, found: Sequence[Found]) -> None:
        text = self.field.text().strip()
        words = tuple(text.lstrip(">").split())
        self.delegate.typed = words
        titles = [hit for hit in found if not hit.in_text]
        texts = [hit for hit in found if hit.in_text]
        commands = [c for c in self._commands() if all(word.casefold() in c.words.casefold() for word in words)]
        lines: list[FinderLine] = []
        if titles:
            lines.append(FinderLine("Records" if words else "Looked at last"))
            lines += [_record_line(hit) for hit in titles[:_FIRST_RECORDS]]
        if commands:
            lines.append(FinderLine("Do"))
            shown = commands if text.startswith(">") or not found else commands[:_FIRST_COMMANDS]
            lines += [FinderLine(c.words, c.group, c.icon, None, c.key, c) for c in shown]
        if titles[_FIRST_RECORDS:]:
            lines.append(FinderLine("More records"))
            lines += [_record_line(hit) for hit in titles[_FIRST_RECORDS:]]
        if texts:
            lines.append(FinderLine("In notes and papers"))
            lines += [_record_line(hit) for hit in texts]
        self.model.set_lines(lines)
        first = self.model.first()
        if first >= 0:
            self.list.setCurrentIndex(self.model.index(first, 0))
        count = len(found)
        self._count.setText(
            f"{plural(count, 'record')} found in this desk" if text and not text.startswith(">") else ""
        )
        self._place()
        if self._enter_due:
            self._enter_due = False
            self._choose(first)

    def _move(self, by: int) -> None:
        line = self.list.currentIndex().row() + by
        while (found := self.model.line(line)) is not None and found.heading:
            line += by
        if self.model.line(line) is not None:
            self.list.setCurrentIndex(self.model.index(line, 0))
            self.list.scrollTo(self.model.index(max(0, line - 1), 0))
            self.list.scrollTo(self.model.index(line, 0))

    def _clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, line: int) -> None:
        found = self.model.line(line)
        if found is None or found.heading:
            return
        self.close_sheet()
        if isinstance(found.what, Command):
            found.what.do()
        else:
            self.chosen.emit(found.what)

    def _place(self) -> None:
        metrics = Theme.of(self).metrics
        wide = min(metrics.size("finder_width") + 32, self.window().width() - 16)
        high = 0
        for line in range(min(self.model.rowCount(), 60)):
            found = self.model.line(line)
            high += metrics.space(30 if found is not None and found.heading else 40)
            if line >= _MOST_LINES:
                break
        room = self.window().height() - metrics.space(84) - metrics.space(190)
        self.list.setFixedHeight(max(metrics.space(44), min(high + 4, room)))
        self.setFixedWidth(wide)
        self.adjustSize()
        self.move((self.window().width() - self.width()) // 2, metrics.space(84) - 16)


def _record_line(hit: Found) -> FinderLine:
    return FinderLine(hit.title, hit.detail, ICONS.get(hit.kind, "note"), hit.status, "", hit)
