"""A narrow window and larger text."""

from __future__ import annotations

from PySide6.QtCore import Qt

from docs.scenes.forms import discard, form_faults
from docs.studio import Scene, Studio


def narrow_list(room: Studio) -> None:
    room.window.resize(1000, 700)
    room.pump(50)
    page = room.go("agreements")
    page._record_gone()
    room.settle()


def narrow_record(room: Studio) -> None:
    room.window.resize(1000, 700)
    room.pump(50)
    page = room.go("agreements")
    page.table.setFocus()
    page.table.select_uid(room.agreement())
    room.press(Qt.Key.Key_Return)


def narrow_form(room: Studio) -> None:
    room.window.resize(1000, 700)
    form_faults(room)


def large_text(room: Studio) -> None:
    room.program.theme.set_text_scale(1.5)
    room.go("agreements", room.agreement(), "Term")
    room.pump(100)


def large_text_overview(room: Studio) -> None:
    room.program.theme.set_text_scale(1.5)
    room.go("overview")
    room.pump(100)


def _small_text(room: Studio) -> None:
    room.program.theme.set_text_scale(1.0)
    room.pump(50)


SCENES: list[Scene] = [
    Scene("narrow-list", narrow_list, wide=False),
    Scene("narrow-record", narrow_record, wide=False),
    Scene("narrow-form", narrow_form, wide=False, tidy=discard),
    Scene("large-text", large_text, wide=False, tidy=_small_text),
    Scene("large-text-overview", large_text_overview, wide=False, tidy=_small_text),
]
