"""What stands beside a list while several rows are marked: how many, which, and steps that act on all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from s75desk.domain.wording import number, plural
from s75desk.ui.pages.record_view import ManyStep, SubPage, plain_slot
from s75desk.ui.widgets.buttons import Button, make_button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Hairline, Surface

_NAMED = 40
"""So many of the marked records are named; the rest are counted."""


class ManyPane(Surface):
    """Takes the place of the record while several rows are marked, so that no step acts on one of them unseen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.steps: tuple[ManyStep, ...] = ()
        self.buttons: list[Button] = []
        self._title = Label("", "title", bold=True, parent=self)
        self._how = WrappedLabel("", colour="muted", parent=self)
        self._steps_row = row(gap=8)
        self._names = WrappedLabel("", parent=self)
        page = SubPage(parent=self)
        page.put(self._names)
        head = column(self._title, self._how, 10, self._steps_row, 12, gap=2, margins=(24, 12, 20, 0))
        column(head, Hairline(parent=self), (page, 1), gap=0, parent=self)

    def show_marked(self, noun: str, headings: Sequence[str], steps: Sequence[ManyStep]) -> None:
        """Say what is marked and offer steps that act on all of it."""
        self._title.setText(f"{plural(len(headings), noun)} marked")
        self._how.setText("Each step acts on as many as it says, and is undone as one.")
        named = [f"•  {heading}" for heading in headings[:_NAMED]]
        if len(headings) > _NAMED:
            named.append(f"and {number(len(headings) - _NAMED)} more")
        self._names.setText("\n".join(named))
        self.setAccessibleName(self._title.text())
        self._offer(tuple(steps))

    def focus_first_step(self) -> None:
        """Put the keyboard on the likeliest step."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _offer(self, steps: tuple[ManyStep, ...]) -> None:
        self.steps = steps
        while (item := self._steps_row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        for place, step in enumerate(steps):
            look = "primary" if place == 0 and len(steps) > 1 else "secondary"
            button = make_button(step.words, step.icon, look, key=step.key, parent=self)
            button.clicked.connect(plain_slot(step.do))
            self._steps_row.addWidget(button)
            self.buttons.append(button)
        self._steps_row.addStretch(1)
