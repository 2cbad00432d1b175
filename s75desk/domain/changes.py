"""What a write changed: the message that travels from a service to every view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Returned by every service method that writes.

    Attributes:
        label: What happened, in words for a notice: "Saved: Occupational therapy, Section 75".
        touched: Pairs of record kind and uid that were created, changed, archived or restored.
        change_id: Identity of the change in history, for undo; "" when nothing was written.
        uid: The record the change was about, for selecting it afterwards.
        undoable: Whether a notice should offer undo.
    """

    label: str
    touched: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    change_id: str = ""
    uid: str = ""
    undoable: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record that were touched."""
        return frozenset(kind for kind, _ in self.touched)

    def touches(self, *kinds: str) -> bool:
        """Whether any record of one of ``kinds`` was touched."""
        return not self.kinds.isdisjoint(kinds)

    @staticmethod
    def of(label: str, touched: Iterable[tuple[str, str]], **rest: object) -> Changes:
        """Build from any iterable of pairs."""
        return Changes(label, frozenset(touched), **rest)  # type: ignore[arg-type]
