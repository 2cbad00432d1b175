"""What has been archived, of every kind, and bringing several records back at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from s75desk.domain.changes import Changes
from s75desk.domain.records import KINDS, Record
from s75desk.domain.wording import NOT_KNOWN, plural, sentence_case
from s75desk.models.headings import heading_of
from s75desk.models.queries.archived import archived_by, archived_records
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService


@dataclass(frozen=True, slots=True)
class ArchivedRow:
    """One archived record.

    Attributes:
        record: The record itself.
        heading: What tells it from its namesakes.
        noun: What it is, with a capital: "Provider".
        of: Heading of the record that owns it, "" if none does.
        at: When it was archived, UTC.
        who: Who archived it, "Not known" if history does not say.
        went_with: Uid of the record at the top of what was archived together, "" if it was archived itself.
        brings: How many records that it owns were archived together with it and would come back with it.
        waits_for: Heading of an archived owner without which it could not be seen, "" if there is none.
    """

    record: Record
    heading: str
    noun: str
    of: str
    at: datetime
    who: str
    went_with: str
    brings: int
    waits_for: str


class ArchiveService(RecordService):
    """Reads the archive and restores from it."""

    def rows(self) -> tuple[ArchivedRow, ...]:
        """Every archived record, newest first."""
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            records = archived_records(connection)
            who = archived_by(connection, [record.uid for record in records])
            by_uid = {record.uid: record for record in records}
            tops = {record.uid: _top(record, by_uid) for record in records}
            brings: dict[str, int] = {}
            for uid, top in tops.items():
                if top != uid:
                    brings[top] = brings.get(top, 0) + 1
            owners = _owners(repository, records)
            return tuple(
                ArchivedRow(
                    record=record,
                    heading=heading_of(record, repository),
                    noun=sentence_case(record.NOUN),
                    of=owner.heading if (owner := owners.get(record.uid)) else "",
                    at=at,
                    who=who.get(record.uid, NOT_KNOWN),
                    went_with="" if tops[record.uid] == record.uid else tops[record.uid],
                    brings=brings.get(record.uid, 0),
                    waits_for=owner.heading if owner and owner.archived_at not in (None, at) else "",
                )
                for record in records
                if (at := record.archived_at) is not None
            )

    def restore_all(self, wanted: Sequence[tuple[str, str]]) -> Changes:
        """Bring back records by kind and uid, each with what was archived together with it, in one change.

        Raises:
            Rejected: If the owner of one is archived and is not among those wanted, or a unique field has been taken
                in the meantime; nothing has changed.
        """
        with self.place.change("") as change:
            for kind, uid in _owners_first(wanted):
                change.restore(kind, uid)
            self._check_returned(change)
            first = change.records.get(KINDS[wanted[0][0]], wanted[0][1]) if wanted else None
            if len(wanted) == 1 and first is not None:
                change.label = f"Restored: {heading_of(first, change.records)}"
            else:
                change.label = f"Restored: {plural(len(wanted), 'record')}"
        return change.result


def _owners_first(wanted: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    order = list(KINDS)
    return sorted(wanted, key=lambda pair: order.index(pair[0]))


def _owner_keys(record: Record) -> list[tuple[str, str]]:
    fields = [field for field in record.fields().values() if field.parent]
    return [(field.refers_to, str(uid)) for field in fields if (uid := getattr(record, field.name))]


def _owners(repository: Repository, records: Sequence[Record]) -> dict[str, Record]:
    """The owner of each record, by the record's uid; archived owners before live ones where there are several."""
    wanted: dict[str, set[str]] = {}
    for record in records:
        for kind, uid in _owner_keys(record):
            wanted.setdefault(kind, set()).add(uid)
    found = {uid: owner for kind, uids in wanted.items() for uid, owner in repository.by_uid(KINDS[kind], uids).items()}
    owners: dict[str, Record] = {}
    for record in records:
        known = [found[uid] for _, uid in _owner_keys(record) if uid in found]
        known.sort(key=lambda owner: owner.archived_at is None)
        if known:
            owners[record.uid] = known[0]
    return owners


def _top(record: Record, archived: dict[str, Record]) -> str:
    """Uid of the record that was archived by hand when this one went with it; its own if it was that one."""
    for _, uid in _owner_keys(record):
        owner = archived.get(uid)
        if owner is not None and owner.archived_at == record.archived_at:
            return _top(owner, archived)
    return record.uid
