"""Making the tables of a new desk, and what a desk file says about itself: its id and the version of its tables."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from s75desk.domain.field_text import moment_text
from s75desk.models.cipher import APPLICATION_ID
from s75desk.models.migrations import LATEST
from s75desk.models.tables import METADATA, SETTING, create_extras

DESK_ID = "desk_id"
MADE_AT = "made_at"
REVISION = "schema_revision"
"""Keys of the setting table. They and the table stay for ever, so that an older program can tell a newer desk."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a desk says about itself.

    Attributes:
        desk_id: UUID in text; copies and backups of a desk share it.
        made_at: When it was made, UTC; None when not known.
        revision: Version of its tables, from 1.
    """

    desk_id: str
    made_at: datetime | None
    revision: int


def make_tables(connection: Connection, now: datetime) -> None:
    """Make every table of the present version in an empty file, with a new id. The caller holds the transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    METADATA.create_all(connection)
    create_extras(connection)
    values = {DESK_ID: str(uuid.uuid4()), MADE_AT: moment_text(now), REVISION: str(LATEST)}
    connection.execute(insert(SETTING), [{"key": key, "value": value} for key, value in values.items()])


def facts(connection: Connection) -> Facts | None:
    """What the desk says about itself; None when it says nothing, so that it is no desk of ours."""
    known = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE name = 'setting'").scalar_one()
    if not known:
        return None
    query = select(SETTING).where(SETTING.c.key.in_((DESK_ID, MADE_AT, REVISION)))
    values = {row.key: row.value for row in connection.execute(query)}
    revision = values.get(REVISION) or ""
    if not _is_id(values.get(DESK_ID) or "") or not revision.isdecimal():
        return None
    return Facts(values[DESK_ID], _moment(values.get(MADE_AT)), int(revision))


def _is_id(text: str) -> bool:
    """Whether a text is an id as desks are given: it names a folder of backups, so nothing else will do."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _moment(text: str | None) -> datetime | None:
    """The moment that was noted; None for none and for what is no moment."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def set_revision(connection: Connection, revision: int) -> None:
    """Note the version of the tables. The caller holds the transaction in which they were changed."""
    connection.execute(update(SETTING).where(SETTING.c.key == REVISION).values(value=str(revision)))
