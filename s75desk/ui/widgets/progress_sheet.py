"""Progress of long work: bottom right, after 0.6 s, with count, time left and cancel; work itself is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from s75desk.domain.working import Line
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.fade import fade_in
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import Line as BoxLine
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.soft_panel import SoftPanel
from s75desk.ui.widgets.working_sheet import WorkingLines

_WIDE = 30.3
_BOTTOM = 42
_RIGHT = 20
_GUESS_AFTER_MS = 1500


class ProgressSheet(SoftPanel):
    """Shown by itself once the work has taken 0.6 s, and then for at least 0.5 s. Call ``finish`` at the end.

    Signals:
        cancelled: The officer wants to stop.
        shrunk: The officer wants it out of the way; show the count in the status bar.
        finished: It went away after ``finish``.

    Args:
        window: Any widget of the window.
        title: "Importing CQC active locations".
        icon: Icon before the title.
        unit: What is counted: "rows".
        assurance: Whether anything has changed yet: "Nothing changes in the desk until you accept."
        cancel: Words of the cancel button; "" if it cannot be stopped.
    """

    cancelled = Signal()
    shrunk = Signal()
    finished = Signal()

    def __init__(
        self,
        window: QWidget,
        title: str,
        *,
        icon: str = "import",
        unit: str = "",
        assurance: str = "",
        cancel: str = "Cancel",
    ) -> None:
        super().__init__(window)
        self._title = title
        self._unit = unit
        self._done = 0
        self._lines: WorkingLines | None = None
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._count = Label("Starting")
        self._left = Label("", colour="muted")
        self._assurance = WrappedLabel(assurance, colour="muted")
        self._assurance.setVisible(bool(assurance))
        shrink = ToolIcon("minus", "Shrink to the status bar", small=True)
        shrink.clicked.connect(self._shrink)
        self._body: BoxLine = column(margins=(32, 30, 32, 30), gap=8, parent=self)
        self._body.put(row(IconMark(icon, "accent"), Label(title, bold=True), None, shrink))
        self._body.put(self._bar)
        self._body.put(row(self._count, None, self._left))
        self._body.put(self._assurance)
        if cancel:
            self._cancel = make_button(cancel)
            self._cancel.clicked.connect(self._ask_stop)
            self._body.put(row(None, self._cancel))
        self._clock = QElapsedTimer()
        self._clock.start()
        self._shown_at = -1
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._appear)
        self._wait.start(int(Theme.of(self).tokens.motion["progress_after_ms"]))
        self.window().installEventFilter(self)
        self.hide()

    def set_progress(self, done: int, total: int, words: str = "") -> None:
        """Say how far it is: ``done`` of ``total`` (0 if not known), or other ``words`` for the same."""
        self._done = done
        self._bar.setRange(0, max(0, total))
        self._bar.setValue(done)
        counted = f"{done:,} of {total:,} {self._unit}" if total else f"{done:,} {self._unit}"
        self._count.setText(words or counted.strip())
        self._left.setText(self._time_left(done, total))

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show what was found so far: "New 12, locations in your area"."""
        fresh = WorkingLines(tuple(lines), counts=True)
        if self._lines is None:
            self._body.insertWidget(3, fresh)
        else:
            self._body.replaceWidget(self._lines, fresh)
            self._lines.deleteLater()
        self._lines = fresh
        if self.isVisible():
            self.setGeometry(self._place())

    def set_assurance(self, words: str) -> None:
        """Say whether anything has changed yet."""
        self._assurance.setText(words)
        self._assurance.setVisible(bool(words))

    def finish(self) -> None:
        """The work is over: go away, though not within half a second of coming."""
        self._wait.stop()
        if not self.isVisible():
            self._leave()
            return
        least = int(Theme.of(self).tokens.motion["progress_least_ms"])
        QTimer.singleShot(max(0, least - (self._clock.elapsed() - self._shown_at)), self, self._leave)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom right of the window."""
        if event.type() == QEvent.Type.Resize and watched is self.window() and self.isVisible():
            self.setGeometry(self._place())
        return False

    def _appear(self) -> None:
        self._shown_at = self._clock.elapsed()
        fade_in(self, self._place())
        announce(self, self._title)

    def _leave(self) -> None:
        self.hide()
        self.finished.emit()
        self.deleteLater()

    def _shrink(self) -> None:
        self.hide()
        self.shrunk.emit()

    def _ask_stop(self) -> None:
        self._cancel.withhold("Stopping")
        self._count.setText("Stopping")
        self._left.setText("")
        self.cancelled.emit()

    def _time_left(self, done: int, total: int) -> str:
        """A guess from the pace so far, coarse on purpose."""
        elapsed = self._clock.elapsed()
        if not total or done <= 0 or done >= total or elapsed < _GUESS_AFTER_MS:
            return ""
        seconds = elapsed / 1000 * (total - done) / done
        if seconds < 2:
            return "about a second left"
        if seconds < 90:
            return f"about {round(seconds)} seconds left"
        return f"about {round(seconds / 60)} minutes left"

    def _place(self) -> QRect:
        metrics = Theme.of(self).metrics
        window = self.window()
        self._body.invalidate()
        self._body.activate()
        wide = min(metrics.px(_WIDE) + 2 * self.edge, window.width())
        high = (
            self._body.totalHeightForWidth(wide) if self._body.hasHeightForWidth() else self._body.sizeHint().height()
        )
        x = window.width() - wide + self.edge - metrics.space(_RIGHT)
        return QRect(QPoint(x, window.height() - high + self.edge - metrics.space(_BOTTOM)), QSize(wide, high))
