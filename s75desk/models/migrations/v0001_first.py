"""Version 1: every table but the chasers of an action and the drafts of forms."""

from __future__ import annotations

from alembic.operations import Operations

from s75desk.models.migrations.shapes import (
    data_always,
    key,
    number_key,
    refers,
    text,
    text_always,
    text_once,
    whole,
    whole_always,
)


def upgrade(op: Operations) -> None:
    """Make the tables in an empty file."""
    op.create_table(
        "agreement",
        key("uid"),
        *text("title", "reference", "kind", "stage", "starts"),
        *whole("initial_months"),
        *text("stated_end", "ends_at_latest"),
        *whole("notice_months", "yearly_value", "stated_total"),
        *text(
            "stated_total_basis",
            "people",
            "services",
            "aims",
            "functions",
            "risk_share",
            "reviewed",
            "source",
            "paragraph",
            "note",
        ),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table("blob", key("sha256"), *whole_always("size"), *data_always("data"))
    op.create_table(
        "history",
        number_key("seq"),
        *text_always("change_id", "at", "who", "label", "kind", "uid", "field"),
        *text("before", "after"),
        *text_always("hash"),
    )
    op.create_table(
        "organisation",
        key("uid"),
        *text(
            "name", "short_name", "type", "ods_code", "cqc_provider_id", "company_number", "source", "paragraph", "note"
        ),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "question_set",
        key("uid"),
        *text("title", "version", "state", "since", "scale", "rule", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table("search_row", number_key("id"), *text_always("kind"), *text_once("uid"))
    op.create_table("setting", key("key"), *text("value"))
    op.create_table(
        "briefing",
        key("uid"),
        *text("title", "kind"),
        *refers(agreement="agreement"),
        *text("audience", "as_at", "printed", "how", "options"),
        *whole("pages"),
        *text("sha256", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "contribution",
        key("uid"),
        *refers(agreement="agreement", partner="organisation"),
        *text("type", "line"),
        *whole("year", "quarter", "amount", "about"),
        *text("what", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "decision",
        key("uid"),
        *refers(agreement="agreement"),
        *text("title", "body", "outcome", "due", "taken", "reference", "delegated_to", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "extension",
        key("uid"),
        *refers(agreement="agreement"),
        *whole("number", "months"),
        *text("state", "decided", "decided_by", "reference", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "forum",
        key("uid"),
        *refers(agreement="agreement"),
        *text("name", "purpose", "frequency", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "link",
        key("uid"),
        *refers(agreement="agreement"),
        *text("type"),
        *refers(other="agreement"),
        *text("other_title", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "lot",
        key("uid"),
        *refers(agreement="agreement"),
        *text("type", "title", "covers"),
        *whole("stated_members", "units"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "milestone",
        key("uid"),
        *refers(agreement="agreement"),
        *whole("number"),
        *text(
            "title",
            "activity",
            "owner",
            "starts",
            "due",
            "as_stated",
            "progress",
            "done",
            "source",
            "paragraph",
            "note",
        ),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "option",
        key("uid"),
        *refers(agreement="agreement"),
        *whole("number"),
        *text("title", "benefits", "risks", "score"),
        *whole("chosen"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "party",
        key("uid"),
        *refers(agreement="agreement", organisation="organisation"),
        *text("role", "since", "until", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "provider",
        key("uid"),
        *text("name"),
        *refers(company="organisation"),
        *text(
            "cqc_provider_id",
            "address",
            "postcode",
            "local_authority",
            "contact_role",
            "contact_details",
            "source",
            "paragraph",
            "note",
        ),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "recommendation",
        key("uid"),
        *refers(agreement="agreement"),
        *text(
            "number", "title", "made_by", "made", "owner", "due", "progress", "update", "source", "paragraph", "note"
        ),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "risk",
        key("uid"),
        *refers(agreement="agreement"),
        *text("title", "likelihood", "impact"),
        *whole("yearly_cost"),
        *text("mitigation", "owner", "state", "reviewed", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "standard",
        key("uid"),
        *refers(question_set="question_set"),
        *whole("number"),
        *text("area", "title", "weight", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "kpi",
        key("uid"),
        *refers(agreement="agreement", provider="provider"),
        *text("title", "scope", "definition", "measure", "unit", "better", "adding", "period", "clock"),
        *whole("limit_days"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "meeting",
        key("uid"),
        *refers(agreement="agreement", forum="forum"),
        *text("title", "held", "at", "outcome", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "membership",
        key("uid"),
        *refers(provider="provider", agreement="agreement", lot="lot"),
        *text("zone", "admitted", "left", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "service",
        key("uid"),
        *refers(provider="provider"),
        *text("name", "type", "cqc_location_id", "address", "postcode", "local_authority", "client_groups"),
        *whole("capacity"),
        *text("capacity_unit", "manager", "manager_since"),
        *whole("visit_every_months"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "breakdown",
        key("uid"),
        *refers(agreement="agreement", kpi="kpi"),
        *text("title", "as_at", "total", "base", "unit", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "kpi_return",
        key("uid"),
        *refers(kpi="kpi", agreement="agreement", provider="provider"),
        *text("title", "starts", "ends", "due", "received", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "measurement",
        key("uid"),
        *refers(kpi="kpi"),
        *text("starts", "ends", "value", "n", "base", "measure", "scope"),
        *whole("about"),
        *text("as_stated", "comment", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "rating",
        key("uid"),
        *refers(service="service"),
        *text("scheme", "value", "published"),
        *whole("inherited"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "target",
        key("uid"),
        *refers(kpi="kpi"),
        *whole("year"),
        *text(
            "type",
            "measure",
            "value",
            "tolerance",
            "lower",
            "upper",
            "near",
            "as_stated",
            "source",
            "paragraph",
            "note",
        ),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "visit",
        key("uid"),
        *refers(service="service"),
        *text("kind", "stage", "planned", "at"),
        *whole("days"),
        *text("team"),
        *refers(question_set="question_set"),
        *text("made", "outcome", "summary", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "action",
        key("uid"),
        *text("title", "why", "kind", "state", "owner", "raised", "due"),
        *refers(provider="provider", service="service", agreement="agreement", kpi="kpi", visit="visit"),
        *text("evidence_wanted", "evidence", "done", "verified", "verified_by", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "document",
        key("uid"),
        *refers(agreement="agreement", provider="provider", visit="visit"),
        *text("title", "dated", "filename", "media_type"),
        *whole("size"),
        *text("sha256", "source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "part",
        key("uid"),
        *refers(breakdown="breakdown"),
        *whole("number"),
        *text("label", "count", "percent"),
        *refers(organisation="organisation"),
        *text("source", "paragraph", "note"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_history_change_id", "history", ["change_id"])
    op.create_index("ix_history_uid", "history", ["uid"])
    op.create_index("ix_briefing_agreement", "briefing", ["agreement"])
    op.create_index("ix_contribution_agreement", "contribution", ["agreement"])
    op.create_index("ix_contribution_partner", "contribution", ["partner"])
    op.create_index("ix_decision_agreement", "decision", ["agreement"])
    op.create_index("ix_extension_agreement", "extension", ["agreement"])
    op.create_index("ix_forum_agreement", "forum", ["agreement"])
    op.create_index("ix_link_agreement", "link", ["agreement"])
    op.create_index("ix_link_other", "link", ["other"])
    op.create_index("ix_lot_agreement", "lot", ["agreement"])
    op.create_index("ix_milestone_agreement", "milestone", ["agreement"])
    op.create_index("ix_option_agreement", "option", ["agreement"])
    op.create_index("ix_party_agreement", "party", ["agreement"])
    op.create_index("ix_party_organisation", "party", ["organisation"])
    op.create_index("ix_provider_company", "provider", ["company"])
    op.create_index("ix_recommendation_agreement", "recommendation", ["agreement"])
    op.create_index("ix_risk_agreement", "risk", ["agreement"])
    op.create_index("ix_standard_question_set", "standard", ["question_set"])
    op.create_index("ix_kpi_agreement", "kpi", ["agreement"])
    op.create_index("ix_kpi_provider", "kpi", ["provider"])
    op.create_index("ix_meeting_agreement", "meeting", ["agreement"])
    op.create_index("ix_meeting_forum", "meeting", ["forum"])
    op.create_index("ix_membership_agreement", "membership", ["agreement"])
    op.create_index("ix_membership_lot", "membership", ["lot"])
    op.create_index("ix_membership_provider", "membership", ["provider"])
    op.create_index("ix_service_provider", "service", ["provider"])
    op.create_index("ix_breakdown_agreement", "breakdown", ["agreement"])
    op.create_index("ix_breakdown_kpi", "breakdown", ["kpi"])
    op.create_index("ix_kpi_return_agreement", "kpi_return", ["agreement"])
    op.create_index("ix_kpi_return_due", "kpi_return", ["due"])
    op.create_index("ix_kpi_return_kpi", "kpi_return", ["kpi"])
    op.create_index("ix_kpi_return_provider", "kpi_return", ["provider"])
    op.create_index("ix_measurement_kpi", "measurement", ["kpi"])
    op.create_index("ix_measurement_kpi_ends", "measurement", ["kpi", "ends"])
    op.create_index("ix_rating_service", "rating", ["service"])
    op.create_index("ix_rating_service_scheme_published", "rating", ["service", "scheme", "published"])
    op.create_index("ix_target_kpi", "target", ["kpi"])
    op.create_index("ix_visit_planned", "visit", ["planned"])
    op.create_index("ix_visit_question_set", "visit", ["question_set"])
    op.create_index("ix_visit_service", "visit", ["service"])
    op.create_index("ix_action_agreement", "action", ["agreement"])
    op.create_index("ix_action_due", "action", ["due"])
    op.create_index("ix_action_kpi", "action", ["kpi"])
    op.create_index("ix_action_provider", "action", ["provider"])
    op.create_index("ix_action_service", "action", ["service"])
    op.create_index("ix_action_visit", "action", ["visit"])
    op.create_index("ix_document_agreement", "document", ["agreement"])
    op.create_index("ix_document_provider", "document", ["provider"])
    op.create_index("ix_document_visit", "document", ["visit"])
    op.create_index("ix_part_breakdown", "part", ["breakdown"])
    op.create_index("ix_part_organisation", "part", ["organisation"])
    op.execute(
        "CREATE TRIGGER history_is_append_only_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, "
        "'history is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER history_is_append_only_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, "
        "'history is append-only'); END"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(title, body, tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
