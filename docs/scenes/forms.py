"""Forms: empty, with faults, with trouble, one for each kind of record."""

from __future__ import annotations

from PySide6.QtCore import Qt

from docs.studio import Scene, Studio
from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records import Kpi
from s75desk.ui.pages.form_pane import wish_for_edit


def form_new(room: Studio) -> None:
    room.go("agreements", new="agreement")


def discard(room: Studio) -> None:
    form = room.page.form.form
    if form is not None:
        form.discarded.emit()
        room.settle()


def form_faults(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    form = page.form.form
    room.fill_in(
        form,
        title="Community equipment, Section 75",
        reference="S75-2024-OT",
        starts="1/4/26",
        term="until 31 March 2026",
        notice="12 months",
        first_partner="Cambridgeshire County Council",
        first_pays="£372k",
        second_partner="Fenland District Council",
        second_pays="374,000",
        yearly_value="764000",
    )
    room.settle(600)
    form._area.verticalScrollBar().setValue(0)


def form_disk_full(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    room.settle()
    form = page.form.form
    form.show_trouble(
        DiskTrouble(
            "Not saved: the disk is full. Nothing in the desk has changed and your words are still here.",
            "Free some space, then save again.",
        )
    )


def form_discard(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    form = page.form.form
    form._footer._ask()


def form_action(room: Studio) -> None:
    page = room.go("actions", new="action")
    room.fill_in(page.form.form, title="Send the quarter 3 return", owner="Branch manager", due="fri")
    room.settle(500)


def form_visit(room: Studio) -> None:
    room.go("visits", new="visit")


def form_provider(room: Studio) -> None:
    room.go("providers", new="provider")


def form_kpi(room: Studio) -> None:
    page = room.go("kpis", room.kpi("OT assessments"))
    page.open_form(wish_for_edit(room.record(Kpi, room.kpi("OT assessments"))))
    room.settle()


def form_calendar(room: Studio) -> None:
    page = room.go("actions", new="action")
    editor = page.form.form.editor_row("due").editor
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    room.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)


def form_reference(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    room.fill_in(page.form.form, first_partner="co")
    room.settle()


SCENES: list[Scene] = [
    Scene("form-new", form_new, tidy=discard),
    Scene("form-faults", form_faults, tidy=discard),
    Scene("form-disk-full", form_disk_full, wide=False, tidy=discard),
    Scene("form-discard", form_discard, wide=False, tidy=discard),
    Scene("form-reference", form_reference, wide=False, tidy=discard),
    Scene("form-action", form_action, wide=False, tidy=discard),
    Scene("form-calendar", form_calendar, wide=False, tidy=discard),
    Scene("form-visit", form_visit, wide=False, tidy=discard),
    Scene("form-provider", form_provider, wide=False, tidy=discard),
    Scene("form-kpi", form_kpi, tidy=discard),
]
