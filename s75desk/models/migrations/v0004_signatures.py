"""Version 4: what a signature was given for, and signed versions of which no column can be changed behind our back."""

from __future__ import annotations

from alembic.operations import Operations

from s75desk.models.migrations.shapes import key, rebuild, refers, text, whole


def upgrade(op: Operations) -> None:
    """Give signatures the fingerprint of what was signed; seal every column of a version, and its number."""
    rebuild(
        op,
        "visit_signature",
        key("uid"),
        *refers(visit="visit"),
        *text("party", "role"),
        *whole("refused"),
        *text("reason", "strokes", "signed", "content", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_signature_visit", "visit_signature", ["visit"])
    op.execute("DROP TRIGGER visit_version_is_sealed_update")
    op.execute("DROP TRIGGER visit_version_is_sealed_insert")
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_update BEFORE UPDATE OF uid, visit, number, signed, because, "
        "overall, sha256, source, paragraph, note, sample ON visit_version BEGIN SELECT RAISE(ABORT, 'a signed "
        "version is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_insert BEFORE INSERT ON visit_version WHEN EXISTS (SELECT 1 "
        "FROM visit_version WHERE uid = new.uid OR visit = new.visit AND number = new.number) BEGIN SELECT "
        "RAISE(ABORT, 'a signed version is never changed'); END"
    )
