"""Commands that concern the desk and the window as a whole: the Desk, View and Help menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from s75desk.ui.theme import Choice, Theme
from s75desk.ui.window.commands import Command
from s75desk.ui.window.desk_lock import CHOICES

if TYPE_CHECKING:
    from s75desk.ui.window.main_window import MainWindow


def desk_commands(window: MainWindow) -> list[Command]:
    """What the window can do for whichever desk is open."""
    theme = Theme.of(window)

    def fix(choice: Choice) -> Callable[[], None]:
        return lambda: window.looks.set_theme(choice)

    return [
        Command("Desk", "Make a desk…", window.files.make, "", "plus"),
        Command("Desk", "Open a desk…", window.files.choose, "Ctrl+O", "file"),
        Command("Desk", "Back up now", window.files.back_up, "", "backup", apart=True),
        Command("Desk", "Back up to a file…", window.files.back_up_to, "", "export"),
        Command("Desk", "Where backups are…", window.files.show_backups, "", "backup"),
        Command("Desk", "Restore a backup…", window.files.choose_restore, "", "undo"),
        Command("Desk", "Passphrase…", window.change_passphrase, "", "lock", apart=True),
        Command("Desk", "Lock this desk", window.lock.lock, "F12", "lock"),
        *(_lock_after(window, minutes) for minutes in CHOICES),
        Command("Desk", "Check this desk", window.files.check, "", "tick"),
        Command("Desk", "Look round the sample desk", window.demo_wanted.emit, "", "eye", apart=True),
        Command("Desk", "Close this desk", window.close_desk, "Ctrl+W", "close", apart=True),
        Command("Desk", "Quit", window.close, "Ctrl+Q", "close"),
        Command("View", "Light", fix("light"), checked=lambda: theme.choice == "light"),
        Command("View", "Dark", fix("dark"), checked=lambda: theme.choice == "dark"),
        Command("View", "Follow the system", fix("system"), checked=lambda: theme.choice == "system"),
        Command("View", "Larger text", window.looks.larger_text, "Ctrl++", "plus", apart=True),
        Command("View", "Smaller text", window.looks.smaller_text, "Ctrl+-", "minus"),
        Command("Help", "Help for this page", window.help_here, "F1", "info"),
        Command("Help", "About s75desk", window.about, "", "info", apart=True),
    ]


def _lock_after(window: MainWindow, minutes: int) -> Command:
    words = f"Lock after {minutes} idle minutes" if minutes else "Lock only when asked to"

    def choose() -> None:
        window.lock.set_minutes(minutes)

    return Command("Desk", words, choose, icon="lock", checked=lambda: window.lock.minutes == minutes)
