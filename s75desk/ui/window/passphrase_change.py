"""Gives the open desk a passphrase, another, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from s75desk.domain.errors import DeskError
from s75desk.domain.lanes import Lane

if TYPE_CHECKING:
    from s75desk.services.desk import Advance, PassphraseChanged
    from s75desk.ui.window.main_window import MainWindow


def ask_for_passphrase(window: MainWindow) -> None:
    """Ask for a new passphrase, and for the present one where there is one."""
    from s75desk.ui.window.passphrase_dialogs import SetPassphrase

    if not window.desks.is_open:
        return
    dialog = SetPassphrase(window, window.desks.desk.origin.stem, change=window.desks.desk.encrypted)
    dialog.chosen.connect(window.set_passphrase)
    dialog.open()


def change(window: MainWindow, present: str, new: str) -> None:
    """Change the passphrase if the present one is right; "" as the new one for none."""
    desks = window.desks

    def work(advance: Advance) -> PassphraseChanged:
        if desks.desk.encrypted and not desks.is_passphrase(present):
            raise DeskError("Not changed: that is not the present passphrase.", "Type it again.")
        return desks.change_passphrase(new or None, advance=advance)

    def done(changed: PassphraseChanged) -> None:
        window.say(changed.sentence)
        window.show_status()

    stopped = "Stopped. The desk opens as it did before."
    window.slowly("Changing the passphrase", work, done, stopped, "lock", Lane.ALONE)
