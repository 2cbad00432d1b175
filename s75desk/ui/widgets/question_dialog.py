"""The few questions that stop the officer: the title is the question, the buttons are verbs, Esc is the safe one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.enter import presses
from s75desk.ui.widgets.labels import WrappedLabel
from s75desk.ui.widgets.layouts import Line, column, row

_WIDE = 30.0


class QuestionDialog(QDialog):
    """Asks before something that cannot be undone. Open it with ``open()`` and wait for ``answered``.

    Signals:
        answered: Key of the verb that was pressed; the safe one for Esc.

    Args:
        window: Who asks.
        question: "Finish the visit with 43 questions open?"
        text: The consequence.
        safe: Key and verb of the button that changes nothing.
        verbs: Key, verb, kind ("primary", "secondary", "danger") and icon of the others; the last is the likeliest.

    Attributes:
        body: Column between text and buttons, for a field where one is needed.
    """

    answered = Signal(str)

    def __init__(
        self,
        window: QWidget,
        question: str,
        text: str,
        *,
        safe: tuple[str, str] = ("keep", "Keep going"),
        verbs: Sequence[tuple[str, str, str, str]] = (),
    ) -> None:
        super().__init__(window.window())
        self._safe = safe[0]
        self._answer = safe[0]
        self.setWindowTitle(question)
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(text)
        heading = WrappedLabel(question, "heading", bold=True)
        words = WrappedLabel(text)
        words.setVisible(bool(text))
        self.body: Line = column(gap=8)
        steps = row(None, gap=8)
        for key, verb, kind, icon in ((*safe, "secondary", ""), *verbs):
            button = make_button(verb, icon, kind)
            button.setProperty("answer", key)
            button.clicked.connect(self._press)
            steps.put(button)
            if kind == "primary":
                button.setDefault(True)
        column(heading, words, self.body, 4, steps, margins=(20, 18, 20, 18), gap=8, parent=self)
        self.finished.connect(self._finish)

    def fit(self) -> None:
        """Take the height that the words need; call it when something in ``body`` comes or goes."""
        layout = self.layout()
        if layout is not None:
            wide = max(Theme.of(self).metrics.px(_WIDE), layout.minimumSize().width())
            layout.invalidate()
            layout.activate()
            self.setFixedSize(wide, layout.totalHeightForWidth(wide))

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words."""
        self.fit()
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised ground."""
        QPainter(self).fillRect(QRect(self.rect()), Theme.of(self).colour("raised"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard; in a field, the likeliest."""
        if not presses(event):
            super().keyPressEvent(event)

    def _press(self) -> None:
        self._answer = str(self.sender().property("answer"))
        self.accept()

    def _finish(self, result: int) -> None:
        accepted = result == QDialog.DialogCode.Accepted
        self.answered.emit(self._answer if accepted else self._safe)
