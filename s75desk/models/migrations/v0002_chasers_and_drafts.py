"""Version 2: times an action was chased, and what was typed into a form and not yet saved."""

from __future__ import annotations

from alembic.operations import Operations

from s75desk.models.migrations.shapes import key, refers, text, text_always, whole


def upgrade(op: Operations) -> None:
    """Add both tables."""
    op.create_table("draft", key("key"), *text_always("kind", "uid", "typed", "kept_at"))
    op.create_table(
        "chaser",
        key("uid"),
        *refers(action="action"),
        *text("chased", "said", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_chaser_action", "chaser", ["action"])
