"""Where an answer comes from: six buttons of which any may be down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.domain.wording import list_words, plural
from s75desk.ui.theme import Theme
from s75desk.ui.visit.roving import Roving
from s75desk.ui.widgets.buttons import Button
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, column, row

_BUTTONS = (
    (EvidenceSource.FILE, "File", "file"),
    (EvidenceSource.OBSERVATION, "Observed", "eye"),
    (EvidenceSource.PERSON, "Person", "person"),
    (EvidenceSource.RELATIVE, "Relative", "people"),
    (EvidenceSource.STAFF, "Staff", "chat"),
    (EvidenceSource.DOCUMENT, "Document", "clip"),
)


class EvidencePanel(QWidget):
    """See the module.

    Signals:
        changed: The sources that are down: a tuple of ``EvidenceSource``.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", "visit_small", colour="muted")
        grid = QGridLayout()
        self._grid = grid
        self.buttons: dict[EvidenceSource, Button] = {}
        for place, (source, words, icon) in enumerate(_BUTTONS):
            button = Button(words, icon, touch=True, parent=self)
            button.setCheckable(True)
            button.setProperty("leading", True)
            button.setAccessibleName(f"Evidence from: {words.lower()}")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._tell)
            self.buttons[source] = button
            grid.addWidget(button, place // 2, place % 2)
        self._keys = Roving(self, list(self.buttons.values()), columns=2)
        self._head = row(Label("Evidence from", "visit_small", bold=True), self._count, None, gap=8)
        column(self._head, boxed(grid, self), gap=6, parent=self)
        self._space()

    def show_sources(self, sources: Sequence[EvidenceSource], usual: Sequence[EvidenceSource], *, able: bool) -> None:
        """Show which are down.

        Args:
            sources: Those that are.
            usual: Those a question is usually answered from; their tips say so.
            able: Whether they can be changed.
        """
        for source, button in self.buttons.items():
            button.setChecked(source in sources)
            button.setEnabled(able)
            hint = "This question is usually answered from it" if source in usual else ""
            button.setToolTip(hint)
            button.setAccessibleDescription(hint)
        self._say(sources)

    def take_keyboard(self) -> None:
        """Put the keyboard onto the button that had it last, else onto the first."""
        buttons = self.buttons.values()
        stop = next((button for button in buttons if button.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        (stop or next(iter(buttons))).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Spaces follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._space()

    def _space(self) -> None:
        self._grid.setSpacing(Theme.of(self).metrics.space(6))
        self._grid.setContentsMargins(0, 0, 0, 0)

    def _say(self, sources: Sequence[EvidenceSource]) -> None:
        """How many there are, and which."""
        self._count.setText(plural(len(sources), "source") if sources else "none yet")
        names = list_words(source.value for source in sources) or "none yet"
        self.setAccessibleName(f"Evidence from: {names}")

    def _tell(self) -> None:
        sources = tuple(source for source, button in self.buttons.items() if button.isChecked())
        self._say(sources)
        self.changed.emit(sources)
