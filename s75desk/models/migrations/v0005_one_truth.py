"""Version 5: written by tests/data/desks/make.py; what is carried over by hand stands beside it."""

from __future__ import annotations

from alembic.operations import Operations

from s75desk.models.migrations import carried_over_5
from s75desk.models.migrations.shapes import any_case, key, number_key, rebuild, refers, text, text_always, whole


def upgrade(op: Operations) -> None:
    """Make the new tables, and rebuild those that have other columns now."""
    carried_over_5.before(op)
    rebuild(
        op,
        "agreement",
        key("uid"),
        *text("title", "reference", "kind", "stage", "starts", "first_term"),
        *whole("rolling"),
        *text(
            "stated_end",
            "ends_at_latest",
            "notice",
            "notice_expires",
            "notice_given",
            "notice_ends",
            "ended_on",
            "agreed_on",
        ),
        *whole("yearly_value", "yearly_to", "yearly_about", "stated_total", "stated_total_to", "stated_total_about"),
        *text(
            "stated_total_basis",
            "people",
            "services",
            "aims",
            "functions",
            "risk_share",
            "reviewed",
            "let_end",
            "let_end_decided",
            "remind_on",
            "source",
            "paragraph",
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_agreement_reference", "agreement", [any_case("reference")])
    op.create_table(
        "dated_value",
        key("uid"),
        *text("kind", "record", "field", "value", "since", "reason", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_dated_value_record_field_since", "dated_value", ["record", "field", "since"])
    rebuild(
        op,
        "history",
        number_key("seq"),
        *text_always("change_id", "at", "who", "label", "kind", "uid", "field"),
        *text("before", "after"),
        *text_always("hash"),
        *text("replica", "parent"),
    )
    op.create_index("ix_history_change_id", "history", ["change_id"])
    op.create_index("ix_history_uid", "history", ["uid"])
    op.execute(
        "CREATE TRIGGER history_is_append_only_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, "
        "'history is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER history_is_append_only_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, "
        "'history is append-only'); END"
    )
    rebuild(
        op,
        "organisation",
        key("uid"),
        *text(
            "name",
            "short_name",
            "type",
            "ods_code",
            "cqc_provider_id",
            "company_number",
            "source",
            "paragraph",
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_organisation_name", "organisation", [any_case("name")])
    rebuild(
        op,
        "question_set",
        key("uid"),
        *text("title", "version", "state", "since", "scale", "rule", "content", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_table(
        "tag",
        key("uid"),
        *text("name", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_tag_name", "tag", [any_case("name")])
    op.create_table(
        "break_clause",
        key("uid"),
        *refers(agreement="agreement"),
        *text(
            "on",
            "after",
            "notice",
            "who",
            "state",
            "decided",
            "decided_by",
            "reference",
            "source",
            "paragraph",
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_break_clause_agreement", "break_clause", ["agreement"])
    op.create_table(
        "contradiction",
        key("uid"),
        *refers(agreement="agreement"),
        *text("title", "one", "one_at", "other", "other_at", "raised", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_contradiction_agreement", "contradiction", ["agreement"])
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
        *text("uplift", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_contribution_agreement", "contribution", ["agreement"])
    op.create_index("ix_contribution_partner", "contribution", ["partner"])
    rebuild(
        op,
        "decision",
        key("uid"),
        *refers(agreement="agreement"),
        *text(
            "title",
            "body",
            "outcome",
            "due",
            "taken",
            "reference",
            "delegated_to",
            "source",
            "paragraph",
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_decision_agreement", "decision", ["agreement"])
    rebuild(
        op,
        "extension",
        key("uid"),
        *refers(agreement="agreement"),
        *whole("number"),
        *text("length", "state"),
        *whole("waiver"),
        *text("decided", "decided_by", "reference", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_extension_agreement", "extension", ["agreement"])
    rebuild(
        op,
        "forum",
        key("uid"),
        *refers(agreement="agreement"),
        *text("name", "purpose", "frequency", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_forum_agreement", "forum", ["agreement"])
    rebuild(
        op,
        "link",
        key("uid"),
        *refers(agreement="agreement"),
        *text("type"),
        *refers(other="agreement"),
        *text("other_title", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_link_agreement", "link", ["agreement"])
    op.create_index("ix_link_other", "link", ["other"])
    rebuild(
        op,
        "lot",
        key("uid"),
        *refers(agreement="agreement"),
        *text("type", "title", "covers"),
        *whole("stated_members", "units"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_lot_agreement", "lot", ["agreement"])
    rebuild(
        op,
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
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_milestone_agreement", "milestone", ["agreement"])
    rebuild(
        op,
        "option",
        key("uid"),
        *refers(agreement="agreement"),
        *whole("number"),
        *text("title", "benefits", "risks", "score"),
        *whole("chosen"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_option_agreement", "option", ["agreement"])
    rebuild(
        op,
        "party",
        key("uid"),
        *refers(agreement="agreement", organisation="organisation"),
        *text("role", "since", "until", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_party_agreement", "party", ["agreement"])
    op.create_index("ix_party_organisation", "party", ["organisation"])
    rebuild(
        op,
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
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_provider_company", "provider", ["company"])
    op.create_index("ix_provider_cqc_provider_id", "provider", [any_case("cqc_provider_id")])
    rebuild(
        op,
        "risk",
        key("uid"),
        *refers(agreement="agreement"),
        *text("title", "likelihood", "impact"),
        *whole("yearly_cost", "yearly_cost_about"),
        *text("mitigation", "owner", "state", "raised", "reviewed", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_risk_agreement", "risk", ["agreement"])
    rebuild(
        op,
        "standard",
        key("uid"),
        *refers(question_set="question_set"),
        *whole("number"),
        *text("area", "title", "weight", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_standard_question_set", "standard", ["question_set"])
    op.create_table(
        "succession",
        key("uid"),
        *refers(organisation="organisation", successor="organisation"),
        *text("going", "since", "share", "share_by", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_succession_organisation", "succession", ["organisation"])
    op.create_index("ix_succession_successor", "succession", ["successor"])
    op.create_table(
        "variation",
        key("uid"),
        *refers(agreement="agreement"),
        *text("title", "made", "since", "why", "notice", "first_term", "stated_end", "ends_at_latest"),
        *whole("yearly_value", "stated_total"),
        *text("people", "services", "functions", "risk_share", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_variation_agreement", "variation", ["agreement"])
    rebuild(
        op,
        "kpi",
        key("uid"),
        *refers(agreement="agreement", provider="provider"),
        *text(
            "title",
            "scope",
            "definition",
            "measure",
            "unit",
            "better",
            "adding",
            "period",
            "year_from",
            "own_dates",
            "clock",
        ),
        *whole("limit_days"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_kpi_agreement", "kpi", ["agreement"])
    op.create_index("ix_kpi_provider", "kpi", ["provider"])
    rebuild(
        op,
        "meeting",
        key("uid"),
        *refers(agreement="agreement", forum="forum"),
        *text("title", "held", "at", "outcome", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_meeting_agreement", "meeting", ["agreement"])
    op.create_index("ix_meeting_forum", "meeting", ["forum"])
    rebuild(
        op,
        "membership",
        key("uid"),
        *refers(provider="provider", agreement="agreement", lot="lot"),
        *text("zone", "admitted", "left", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_membership_agreement", "membership", ["agreement"])
    op.create_index("ix_membership_lot", "membership", ["lot"])
    op.create_index("ix_membership_provider", "membership", ["provider"])
    rebuild(
        op,
        "recommendation",
        key("uid"),
        *refers(agreement="agreement"),
        *text("number", "title", "made_by", "made", "owner", "due", "progress", "update", "updated"),
        *refers(decision="decision"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_recommendation_agreement", "recommendation", ["agreement"])
    op.create_index("ix_recommendation_decision", "recommendation", ["decision"])
    rebuild(
        op,
        "service",
        key("uid"),
        *refers(provider="provider"),
        *text("name", "type", "cqc_location_id", "address", "postcode", "local_authority", "client_groups"),
        *whole("capacity"),
        *text("capacity_unit", "manager", "manager_since", "visit_every", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_service_cqc_location_id", "service", [any_case("cqc_location_id")])
    op.create_index("ix_service_provider", "service", ["provider"])
    rebuild(
        op,
        "breakdown",
        key("uid"),
        *refers(agreement="agreement", kpi="kpi"),
        *text("title", "as_at", "total", "absent", "below", "above"),
        *whole("about"),
        *text("base", "unit", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_breakdown_agreement", "breakdown", ["agreement"])
    op.create_index("ix_breakdown_kpi", "breakdown", ["kpi"])
    op.create_table(
        "doubt_answer",
        key("uid"),
        *refers(agreement="agreement", kpi="kpi", provider="provider"),
        *text(
            "title",
            "reply",
            "who",
            "answered",
            "check",
            "kind",
            "record",
            "figures",
            "source",
            "paragraph",
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_doubt_answer_agreement", "doubt_answer", ["agreement"])
    op.create_index("ix_doubt_answer_kpi", "doubt_answer", ["kpi"])
    op.create_index("ix_doubt_answer_provider", "doubt_answer", ["provider"])
    rebuild(
        op,
        "kpi_return",
        key("uid"),
        *refers(kpi="kpi", agreement="agreement", provider="provider"),
        *text("title", "starts", "ends", "due", "received", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_kpi_return_agreement", "kpi_return", ["agreement"])
    op.create_index("ix_kpi_return_due", "kpi_return", ["due"])
    op.create_index("ix_kpi_return_kpi", "kpi_return", ["kpi"])
    op.create_index("ix_kpi_return_provider", "kpi_return", ["provider"])
    rebuild(
        op,
        "measurement",
        key("uid"),
        *refers(kpi="kpi"),
        *text("starts", "ends", "value", "absent", "below", "above", "n", "base", "measure", "scope"),
        *whole("about"),
        *text("as_stated", "comment", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_measurement_kpi", "measurement", ["kpi"])
    op.create_index("ix_measurement_kpi_ends", "measurement", ["kpi", "ends"])
    rebuild(
        op,
        "rating",
        key("uid"),
        *refers(service="service"),
        *text("scheme", "value", "published"),
        *whole("inherited", "asked", "looked_at"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_rating_service", "rating", ["service"])
    op.create_index("ix_rating_service_scheme_published", "rating", ["service", "scheme", "published"])
    rebuild(
        op,
        "target",
        key("uid"),
        *refers(kpi="kpi"),
        *whole("year"),
        *text(
            "since",
            "until",
            "per",
            "type",
            "measure",
            "value",
            "tolerance",
            "lower",
            "upper",
            "near",
            "margin",
            "as_stated",
            "source",
            "paragraph",
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_target_kpi", "target", ["kpi"])
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
        *text("amended_because", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
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
            "questions",
            "evidence_wanted",
            "evidence",
            "done",
            "verified",
            "verified_by",
            "source",
            "paragraph",
            "known",
            "note",
        ),
        *whole("private"),
        *text("inferred"),
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
        *refers(agreement="agreement", visit="visit", provider="provider", kpi="kpi"),
        *text("audience", "as_at", "printed", "how", "options"),
        *whole("pages"),
        *text("sha256", "content", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_briefing_agreement", "briefing", ["agreement"])
    op.create_index("ix_briefing_kpi", "briefing", ["kpi"])
    op.create_index("ix_briefing_provider", "briefing", ["provider"])
    op.create_index("ix_briefing_visit", "briefing", ["visit"])
    rebuild(
        op,
        "document",
        key("uid"),
        *refers(agreement="agreement", provider="provider", visit="visit"),
        *text("title", "dated", "filename", "media_type"),
        *whole("size"),
        *text("sha256", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_document_agreement", "document", ["agreement"])
    op.create_index("ix_document_provider", "document", ["provider"])
    op.create_index("ix_document_visit", "document", ["visit"])
    rebuild(
        op,
        "part",
        key("uid"),
        *refers(breakdown="breakdown"),
        *whole("number"),
        *text("label", "count", "absent", "below", "above"),
        *whole("about"),
        *text("percent"),
        *refers(organisation="organisation"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_part_breakdown", "part", ["breakdown"])
    op.create_index("ix_part_organisation", "part", ["organisation"])
    rebuild(
        op,
        "people_spoken",
        key("uid"),
        *refers(visit="visit"),
        *text("role"),
        *whole("count"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_people_spoken_visit", "people_spoken", ["visit"])
    rebuild(
        op,
        "visit_answer",
        key("uid"),
        *refers(visit="visit"),
        *text("question"),
        *whole("rating", "not_applicable"),
        *text("reason"),
        *whole("flagged"),
        *text("seen", "evidence", "sample_of"),
        *whole("population", "looked_at"),
        *text("method", "codes", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_answer_visit", "visit_answer", ["visit"])
    op.create_index("ix_visit_answer_visit_question", "visit_answer", ["visit", "question"])
    rebuild(
        op,
        "visit_override",
        key("uid"),
        *refers(visit="visit"),
        *text("level", "code"),
        *whole("rating"),
        *text("reason", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_override_visit", "visit_override", ["visit"])
    rebuild(
        op,
        "visit_photo",
        key("uid"),
        *refers(visit="visit"),
        *text("question"),
        *whole("number"),
        *text("caption", "sha256", "thumbnail"),
        *whole("wide", "high", "size"),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_photo_visit", "visit_photo", ["visit"])
    rebuild(
        op,
        "visit_signature",
        key("uid"),
        *refers(visit="visit"),
        *text("party", "role"),
        *whole("refused"),
        *text("reason", "strokes", "signed", "content", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_signature_visit", "visit_signature", ["visit"])
    rebuild(
        op,
        "visit_version",
        key("uid"),
        *refers(visit="visit"),
        *whole("number"),
        *text("signed", "because", "overall", "sha256", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_visit_version_visit", "visit_version", ["visit"])
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_update BEFORE UPDATE OF uid, visit, number, signed, because, "
        "overall, sha256, source, paragraph, known, note, private, inferred, sample ON visit_version BEGIN "
        "SELECT RAISE(ABORT, 'a signed version is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_delete BEFORE DELETE ON visit_version BEGIN SELECT "
        "RAISE(ABORT, 'a signed version is never changed'); END"
    )
    op.execute(
        "CREATE TRIGGER visit_version_is_sealed_insert BEFORE INSERT ON visit_version WHEN EXISTS (SELECT 1 "
        "FROM visit_version WHERE uid = new.uid OR visit = new.visit AND number = new.number) BEGIN SELECT "
        "RAISE(ABORT, 'a signed version is never changed'); END"
    )
    rebuild(
        op,
        "chaser",
        key("uid"),
        *refers(action="action"),
        *text("chased", "said", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_chaser_action", "chaser", ["action"])
    rebuild(
        op,
        "prior_grading",
        key("uid"),
        *refers(visit="visit", action="action"),
        *text("grade", "reason", "source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_prior_grading_action", "prior_grading", ["action"])
    op.create_index("ix_prior_grading_visit", "prior_grading", ["visit"])
    op.create_table(
        "tagged",
        key("uid"),
        *refers(
            tag="tag",
            agreement="agreement",
            provider="provider",
            service="service",
            visit="visit",
            kpi="kpi",
            action="action",
            document="document",
        ),
        *text("source", "paragraph", "known", "note"),
        *whole("private"),
        *text("inferred"),
        *whole("sample"),
        *text("archived_at"),
    )
    op.create_index("ix_tagged_action", "tagged", ["action"])
    op.create_index("ix_tagged_agreement", "tagged", ["agreement"])
    op.create_index("ix_tagged_document", "tagged", ["document"])
    op.create_index("ix_tagged_kpi", "tagged", ["kpi"])
    op.create_index("ix_tagged_provider", "tagged", ["provider"])
    op.create_index("ix_tagged_service", "tagged", ["service"])
    op.create_index("ix_tagged_tag", "tagged", ["tag"])
    op.create_index("ix_tagged_visit", "tagged", ["visit"])
    carried_over_5.after(op)
