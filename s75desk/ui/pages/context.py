"""What every page is given: operations, navigation, settings, and a way to show a working."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtCore import QRect

from s75desk.domain.working import Working
from s75desk.services.office import Office
from s75desk.ui.navigation import Navigator
from s75desk.ui.operations import Operations


class Settings(Protocol):
    """Where a view keeps widths, sorting and the like between sessions."""

    def get(self, key: str) -> str | None:
        """What was kept, or None."""

    def set(self, key: str, value: str) -> None:
        """Keep a text."""


@dataclass(frozen=True)
class Context:
    """Handed to every page by the window.

    Attributes:
        operations: Reads and writes.
        navigator: Ways to other places.
        settings: Kept between sessions.
        show_working: Floats a working beside a place given in window coordinates.
        look_round: Opens the sample desk, or None where there is no way to.
    """

    operations: Operations
    navigator: Navigator
    settings: Settings
    show_working: Callable[[Working, QRect], None]
    look_round: Callable[[], None] | None = None

    @property
    def office(self) -> Office:
        """The services."""
        return self.operations.office

    @property
    def today(self) -> date:
        """The as-at day. Pages are made anew when it turns, so that they may keep it."""
        return self.office.place.day()

    @property
    def on_another_day(self) -> bool:
        """Whether everything is shown as at a day that the officer chose."""
        return self.office.place.another_day is not None

    @property
    def may_change(self) -> bool:
        """Whether records can be changed now: not while another day is shown, nor in a desk that is open to read."""
        return not self.on_another_day and not self.office.place.desk.read_only

    @property
    def waits_for(self) -> str:
        """Why no step is offered that changes something."""
        if self.on_another_day:
            return "Steps that change something wait until you are back in today (Ctrl+T)."
        return "This desk is open to read: nothing can be changed where it lies. Back it up to a place of your own."
