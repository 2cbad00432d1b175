"""What a table remembers of the officer's wishes: hidden columns, widths, order and sort. No Qt here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Protocol


class Settings(Protocol):
    """Where wishes are kept; text by key."""

    def get(self, key: str) -> str | None:
        """The text kept under a key, or None."""

    def set(self, key: str, value: str) -> None:
        """Keep a text under a key."""


@dataclass(frozen=True, slots=True)
class TableState:
    """Wishes about one table. Columns are named by key, so that a changed program still understands them.

    Attributes:
        shown: Columns the officer showed or hid, and which.
        widths: Widths the officer dragged, in multiples of b.
        order: Columns from left to right, () for the order of the program.
        sort: Key of the column that sorts, "" for the order of the program.
        descending: Whether it sorts downwards.
    """

    shown: dict[str, bool] = field(default_factory=dict)
    widths: dict[str, float] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    sort: str | None = None
    descending: bool = False

    def as_text(self) -> str:
        """For ``Settings.set``."""
        return json.dumps(
            {
                "shown": self.shown,
                "widths": self.widths,
                "order": list(self.order),
                "sort": self.sort,
                "descending": self.descending,
            }
        )

    @staticmethod
    def from_text(text: str | None) -> TableState:
        """What was kept; the program's own wishes where nothing or nothing readable was."""
        try:
            told = json.loads(text or "{}")
            return TableState(
                shown={str(key): bool(value) for key, value in told.get("shown", {}).items()},
                widths={str(key): float(value) for key, value in told.get("widths", {}).items()},
                order=tuple(str(key) for key in told.get("order", ())),
                sort=None if told.get("sort") is None else str(told["sort"]),
                descending=bool(told.get("descending", False)),
            )
        except (ValueError, TypeError, AttributeError):
            return TableState()
