"""Papers of a record: titles with or without the file itself, attached or dropped, opened elsewhere, saved out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.lanes import Lane
from s75desk.domain.records import Document
from s75desk.services.documents import read_file
from s75desk.services.exporting import write_whole
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.record_view import RecordView, SubPage
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.file_dialogs import Purpose, ask_open, ask_open_several, ask_save
from s75desk.ui.widgets.file_drop import FileDrop
from s75desk.ui.widgets.layouts import boxed, row

_NO_FILE = "Choose a document whose file is kept in the desk."


class _Papers(ChildSection):
    """The list: Enter opens the file of a document; one that is known by its title is asked for its file.

    Signals:
        file_asked: The ``Document`` whose file is to be opened.
        file_missed: The ``Document`` that is to be given its file.
    """

    file_asked = Signal(object)
    file_missed = Signal(object)

    def _activate(self, found: Any) -> None:
        if found.sha256:
            self.file_asked.emit(found)
        elif self.context.may_change:
            self.file_missed.emit(found)
        else:
            super()._activate(found)

    def _menu(self, found: Any, menu: QMenu) -> None:
        if not found.sha256 and self.context.may_change and not self.marked():
            menu.addAction("Attach its file… (Enter)", lambda: self.file_missed.emit(found))
        super()._menu(found, menu)


class DocumentsPage(SubPage):
    """Documents of an agreement, a provider or a visit.

    Signals:
        form_asked: A ``FormWish``.

    Args:
        context: Operations, navigation, settings.
        owner: Field of ``Document`` that names the owner: "agreement".
        parent: The record's page, which takes dropped files too.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, owner: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self._owner = owner
        self._uid = ""
        self._title = ""
        self.list = _Papers(
            context,
            "Documents",
            columns_of(Document, Names({}, context.today)),
            name=f"{owner} documents",
            make=self._blank,
            tagged=Document.KIND,
            add="Add a title",
            of=lambda: self._title,
            empty="None recorded. A title alone can be kept, or a file with it: attach it, or drop it here.",
            parent=self,
        )
        self.list.form_asked.connect(self.form_asked)
        self.list.file_asked.connect(self.open_file)
        self.list.file_missed.connect(self._choose_for)
        self.own_button = make_button("Attach its file…", "clip", parent=self)
        self.own_button.clicked.connect(self._choose_own)
        self.open_button = make_button("Open the file", "file", parent=self)
        self.open_button.clicked.connect(self._open)
        self.attach_button = make_button("Attach files…", "clip", parent=self)
        self.attach_button.setVisible(context.may_change)
        self.attach_button.clicked.connect(self._choose)
        self.save_button = make_button("Save the file as…", "export", parent=self)
        self.save_button.clicked.connect(self._save_out)
        self.list.current_changed.connect(self._current)
        buttons = row(self.open_button, self.own_button, self.attach_button, self.save_button, None, gap=8)
        self.put(boxed(buttons, self), self.list)
        for target in (self, parent):
            if target is self or isinstance(target, RecordView):
                FileDrop(target, lambda files, _: self.attach(*files), lambda: bool(self._uid))
        FileDrop(self.list.table.viewport(), self._dropped, lambda: bool(self._uid))
        self._current(None)

    def show_documents(self, uid: str, title: str, documents: Sequence[Document]) -> None:
        """Show the documents of a record."""
        self._uid, self._title = uid, title
        kept = sum(1 for document in documents if document.sha256)
        self.list.set_rows(documents, f"{kept} of {len(documents)} with their file" if documents else "")
        self._current(self.list.table.current_row())

    def attach(self, *files: Path) -> None:
        """Keep files in the desk, for this record, in one change."""
        blank = self._blank()
        documents = self.context.office.documents
        self.context.operations.make_and_write(
            self,
            lambda: [read_file(file) for file in files],
            lambda read: documents.attach(blank, *read),
            self._show_new,
        )

    def attach_to(self, document: Document, file: Path) -> None:
        """Keep a file for a document that is known by its title."""
        documents = self.context.office.documents
        self.context.operations.make_and_write(
            self, lambda: read_file(file), lambda read: documents.attach_to(document, read), self._show_new
        )

    def open_file(self, document: Document) -> None:
        """Open a read-only copy of a kept file with the program that the system has for it."""
        documents = self.context.office.documents
        self.context.operations.read(self, lambda: documents.open_copy(document), self._show_copy, lane=Lane.OUT)

    def save_out(self, document: Document, file: Path) -> None:
        """Write a kept file out of the desk."""

        def write() -> Changes:
            write_whole(file, self.context.office.documents.bytes_of(document), "saved")
            return Changes(f"Saved: {file.name}")

        self.context.operations.write(self, write, lane=Lane.OUT)

    def _show_copy(self, copy: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            trouble = DeskError(f"Not opened: no program on this computer opens {copy.name}.", "Save a copy of it.")
            self.context.operations.sort_out(trouble)
            return
        words = f"Opened: {copy.name}, to read. What is changed in it is not kept here."
        if self.context.office.documents.encrypted:
            words += " The copy lies outside this encrypted desk until the desk is closed."
        self.context.operations.bus.said.emit(Changes(words))

    def _show_new(self, changes: Changes) -> None:
        """The keyboard goes to what was attached, once the list has it."""
        uid = next((uid for kind, uid in changes.touched if kind == Document.KIND), "")

        def mark() -> None:
            if self.list.table.select_uid(uid):
                self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

        # The views that were told are reading: the list has it once they are answered.
        self.context.operations.after_reads(self, mark)

    def _dropped(self, files: Sequence[Path], where: QPoint) -> None:
        """A file that is dropped on a title without one is its file; all others are documents of their own."""
        index = self.list.table.indexAt(where)
        on = self.list.table.visible_rows()[index.row()] if index.isValid() else None
        if len(files) == 1 and on is not None and not on.sha256:
            self.attach_to(on, files[0])
        else:
            self.attach(*files)

    def _blank(self) -> Document:
        return Document(**{self._owner: self._uid})  # type: ignore[arg-type]

    def _current(self, document: Document | None) -> None:
        kept = document is not None and bool(document.sha256)
        for button in (self.open_button, self.save_button):
            button.withhold("" if kept else _NO_FILE)
        self.own_button.setVisible(self.context.may_change and document is not None and not kept)

    def _open(self) -> None:
        document = self.list.table.current_row()
        if document is not None:
            self.open_file(document)

    def _choose(self) -> None:
        if files := ask_open_several(self, Purpose.DOCUMENT, "Attach files"):
            self.attach(*files)

    def _choose_own(self) -> None:
        document = self.list.table.current_row()
        if document is not None:
            self._choose_for(document)

    def _choose_for(self, document: Document) -> None:
        file = ask_open(self, Purpose.DOCUMENT, f"The file of {document.title}")
        if file is not None:
            self.attach_to(document, file)

    def _save_out(self) -> None:
        document = self.list.table.current_row()
        if document is None:
            return
        file = ask_save(self, Purpose.DOCUMENT, "Save the file as", document.filename or document.title)
        if file is not None:
            self.save_out(document, file)
