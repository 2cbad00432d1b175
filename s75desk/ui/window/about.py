"""The About page: versions, where things are, what is shipped and under which licence."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from s75desk import __version__
from s75desk.paths import data_folder, log_folder, resource
from s75desk.services.desk import DeskStatus
from s75desk.services.versions import versions
from s75desk.ui.pages.field_sheet import FieldSheet, Pair
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import row


class AboutSheet(FloatingSheet):
    """Floats over the window; Esc closes it.

    Args:
        window: The window.
        status: The open desk, or None.
    """

    def __init__(self, window: QWidget, status: DeskStatus | None) -> None:
        super().__init__(window, name="About s75desk", width=46)
        close = ToolIcon("close", "Close", key="Esc", small=True)
        close.clicked.connect(self.close_sheet)
        self.body.put(row(Label(f"s75desk {__version__}", "title", bold=True), None, close))
        self.body.put(
            WrappedLabel(
                "The desk of a contract compliance officer. It makes no network call, ever: what you enter stays in "
                "the file that you own.",
                colour="muted",
            )
        )
        self._pairs = _pairs(status)
        self.body.put(FieldSheet(self._pairs, label_width=9))
        logs = make_button("Open the log folder", "file", "quiet")
        logs.clicked.connect(self._open_logs)
        copy = make_button("Copy all this", "export", "quiet")
        copy.clicked.connect(self._copy)
        licence = make_button("Licence of the font", "book", "quiet")
        licence.clicked.connect(self._open_licence)
        self.body.put(row(logs, copy, licence, None, gap=0))

    def _open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    def _open_licence(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(resource("fonts", "LICENSE_FONT"))))

    def _copy(self) -> None:
        words = "\n".join(f"{label}: {value}" for label, value in self._pairs)
        QGuiApplication.clipboard().setText(f"s75desk {__version__}\n{words}")


def _pairs(status: DeskStatus | None) -> list[Pair]:
    found: list[Pair] = list(versions())
    found += [("Log folder", str(log_folder())), ("Data folder", str(data_folder()))]
    if status is not None:
        found += [
            ("Desk", str(Path(status.path))),
            ("Encrypted", "Yes" if status.encrypted else "No"),
            ("Version of the desk", f"{status.schema_version}"),
            ("Backups", str(status.backup_folder)),
        ]
    found.append(("Shipped with it", "Source Sans 3, under the SIL Open Font Licence 1.1"))
    return found
