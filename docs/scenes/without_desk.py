"""Without a desk: welcome, backups to restore, passphrases, a desk open elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from docs.studio import MADE_UP, Scene, Studio
from s75desk.domain.errors import DeskDamaged, DiskTrouble, NewerDesk
from s75desk.services.desk import Backup, RecentDesk
from s75desk.ui.widgets.question_dialog import QuestionDialog
from s75desk.ui.window.passphrase_dialogs import AskPassphrase, SetPassphrase


class _Present(RecentDesk):
    """A desk that is there, in a folder that is not."""

    @property
    def present(self) -> bool:
        return True


def _recent(*names: str) -> list[RecentDesk]:
    opened = [datetime(2026, 2, 2 - place, 8, 30, tzinfo=UTC) for place in range(2)]
    return [_Present(MADE_UP / f"{name}.s75desk", "", opened[place % 2]) for place, name in enumerate(names)]


def welcome_first(room: Studio) -> None:
    room.window.show_welcome()
    room.window.welcome.show_recent([])


def welcome(room: Studio) -> None:
    room.window.welcome.show_recent(_recent("East", "South"))


def welcome_trouble(room: Studio) -> None:
    welcome(room)
    room.window.welcome.show_trouble(
        DiskTrouble("Not made: this folder can only be read.", "Choose another folder, such as Documents.")
    )


def _leave_trouble(room: Studio) -> None:
    room.window.welcome.show_trouble(None)


def _backups() -> list[Backup]:
    path = MADE_UP / "East.s75desk"
    moments = ((2, 2, 8, 58), (2, 1, 16, 40), (1, 30, 15, 20), (1, 23, 16, 5), (12, 31, 15, 58))
    years = (2026, 2026, 2026, 2026, 2025)
    return [
        Backup(path, "East", datetime(year, month, day, hour, minute, tzinfo=UTC), 1_480_000 - 60_000 * place, True)
        for place, (year, (month, day, hour, minute)) in enumerate(zip(years, moments, strict=True))
    ]


def restore_damaged(room: Studio) -> None:
    _leave_trouble(room)
    room.window._failed(
        MADE_UP / "East.s75desk",
        DeskDamaged("The desk is damaged: part of the file cannot be read.", "Restore the newest backup below."),
        _backups(),
    )
    room.window.restore.table.setFocus(Qt.FocusReason.TabFocusReason)


def restore_newer(room: Studio) -> None:
    room.window._failed(
        MADE_UP / "South.s75desk",
        NewerDesk(
            "This desk was written by a later version of s75desk. It was not opened, so nothing in it has changed.",
            "Install the current version on this computer, then open it again.",
        ),
        [],
    )


def ask_passphrase(room: Studio) -> None:
    welcome(room)
    room.window.stack.setCurrentWidget(room.window.welcome)
    AskPassphrase(room.window, "East", "That passphrase does not open this desk. Try it again.").open()


def set_passphrase(room: Studio) -> None:
    dialog = SetPassphrase(room.window, "East", new_desk=True)
    dialog.open()
    dialog.first.setFocus()


def set_passphrase_fault(room: Studio) -> None:
    dialog = SetPassphrase(room.window, "East", change=True)
    dialog.open()
    room.pump(20)
    for field, words in ((dialog.present, "four quiet wooden boats"), (dialog.first, "boats"), (dialog.again, "boat")):
        field.setFocus()
        room.type(words)
    dialog._answer = "protect"
    dialog.accept()


def locked_elsewhere(room: Studio) -> None:
    QuestionDialog(
        room.window,
        "Open East although another computer has it?",
        "East is open on another computer since 08:12 today. If it is truly closed there, open it here. "
        "Two computers writing to it at once damage it.",
        safe=("leave", "Leave it closed"),
        verbs=(("take", "Open it here", "danger", ""),),
    ).open()


SCENES: list[Scene] = [
    Scene("welcome-first", welcome_first, ""),
    Scene("welcome", welcome, ""),
    Scene("welcome-trouble", welcome_trouble, "", wide=False),
    Scene("restore", restore_damaged, ""),
    Scene("restore-newer", restore_newer, "", wide=False),
    Scene("passphrase-ask", ask_passphrase, "", wide=False),
    Scene("passphrase-set", set_passphrase, "", wide=False),
    Scene("passphrase-change", set_passphrase_fault, "", wide=False),
    Scene("question", locked_elsewhere, "", wide=False),
]
