"""The window: opened on the sample desk, every page drawn."""

from __future__ import annotations

from pathlib import Path

from s75desk.selftest.ground import TODAY


def draw_window(folder: Path) -> str:
    """Open the window on the sample desk and draw its pages."""
    from s75desk.app import Program
    from s75desk.ui.self_check import application, close_window, draw_pages

    program = Program(application(), folder / "window", lambda: TODAY)
    program.window.start()
    program.open_demo()
    try:
        pages = draw_pages(program.window)
    finally:
        close_window(program.window)
        program.clear_away()
    return f"{pages} pages of the sample desk drawn"
