"""Moments on the way: the finder, notices, trouble, help, a task that takes its time."""

from __future__ import annotations

from PySide6.QtCore import Qt

from docs.studio import MADE_UP, Scene, Studio
from s75desk.domain.errors import DiskTrouble
from s75desk.ui.pages.agreements.deciding import DecidingSheet
from s75desk.ui.widgets.progress_sheet import ProgressSheet


def finder(room: Studio) -> None:
    room.go("overview")
    room.view.open_finder()
    room.pump(30)
    room.type("occ")
    room.settle(200)


def finder_commands(room: Studio) -> None:
    room.go("overview")
    room.view.open_finder()
    room.pump(30)
    room.type(">")
    room.settle(200)


def notice(room: Studio) -> None:
    page = room.go("actions")
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    page.table.selectRow(2)
    room.settle()
    room.view.archive_here()
    room.settle(300)


def _undo(room: Studio) -> None:
    room.view.undo()
    room.settle(200)


def notice_trouble(room: Studio) -> None:
    room.go("overview")
    room.view._say_trouble(
        DiskTrouble("Not exported: the disk is full. No file is left behind.", "Free some space, then export again.")
    )


def page_trouble(room: Studio) -> None:
    page = room.go("kpis")
    page._fail(DiskTrouble("Not read: the drive of this desk is not there.", "Plug it in, then try again."))


def _page_back(room: Studio) -> None:
    room.page.reload()
    room.settle()


def help_here(room: Studio) -> None:
    room.go("agreements", room.agreement(), "Term")
    room.window.help_here()
    room.settle(200)


def about(room: Studio) -> None:
    room.go("overview")
    from dataclasses import replace

    from s75desk.ui.window.about import AboutSheet

    status = replace(
        room.program.desks.status(),
        path=MADE_UP / "East.s75desk",
        backup_folder=MADE_UP.parent / ".local/share/s75desk/backups/e3b0c442",
    )
    AboutSheet(room.window, status).open_centred()


def progress(room: Studio) -> None:
    room.go("agreements", room.agreement(), "Term")
    sheet = ProgressSheet(
        room.window,
        "Backing up this desk",
        icon="backup",
        assurance="The desk stays as it is. Nothing is left behind if you stop.",
        cancel="Cancel backup",
    )
    sheet.set_progress(62, 100, "62% copied")
    sheet._appear()
    room.pump(200)
    room._progress = sheet  # type: ignore[attr-defined]


def _finish_progress(room: Studio) -> None:
    room._progress.hide()  # type: ignore[attr-defined]
    room._progress.deleteLater()  # type: ignore[attr-defined]


def deciding(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    page.record.settle()
    room.pump(200)
    sheet = page.record.window().findChild(DecidingSheet)
    sheet.choose(sheet.cards[0].answer)
    room.pump(300)


def _decided(room: Studio) -> None:
    sheet = room.window.findChild(DecidingSheet)
    if sheet is not None:
        sheet.close_sheet()


SCENES: list[Scene] = [
    Scene("finder", finder),
    Scene("finder-commands", finder_commands, wide=False),
    Scene("notice", notice, tidy=_undo),
    Scene("notice-trouble", notice_trouble, wide=False),
    Scene("page-trouble", page_trouble, wide=False, tidy=_page_back),
    Scene("progress", progress, wide=False, tidy=_finish_progress),
    Scene("deciding", deciding, tidy=_decided),
    Scene("help", help_here, wide=False),
    Scene("about", about, wide=False),
]
