"""Papers of a record: titles with or without the file itself, attached, opened elsewhere, saved out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.records import Document
from s75desk.services.exporting import write_whole
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.layouts import boxed, row


class DocumentsPage(SubPage):
    """Documents of an agreement, a provider or a visit.

    Signals:
        form_asked: A ``FormWish``.

    Args:
        context: Operations, navigation, settings.
        owner: Field of ``Document`` that names the owner: "agreement".
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, owner: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self._owner = owner
        self._uid = ""
        self._title = ""
        self.list = ChildSection(
            context,
            "Documents",
            columns_of(Document, Names({}, context.today)),
            name=f"{owner} documents",
            make=self._blank,
            add="Add a title",
            of=lambda: self._title,
            empty="None recorded. A title alone can be kept, or a file with it.",
            parent=self,
        )
        self.list.form_asked.connect(self.form_asked)
        self.attach_button = make_button("Attach a file…", "clip", parent=self)
        self.attach_button.clicked.connect(self._choose)
        self.save_button = make_button("Save the file as…", "export", parent=self)
        self.save_button.clicked.connect(self._save_out)
        self.list.current_changed.connect(self._current)
        self.put(self.list, boxed(row(self.attach_button, self.save_button, None), self))
        self._current(None)

    def show_documents(self, uid: str, title: str, documents: Sequence[Document]) -> None:
        """Show the documents of a record."""
        self._uid, self._title = uid, title
        kept = sum(1 for document in documents if document.sha256)
        self.list.set_rows(documents, f"{kept} of {len(documents)} with their file" if documents else "")
        self._current(self.list.table.current_row())

    def attach(self, file: Path) -> None:
        """Keep a file in the desk, for this record."""
        self.context.operations.write(self, lambda: self.context.office.documents.attach(self._blank(), file))

    def save_out(self, document: Document, file: Path) -> None:
        """Write a kept file out of the desk."""

        def write() -> Changes:
            write_whole(file, self.context.office.documents.bytes_of(document), "saved")
            return Changes(f"Saved: {file.name}")

        self.context.operations.write(self, write)

    def _blank(self) -> Document:
        return Document(**{self._owner: self._uid})  # type: ignore[arg-type]

    def _current(self, document: Document | None) -> None:
        kept = document is not None and bool(document.sha256)
        self.save_button.withhold("" if kept else "Choose a document whose file is kept in the desk.")

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Attach a file")
        if name:
            self.attach(Path(name))

    def _save_out(self) -> None:
        document = self.list.table.current_row()
        if document is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Save the file as", document.filename or document.title)
        if name:
            self.save_out(document, Path(name))
