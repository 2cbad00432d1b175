"""Dossiers of one rich visit at its stages, and their papers as PDF: made once for all tests that read them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.completeness import missing
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.rating import Rater
from s75desk.models.desk_file import DeskFile
from s75desk.reporting.content import Briefing
from s75desk.reporting.feedback_sheet import feedback_sheet
from s75desk.reporting.layout import RenderedPdf, render
from s75desk.reporting.visit_report import visit_report
from tests.unit.record_help import office_of
from tests.unit.rich_visit import MADE, amend, finish, plan, record

AS_AT = date(2026, 2, 4)


@dataclass(frozen=True)
class Stages:
    """The visit before it was signed, while it was being amended, and as each version.

    Attributes:
        blank: Planned, with nothing recorded.
        draft: Recorded, not signed.
        first: Version 1, printed while there was no other.
        old: Version 1, printed after version 2 was signed.
        second: Version 2.
    """

    blank: VisitDossier
    draft: VisitDossier
    first: VisitDossier
    old: VisitDossier
    second: VisitDossier


@cache
def stages() -> Stages:
    """All of them, from one desk."""
    with tempfile.TemporaryDirectory() as folder, DeskFile.create(Path(folder) / "a.s75desk") as desk:
        office = office_of(desk, MADE)
        dossier = office.briefings.visits.dossier
        visit = plan(office)
        blank = dossier(visit.uid, AS_AT)
        record(office, visit)
        draft = dossier(visit.uid, AS_AT)
        finish(office, visit)
        first = dossier(visit.uid, AS_AT)
        amend(office, visit)
        return Stages(blank, draft, first, dossier(visit.uid, AS_AT, 1), dossier(visit.uid, AS_AT))


@cache
def sheet_of(stage: str) -> RenderedPdf:
    """The feedback sheet of a stage."""
    return render(feedback_sheet(getattr(stages(), stage)), as_at=AS_AT)


@cache
def report_of(stage: str) -> RenderedPdf:
    """The report of a stage, with its workings."""
    return render(visit_report(getattr(stages(), stage), show_workings=True), as_at=AS_AT)


def rewritten(dossier: VisitDossier, change: Callable[[VisitBook], VisitBook]) -> VisitDossier:
    """The dossier with another book, rated anew."""
    book = change(dossier.book)
    found = missing(book.facts()) if dossier.version is None else ()
    return replace(dossier, book=book, rating=book.rate(Rater(book.body)), missing=found)


def made(briefing: Briefing) -> RenderedPdf:
    """A briefing as PDF."""
    return render(briefing, as_at=AS_AT)
