"""A field for a passphrase: hidden as it is typed, shown while the officer asks for it, never kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.styling import set_look


class PassphraseEdit(QWidget):
    """Field and "Show" button.

    Signals:
        changed: Something was typed.
        entered: Enter was pressed.

    Args:
        name: Label of the field, for screen readers.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str = "Passphrase", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QLineEdit()
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._edit.setAccessibleName(name)
        self._show = make_button("Show", "eye", "quiet")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._reveal)
        self._edit.textChanged.connect(self.changed)
        self._edit.returnPressed.connect(self.entered)
        row((self._edit, 1), self._show, gap=4, parent=self)
        self.setFocusProxy(self._edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = name
        self._reveal(False)

    def text(self) -> str:
        """What was typed."""
        return self._edit.text()

    def select_all(self) -> None:
        """Mark what was typed, so that the next letter takes its place."""
        self._edit.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self._edit.clear()
        self._show.setChecked(False)

    def set_tab_order_before(self, other: PassphraseEdit) -> None:
        """Let Tab go from this field straight to ``other``, where it is typed again, and then to both buttons."""
        QWidget.setTabOrder(self._edit, other)
        QWidget.setTabOrder(other._edit, self._show)
        QWidget.setTabOrder(self._show, other._show)

    def set_state(self, state: str) -> None:
        """Edge of the field: "fault" or "none"."""
        set_look(self._edit, "state", state)

    def set_description(self, words: str) -> None:
        """What a screen reader says about the field."""
        self._edit.setAccessibleDescription(words)

    def _reveal(self, shown: bool) -> None:
        self._edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.set_words("Hide" if shown else "Show")
        self._show.setAccessibleName(f"{'Hide' if shown else 'Show'} {self._name.lower()}")
