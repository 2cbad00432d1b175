"""Deeds of variation: which terms each changed, and from which day."""

from __future__ import annotations

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.records.dated import Variation, changed_terms
from s75desk.domain.wording import sentence_case, value_text
from s75desk.reporting.content import Block, Column, Row, Table, cell, sources_of
from s75desk.reporting.part import day_cell


def deeds(dossier: AgreementDossier) -> list[Block]:
    """A table of the deeds whose terms hold; nothing if there is none."""
    if not dossier.variations:
        return []
    columns = (Column("Deed"), Column("Holds from"), Column("Made"), Column("What it changes"))
    rows = tuple(
        Row((cell(deed.title), day_cell(deed.since), day_cell(deed.made), cell(_changes(deed))))
        for deed in dossier.variations
    )
    sources = sources_of(dossier.variations)
    return [Table("term.deeds", "Deeds of variation", columns, rows, sources=sources)]


def _changes(deed: Variation) -> str:
    terms = (f"{field.label}: {value_text(field, value)} {field.unit}".strip() for field, value in changed_terms(deed))
    return sentence_case("; ".join((*terms, *((deed.why,) if deed.why else ())))) or "Not stated"
