"""The window: opened on the sample desk, every page drawn, and a visit that fills it."""

from __future__ import annotations

from pathlib import Path

from s75desk.selftest.ground import TODAY
from s75desk.selftest.visit import planned


def draw_window(folder: Path) -> str:
    """Open the window on the sample desk, draw its pages, and open and leave a visit."""
    from s75desk.app import Program
    from s75desk.ui.self_check import application, close_window, draw_pages, fill_with_visit

    program = Program(application(), folder / "window", lambda: TODAY)
    program.window.start()
    program.open_demo()
    try:
        pages = draw_pages(program.window)
        view = program.window.view
        assert view is not None
        places = fill_with_visit(program.window, planned(view.operations.office))
    finally:
        close_window(program.window)
        program.clear_away()
    return f"{pages} pages of the sample desk drawn, and {places} of a visit"
