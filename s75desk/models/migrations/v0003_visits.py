"""Version 3: what is recorded at a visit, its signed versions, and questions kept with a question set."""

from __future__ import annotations

from alembic.operations import Operations

from s75desk.models.migrations.shapes import key, rebuild, refers, text, whole


def upgrade(op: Operations) -> None:
    """Add the tables of a visit; give visits, question sets, actions and briefings the fields that go with them."""
    rebuild(
        op,
        "question_set",
        key("uid"),
        *text("title", "version", "state", "since", "scale", "rule", "content", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    rebuild(
        op,
        "visit",
        key("uid"),
        *refers(service="service"),
        *text("kind", "stage", "planned", "at"),
        *whole("days"),
        *text("team"),
        *refers(question_set="question_set"),
        *text("made", "outcome", "summary", "comment"),
        *whole("no_comment", "amends"),
        *text("amended_because", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_planned", "visit", ["planned"])
    op.create_index("ix_visit_question_set", "visit", ["question_set"])
    op.create_index("ix_visit_service", "visit", ["service"])
    rebuild(
        op,
        "action",
        key("uid"),
        *text("title", "why", "kind", "state", "owner", "raised", "due"),
        *refers(provider="provider", service="service", agreement="agreement", kpi="kpi", visit="visit"),
        *text(
            "questions", "evidence_wanted", "evidence", "done", "verified", "verified_by", "source", "paragraph", "note"
        ),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_action_agreement", "action", ["agreement"])
    op.create_index("ix_action_due", "action", ["due"])
    op.create_index("ix_action_kpi", "action", ["kpi"])
    op.create_index("ix_action_provider", "action", ["provider"])
    op.create_index("ix_action_service", "action", ["service"])
    op.create_index("ix_action_visit", "action", ["visit"])
    rebuild(
        op,
        "briefing",
        key("uid"),
        *text("title", "kind"),
        *refers(agreement="agreement", visit="visit"),
        *text("audience", "as_at", "printed", "how", "options"),
        *whole("pages"),
        *text("sha256", "content", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_briefing_agreement", "briefing", ["agreement"])
    op.create_index("ix_briefing_visit", "briefing", ["visit"])
    op.create_table(
        "visit_answer",
        key("uid"),
        *refers(visit="visit"),
        *text("question"),
        *whole("rating", "not_applicable"),
        *text("reason"),
        *whole("flagged"),
        *text("seen", "evidence", "sample_of"),
        *whole("population", "looked_at"),
        *text("method", "codes", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_answer_visit", "visit_answer", ["visit"])
    op.create_index("ix_visit_answer_visit_question", "visit_answer", ["visit", "question"])
    op.create_table(
        "visit_override",
        key("uid"),
        *refers(visit="visit"),
        *text("level", "code"),
        *whole("rating"),
        *text("reason", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_override_visit", "visit_override", ["visit"])
    op.create_table(
        "people_spoken",
        key("uid"),
        *refers(visit="visit"),
        *text("role"),
        *whole("count"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_people_spoken_visit", "people_spoken", ["visit"])
    op.create_table(
        "prior_grading",
        key("uid"),
        *refers(visit="visit", action="action"),
        *text("grade", "reason", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_prior_grading_action", "prior_grading", ["action"])
    op.create_index("ix_prior_grading_visit", "prior_grading", ["visit"])
    op.create_table(
        "visit_photo",
        key("uid"),
        *refers(visit="visit"),
        *text("question"),
        *whole("number"),
        *text("caption", "sha256", "thumbnail"),
        *whole("wide", "high", "size"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_photo_visit", "visit_photo", ["visit"])
    op.create_table(
        "visit_signature",
        key("uid"),
        *refers(visit="visit"),
        *text("party", "role"),
        *whole("refused"),
        *text("reason", "strokes", "signed", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_signature_visit", "visit_signature", ["visit"])
    op.create_table(
        "visit_version",
        key("uid"),
        *refers(visit="visit"),
        *whole("number"),
        *text("signed", "because", "overall", "sha256", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_version_visit", "visit_version", ["visit"])
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_update BEFORE UPDATE OF uid, visit, number, signed, because, "
        "overall, sha256 ON visit_version BEGIN SELECT RAISE(ABORT, 'a signed version is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_delete BEFORE DELETE ON visit_version BEGIN SELECT "
        "RAISE(ABORT, 'a signed version is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_insert BEFORE INSERT ON visit_version WHEN EXISTS (SELECT 1 "
        "FROM visit_version WHERE uid = new.uid) BEGIN SELECT RAISE(ABORT, 'a signed version is never "
        "changed'); END"
    )
