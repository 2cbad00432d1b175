"""Records that hang under another: a heading, a table, and ways to add, edit, tag and archive one or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from s75desk.domain.records import KINDS, Record
from s75desk.domain.records.tag import TAGGABLE
from s75desk.domain.working import Figure
from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit, wish_for_new
from s75desk.ui.pages.tagging import TagsOfRows, ask_tag
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.table import RecordTable
from s75desk.ui.widgets.table_header import RECORD_LINES


class ChildTable(RecordTable[Any]):
    """A table as high as its rows, up to a limit, in which Delete archives and F2 edits.

    Signals:
        archive_asked: Delete was pressed on a row.
        edit_asked: F2 was pressed on a row.
    """

    archive_asked = Signal(object)
    edit_asked = Signal(object)

    most_rows = 12
    _fits = False

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; columns of figures are as wide as the widest, and no words are cut."""
        self.head.whole, self.head.most_lines = True, RECORD_LINES
        super().set_rows(rows)
        self.head.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Its height follows the lines that the words take."""
        super().resizeEvent(event)
        if self._fits:
            self.fit_height(fill=False)

    def fit_height(self, fill: bool) -> None:
        """As high as the rows, or whatever there is with ``fill``."""
        self._fits = not fill
        if fill:
            self.setMaximumHeight(16777215)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            return
        # Without rows it says so, which takes a little more than the height of one.
        shown = range(min(self.most_rows, self.rows_model().rowCount()))
        high = sum(map(self.rowHeight, shown)) or round(1.5 * self.row_height())
        header = self.horizontalHeader()
        head = header.sizeHint().height() if header.isVisibleTo(self) else 0
        self.setFixedHeight(head + high + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Its height follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._fits:
            self.fit_height(fill=False)

    def event(self, event: QEvent) -> bool:
        """F2 is meant for the row the keyboard is on, not for the record that the window would edit."""
        wanted = event.type() == QEvent.Type.ShortcutOverride and self.current_row() is not None
        if wanted and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete archives, F2 edits."""
        current = self.current_row()
        if event.key() == Qt.Key.Key_Delete and current is not None:
            self.archive_asked.emit(current)
        elif event.key() == Qt.Key.Key_F2 and current is not None:
            self.edit_asked.emit(current)
        else:
            super().keyPressEvent(event)


