"""How the rating was worked out: the rule in words, then the working of every level, enough to redo it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.rule import LevelKind, rule_words
from s75desk.reporting.content import Block, Bullets, Paragraph, Remark, Section, Subheading, rich
from s75desk.reporting.part import listed, stopped, working_table

TITLE = "How the rating was worked out"

_ITEM = 165.0
"""Least width of the column with the names of questions."""

_NAMES = {
    LevelKind.OVERALL: "The rule for the overall rating",
    LevelKind.AREA: "The rule for an area",
    LevelKind.STANDARD: "The rule for a standard",
}


def working_section(dossier: VisitDossier) -> Section:
    """The appendix."""
    body = dossier.book.body
    blocks: list[Block] = []
    if body.rule.explanation:
        blocks.append(Paragraph(rich(stopped(body.rule.explanation))))
    for kind in reversed(LevelKind):
        words = rule_words(body.rule, body.scale, kind).removesuffix(".").split(". ")
        blocks.append(Subheading(_NAMES[kind]))
        blocks.append(Bullets(listed(stopped(sentence) for sentence in words)))
    if body.rule.sources:
        leans = "; ".join(source.words for source in body.rule.sources)
        blocks.append(Remark(rich(f"The rule leans on: {stopped(leans)}")))
    blocks += _levels(dossier)
    return Section("section.working", TITLE, tuple(blocks), appendix=True)


def _levels(dossier: VisitDossier) -> Iterator[Block]:
    for level in dossier.rating.levels:
        if level.kind is not LevelKind.STANDARD:
            yield Subheading(level.title)
        working = level.working
        if level.kind is LevelKind.STANDARD:
            working = replace(working, title=f"Standard {working.title}")
        table = working_table(f"working.{level.kind.value}.{level.code}", working, rule=False)
        columns = (replace(table.columns[0], least=_ITEM), *table.columns[1:])
        yield replace(table, columns=columns, dense=True, whole=True)
