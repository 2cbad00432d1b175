"""Where the backups of the open desk are, how many and how large, when one was proven, and the second place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from s75desk.domain.wording import date_short, plural
from s75desk.services.desk import DeskStatus
from s75desk.ui.pages.field_sheet import FieldSheet, Pair
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import row


class BackupsSheet(FloatingSheet):
    """Floats over the window; Esc closes it.

    Signals:
        place_wanted: Choose a second place.
        place_given_up: Keep no second copies from now on.

    Args:
        window: The window.
        status: Of the open desk.
    """

    place_wanted = Signal()
    place_given_up = Signal()

    def __init__(self, window: QWidget, status: DeskStatus) -> None:
        super().__init__(window, name="Backups", width=46)
        self._folder = status.backup_folder
        close = ToolIcon("close", "Close", key="Esc", small=True)
        close.clicked.connect(self.close_sheet)
        self.body.put(row(Label(f"Backups of {status.name}", "title", bold=True), None, close))
        self.body.put(
            WrappedLabel(
                "Made while you work and when the desk is closed, if anything changed. Once a week the newest is "
                "opened and all of it read. Those of a copy of the desk are counted with the copy.",
                colour="muted",
            )
        )
        self.body.put(FieldSheet(_pairs(status), label_width=9))
        if status.place_trouble:
            self.body.put(WrappedLabel(status.place_trouble, selectable=True))
        show = make_button("Open the folder", "file", "quiet")
        show.clicked.connect(self._show)
        self.body.put(row(show, *self._of_place(status.place), None, gap=0))
        self._trouble = WrappedLabel("", selectable=True)
        self._trouble.hide()
        self.body.put(self._trouble)

    def _show(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as trouble:
            reason = (trouble.strerror or "it cannot be reached").lower()
            self._trouble.setText(f"The folder cannot be opened ({reason}). Close this, and choose a second place.")
            self._trouble.show()
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _of_place(self, place: Path | None) -> list[QWidget]:
        def leading(words: str, icon: str, then: Callable[[], None]) -> QWidget:
            button = make_button(words, icon, "quiet")
            button.clicked.connect(self.close_sheet)
            button.clicked.connect(then)
            return button

        choose = leading(
            "Another second place…" if place else "Choose a second place…", "backup", self.place_wanted.emit
        )
        if place is None:
            return [choose]
        return [choose, leading("Give up the second place", "close", self.place_given_up.emit)]


def _pairs(status: DeskStatus) -> list[Pair]:
    last, proven = status.last_backup, status.proven
    made = "None yet"
    if last is not None:
        local = last.at.astimezone()
        made = f"{date_short(local.date())} {local:%H:%M}, {_size(last.size)}"
    opened = "Not yet: this is done within minutes of the first backup, then every week"
    if proven is not None:
        day = date_short(proven.astimezone().date())
        opened = f"{day}: opened and read, with {plural(status.held, 'row')} counted in it"
    return [
        ("Folder", str(status.backup_folder)),
        ("Kept", f"{plural(status.backups, 'backup')}, {_size(status.backups_size)} together"),
        ("Last", made),
        ("Proven to open", opened),
        ("Second place", str(status.place) if status.place else "None chosen: a stick or a share can hold them too"),
    ]


def _size(count: int) -> str:
    if count >= 10**6:
        return f"{count / 10**6:,.1f} MB"
    return f"{-(-count // 1000):,} kB"
