"""Briefings: those that are filed, and the composer of a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from docs.studio import Scene, Studio


def composer(room: Studio) -> None:
    page = room.go("briefings", new="briefing", filter=room.agreement())
    page.composer._audience.setText("Adults and Health Committee")
    room.settle(700)
    room.settle(400)


def composer_date(room: Studio) -> None:
    page = room.go("briefings", new="briefing", filter=room.agreement())
    page.composer._as_at.setFocus(Qt.FocusReason.TabFocusReason)
    page.composer._as_at.selectAll()
    room.type("31/2/26")
    room.settle(500)


def briefings(room: Studio) -> None:
    room.go("briefings")
    room.page._show_list()
    room.settle(300)


def briefing_details(room: Studio) -> None:
    briefings(room)
    room.page.filed.record.tabs.set_current("Details")
    room.settle()


SCENES: list[Scene] = [
    Scene("briefings", briefings),
    Scene("briefing-details", briefing_details, wide=False),
    Scene("briefing-composer", composer),
    Scene("briefing-date", composer_date, wide=False),
]
