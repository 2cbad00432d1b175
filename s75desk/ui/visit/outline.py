"""The left of visit mode: prior actions, people, areas with their progress; only the area the officer is in is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses.marks import FINISHED
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.levels import Level, VisitRating
from s75desk.domain.visits.parts import LevelState
from s75desk.ui.itemmodels.outline_model import LINE, OutlineLine, OutlineModel
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape

PRIOR, PEOPLE, FINISH = "prior", "people", "finish"
"""Names of the pages of a visit that are not a question."""

_AREA, _STANDARD = 3.14, 2.86
_LENT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MouseFocusReason)
"""A pop-up or another window borrows the keyboard and brings it back; the pointer says where it goes itself."""

_WRAP = int(Qt.TextFlag.TextWordWrap)
_TOP = int(Qt.AlignmentFlag.AlignTop)
_CONTROL = Qt.KeyboardModifier.ControlModifier


def outline_of(book: VisitBook, rating: VisitRating, place: str) -> tuple[OutlineLine, ...]:
    """The lines of a visit, with the area open in which the officer is."""
    return tuple(_lines(book, rating, place))


def _lines(book: VisitBook, rating: VisitRating, place: str) -> Iterator[OutlineLine]:
    graded = sum(book.grading(action.uid).grade is not None for action in book.prior)
    if book.prior:
        done = FINISHED if graded == len(book.prior) else None
        yield OutlineLine(PRIOR, "page", "Prior actions graded", graded, len(book.prior), done, place == PRIOR)
    counts = [found.count for found in book.people.values() if found.count is not None]
    spoken = sum(counts) if counts else None
    state = FINISHED if spoken else None
    yield OutlineLine(PEOPLE, "page", "People spoken to", spoken, 0, state, place == PEOPLE)
    for area in book.body.areas:
        level = rating.area(area.code)
        here = any(question.code == place for standard in area.standards for question in standard.questions)
        yield OutlineLine(area.code, "area", area.title, level.answered, level.total, status_of(level), False)
        if not here:
            continue
        for standard in area.standards:
            level = rating.standard(standard.code)
            current = any(question.code == place for question in standard.questions)
            title = f"{standard.code}  {standard.title}"
            yield OutlineLine(standard.code, "standard", title, level.answered, level.total, status_of(level), current)


def status_of(level: Level) -> Status | None:
    """What a level shows: nothing before anything is rated, and good only when it is settled."""
    if level.state is LevelState.NOT_KNOWN:
        return None
    status = level.status
    return None if status.shape is Shape.UNKNOWN else status


class OutlineView(QListView):
    """The list. Enter or a press goes to the place of a line.

    Signals:
        chosen: An ``OutlineLine``.

    Args:
        ground: "surface", or "raised" on a sheet.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, ground: str = "surface") -> None:
        super().__init__(parent)
        self.ground = ground
        self.setProperty("ground", ground)
        self.lines_model = OutlineModel(self)
        self._here = ""
        self.setModel(self.lines_model)
        self.setItemDelegate(_LinePainter(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)  # another width may want other lines
        self.setAccessibleName("Areas and standards")
        self.clicked.connect(self._press)

    def show_lines(self, lines: Sequence[OutlineLine]) -> None:
        """Show other lines; the one where the officer is stays in sight."""
        was = self.currentIndex().data(LINE)
        self.lines_model.set_lines(lines)
        here = next((place for place, line in enumerate(lines) if line.current), -1)
        moved = here >= 0 and lines[here].place != self._here
        self._here = lines[here].place if here >= 0 else ""
        if self.hasFocus() and not moved and isinstance(was, OutlineLine):  # who walks along the list stays there
            here = next((place for place, line in enumerate(lines) if line.place == was.place), here)
        if here >= 0:
            index = self.lines_model.index(here)
            if index != self.currentIndex():
                self.setCurrentIndex(index)
            self.scrollTo(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the line of the officer."""
        super().focusInEvent(event)
        here = next((place for place, line in enumerate(self.lines_model.lines) if line.current), -1)
        if here >= 0 and event.reason() not in _LENT:
            self.setCurrentIndex(self.lines_model.index(here))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._press(self.currentIndex())
        elif event.text() and event.text().isprintable() and not event.modifiers() & _CONTROL:
            event.ignore()  # a rating key; the list has no search by letters
        else:
            super().keyPressEvent(event)

    def _press(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if isinstance(line, OutlineLine):
            self.chosen.emit(line)


class _LinePainter(QStyledItemDelegate):
    """Paints a line: title, how far, status, and a bar."""

    def __init__(self, view: OutlineView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Tall enough for a finger, and for a title of two lines."""
        line: OutlineLine = index.data(LINE)
        theme = Theme.of(self._view)
        least = theme.metrics.px(_STANDARD if line.kind == "standard" else _AREA)
        wide = self._view.viewport().width()
        words = self._words_rect(theme, line, QRect(0, 0, wide, least), bold=True)  # it is bold when one is there
        return QSize(theme.metrics.px(10), max(least, round(words.height()) + 2 * theme.metrics.space(4)))

    def _left(self, theme: Theme, line: OutlineLine) -> int:
        return theme.metrics.space(34 if line.kind == "standard" else 16)

    def _words_rect(self, theme: Theme, line: OutlineLine, rect: QRect, *, bold: bool) -> QRectF:
        """Where the title stands, beside its number, in as many lines as it needs."""
        space = theme.metrics.space
        metrics = QFontMetrics(theme.fonts.get("visit_small", bold=bold))
        number, title = line.parts
        left = rect.left() + self._left(theme, line)
        if number:
            left += metrics.horizontalAdvance(f"{number}  ")
        count = QFontMetrics(theme.fonts.get("small")).horizontalAdvance(line.widest)
        room = max(1, rect.right() - space(16) - space(16) - space(8) - count - space(8) - left)
        high = metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAP, title).height()
        return QRectF(left, rect.top() + (rect.height() - high) // 2, room + 1, high)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        line: OutlineLine = index.data(LINE)
        theme = Theme.of(self._view)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        keyboard = self._view.hasFocus() and index == self._view.currentIndex()
        ground = "selected" if line.current or keyboard else ("hover" if over else self._view.ground)
        painter.fillRect(rect, theme.colour(ground))
        if line.current or keyboard:
            bar = int(theme.tokens.line["selected_bar"]) + 1
            painter.fillRect(QRect(rect.left(), rect.top(), bar, rect.height()), theme.colour("accent"))
        space = theme.metrics.space
        left = rect.left() + self._left(theme, line)
        end = rect.right() - space(16)
        mark = space(16)
        if line.status is not None:
            where = QRectF(end - mark + 1, rect.center().y() - mark / 2 + 1, mark, mark)
            paint_shape(painter, line.status.shape, where, theme.colour)
        count_end = end - mark - space(8)
        count = line.count
        small = theme.fonts.get("small")
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        wide = QFontMetrics(small).horizontalAdvance(count)
        painter.drawText(
            QRectF(count_end - wide, rect.top(), wide + 1, rect.height()),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
            count,
        )
        bold = line.kind != "standard" or line.current
        painter.setFont(theme.fonts.get("visit_small", bold=bold))
        painter.setPen(theme.colour("text"))
        number, title = line.parts
        where = self._words_rect(theme, line, rect, bold=bold)
        painter.drawText(QRectF(left, where.top(), where.left() - left, where.height()), _TOP, number)
        painter.drawText(where, _WRAP | _TOP, title)
        done = line.done or 0
        if line.total and (line.kind != "standard" or 0 < done < line.total):
            self._paint_bar(
                painter, theme, done / line.total, QRectF(left, rect.bottom() - space(5), count_end - left, space(3))
            )
        painter.restore()

    def _paint_bar(self, painter: QPainter, theme: Theme, far: float, where: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        round_ = where.height() / 2
        painter.drawRoundedRect(where, round_, round_)
        if far:
            painter.setBrush(theme.colour("accent"))
            done = QRectF(where.left(), where.top(), where.width() * far, where.height())
            painter.drawRoundedRect(done, round_, round_)
