"""The editor for a reference to another record: type a part of its name, choose from all, or name a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate, QWidget

from s75desk.domain.fields import Field
from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.parsing import NotUnderstood
from s75desk.domain.wording import NOT_KNOWN
from s75desk.ui.forms.editors import Editor
from s75desk.ui.itemmodels.ordering import search_form
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.key_hint import key_words
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.named import name_side_buttons

_MOST_SHOWN = 14
_ALIKE = 0.8
"""How like two names are, of 1, from which one may be the other mistyped."""


class ReferenceEditor(Editor):
    """A line that finds records by any part of their heading.

    Attributes:
        reserved: Uids of records that are named and not there yet, by kind and name; shared by the editors of a form.

    Args:
        field: A REFERENCE.
        today: The as-at date.
        options: Uid and heading of what can be chosen, by heading.
        addable: Whether a name that is not there yet is that of a new record, to be added when this one is saved.
    """

    def __init__(
        self,
        field: Field,
        *,
        today: date,
        options: Sequence[tuple[str, str]] = (),
        addable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, today=today, parent=parent)
        self._uid = ""
        self._addable = addable
        self.reserved: dict[tuple[str, str], str] = {}
        self._options: dict[str, str] = {}
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(NOT_KNOWN)
        self.take_input(self.edit)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(_MOST_SHOWN)
        self._list = popup = QListView()
        popup.setObjectName("completions")
        self._completer.setPopup(popup)
        popup.setItemDelegate(QStyledItemDelegate(popup))
        self.edit.setCompleter(self._completer)
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]  # one of two overloads
        self.edit.textEdited.connect(self._edited)
        self._all = QAction(self.edit)
        self._all.setToolTip(f"Show all ({key_words('Alt+Down')})")
        self._all.triggered.connect(self._show_all)
        self.edit.addAction(self._all, QLineEdit.ActionPosition.TrailingPosition)
        name_side_buttons(self.edit)
        row((self.edit, 1), gap=0, parent=self)
        self.set_options(options)
        self._size()

    @property
    def fills(self) -> bool:
        """Headings are long."""
        return True

    def wanted_width(self) -> int:
        """A name that is cut may read as that of another body."""
        metrics = Theme.of(self).metrics
        return self.edit.fontMetrics().horizontalAdvance(self.edit.text()) + metrics.space(48)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other records; what is chosen stays chosen."""
        self._options = dict(options)
        self._uids = [uid for uid, _ in options]
        self._names.setStringList([heading for _, heading in options])

    def text(self) -> str:
        """Uid of the record chosen, or what was typed while nothing is chosen."""
        return self._uid or self.edit.text().strip()

    @property
    def uid(self) -> str:
        """Uid of the record chosen, "" while none is."""
        return self._uid

    def words(self) -> str:
        """The heading."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Choose by uid, or put typed text back."""
        uid = text if text in self._options else self._uid_of(text)
        shown = self._options[uid] if uid else text
        if (uid, shown) != (self._uid, self.edit.text()):
            self._uid = uid
            self.edit.setText(shown)
            self.edit.setCursorPosition(0)
            self.changed.emit()

    def set_value(self, value: Any) -> None:
        """Choose by uid; a record that is not offered (an archived one) is kept as it is."""
        uid = str(value or "")
        if uid and uid not in self._options:
            self._options[uid] = "A record that is archived"
        self.set_text(uid)

    def value(self) -> Any:
        """Uid of the record, None where nothing is known, "" where it is required.

        Raises:
            NotUnderstood: No record is called so.
        """
        typed = self.edit.text().strip()
        if not typed or typed == NOT_KNOWN:
            return "" if self.field.required else None
        if uid := self._uid or self._uid_of(typed) or self.newcomer():
            return uid
        raise NotUnderstood(f"Nothing in this desk is called “{typed}”. Choose from the list, or leave it empty.")

    def newcomer(self) -> str:
        """The uid that a record named here is to have, while it is not there yet; "" where there is none such."""
        typed = self.edit.text().strip()
        if not self._addable or self._uid or not typed or typed == NOT_KNOWN or self._uid_of(typed):
            return ""
        return self.reserved.setdefault((self.field.refers_to, search_form(typed)), str(uuid4()))

    def remarks(self) -> tuple[Finding, ...]:
        """A name that is not there yet: that it will be, or which one of those there is so like it."""
        if not self.newcomer() or self.edit.hasFocus():
            return ()
        typed, name = self.edit.text().strip(), self.field.name
        written = {search_form(heading): heading for heading in self._options.values()}
        like = get_close_matches(search_form(typed), written, n=1, cutoff=_ALIKE)
        if like:
            said = f"Not in this desk yet, where “{written[like[0]]}” is. Saved so, it is added as another."
            fix = Fix(f"Use {written[like[0]]}", name, written[like[0]])
            return (Finding(Weight.DOUBT, name, said, fix),)
        return (Finding(Weight.NOTE, name, "Not in this desk yet: it is added when this is saved."),)

    def normalise(self) -> None:
        """Take a name typed in full, or a part that only one name has."""
        if self._uid or not self.edit.text().strip():
            return
        uid = self._uid_of(self.edit.text())
        if not uid:
            part = search_form(self.edit.text().strip())
            found = [uid for uid, heading in self._options.items() if part in search_form(heading)]
            uid = found[0] if len(found) == 1 else ""
        if uid:
            self.set_text(uid)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Down shows all."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_Down and alt:
                self._show_all()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Width follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "edit"):
            self._size()

    def _uid_of(self, heading: str) -> str:
        """Uid of the only record with exactly this heading, or ""."""
        wanted = search_form(heading.strip())
        found = [uid for uid, name in self._options.items() if wanted and search_form(name) == wanted]
        return found[0] if len(found) == 1 else ""

    def _chosen(self, index: QModelIndex) -> None:
        # The completer shows a filtered list: its own proxy knows which of two equal headings was meant.
        proxy = self._completer.completionModel()
        source = proxy.mapToSource(index) if hasattr(proxy, "mapToSource") else index
        if 0 <= source.row() < len(self._uids):
            self._uid = ""
            self.set_text(self._uids[source.row()])

    def _edited(self) -> None:
        self._uid = ""
        self.changed.emit()

    def _show_all(self) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._completer.setCompletionPrefix("" if self._uid else self.edit.text().strip())
        self._completer.complete()

    def _size(self) -> None:
        theme = Theme.of(self)
        self.edit.setMinimumWidth(theme.metrics.px(9))
        self._all.setIcon(theme.icons.icon("chevron", size=theme.metrics.space(16)))
