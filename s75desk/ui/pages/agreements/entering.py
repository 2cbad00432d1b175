"""The one form of an agreement: the same for a new one and for one that is there."""

from __future__ import annotations

from collections.abc import Mapping

from s75desk.domain.agreement_entry import SECTIONS, AgreementEntry, entry_of, findings_for_entry
from s75desk.domain.changes import Changes
from s75desk.domain.dated import FromDay
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.notice_follows import notice_follows
from s75desk.domain.records import Agreement, Record
from s75desk.services.agreements import AgreementService
from s75desk.ui.pages.form_pane import FormWish


def wish_for_agreement(agreements: AgreementService, dossier: AgreementDossier | None = None) -> FormWish:
    """The form of an agreement, or of a new one where no dossier is given."""
    if dossier is None:
        return FormWish(
            AgreementEntry(),
            "New agreement",
            "Only the title is needed. Leave a figure empty if it is not known.",
            save=agreements.enter,
            check=findings_for_entry,
            sections=SECTIONS,
        )
    began = entry_of(dossier)

    def amend(entry: AgreementEntry, days: Mapping[str, FromDay]) -> Changes:
        return agreements.amend(entry, began, days)

    def follows(entry: Record, name: str, day: FromDay) -> str:
        if name != "notice" or not isinstance(entry, Agreement):
            return ""
        return notice_follows(dossier.term.ends, dossier.history.of(dossier.agreement), entry.notice, day)

    return FormWish(
        began,
        "Edit agreement",
        began.heading,
        save_from=amend,
        check=findings_for_entry,
        sections=SECTIONS,
        began=began,
        follows=follows,
    )
