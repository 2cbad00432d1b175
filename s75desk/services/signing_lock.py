"""What has been signed is not changed: the one check that stands before every write to a visit and what hangs under it.

A visit is locked once it has a signed version, until it is said to be amended. It lies in the writer, so that no way in
goes round it: forms, undo, archive, restore, import and the command line all write through a ``Change``.
"""

from __future__ import annotations

from s75desk.domain.errors import Rejected
from s75desk.domain.records import Record, Visit, VisitVersion
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import (
    PeopleSpoken,
    PriorGrading,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
)
from s75desk.models.repository import Repository

LOCKED_WITH_VISIT: frozenset[str] = frozenset(
    cls.KIND for cls in (VisitAnswer, VisitOverride, PeopleSpoken, PriorGrading, VisitPhoto, VisitSignature)
)
"""Kinds of record that are part of what is signed."""

_SEALED = "A signed version is never changed. Amend the visit to make another."

_AFTERWARDS = (VisitStage.DRAFT, VisitStage.FINAL)
"""Stages that a signed visit may go on to: its report is agreed after it was signed."""


class SigningLock:
    """Knows, for the length of one change, which visits are locked."""

    def __init__(self, records: Repository) -> None:
        self._records = records
        self._opened: set[str] = set()
        self._carried: set[str] = set()
        self._free: set[str] = set()

    def open(self, visit: str) -> None:
        """Let this change write to a visit though it is signed: to begin an amendment, or to sign."""
        self._opened.add(visit)

    def refuse(self, record: Record, changed: frozenset[str] | None = None) -> None:
        """Refuse a write to what has been signed.

        Args:
            record: As it would be written.
            changed: The fields that change; None when it is created.

        Raises:
            Rejected: If it is sealed or belongs to a signed visit.
        """
        if isinstance(record, VisitVersion):
            if changed is not None or record.visit not in self._opened:
                raise Rejected("", _SEALED)
        elif isinstance(record, Visit):
            self._refuse_visit(record, changed or frozenset())
        elif record.KIND in LOCKED_WITH_VISIT and (visit := str(getattr(record, "visit", ""))):
            self.refuse_signed(visit)

    def refuse_hiding(self, record: Record) -> None:
        """Refuse to archive, or to bring back, a part of a signed visit by itself. With the whole visit it may go.

        Raises:
            Rejected: If it belongs to a signed visit that stays where it is.
        """
        if isinstance(record, Visit):
            self._carried.add(record.uid)
        elif isinstance(record, VisitVersion) or record.KIND in LOCKED_WITH_VISIT:
            visit = str(getattr(record, "visit", ""))
            stored = self._records.get(Visit, visit)
            if visit not in self._carried and (stored is None or stored.archived_at is None):
                if isinstance(record, VisitVersion):  # also while the visit is being amended
                    raise Rejected("", _SEALED)
                self.refuse_signed(visit)

    def refuse_signed(self, visit: str) -> None:
        """Refuse any write to a visit that is signed and not being amended.

        Raises:
            Rejected: If it is.
        """
        if visit in self._opened or visit in self._free:
            return
        if self.locked(visit):
            raise Rejected("", "This visit is signed. Amend it to make another version; the signed one is kept.")
        self._free.add(visit)  # nothing in this change can lock it but what has opened it first

    def locked(self, visit: str) -> bool:
        """Whether a visit has a signed version and is not being amended."""
        versions = [number or 0 for number in self._records.numbers(VisitVersion, "number", "visit", visit)]
        if not versions:
            return False
        stored = self._records.get(Visit, visit)
        return stored is None or stored.amends != max(versions)

    def _refuse_visit(self, visit: Visit, changed: frozenset[str]) -> None:
        if visit.uid in self._opened or (changed == {"stage"} and visit.stage in _AFTERWARDS):
            return
        if "amends" in changed:
            raise Rejected("amends", "Amend the visit from its page.")
        self.refuse_signed(visit.uid)
