"""The files of a desk: making and choosing one, backing up, restoring, checking; what the Desk menu offers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from s75desk.domain.lanes import Lane
from s75desk.paths import DESK_ENDING
from s75desk.ui.widgets.file_dialogs import Purpose, ask_folder, ask_open, ask_save

if TYPE_CHECKING:
    from s75desk.domain.errors import DeskError
    from s75desk.services.desk import DeskStatus
    from s75desk.ui.window.main_window import MainWindow

BACKUP_EVERY_MS = 30 * 60 * 1000
"""While a desk is open it is backed up this often, if anything has changed."""

PROVE_AFTER_MS = 2 * 60 * 1000
"""So long after a desk was opened it is seen whether a backup of it is to be proven."""

DESKS = f"Desks (*{DESK_ENDING})"
DESKS_AND_ALL = f"{DESKS};;All files (*)"


class DeskFiles(QObject):
    """See the module.

    Args:
        window: The window, whose desk it is.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(BACKUP_EVERY_MS)
        self._timer.timeout.connect(self.back_up_quietly)
        self._first_proof = QTimer(self, singleShot=True, interval=PROVE_AFTER_MS)
        self._first_proof.timeout.connect(self.prove_quietly)

    def begin(self) -> None:
        """A desk was opened: back it up now and then."""
        self._timer.start()
        self._first_proof.start()

    def end(self) -> None:
        """The desk is gone."""
        self._timer.stop()
        self._first_proof.stop()

    def make(self) -> None:
        """Choose where, then make a desk."""
        file = ask_save(self._window, Purpose.DESK, "Make a desk", f"My desk{DESK_ENDING}", DESKS, DESK_ENDING)
        if file is not None:
            self._window.opener.make(file)

    def choose(self) -> None:
        """Choose a desk and open it."""
        file = ask_open(self._window, Purpose.DESK, "Open a desk", DESKS_AND_ALL)
        if file is not None:
            self._window.open_desk(file)

    def back_up(self) -> None:
        """Back up now."""
        desks = self._window.desks
        if desks.is_open:
            self._window.slowly(
                "Backing up this desk",
                lambda advance: desks.back_up(advance=advance),
                lambda made: self._backed_up(f"Backed up: {made.path.name}"),
                "The backup was stopped. The desk and its earlier backups are as they were.",
            )

    def back_up_to(self) -> None:
        """Back up to a file of the officer's choice."""
        desks = self._window.desks
        if not desks.is_open:
            return
        suggested = f"{desks.desk.origin.stem} {self._window.today().isoformat()}{DESK_ENDING}"
        file = ask_save(self._window, Purpose.BACKUP, "Back up to a file", suggested, DESKS)
        if file is not None:
            self._window.slowly(
                "Backing up to a file",
                lambda advance: desks.back_up_to(file, advance=advance),
                lambda made: self._backed_up(f"Backed up to {made.name}"),
                "The backup was stopped. No file is left behind.",
            )

    def back_up_quietly(self) -> None:
        """Back up if anything has changed, with no word but the day in the status bar."""
        window = self._window
        window.on_desk(window.desks.back_up_if_changed, lambda _: self.prove_quietly(), Lane.OUT)

    def prove_quietly(self) -> None:
        """Open a backup and read it if that is due; a word is said only of one that cannot be trusted."""
        window = self._window

        def done(said: str | None) -> None:
            if said:
                window.tell(said)
            window.show_status()

        window.on_desk(window.desks.kept.prove_if_due, done, Lane.OUT)

    def show_backups(self) -> None:
        """Say where the backups are, how large, and when one was proven to open."""
        from s75desk.ui.window.backups_sheet import BackupsSheet

        def show(status: DeskStatus) -> None:
            sheet = BackupsSheet(self._window, status)
            sheet.place_wanted.connect(self.choose_place)
            sheet.place_given_up.connect(lambda: self._place(None))
            sheet.open_centred()

        self._window.on_desk(self._window.desks.status, show)

    def choose_place(self) -> None:
        """Choose a folder that holds each backup a second time."""
        title = "A second place for backups: a stick or a share"
        folder = ask_folder(self._window, Purpose.SECOND_PLACE, title)
        if folder is not None:
            self._place(folder)

    def _place(self, folder: Path | None) -> None:
        window = self._window

        def done(_: object) -> None:
            kept = f"Each backup is now kept in {folder} too." if folder else "Backups go to this computer alone now."
            window.say(window.desks.kept.place_trouble or kept)
            window.show_status()

        window.on_desk(lambda: window.desks.kept.choose_place(folder), done, Lane.OUT)

    def ask_without_backup(self, trouble: DeskError, again: Callable[[], None], close: Callable[[], None]) -> None:
        """The desk is to be closed and could not be backed up: nothing that was saved is lost, and the officer decides.

        Args:
            trouble: Why.
            again: Tries once more.
            close: Closes it without a backup.
        """
        from s75desk.ui.widgets.question_dialog import QuestionDialog

        dialog = QuestionDialog(
            self._window,
            "Close without a backup?",
            f"{trouble.what} {trouble.remedy} What you saved is in the desk; only the backup of today is missing.",
            safe=("stay", "Keep the desk open"),
            verbs=(("close", "Close without a backup", "danger", ""), ("again", "Try again", "primary", "backup")),
        )
        ways = {"again": again, "close": close, "stay": self._window.stay}
        dialog.answered.connect(lambda answer: ways[answer]())
        dialog.open()

    def choose_restore(self) -> None:
        """Close the desk and show its backups."""
        window = self._window
        if window.desks.is_open:
            path = window.desks.desk.origin
            window.leave(lambda: window.opener.backups_of(path, lambda found: window.show_restore(path, None, found)))

    def choose_backup(self) -> None:
        """Choose a backup that is not on the list, for the desk whose backups are on show."""
        window, target = self._window, self._window.restore.path
        chosen = ask_open(window, Purpose.BACKUP, "Choose a backup", DESKS_AND_ALL)
        if chosen is not None and target is not None:
            window.on_worker(
                lambda: window.desks.needs_passphrase(chosen),
                lambda needs: window.opener.restore(chosen, target, needs),
            )

    def check(self) -> None:
        """Check the file, the history chain and the kept papers."""
        window = self._window
        if window.view is not None:
            checks = window.view.operations.office.checks
            window.on_desk(checks.check, lambda report: window.say(report.sentence, lasting=True), Lane.LONG)

    def _backed_up(self, words: str) -> None:
        trouble = self._window.desks.kept.place_trouble
        self._window.say(f"{words}. {trouble}" if trouble else words, lasting=bool(trouble))
        self._window.show_status()