class ChildSection(QWidget):
    """A section of a record's page that lists records it owns.

    Signals:
        form_asked: A ``FormWish`` for a new or existing record.
        opened: A row was activated that has a page of its own: kind and uid.
        current_changed: The row the keyboard is on, or None.

    Args:
        context: Operations, navigation, settings.
        title: Heading: "Milestones".
        columns: Columns of the table.
        name: Name in settings.
        make: Gives a blank record that names its owner; None if none can be added here.
        add: Words of the button: "Add a milestone".
        of: What the records belong to, for the title of the form.
        fill: Whether the table takes all the height there is.
        page_kind: Kind whose page a row opens instead of a form, or "".
        page_of: Kind and uid of the page that a row opens instead of a form, where that is another record's.
        wish: Makes the form for a new record, where a plain one does not do; None if none can be made now.
        tagged: Kind of the rows, where a column shows their tags; "" where they have none, or a page that does.
        fixed: Whether rows are only read and opened here; they are edited and archived where they belong.
    """

    form_asked = Signal(object)
    opened = Signal(str, str)
    current_changed = Signal(object)

    def __init__(
        self,
        context: Context,
        title: str,
        columns: Sequence[Column[Any]],
        *,
        name: str,
        make: Callable[[], Record] | None = None,
        add: str = "",
        of: Callable[[], str] | None = None,
        fill: bool = False,
        page_kind: str = "",
        page_of: Callable[[Any], tuple[str, str]] | None = None,
        wish: Callable[[], FormWish | None] | None = None,
        tagged: str = "",
        fixed: bool = False,
        empty: str = "None recorded.",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._make = make
        self._of = of
        self._fill = fill
        self._page_of = page_of or ((lambda found: (page_kind, _uid(found))) if page_kind else None)
        self._wish = wish
        self._fixed = fixed or not context.may_change
        self._said = ""
        self._heading = Label(title, "heading", bold=True, parent=self)
        self._caption = ElidedLabel("", colour="muted", parent=self)
        self.archive_button = make_button("Archive", "archive", "quiet", key="Delete", parent=self)
        self.tag_button = make_button("Tag", "flag", "quiet", parent=self)
        self.add_button = make_button(add, "plus", "quiet", parent=self) if add and context.may_change else None
        self._tags = TagsOfRows(context, tagged, self) if tagged else None
        self.table = ChildTable(
            f"{name} table",
            (*columns, self._tags.column) if self._tags else columns,
            _uid,
            settings=context.settings,
            bar=True,
            multiple=not self._fixed,
            parent=self,
        )
        if self._tags is not None:
            self._tags.came.connect(lambda: self.table.rows_model().make_anew("tags"))
        self.table.setAccessibleName(title)
        self.table.set_empty_text(empty)
        head = row(self._heading, (self._caption, 1), gap=8)
        for button in (self.tag_button, self.archive_button):
            head.addWidget(button)
            button.hide()
        self.tag_button.clicked.connect(self._tag_marked)
        self.archive_button.clicked.connect(self._archive_marked)
        self.table.selectionModel().selectionChanged.connect(self._say_marked)
        if self.add_button is not None:
            head.addWidget(self.add_button)
            self.add_button.clicked.connect(self.add)
        column(head, (self.table, 1) if fill else self.table, gap=4, parent=self)
        self.table.activated_row.connect(self._activate)
        self.table.edit_asked.connect(self.edit)
        self.table.archive_asked.connect(self.archive)
        self.table.menu_opening.connect(self._menu)
        self.table.figure_requested.connect(self._figure)
        self.table.current_changed.connect(self.current_changed)

    def set_rows(self, rows: Sequence[Any], caption: str = "") -> None:
        """Show other records."""
        self.table.set_rows(rows)
        self.table.fit_height(self._fill)
        if self._tags is not None:
            self._tags.show_rows([_uid(found) for found in rows])
        self._said = caption
        self._say_marked()

    def add(self) -> None:
        """Ask for the form of a new record."""
        wish = None
        if self._wish is not None:
            wish = self._wish()
        elif self._make is not None:
            wish = wish_for_new(self._numbered(self._make()), self._of() if self._of else "")
        if wish is not None:
            self.form_asked.emit(wish)

    def _numbered(self, record: Record) -> Record:
        """A new record with the number after the highest in the list, where those have one."""
        numbers = [found for row in self.table.visible_rows() if isinstance(found := getattr(row, "number", None), int)]
        if not numbers or getattr(record, "number", 0) is not None:
            return record
        return replace(record, number=max(numbers) + 1)  # type: ignore[call-arg]

    def record_of(self, found: Any) -> Record | None:
        """The record behind a row: the row itself, or the KPI that a sheet is about."""
        record = getattr(found, "kpi", found) if not isinstance(found, Record) else found
        return record if isinstance(record, Record) else None

    def edit(self, found: Any) -> None:
        """Ask for the form of a record."""
        record = self.record_of(found)
        if record is not None and not self._fixed:
            self.form_asked.emit(wish_for_edit(record, self._of() if self._of else ""))

    def marked(self) -> list[Record]:
        """The records behind the rows that are marked, where these are several."""
        found = [record for row in self.table.marked_rows() if (record := self.record_of(row)) is not None]
        return found if len(found) > 1 and len({record.KIND for record in found}) == 1 else []

    def archive(self, found: Any) -> None:
        """Archive a record, or all that are marked with it as one change, with undo in the notice that says so."""
        record = self.record_of(found)
        if record is None or self._fixed:
            return
        marked = [one.uid for one in self.marked()]
        uids = marked if record.uid in marked else [record.uid]
        self.context.operations.write(self, lambda: self.context.office.records.archive(record.KIND, *uids))

    def _say_marked(self, *_: object) -> None:
        """While several rows are marked, the heading says how many and what can be done with all of them."""
        marked = [] if self._fixed else self.marked()
        self._caption.setText(f"{len(marked)} marked" if marked else self._said)
        self.archive_button.set_words(f"Archive {len(marked)}")
        self.tag_button.set_words(f"Tag {len(marked)}")
        self.archive_button.setVisible(bool(marked))
        self.tag_button.setVisible(bool(marked) and marked[0].KIND in TAGGABLE)

    def _archive_marked(self) -> None:
        if marked := self.marked():
            self.archive(marked[0])

    def _tag_marked(self, *, off: bool = False) -> None:
        if marked := self.marked():
            ask_tag(self.context, self, marked[0].KIND, [record.uid for record in marked], off=off)

    def _activate(self, found: Any) -> None:
        if self._page_of is not None:
            self.opened.emit(*self._page_of(found))
        else:
            self.edit(found)

    def _figure(self, figure: Figure, where: QRect) -> None:
        if figure.working is not None:
            self.context.show_working(figure.working, where)

    def _menu(self, found: Any, menu: QMenu) -> None:
        record, marked = self.record_of(found), self.marked()
        if marked and record is not None and not self._fixed:
            if record.KIND in TAGGABLE:
                menu.addAction(f"Tag {len(marked)}…", self._tag_marked)
                menu.addAction(f"Take a tag off {len(marked)}…", lambda: self._tag_marked(off=True))
                menu.addSeparator()
            menu.addAction(f"Archive {len(marked)} (Delete)", self._archive_marked)
            return
        if self._page_of is not None:
            kind, uid = self._page_of(found)
            menu.addAction(f"Open the {KINDS[kind].NOUN}", lambda: self.opened.emit(kind, uid))
        if record is not None and not self._fixed:
            menu.addAction("Edit (F2)", lambda: self.edit(record))
            if self._make is not None or self._wish is not None:
                menu.addAction("Copy as new", lambda: self._copy(record))
            if record.KIND in TAGGABLE:
                menu.addAction("Add a tag…", lambda: ask_tag(self.context, self, record.KIND, [record.uid]))
                menu.addAction(
                    "Take a tag off…", lambda: ask_tag(self.context, self, record.KIND, [record.uid], off=True)
                )
            menu.addSeparator()
            menu.addAction("Archive (Delete)", lambda: self.archive(record))

    def _copy(self, record: Record) -> None:
        wish: FormWish = wish_for_new(replace(record, uid=""), self._of() if self._of else "")
        self.form_asked.emit(wish)


def _uid(record: Any) -> str:
    """The record's own uid, or that of the KPI a sheet is about."""
    if isinstance(record, Record):
        return record.uid
    return str(getattr(record, "kpi", record).uid)
