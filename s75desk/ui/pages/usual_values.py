"""What is usual is filled in once it is known what a form is about; what the officer typed stays."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from s75desk.domain.records import Record
from s75desk.ui.forms.form import RecordForm
from s75desk.ui.forms.reference_editor import ReferenceEditor
from s75desk.ui.operations import Operations


class UsualValues(QObject):
    """Watches one field of a form for as long as the form is there.

    Args:
        form: The form.
        field: Name of the reference that is chosen.
        usual: Reads the record to start from for the uid that was chosen.
        operations: Reads of the open desk.
    """

    def __init__(self, form: RecordForm, field: str, usual: Callable[[str], Record], operations: Operations) -> None:
        super().__init__(form)
        self._form = form
        self._field = field
        self._usual = usual
        self._operations = operations
        editor = form.editor_row(field).editor
        assert isinstance(editor, ReferenceEditor)
        self._editor = editor
        self._asked = editor.uid
        editor.changed.connect(self._changed)

    def _changed(self) -> None:
        uid = self._editor.uid
        if uid and uid != self._asked:
            self._asked = uid
            self._operations.read(self, lambda: self._usual(uid), self._take)

    def _take(self, found: Record) -> None:
        if getattr(found, self._field) == self._editor.uid:  # another may have been chosen meanwhile
            self._form.suggest(found)
