"""What a later version of a visit says differently, field by field, and why it was amended."""

from __future__ import annotations

from dataclasses import dataclass

from s75desk.domain.visits.changed_words import Pieces, changed_words
from s75desk.domain.visits.difference_words import Told
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.reporting.content import (
    Block,
    Column,
    Entry,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    Words,
    bold,
    cell,
    rich,
)
from s75desk.reporting.part import sentences, stopped
from s75desk.reporting.visit.opening import signed_on

_LONG = 300
"""What is longer is told in paragraphs below one another, not in the narrow columns of a table."""

_LEGEND = " Words in bold stand in one of the two only."


@dataclass(frozen=True, slots=True)
class _Marked:
    """One thing that differs, as it is set: with the words that differ in bold."""

    what: str
    before: Rich
    after: Rich
    long: bool


def change_section(dossier: VisitDossier) -> tuple[Section, ...]:
    """The section for a version that amends another; () for a first version."""
    before = dossier.amends
    if before is None:
        return ()
    now = f"Version {dossier.version}" if dossier.version is not None else "This draft"
    because = dossier.because.strip() or "Not known"
    opening = f"{now} {'amends' if dossier.version is not None else 'is to amend'} {signed_on(before)}"
    found = [_marked(one) for one in dossier.changed]
    marks = any(part.bold for one in found for part in (*one.before, *one.after) if isinstance(part, Words))
    legend = _LEGEND if marks else ""
    blocks: list[Block] = [Paragraph(rich(sentences(opening), " ", bold("Why:"), f" {stopped(because)}{legend}"))]
    short = [one for one in found if not one.long]
    if not found:
        blocks.append(Paragraph(rich("Nothing that is printed differs.")))
    if short:
        blocks.append(_table(short, before.number or 0, now))
    for one in found:
        if one.long:
            texts = (
                rich(bold(f"Version {before.number}:"), " ", *one.before),
                rich(bold(f"{now}:"), " ", *one.after),
            )
            blocks.append(Entry(one.what, texts=texts))
    return (Section("section.changes", f"What changed since version {before.number}", tuple(blocks)),)


def _is_long(one: Told) -> bool:
    return len(one.before) + len(one.after) > _LONG


def _marked(one: Told) -> _Marked:
    before, after = changed_words(one.before, one.after)
    return _Marked(one.what, _rich(before), _rich(after), _is_long(one))


def _rich(pieces: Pieces) -> Rich:
    return tuple(Words(piece.text, bold=piece.changed) for piece in pieces)


def _table(found: list[_Marked], before: int, now: str) -> Table:
    rows = tuple(Row((cell(one.what), cell(one.before), cell(one.after))) for one in found)
    columns = (Column("What"), Column(f"Version {before}"), Column(now))
    return Table("changes", "", columns, rows)
