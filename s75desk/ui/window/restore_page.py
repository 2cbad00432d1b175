"""What stands there when a desk cannot be opened: why, its backups, and ways on. Never an exit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.errors import DeskError
from s75desk.domain.wording import date_short, plural
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface
from s75desk.ui.widgets.table import RecordTable

if TYPE_CHECKING:
    from s75desk.services.desk import Backup


def _at(backup: Backup) -> Cell:
    local = backup.at.astimezone()
    return Cell(f"{date_short(local.date())} {local:%H:%M}", sort=backup.at)


COLUMNS: list[Column[Backup]] = [
    Column("at", "Backed up", _at, "text", 11, sort_key=lambda b: b.at),
    Column("desk", "Desk", lambda b: Cell(b.desk_name), "text", 0),
    Column("size", "Size", lambda b: Cell(f"{max(1, round(b.size / 1000)):,} kB", sort=b.size), "number", 7),
    Column("key", "Passphrase", lambda b: Cell("The one it had then" if b.encrypted else "None"), "text", 11),
]


class RestorePage(Surface):
    """See the module.

    Signals:
        restore_wanted: Put a backup in the desk's place; carries the ``Backup``.
        retry_wanted: Open the desk again.
        elsewhere_wanted: Back to the welcome page.
        choose_wanted: Choose a backup file from elsewhere.
    """

    restore_wanted = Signal(object)
    retry_wanted = Signal()
    elsewhere_wanted = Signal()
    choose_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.path: Path | None = None
        self._title = Label("", "title", bold=True)
        self._what = WrappedLabel("", selectable=True)
        self._remedy = WrappedLabel("", colour="muted", selectable=True)
        self._caption = Label("", colour="muted")
        self.table: RecordTable[Backup] = RecordTable("Backups", COLUMNS, lambda b: str(b.path), multiple=False)
        self.table.set_empty_text(
            "No backup of this desk is on this computer. Choose one from elsewhere if you have copied it."
        )
        self.table.current_changed.connect(self._current)
        self.table.activated_row.connect(self.restore_wanted)
        self.restore_button = make_button("Restore this backup", "backup", "primary")
        self.restore_button.clicked.connect(self._restore)
        self.retry_button = make_button("Try again", "refresh")
        self.retry_button.clicked.connect(self.retry_wanted)
        choose = make_button("Choose a backup file…", "file")
        choose.clicked.connect(self.choose_wanted)
        elsewhere = make_button("Open another desk", "chevron_left", "quiet")
        elsewhere.clicked.connect(self.elsewhere_wanted)
        fault = Surface("fault", self)
        column(self._title, self._what, self._remedy, gap=4, margins=(16, 12, 16, 12), parent=fault)
        panel = Surface("panel", self)
        column(
            row(Label("Backups", "heading", bold=True), self._caption, None, margins=(14, 8, 8, 6)),
            (self.table, 1),
            gap=0,
            margins=1,
            parent=panel,
        )
        kept = Label("The desk that is replaced is kept beside it. Nothing is deleted.", colour="muted")
        middle = boxed(
            column(
                fault,
                14,
                (panel, 1),
                12,
                row(self.restore_button, self.retry_button, choose, None, elsewhere, gap=8),
                6,
                kept,
                gap=0,
            ),
            self,
        )
        middle.setMaximumWidth(Theme.of(self).metrics.px(68))
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row(None, (middle, 10), None))
        layout.addStretch(2)
        self._current(None)

    def show_trouble(self, path: Path, trouble: DeskError | None, backups: Sequence[Backup]) -> None:
        """Say why a desk did not open and list its backups.

        Args:
            path: The desk.
            trouble: Why it did not open; None when the officer asked for this page.
            backups: Newest first.
        """
        self.path = path
        self._title.setText(f"{path.name} could not be opened" if trouble else f"Restore {path.name}")
        self._what.setText(trouble.what if trouble else "Choose the backup that is to take its place.")
        self._remedy.setText(trouble.remedy if trouble else "The desk as it is now is kept beside it.")
        self._remedy.setVisible(bool(self._remedy.text()))
        self._caption.setText(f"{plural(len(backups), 'backup')}, newest first" if backups else "")
        self.table.set_rows(backups)
        self.table.select_first()
        self._current(self.table.current_row())
        (self.table if backups else self.retry_button).setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleName(f"{self._title.text()}. {self._what.text()} {self._remedy.text()}")

    def _current(self, backup: Backup | None) -> None:
        self.restore_button.withhold("" if backup else "There is no backup to restore.")

    def _restore(self) -> None:
        backup = self.table.current_row()
        if backup is not None:
            self.restore_wanted.emit(backup)
