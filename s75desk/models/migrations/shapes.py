"""Short forms for the columns of a migration step. They are part of released steps: add to them, never change one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations


def any_case(name: str) -> sa.TextClause:
    """A column in an index that knows no capitals."""
    return sa.text(f'{name} COLLATE "NOCASE"')


def key(name: str) -> sa.Column[str]:
    """A text that identifies the row."""
    return sa.Column(name, sa.String(), primary_key=True)


def number_key(name: str) -> sa.Column[int]:
    """A whole number that identifies the row."""
    return sa.Column(name, sa.Integer(), primary_key=True)


def text(*names: str) -> list[sa.Column[str]]:
    """Texts, words of a choice, dates, moments and exact decimals."""
    return [sa.Column(name, sa.String()) for name in names]


def text_always(*names: str) -> list[sa.Column[str]]:
    """Texts that are never missing."""
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def text_once(*names: str) -> list[sa.Column[str]]:
    """Texts that are never missing and never the same in two rows."""
    return [sa.Column(name, sa.String(), nullable=False, unique=True) for name in names]


def whole(*names: str) -> list[sa.Column[int]]:
    """Whole numbers, pence, and yes or no."""
    return [sa.Column(name, sa.Integer()) for name in names]


def whole_always(*names: str) -> list[sa.Column[int]]:
    """Whole numbers that are never missing."""
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def data_always(*names: str) -> list[sa.Column[bytes]]:
    """Bytes that are never missing."""
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def refers(**tables: str) -> list[sa.Column[str]]:
    """The uids of records in other tables: ``refers(host="organisation")``."""
    return [sa.Column(name, sa.String(), sa.ForeignKey(f"{table}.uid")) for name, table in tables.items()]


def rebuild(op: Operations, table: str, *columns: sa.Column[Any]) -> None:
    """Give a table other columns, in this order; what the old one held under the same names goes with it.

    Its indexes go with the old table: make them anew afterwards. References to it from other tables stay as they are.
    """
    old = f"{table}_before"
    connection = op.get_bind()
    # Else SQLite would have every reference follow the old table to its other name.
    connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
    kept = [row.name for row in connection.exec_driver_sql(f"PRAGMA table_info('{table}')")]
    names = ", ".join(f'"{column.name}"' for column in columns if column.name in kept)
    op.rename_table(table, old)
    op.create_table(table, *columns)
    op.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM "{old}" ORDER BY rowid')  # noqa: S608 - names of our own tables
    op.drop_table(old)
    connection.exec_driver_sql("PRAGMA legacy_alter_table = OFF")
