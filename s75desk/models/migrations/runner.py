"""Runs the steps that an older desk lacks, all in one transaction together with the note of the new version.

Alembic's operations are used without its script folder and its environment, which look for files at run time and so
fail in the frozen program. This module is imported only when a desk needs a step: Alembic costs 0.3 s at start.
"""

from __future__ import annotations

from collections.abc import Callable

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine

from s75desk.domain.errors import DeskDamaged
from s75desk.models.engine import OUTSIDE, WRITING
from s75desk.models.migrations import (
    LATEST,
    v0001_first,
    v0002_chasers_and_drafts,
    v0003_visits,
    v0004_signatures,
    v0005_one_truth,
)
from s75desk.models.schema import set_revision

Step = Callable[[Operations], None]

STEPS: tuple[tuple[int, Step], ...] = (
    (1, v0001_first.upgrade),
    (2, v0002_chasers_and_drafts.upgrade),
    (3, v0003_visits.upgrade),
    (4, v0004_signatures.upgrade),
    (5, v0005_one_truth.upgrade),
)
"""Every step and the version it leads to, in order. A released step is never edited; a change is a further step."""


def migrate(engine: Engine, revision: int, tell: Callable[[int], None], *, to: int = LATEST) -> None:
    """Bring the tables of a desk from ``revision`` to the version ``to``.

    Either every step is done and the new version noted, or the file is as it was: a kill at any moment, a full disk or
    an exception undoes all of it.

    Args:
        engine: Of a desk that nobody else has open.
        revision: Version of its tables now.
        tell: Told the version that each step leads to before it runs, and ``to`` again before the commit. What it
            raises undoes everything.
        to: Version to stop at.

    Raises:
        DeskDamaged: Afterwards a record would refer to one that is not there.
    """
    with engine.connect() as connection:
        try:
            # A step may have to rebuild a table that others refer to; the check before the commit stands in for this.
            # SQLite takes the PRAGMA only outside a transaction.
            connection.execution_options(**OUTSIDE).exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.rollback()
            with connection.execution_options(**WRITING).begin():
                _run(connection, revision, tell, to)
        finally:
            # It must not go back to the pool with references unchecked.
            connection.invalidate()


def _run(connection: Connection, revision: int, tell: Callable[[int], None], to: int) -> None:
    operations = Operations(MigrationContext.configure(connection))
    for leads_to, step in STEPS:
        if revision < leads_to <= to:
            tell(leads_to)
            step(operations)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise DeskDamaged(
            "Not upgraded: a record in this desk refers to one that is not there. The desk is as it was.",
            "Restore a backup, or open the desk with the version of the program that wrote it.",
        )
    set_revision(connection, to)
    tell(to)
