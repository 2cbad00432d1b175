"""Actions: how far those from before are done, and what was agreed at this visit."""

from __future__ import annotations

from s75desk.domain.records import Action
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.visits.book import questions_of
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.found import grade_status
from s75desk.domain.wording import date_short, list_words, sentence_case
from s75desk.reporting.content import Block, Cell, Column, Paragraph, Row, Table, cell, rich, status_cell
from s75desk.reporting.part import day_cell, two_lines


def prior_actions(dossier: VisitDossier) -> tuple[Block, ...]:
    """Every action from before with its grade and why; () if there was none to grade."""
    book = dossier.book
    if not book.prior:
        return ()
    rows = []
    for action in book.prior:
        graded = book.grading(action.uid)
        status = grade_status(book, action)
        reason = (graded.reason or "").strip() or ("None needed" if graded.grade is PriorGrade.MET else "Not known")
        rows.append(Row((Cell(two_lines(action.title, _owed(action))), status_cell(status), cell(reason))))
    columns = (Column("Action"), Column("How far done", least=72.0), Column("Why"))
    return (Table("prior", "", columns, tuple(rows)),)


def _owed(action: Action) -> str:
    parts = (action.owner or "", f"due {date_short(action.due)}" if action.due else "")
    return sentence_case(", ".join(part for part in parts if part))


def agreed_actions(dossier: VisitDossier) -> tuple[Block, ...]:
    """What is to be done, of which kind, by whom, by when, and what will show it."""
    actions = dossier.book.actions
    if not actions:
        return (Paragraph(rich("No action was agreed at this visit.")),)
    rows = []
    for action in actions:
        codes = questions_of(action)
        from_ = f"From {list_words(codes)}" if codes else ""
        rows.append(
            Row(
                (
                    Cell(two_lines(action.title.strip() or "Not known", from_)),
                    cell(action.kind.word if action.kind else "Not known"),
                    cell(sentence_case(action.owner or "Not known")),
                    day_cell(action.due),
                    cell((action.evidence_wanted or "").strip() or "None recorded"),
                )
            )
        )
    columns = (
        Column("What is to be done"),
        Column("Kind"),
        Column("Owner"),
        Column("Due"),
        Column("Evidence expected"),
    )
    note = rich("Corrective: law or contract asks for it. Developmental: good practice.")
    return (Table("agreed", "", columns, tuple(rows), note=note),)
