"""What version 5 carries over by hand: values that a rebuilt table does not take along by itself.

Each subject has a function of its own here; ``before`` runs while the tables are still those of version 4.
"""

from __future__ import annotations

from alembic.operations import Operations


def before(op: Operations) -> None:
    """Keep what would be lost when a table is rebuilt."""


def after(op: Operations) -> None:
    """Fill the columns and tables that are new."""
