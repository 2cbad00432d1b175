"""What every service needs: the open desk, whose hand it is, and which day it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Protocol

from s75desk.models.connection import Connection
from s75desk.models.repository import Repository
from s75desk.services.writer import Change, Writer


class OpenDesk(Protocol):
    """What services use of an open desk file."""

    @property
    def read_only(self) -> bool:
        """Whether every change is refused."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection inside a read transaction."""

    def reading_afresh(self) -> AbstractContextManager[Connection]:
        """The same on a connection that has kept nothing, for checks of the file itself."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection inside BEGIN IMMEDIATE: committed at the end, rolled back on any exception."""


@dataclass
class AsAt:
    """The day that everything is shown as at.

    Attributes:
        chosen: A day that the officer chose; None while it is the clock's, and turns with it.
    """

    chosen: date | None = None


@dataclass(frozen=True)
class Workplace:
    """Handed to every service by the composition root.

    Attributes:
        desk: The open desk.
        who: The name or role that history shows.
        today: The clock's day, for what is done now: forms, history, signing. A test or a picture fixes it.
        now: The moment, UTC.
        as_at: The day for everything that is worked out, shown, printed or exported.
    """

    desk: OpenDesk
    who: str
    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    as_at: AsAt = field(default_factory=AsAt)

    def day(self) -> date:
        """The day as at which everything is worked out: the one chosen, else the clock's."""
        return self.as_at.chosen or self.today()

    def looks_at(self, day: date | None) -> None:
        """Choose the as-at day; None, or the clock's own day, to go with the clock."""
        self.as_at.chosen = None if day == self.today() else day

    def at(self, day: date) -> Workplace:
        """The same desk with everything worked out as at a day, whatever day is chosen for the window."""
        return replace(self, as_at=AsAt(day))

    @property
    def another_day(self) -> date | None:
        """The as-at day while it is not the clock's, else None."""
        return None if self.as_at.chosen in (None, self.today()) else self.as_at.chosen

    def records(self, connection: Connection, on: date | None = None) -> Repository:
        """Records as they were known on a day: the as-at day if none is given."""
        day = on or self.day()
        return Repository(connection, day, past=day < self.today())

    def change(self, label: str) -> AbstractContextManager[Change]:
        """Open one change: everything inside is written together or not at all."""
        return Writer(self.desk.writing, self.who, self.now).change(label)
