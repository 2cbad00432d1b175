"""What a later version of a visit says differently, field by field, and why it was amended."""

from __future__ import annotations

from s75desk.domain.visits.difference_words import Told
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.reporting.content import Block, Column, Entry, Paragraph, Row, Section, Table, bold, cell, rich
from s75desk.reporting.part import sentences, stopped
from s75desk.reporting.visit.opening import signed_on

_LONG = 300
"""What is longer is told in paragraphs below one another, not in the narrow columns of a table."""


def change_section(dossier: VisitDossier) -> tuple[Section, ...]:
    """The section for a version that amends another; () for a first version."""
    before = dossier.amends
    if before is None:
        return ()
    now = f"Version {dossier.version}" if dossier.version is not None else "This draft"
    because = dossier.because.strip() or "Not known"
    opening = f"{now} {'amends' if dossier.version is not None else 'is to amend'} {signed_on(before)}"
    blocks: list[Block] = [Paragraph(rich(sentences(opening), " ", bold("Why:"), f" {stopped(because)}"))]
    short = [one for one in dossier.changed if not _is_long(one)]
    if not dossier.changed:
        blocks.append(Paragraph(rich("Nothing that is printed differs.")))
    if short:
        blocks.append(_table(short, before.number or 0, now))
    for one in dossier.changed:
        if _is_long(one):
            texts = (
                rich(bold(f"Version {before.number}:"), f" {one.before}"),
                rich(bold(f"{now}:"), f" {one.after}"),
            )
            blocks.append(Entry(one.what, texts=texts))
    return (Section("section.changes", f"What changed since version {before.number}", tuple(blocks)),)


def _is_long(one: Told) -> bool:
    return len(one.before) + len(one.after) > _LONG


def _table(found: list[Told], before: int, now: str) -> Table:
    rows = tuple(Row((cell(one.what), cell(one.before), cell(one.after))) for one in found)
    columns = (Column("What"), Column(f"Version {before}"), Column(now))
    return Table("changes", "", columns, rows)
