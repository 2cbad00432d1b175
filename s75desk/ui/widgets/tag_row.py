"""The tags of a record: a chip each, which takes its tag off, and a field that puts one on, with completion."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QWidget

from s75desk.domain.records.tag import MOST_LETTERS
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button, make_button
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import row

_ENDLESS = 16777215


class TagRow(QWidget):
    """See the module. Without tags it is not there until one is asked for.

    Signals:
        added: The name of a tag to put on.
        removed: The name of a tag to take off.

    Attributes:
        field: Where a name is typed; hidden until it is asked for.
        chips: A button a tag.
    """

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: list[Button] = []
        self._line = row(gap=6, parent=self)
        self.ask_button = make_button("Add a tag", "plus", "link", parent=self)
        self.ask_button.clicked.connect(self.ask)
        self.field = QLineEdit(self)
        self.field.setMaxLength(MOST_LETTERS)
        self.field.setPlaceholderText("Tag")
        self.field.setAccessibleName("Add a tag")
        self.field.returnPressed.connect(self._add)
        self.field.installEventFilter(self)
        self.field.hide()
        self._more = Label("", "small", colour="muted", parent=self)
        for part in (self._more, self.ask_button, self.field):
            self._line.addWidget(part)
        self._line.addStretch(1)
        # However many tags there are, they never widen the record: what finds no room is counted.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_tags(self, names: Sequence[str], offered: Sequence[str]) -> None:
        """Show the tags of a record.

        Args:
            names: Its tags.
            offered: Every tag there is, for completion.
        """
        for chip in self.chips:
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for place, name in enumerate(names):
            chip = make_button(name, "close", tip=f"Take the tag “{name}” off", parent=self)
            chip.setProperty("tag", True)
            chip.setAccessibleName(f"Tag {name}: take it off")
            chip.setProperty("name", name)
            chip.clicked.connect(self._remove)
            self._line.insertWidget(place, chip)
            self.chips.append(chip)
        self._arrange()
        completer = QCompleter([name for name in offered if name not in names], self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        self.setVisible(bool(names) or not self.field.isHidden())

    def ask(self) -> None:
        """Put the caret where a tag is typed."""
        self.show()
        self.field.setFixedWidth(Theme.of(self).metrics.px(11))
        self.ask_button.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """As high as a chip; as wide as there is room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as find room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._line.spacing()
        room = self.width() - self.ask_button.sizeHint().width() - Theme.of(self).metrics.px(6) - 2 * gap
        hidden: list[str] = []
        for place, chip in enumerate(self.chips):
            room -= chip.sizeHint().width() + gap
            fits = room >= 0 or place == 0
            chip.setMaximumWidth(max(self.width() // 2, 1) if place == 0 else _ENDLESS)
            chip.setVisible(fits)
            if not fits:
                hidden.append(str(chip.property("name")))
        self._more.setText(f"and {len(hidden)} more" if hidden else "")
        self._more.setToolTip(", ".join(hidden))
        self._more.setVisible(bool(hidden))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives up, and so does leaving the field empty."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._put_away()
                return True
        elif watched is self.field and event.type() == QEvent.Type.FocusOut and not self.field.text().strip():
            self._put_away()
        return super().eventFilter(watched, event)

    def _put_away(self) -> None:
        had = self.field.hasFocus()
        self.field.clear()
        self.ask_button.show()
        self.field.hide()
        self.setVisible(bool(self.chips))
        if had and self.chips:
            self.ask_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        name = self.field.text().strip()
        if name:
            self.field.clear()
            self.added.emit(name)

    def _remove(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.removed.emit(str(sender.property("name")))
