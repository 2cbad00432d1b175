"""The tables of a desk, made from the descriptions of the records, and the few tables beside them.

There are no mapped classes: rows become the frozen dataclasses of ``domain/records`` in ``repository.py``, so nothing
that belongs to a session can leave a service call.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    literal_column,
)

from s75desk.domain.fields import FieldType
from s75desk.domain.records import KINDS, Record
from s75desk.models.columns import MomentColumn, column_type

METADATA = MetaData()

_INDEXED = {
    "action": (("due",),),
    "visit": (("planned",),),
    "kpi_return": (("due",),),
    "measurement": (("kpi", "ends"),),
    "rating": (("service", "scheme", "published"),),
    "visit_answer": (("visit", "question"),),
    "dated_value": (("record", "field", "since"),),
}
"""Indexes beyond those on every reference and unique field: what the Overview and the lists ask for."""


def _table(cls: type[Record]) -> Table:
    columns: list[Column[object]] = [Column("uid", String, primary_key=True)]
    indexes: list[Index] = []
    for field in cls.fields().values():
        keys = [ForeignKey(f"{field.refers_to}.uid")] if field.type is FieldType.REFERENCE else []
        columns.append(Column(field.name, column_type(field), *keys))
        if keys:
            indexes.append(Index(f"ix_{cls.KIND}_{field.name}", field.name))
        if field.unique:
            indexes.append(Index(f"ix_{cls.KIND}_{field.name}", columns[-1].collate("NOCASE")))
    columns.append(Column("archived_at", MomentColumn()))
    indexes += [Index(f"ix_{cls.KIND}_{'_'.join(names)}", *names) for names in _INDEXED.get(cls.KIND, ())]
    return Table(cls.KIND, METADATA, *columns, *indexes)


TABLES: dict[str, Table] = {kind: _table(cls) for kind, cls in KINDS.items()}
"""The table of each kind of record."""


def recorded(table: Table) -> ColumnElement[int]:
    """The order in which rows were written: SQLite's own number of a row, which copies and backups keep in order."""
    return literal_column(f'"{table.name}".rowid', Integer)


HISTORY = Table(
    "history",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("change_id", String, nullable=False, index=True),
    Column("at", MomentColumn(), nullable=False),
    Column("who", String, nullable=False),
    Column("label", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("uid", String, nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("before", String),
    Column("after", String),
    Column("hash", String, nullable=False),
    Column("replica", String),
    Column("parent", String),
)
"""Append-only (a trigger refuses the rest) and hash-chained; see ``history.py``."""

BLOB = Table(
    "blob",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Bytes of documents and printed briefings, by their fingerprint."""

DRAFT = Table(
    "draft",
    METADATA,
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("uid", String, nullable=False),
    Column("typed", String, nullable=False),
    Column("kept_at", MomentColumn(), nullable=False),
)
"""What was typed into a form and not yet saved, as JSON of raw texts by field."""

SETTING = Table("setting", METADATA, Column("key", String, primary_key=True), Column("value", String))
"""Facts about the desk itself: its id, when it was made, who keeps it."""

SEARCH_ROW = Table(
    "search_row",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("uid", String, nullable=False, unique=True),
)
"""Which record each row of the full-text index stands for."""

EXTRAS: tuple[str, ...] = (
    """CREATE TRIGGER history_is_append_only_update BEFORE UPDATE ON history
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_is_append_only_delete BEFORE DELETE ON history
       BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER visit_version_is_sealed_update BEFORE UPDATE OF
       uid, visit, number, signed, because, overall, sha256, source, paragraph, known, note, private, inferred, sample
       ON visit_version
       BEGIN SELECT RAISE(ABORT, 'a signed version is never changed'); END""",
    """CREATE TRIGGER visit_version_is_sealed_delete BEFORE DELETE ON visit_version
       BEGIN SELECT RAISE(ABORT, 'a signed version is never changed'); END""",
    """CREATE TRIGGER visit_version_is_sealed_insert BEFORE INSERT ON visit_version
       WHEN EXISTS (SELECT 1 FROM visit_version WHERE uid = new.uid OR visit = new.visit AND number = new.number)
       BEGIN SELECT RAISE(ABORT, 'a signed version is never changed'); END""",
    """CREATE VIRTUAL TABLE search USING fts5(title, body, tokenize='unicode61 remove_diacritics 2', prefix='2 3')""",
)
"""What SQLAlchemy's metadata cannot say: triggers and the full-text index."""


def create_extras(connection: Connection) -> None:
    """Create triggers and full-text index after ``METADATA.create_all``."""
    for statement in EXTRAS:
        connection.exec_driver_sql(statement)
