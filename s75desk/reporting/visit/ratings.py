"""The ratings of a visit: every area and standard in one table, what was overridden, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.levels import Level
from s75desk.domain.visits.question_set import StandardBody
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.standing import standing
from s75desk.domain.wording import count_words
from s75desk.reporting.content import Block, Cell, Column, Paragraph, Row, Table, Words, bold, cell, rich
from s75desk.reporting.part import sentences


def ratings(dossier: VisitDossier) -> tuple[Block, ...]:
    """The table, and a paragraph for every judgement that stands in place of what was worked out."""
    levels = [level for level in dossier.rating.levels if level.kind is not LevelKind.OVERALL]
    rows = [_row(level, dossier) for level in (*levels, dossier.rating.overall)]
    columns = (Column("Area and standard"), Column("Rating"), Column("Questions looked at"))
    table = Table("ratings", "", columns, tuple(rows), dense=True, whole=True)
    return (table, *_overrides(dossier))


def _row(level: Level, dossier: VisitDossier) -> Row:
    status = standing(level, signed=dossier.version is not None)
    word = [Words(status.word)]
    if level.override:
        word.append(Words(", officer’s judgement", muted=True))
    group = level.kind is not LevelKind.STANDARD
    return Row(
        (cell(level.heading), Cell(tuple(word), status.shape, status.shape.loud), cell(looked_at(level, dossier))),
        total=group,
    )


def looked_at(level: Level, dossier: VisitDossier) -> str:
    """How many questions of a level were answered: "4 of 5", "5 of 5, 1 not applicable"."""
    text = f"{level.answered} of {level.total}"
    codes = _codes(level, dossier)
    out = sum(1 for code in codes if dossier.book.answer(code).not_applicable and not dossier.book.answer(code).rating)
    return f"{text}, {out} {dossier.book.body.scale.not_applicable.lower()}" if out else text


def _codes(level: Level, dossier: VisitDossier) -> list[str]:
    body = dossier.book.body
    if level.kind is LevelKind.OVERALL:
        return [question.code for question in body.questions]
    if level.kind is LevelKind.AREA:
        area = next(area for area in body.areas if area.code == level.code)
        return [question.code for standard in area.standards for question in standard.questions]
    standard = next(standard for standard in body.standards if standard.code == level.code)
    return [question.code for question in standard.questions]


def _overrides(dossier: VisitDossier) -> Iterator[Block]:
    for level in dossier.rating.levels:
        if level.override:
            yield Paragraph(rich(bold(f"{level.heading}."), f" {sentences(*level.reasons)}"))


def not_looked_at(dossier: VisitDossier) -> tuple[Block, ...]:
    """Every question without an answer, by name; a standard that was left out whole stands once. () for none."""
    standards = dossier.book.body.standards
    left = {standard.code: _open(standard, dossier) for standard in standards}
    count = sum(len(codes) for codes in left.values())
    if not count:
        return ()
    whole = [standard for standard in standards if left[standard.code] and _whole(standard, left)]
    single = [
        question.heading
        for standard in standards
        if not _whole(standard, left)
        for question in standard.questions
        if question.code in left[standard.code]
    ]
    names = [f"{standard.heading} ({len(standard.questions)})" for standard in whole]
    questions = "question was" if count == 1 else "questions were"
    opening = f"{count_words(count)} {questions} not looked at: neither good nor bad, and counted for nothing"
    left_out = f"Whole standards, with how many questions each has: {'; '.join(names)}" if names else ""
    return (Paragraph(rich(sentences(opening, left_out, "; ".join(single)))),)


def _open(standard: StandardBody, dossier: VisitDossier) -> list[str]:
    answers = {code: dossier.book.answer(code) for code in (question.code for question in standard.questions)}
    return [code for code, answer in answers.items() if answer.rating is None and not answer.not_applicable]


def _whole(standard: StandardBody, left: dict[str, list[str]]) -> bool:
    return len(left[standard.code]) == len(standard.questions)
