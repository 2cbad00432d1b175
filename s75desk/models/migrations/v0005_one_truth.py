"""Version 5: written by tests/data/desks/make.py; what is carried over by hand stands beside it."""

from __future__ import annotations

from alembic.operations import Operations

from s75desk.models.migrations import carried_over_5
from s75desk.models.migrations.shapes import key, rebuild, refers, text, whole


def upgrade(op: Operations) -> None:
    """Make the new tables, and rebuild those that have other columns now."""
    carried_over_5.before(op)
    rebuild(
        op,
        "contribution",
        key("uid"),
        *refers(agreement="agreement", partner="organisation"),
        *text("type", "line"),
        *whole("year", "quarter", "amount", "amount_to"),
        *text("no_amount"),
        *whole("about"),
        *text("what", "state", "stated_on", "vat"),
        *whole("in_kind"),
        *text("uplift", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_contribution_agreement", "contribution", ["agreement"])
    op.create_index("ix_contribution_partner", "contribution", ["partner"])
    carried_over_5.after(op)
