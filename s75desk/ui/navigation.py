"""Where the officer is and how to get elsewhere: pages by name, records by kind and uid, and the way back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

PAGE_OF: dict[str, str] = {
    "agreement": "agreements",
    "provider": "providers",
    "service": "providers",
    "visit": "visits",
    "kpi": "kpis",
    "kpi_return": "kpis",
    "action": "actions",
    "briefing": "briefings",
    "organisation": "organisations",
    "question_set": "question_sets",
}
"""Which page shows a kind of record."""


VISIT_MODE = "visit_mode"
"""Name of the page that is one visit filling the window; its ``sub`` is a place in the visit."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in the window.

    Attributes:
        page: Name of the page: "agreements".
        uid: Record to select, or "".
        sub: Sub-page of the record: "Money", or "".
        new: Kind of record to start entering there, or "".
        filter: Value for the page's own first filter, or "".
        settle: What is to be settled there, as ``domain.attention.Item.settle`` has it, or "".
    """

    page: str
    uid: str = ""
    sub: str = ""
    new: str = ""
    filter: str = ""
    settle: str = ""


class Navigator(QObject):
    """Carries wishes to be elsewhere from any widget to the window, and remembers the way.

    Signals:
        wanted: A ``Destination`` that the window should show.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trail: list[Destination] = []

    def go(self, destination: Destination) -> None:
        """Ask the window to show a place."""
        self.wanted.emit(destination)

    def open(self, kind: str, uid: str, sub: str = "", settle: str = "") -> None:
        """Ask for the page of a record; does nothing for a kind without a page."""
        page = PAGE_OF.get(kind)
        if page:
            self.go(Destination(page, uid, sub, settle=settle))

    def arrived(self, destination: Destination) -> None:
        """Note where the window now is; the same place twice is noted once."""
        if not self._trail or self._trail[-1] != destination:
            self._trail.append(destination)
            del self._trail[:-50]

    def back(self) -> None:
        """Ask for the place before this one, if there is one."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.go(self._trail.pop())
