"""The keys of the window: one list, so that none is given twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from s75desk.ui.window.top_bar import TABS

if TYPE_CHECKING:
    from s75desk.ui.window.main_window import MainWindow

_ON_A_DESK: tuple[tuple[str, str, tuple[object, ...]], ...] = (
    ("Ctrl+K", "open_finder", ()),
    ("Ctrl+F", "search_here", ()),
    ("Ctrl+N", "new_here", ()),
    ("Ctrl+P", "print_here", ()),
    ("Ctrl+E", "export_here", ()),
    ("Ctrl+T", "other_day", ()),
    ("Alt+PgUp", "step_day", (-1,)),
    ("Alt+PgDown", "step_day", (1,)),
    ("F2", "edit_here", ()),
    ("Ctrl+Z", "undo", ()),
    ("Ctrl+Y", "redo", ()),
    ("Ctrl+Shift+Z", "redo", ()),
    ("Alt+Left", "go_back", ()),
    ("F8", "next_doubt", ()),
    ("Ctrl+Shift+L", "narrow_list", ()),
    ("F11", "visit_here", ()),
    ("F6", "next_pane", (1,)),
    ("Shift+F6", "next_pane", (-1,)),
    *((f"Ctrl+{place}", "show_page", (page,)) for place, (page, _, _) in enumerate(TABS, start=1)),
)
"""Keys that an open desk answers: the key, the method of ``DeskView``, its arguments."""


def add_keys(window: MainWindow) -> None:
    """Have the window listen to its keys."""
    for key, do in (
        ("Ctrl+O", window.files.choose),
        ("Ctrl+W", window.close_desk),
        ("F1", window.help_here),
        ("F12", window.lock.lock),
    ):
        _add(window, key, _unlocked(window, do))
    _add(window, "Ctrl+Q", window.close)
    for key, do in (
        ("Ctrl++", window.looks.larger_text),
        ("Ctrl+=", window.looks.larger_text),
        ("Ctrl+-", window.looks.smaller_text),
    ):
        _add(window, key, do)
    for key, what, arguments in _ON_A_DESK:
        _add(window, key, _on_desk(window, what, arguments))


def _add(window: MainWindow, key: str, do: Callable[[], object]) -> None:
    QShortcut(QKeySequence(key), window).activated.connect(do)


def _unlocked(window: MainWindow, do: Callable[[], object]) -> Callable[[], object]:
    """Keys are dead while the desk is locked, but for leaving and the size of text."""

    def act() -> None:
        if not window.lock.locked:
            do()

    return act


def _on_desk(window: MainWindow, what: str, arguments: tuple[object, ...]) -> Callable[[], object]:
    def do() -> None:
        if window.lock.locked:
            return
        if window.view is not None:
            # A visit that fills the window answers those of the keys that mean something there.
            mode = None if what == "undo" else window.view.visits.mode  # undo is of the notice first, also there
            answer = getattr(mode or window.view, what, None)
            if answer is not None:
                answer(*arguments)
        elif what == "new_here":
            window.files.make()

    return do
