"""What every service needs: the open desk, whose hand it is, and which day it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from s75desk.models.connection import Connection
from s75desk.services.writer import Change, Writer


class OpenDesk(Protocol):
    """What services use of an open desk file."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection inside a read transaction."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection inside BEGIN IMMEDIATE: committed at the end, rolled back on any exception."""


@dataclass(frozen=True)
class Workplace:
    """Handed to every service by the composition root.

    Attributes:
        desk: The open desk.
        who: The name or role that history shows.
        today: The as-at date; a test or a picture fixes it.
        now: The moment, UTC.
    """

    desk: OpenDesk
    who: str
    today: Callable[[], date] = date.today
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def change(self, label: str) -> AbstractContextManager[Change]:
        """Open one change: everything inside is written together or not at all."""
        return Writer(self.desk.writing, self.who, self.now).change(label)
