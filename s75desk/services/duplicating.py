"""A record made again as the beginning of a new one, with what hangs under it that a new one would have too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from s75desk.domain.changes import Changes
from s75desk.domain.errors import NotFound
from s75desk.domain.records import KINDS, Agreement, Extension, Kpi, Provider, Record, Service
from s75desk.domain.records.agreement import ExtensionState, Stage
from s75desk.models.repository import Repository
from s75desk.services.dated import held_on
from s75desk.services.records import RecordService

GOES_ALONG: dict[str, tuple[str, ...]] = {
    Agreement.KIND: ("party", "extension", "forum", "lot", "kpi"),
    Provider.KIND: ("service",),
    Kpi.KIND: ("target",),
}
"""What a copy of each kind takes along: what was agreed. What was found, paid, decided or filed stays where it was."""

COPY = "Copy of "


class DuplicateService(RecordService):
    """Makes records again."""

    def duplicate(self, kind: str, uid: str) -> Changes:
        """Make a record again under another title, with what goes along, in one change.

        Raises:
            NotFound: If it is not in this desk.
            Rejected: If the copy would break a rule.
        """
        with self.place.change("") as change:
            original = change.records.get(KINDS[kind], uid)
            if original is None:
                raise NotFound(f"That {KINDS[kind].NOUN} is not in this desk.", "It may have come from another desk.")
            today = self.place.today()
            original = held_on(change.records, original, today)
            title = original.TITLE[0]
            copy = replace(_again(original), **{title: f"{COPY}{getattr(original, title)}"})  # type: ignore[arg-type]
            self._check(change.records, copy)
            made = [copy, *_under(original, copy, change.records, today)]
            change.create_many(made)
            under = len(made) - 1
            change.label = f"Duplicated: {original.heading}" + (f", with {under} under it" if under else "")
        return change.result


def _under(original: Record, copy: Record, records: Repository, today: date) -> Iterable[Record]:
    """Copies of what goes along, with the values that hold today, owners before what they own."""
    for child in records.children(original.KIND, original.uid):
        if child.KIND in GOES_ALONG.get(original.KIND, ()):
            owner = next(
                field.name
                for field in child.fields().values()
                if field.parent and field.refers_to == original.KIND and getattr(child, field.name) == original.uid
            )
            again = replace(_again(held_on(records, child, today)), **{owner: copy.uid})  # type: ignore[arg-type]
            yield again
            yield from _under(child, again, records, today)


def _again(record: Record) -> Record:
    """The record as a new one: what only one can have, and what was decided or seen since, is left out."""
    empty = {
        field.name: None for field in record.fields().values() if field.unique or field.name in ("sample", "known")
    }
    again = replace(record, uid=str(uuid4()), archived_at=None, **empty)
    match again:
        case Agreement():
            return replace(again, stage=Stage.DRAFT)
        case Extension():
            return replace(again, state=ExtensionState.UNDECIDED, decided=None, decided_by=None, reference=None)
        case Service():
            return replace(again, manager=None, manager_since=None)
        case _:
            return again
