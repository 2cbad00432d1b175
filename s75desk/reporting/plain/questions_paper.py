"""What the provider is to be asked: figures that nobody here can settle, with room for the answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from s75desk.domain.answers import to_be_asked
from s75desk.domain.findings import Question
from s75desk.domain.wording import plural
from s75desk.reporting.content import Block, Briefing, Cell, Column, Paragraph, Remark, Row, Section, Table, cell, rich
from s75desk.reporting.part import BLANK, UNKNOWN_WORD, sentences, two_lines
from s75desk.reporting.plain.frame import plain_paper

KIND = "Questions to the provider"


def questions_paper(
    title: str, questions: Iterable[Question], as_at: date, *, prepared_by: str, reference: str = "", audience: str = ""
) -> Briefing:
    """A page to send: each figure in doubt that is to be asked, as the papers have it."""
    asked = [question for question in questions if to_be_asked(question)]
    blocks: list[Block] = []
    if asked:
        words = f"We have {plural(len(asked), 'question')} about figures that do not agree with each other"
        wanted = "For each, say which is right, and name or send the paper that it rests on"
        blocks.append(Paragraph(rich(sentences(words, wanted))))
        columns = (
            Column("No.", "right"),
            Column("What does not agree", least=230.0),
            Column("Your answer", least=150.0),
        )
        blocks.append(Table("asked", "", columns, tuple(_row(n, each) for n, each in enumerate(asked, 1))))
    else:
        blocks.append(Remark(rich("No figure is to be asked of the provider.")))
    return plain_paper(
        KIND,
        title,
        as_at,
        (Section("section.asked", KIND, tuple(blocks)),),
        prepared_by=prepared_by,
        audience=audience,
        reference=reference,
    )


def _row(number: int, question: Question) -> Row:
    notes = " ".join(question.answer.printed_notes) if question.answer else ""
    said = sentences(question.text, notes)
    source = question.source if question.source != UNKNOWN_WORD else ""
    return Row((cell(str(number)), Cell(two_lines(question.title, "\n".join(filter(None, (said, source))))), BLANK))
