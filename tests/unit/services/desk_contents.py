"""What a desk holds, for tests of records: every record, the history of a change, and whether its chain holds."""

from __future__ import annotations

from s75desk.domain.records import KINDS, Record
from s75desk.models import history, replay
from s75desk.models.repository import Repository
from s75desk.services.office import Office

Estate = tuple[Office, dict[str, str]]


def everything(office: Office) -> dict[str, Record]:
    """Every record of a desk, archived ones too, by uid."""
    with office.place.desk.reading() as connection:
        repository = Repository(connection)
        return {record.uid: record for cls in KINDS.values() for record in repository.all(cls, archived=True)}


def rows_of(office: Office, change_id: str) -> list[history.Entry]:
    with office.place.desk.reading() as connection:
        return history.of_change(connection, change_id)


def chain_holds(office: Office) -> bool:
    with office.place.desk.reading() as connection:
        assert replay.faults(connection) == []
        return history.verify(connection) is None
