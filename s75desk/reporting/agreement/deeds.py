"""Deeds of variation, and what else changes terms from a day to come: which terms, and from when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from s75desk.domain.coming_terms import ComingTerms
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.fields import Field
from s75desk.domain.records.dated import Variation, changed_terms
from s75desk.domain.wording import date_long, list_words, sentence_case, value_text
from s75desk.reporting.content import Block, Column, Paragraph, Row, Table, bold, cell, rich, sources_of
from s75desk.reporting.part import day_cell, sentences


def deeds(dossier: AgreementDossier) -> list[Block]:
    """A table of the deeds whose terms hold, and a sentence for all that is agreed and holds later."""
    return [*_table(dossier), *(_announced(each) for each in dossier.coming)]


def _table(dossier: AgreementDossier) -> list[Block]:
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
    terms = tuple(_terms(changed_terms(deed)))
    return sentence_case("; ".join((*terms, *((deed.why,) if deed.why else ())))) or "Not stated"


def _terms(changes: Iterable[tuple[Field, Any]]) -> list[str]:
    return [f"{field.label}: {value_text(field, value, long=True, unit=True)}" for field, value in changes]


def _announced(coming: ComingTerms) -> Paragraph:
    """What will hold, from when, and what brings it."""
    by = f"{coming.title}, made on {date_long(coming.known)}" if coming.deed else coming.title
    words = list_words(text[:1].lower() + text[1:] for text in _terms(coming.changes))
    text = f"From {date_long(coming.since)}, not yet in force: {words}{f' ({by})' if by else ''}"
    return Paragraph(rich(bold("Agreed for later."), f" {sentences(text)}"))
