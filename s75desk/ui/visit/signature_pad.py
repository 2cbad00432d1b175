"""A piece of paper on the screen to sign on, with finger, pen or mouse."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.theme.fonts import make_font
from s75desk.ui.visit.strokes import (
    BASELINE,
    HIGH,
    MOST_POINTS,
    WIDE,
    Stroke,
    as_text,
    far_enough,
    from_text,
    inside,
    smooth_path,
    strokes_of_words,
    thinned,
)

TOLD_EVERY = 0.3
"""Seconds between two ``drawn`` of a long stroke, so that none of it is older than a second when it is kept."""

_HOW = "Draw with finger, pen or mouse. Without them, a role that was typed can stand in for it: Sign by keyboard."
_INK = 5.0
_INSET = 40
_FONT_HEIGHT = 100


class SignaturePad(QWidget):
    """Paper in both themes, as what is drawn is printed. Strokes lie in a box 1,000 wide and 400 high.

    Signals:
        drawn: A stroke was finished, or is being drawn; not for ``set_strokes``, ``clear`` and ``sign_with_words``.

    Args:
        clock: Gives seconds.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._strokes: list[Stroke] = []
        self._paths: list[QPainterPath] = []
        self._stroke: Stroke = []
        self._by = ""
        self._touch = -1
        self._told = 0.0
        self._read_only = self._outdated = False
        self.setProperty("ring", False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Signature")
        self._describe()

    # What is on it

    def strokes(self) -> str:
        """What is drawn, also of a stroke under way: JSON, a list of lines of [x, y] in whole numbers; "" for none."""
        under_way = [self._stroke] if self._stroke else []
        return as_text([*self._strokes, *under_way])

    def set_strokes(self, text: str) -> None:
        """Show strokes; what cannot be read is left out. A stroke under way is not disturbed, and has the last word."""
        if self._by or text == self.strokes():
            return
        self._hold(thinned(from_text(text), nearest=0))

    def clear(self) -> None:
        """Make it blank."""
        self._by, self._stroke = "", []
        self._hold([])

    def sign_with_words(self, words: str) -> None:
        """Put words in the place of a drawn signature: "Signed by keyboard: registered manager".

        They become strokes, and print as any others. Words that no letters can be drawn for leave it blank.
        """
        self._by, self._stroke = "", []
        self._hold(strokes_of_words(words, make_font(_FONT_HEIGHT, Theme.of(self).metrics)))

    def set_read_only(self, read_only: bool) -> None:
        """Let it be looked at, or drawn on."""
        if read_only == self._read_only:
            return
        self._finish()
        self._read_only = read_only
        self._describe()
        self.update()

    @property
    def read_only(self) -> bool:
        """Whether it can only be looked at."""
        return self._read_only

    def set_outdated(self, outdated: bool) -> None:
        """Say that what is drawn holds no more: it fades, and the next stroke begins on a blank paper."""
        if outdated != self._outdated:
            self._outdated = outdated
            self._describe()
            self.update()

    def _hold(self, strokes: list[Stroke]) -> None:
        self._strokes = strokes
        self._paths = [smooth_path(stroke) for stroke in strokes]
        self._describe()
        self.update()

    def _describe(self) -> None:
        state = "Signed." if self._strokes or self._stroke else "Not signed."
        if self._outdated:
            state = "Signed before the visit was changed; the next stroke begins anew."
        self.setAccessibleDescription(state if self._read_only else f"{state} {_HOW}")
        self.setCursor(Qt.CursorShape.ArrowCursor if self._read_only else Qt.CursorShape.CrossCursor)

    # Drawing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The left button draws."""
        if self._read_only or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self._begin("mouse", event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke; if the button was let go where nobody heard it, the stroke has ended."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._draw_to("mouse", event.position())
        elif self._by == "mouse":
            self._finish()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end("mouse", event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen draws; an accepted event is not told again as one of the mouse."""
        if self._read_only:
            event.ignore()
            return
        if event.type() == QEvent.Type.TabletPress and event.pointerType() != QPointingDevice.PointerType.Eraser:
            self._begin("pen", event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._draw_to("pen", event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end("pen", event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A finger draws, the first that came."""
        if isinstance(event, QTouchEvent) and not self._read_only:
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            self._finish()
            return
        points = event.points()
        if event.type() == QEvent.Type.TouchBegin and points:
            self._touch = points[0].id()
            self._begin("touch", points[0].position())
        for point in points:
            if point.id() == self._touch:
                if point.state() == point.State.Released:
                    self._end("touch", point.position())
                else:
                    self._draw_to("touch", point.position())

    def _begin(self, by: str, where: QPointF) -> None:
        if self._by == by:
            self._finish()
        elif self._by:  # a palm beside the pen
            return
        if self._outdated:
            self._outdated = False
            self._hold([])
        self._by = by
        self._told = self._clock()
        self._stroke = [self._in_box(where)]
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.update()

    def _draw_to(self, by: str, where: QPointF) -> None:
        if self._by != by:
            return
        point = self._in_box(where)
        if not far_enough(point, self._stroke[-1]):
            return
        before = self._stroke[-2:]
        self._stroke.append(point)
        if sum(map(len, self._strokes)) + len(self._stroke) > MOST_POINTS:
            *finished, self._stroke = thinned([*self._strokes, self._stroke], most=MOST_POINTS * 3 // 4)
            self._hold(finished)
        self._update_around([*before, point])
        if self._clock() - self._told >= TOLD_EVERY:
            self._told = self._clock()
            self.drawn.emit()

    def _end(self, by: str, where: QPointF) -> None:
        if self._by == by:
            self._draw_to(by, where)
            self._finish()

    def _finish(self) -> None:
        """Make the stroke under way part of the signature."""
        if not self._by:
            return
        stroke, self._by, self._stroke = self._stroke, "", []
        self._strokes.append(stroke)
        self._paths.append(smooth_path(stroke))
        self._describe()
        self.update()
        self.drawn.emit()

    # Paper

    def paper_rect(self) -> QRectF:
        """Where the paper lies: as large as there is room for."""
        scale = min(self.width() / WIDE, self.height() / HIGH)
        paper = QRectF(0, 0, WIDE * scale, HIGH * scale)
        paper.moveCenter(QRectF(self.rect()).center())
        return paper

    def _in_box(self, where: QPointF) -> tuple[float, float]:
        paper = self.paper_rect()
        scale = paper.width() / WIDE or 1.0
        return inside((where.x() - paper.x()) / scale, (where.y() - paper.y()) / scale)

    def _update_around(self, points: Stroke) -> None:
        paper = self.paper_rect()
        scale, reach = paper.width() / WIDE, 2 * _INK
        across, down = [x for x, _ in points], [y for _, y in points]
        left, top = min(across) - reach, min(down) - reach
        right, bottom = max(across) + reach, max(down) + reach
        box = QRectF(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale)
        self.update(box.translated(paper.topLeft()).toAlignedRect())

    def sizeHint(self) -> QSize:
        """Wide enough for a signature."""
        wide = Theme.of(self).metrics.px(28)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Enough for a short one."""
        wide = Theme.of(self).metrics.px(12)
        return QSize(wide, self.heightForWidth(wide))

    def hasHeightForWidth(self) -> bool:
        """The shape of the paper is given."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Two to five."""
        return round(width * HIGH / WIDE)

    def hideEvent(self, event: QHideEvent) -> None:
        """A stroke ends with the paper."""
        super().hideEvent(event)
        self._finish()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Another edge with the keyboard."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard went."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw paper, the line to sign on, and what is drawn."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = self.paper_rect()
        focused = self.hasFocus() and not self._read_only
        edge = 2.0 if focused else 1.0
        corner = theme.metrics.radius("control")
        painter.setPen(QPen(theme.colour("focus" if focused else "line_strong"), edge))
        painter.setBrush(theme.paper_colour("surface"))
        painter.drawRoundedRect(paper.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), corner, corner)
        scale = paper.width() / WIDE
        painter.translate(paper.topLeft())
        painter.setPen(QPen(theme.paper_colour("line_strong"), 1))
        level = round(BASELINE * scale) + 0.5
        painter.drawLine(QPointF(_INSET * scale, level), QPointF((WIDE - _INSET) * scale, level))
        self._paint_word(painter, theme, scale)
        painter.scale(scale, scale)
        ink = QPen(theme.paper_colour("line_strong" if self._outdated else "text"), _INK)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        ink.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for path in self._paths:
            painter.drawPath(path)
        if self._stroke:
            painter.drawPath(smooth_path(self._stroke))

    def _paint_word(self, painter: QPainter, theme: Theme, scale: float) -> None:
        """What to do here, as long as there is something to do."""
        if self._strokes or self._stroke:
            return
        painter.setFont(theme.fonts.get("small"))
        painter.setPen(theme.paper_colour("muted"))
        below = QRectF(_INSET * scale, BASELINE * scale, (WIDE - 2 * _INSET) * scale, (HIGH - BASELINE) * scale)
        words = "Not signed" if self._read_only else "Sign here"
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
