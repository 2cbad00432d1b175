"""How a rating is worked out, level by level, what would change it, and an officer's own judgement in its place."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from s75desk.domain.records import VisitOverride
from s75desk.domain.visits.levels import Level
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.single_changes import what_would_change
from s75desk.domain.visits.standing import open_words, standing
from s75desk.ui.itemmodels.outline_model import OutlineLine
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallButton, TallChoice, TallIcon, TallLine, set_read_only
from s75desk.ui.visit.outline import OutlineView, status_of
from s75desk.ui.visit.session import VisitSession
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.chip import IconMark, StatusChip
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Hairline
from s75desk.ui.widgets.working_sheet import WorkingLines

_WIDE, _HIGH, _LIST = 72.0, 42.0, 23.0
_MOST_CHANGES = 8
_NO_RATING = "Choose the rating that is to stand."
_NO_REASON = "An override needs a reason; it is printed with the rating."


class RatingSheet(FloatingSheet):
    """See the module. It reads the session each time a level is chosen, and follows it while it is open.

    Signals:
        overridden: A ``VisitOverride`` as it now is.
        put_right: A ``VisitOverride`` to take out.

    Args:
        window: Any widget of the window.
        session: The visit.
    """

    overridden = Signal(object)
    put_right = Signal(object)

    def __init__(self, window: QWidget, session: VisitSession) -> None:
        super().__init__(window, name="How the rating is worked out", width=_WIDE)
        self._session = session
        self.levels = OutlineView(self, ground="raised")
        self.levels.setAccessibleName("Levels")
        close = TallIcon("close", "Close", key="Esc", small=True)
        close.clicked.connect(self._close)
        self._heading = row(gap=10)
        self._inside = QWidget()
        self._inside.setObjectName("scrolled")
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rating = TallChoice("Your judgement")
        self.reason = TallLine("Reason for the override", "reason; printed with the rating")
        self.override = TallButton("Override", "pencil")
        self.remove = TallButton("Take the override out", "undo", "quiet")
        self._message = WrappedLabel("", "small", colour="alert_text")
        self._judged = WrappedLabel("", "small", bold=True)
        self._override_row = boxed(
            column(
                self._judged,
                row(self.rating, (self.reason, 1), gap=8),
                row((self._message, 1), self.remove, self.override, gap=8),
                gap=4,
            )
        )
        metrics = Theme.of(self).metrics
        self.levels.setFixedWidth(metrics.px(_LIST))
        right = QVBoxLayout()
        right.addLayout(self._heading)
        right.addWidget(self._area, 1)
        right.addWidget(self._override_row)
        self.body.put(row(IconMark("working", "accent"), Label("How the rating is worked out", "heading", bold=True),
                          None, close, gap=8))  # fmt: skip
        self.body.put((row(self.levels, Hairline(upright=True), (right, 1), gap=14), 1))
        high = min(metrics.px(_HIGH), self.window().height() - 4 * self.edge - metrics.px(3))
        self.levels.setFixedHeight(high)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        scale = session.book.body.scale
        self.rating.addItem("choose a rating", None)
        for step in scale.steps:
            self.rating.addItem(scale.numbered(step.value), step.value)
        self._fill()
        self.levels.selectionModel().currentChanged.connect(self._chosen)
        self.override.clicked.connect(self._put)
        self.remove.clicked.connect(self._take_out)
        self.reason.returnPressed.connect(self._put)
        session.rated.connect(self._follow)
        self._show()

    def show_level(self, kind: LevelKind, code: str) -> None:
        """Go to a level."""
        for place, level in enumerate(self._session.rating.levels):
            if (level.kind, level.code) == (kind, code):
                self.levels.setCurrentIndex(self.levels.lines_model.index(place))

    @property
    def level(self) -> Level:
        """The level on show."""
        return self._session.rating.levels[max(0, self.levels.currentIndex().row())]

    def _fill(self) -> None:
        here = max(0, self.levels.currentIndex().row())
        self.levels.show_lines(
            [
                OutlineLine(
                    f"{level.kind.value} {level.code}",
                    "standard" if level.kind is LevelKind.STANDARD else "area",
                    level.heading,
                    level.answered,
                    level.total,
                    status_of(level),
                    place == here,
                )
                for place, level in enumerate(self._session.rating.levels)
            ]
        )

    def _chosen(self) -> None:
        self._fill()
        self._show()

    def _follow(self) -> None:
        self._fill()
        self._show()

    def _show(self) -> None:
        level = self.level
        while (item := self._heading.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._heading.addWidget(WrappedLabel(level.heading, "heading", bold=True))
        self._heading.addWidget(StatusChip(standing(level, signed=self._session.locked)))
        self._heading.addStretch(1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        lines = column(gap=8, margins=(0, 4, 8, 4), parent=inside)
        for words in (*level.reasons, open_words(level, signed=self._session.locked), *level.obstacles):
            if words:
                lines.put(WrappedLabel(f"{words.rstrip('.')}."))
        if level.kind is LevelKind.OVERALL:
            for part in self._changes():
                lines.put(part)
        working = level.working
        lines.put(WorkingLines(working.lines))
        lines.put(WrappedLabel(working.rule, "caption", colour="muted", selectable=True))
        lines.put(WrappedLabel(f"Source: {working.source}", "caption", colour="muted", selectable=True))
        lines.put(None)
        self._area.setWidget(inside)
        self._show_override(level)

    def _changes(self) -> list[QWidget]:
        """What single answers would change the overall rating."""
        book = self._session.book
        found = what_would_change(self._session.rater, book.given(), book.put())
        parts: list[QWidget] = [Label("What would change it", bold=True)]
        if found.sentence:
            parts.append(WrappedLabel(found.sentence))
        for change in (*found.better[: _MOST_CHANGES // 2], *found.worse[: _MOST_CHANGES // 2]):
            parts.append(WrappedLabel(f"{change.words}{' It is a critical question.' if change.critical else ''}"))
        return parts

    def _show_override(self, level: Level) -> None:
        held = self._session.book.override(level.kind, level.code)
        able = not self._session.locked
        self._override_row.setVisible(able or level.override is not None)
        self.rating.setEnabled(able)
        self.override.setVisible(able)
        set_read_only(self.reason, not able)
        what = "the whole visit" if level.kind is LevelKind.OVERALL else level.heading
        self._judged.setText(f"Your own judgement of {what}")
        # Nothing is chosen for the officer: a judgement that nobody made must not be one press away.
        stands = level.override is not None
        self.rating.setCurrentIndex(max(0, self.rating.findData(held.rating)) if stands else 0)
        self.reason.setText((held.reason or "") if stands else "")
        self.override.set_words("Change the override" if stands else "Override")
        self.remove.setVisible(stands and able)
        self._message.setText("")

    def _put(self) -> None:
        if self._session.locked:
            return
        level = self.level
        rating, reason = self.rating.currentData(), self.reason.text().strip()
        if rating is None or not reason:
            lacking: QWidget = self.rating if rating is None else self.reason
            self._message.setText(_NO_RATING if rating is None else _NO_REASON)
            announce(self, self._message.text(), urgent=True)
            lacking.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        held = self._session.book.override(level.kind, level.code)
        record: VisitOverride = replace(held, rating=rating, reason=reason)
        self.overridden.emit(record)

    def _take_out(self) -> None:
        level = self.level
        self.put_right.emit(self._session.book.override(level.kind, level.code))

    def _close(self) -> None:
        self.close_sheet()
