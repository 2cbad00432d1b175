"""The ratings of a visit: every area and standard in one table, what was overridden, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from s75desk.domain.statuses.visits import NOT_ASKED
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.levels import Level
from s75desk.domain.visits.question_set import AreaBody, StandardBody
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.standing import standing
from s75desk.domain.wording import count_words
from s75desk.reporting.content import Block, Cell, Column, Paragraph, Row, Table, Words, bold, cell, rich
from s75desk.reporting.part import BLANK, sentences, small_count

_NAMED = 6
"""So many questions without an answer are named; more are counted."""


def ratings(dossier: VisitDossier) -> tuple[Block, ...]:
    """The table, and a paragraph for every judgement that stands in place of what was worked out."""
    levels = [level for level in dossier.rating.levels if level.kind is not LevelKind.OVERALL]
    rows = [_row(level, dossier) for level in (*levels, dossier.rating.overall)]
    columns = (Column("Area and standard"), Column("Rating"), Column("Questions looked at"))
    table = Table("ratings", "", columns, tuple(rows), dense=True, whole=True)
    return (table, *_overrides(dossier))


def ratings_by_area(dossier: VisitDossier) -> tuple[Block, ...]:
    """The same with a line an area: its standards by rating, those rated lowest first."""
    rows = []
    for area in dossier.book.body.areas:
        level = dossier.rating.area(area.code)
        row = _row(level, dossier).cells
        rows.append(Row((*row[:2], cell(_standards(area, dossier)), row[2])))
    whole = _row(dossier.rating.overall, dossier).cells
    rows.append(Row((*whole[:2], BLANK, whole[2]), total=True))
    columns = (Column("Area"), Column("Rating", least=118.0), Column("Its standards"), Column("Looked at"))
    return (Table("ratings", "", columns, tuple(rows), dense=True, whole=True), *_overrides(dossier))


def _standards(area: AreaBody, dossier: VisitDossier) -> str:
    """Such as "Poor: 8 Medicines. Good: the other four", or "All five Good"."""
    levels = [dossier.rating.standard(standard.code) for standard in area.standards]
    by_word: dict[str, list[Level]] = {}
    for level in sorted(levels, key=lambda one: (one.rating is not None, one.rating or 0)):
        by_word.setdefault(standing(level, signed=dossier.version is not None).word, []).append(level)
    if len(by_word) == 1 and len(levels) > 1:
        every = "Both" if len(levels) == 2 else f"All {small_count(len(levels))}"
        return f"{every} {next(iter(by_word))}"
    named = [f"{word}: {'; '.join(level.heading for level in found)}" for word, found in by_word.items()]
    if len(by_word) > 1 and len(found := next(reversed(by_word.values()))) > 1:
        named[-1] = f"{next(reversed(by_word))}: the other {small_count(len(found))}"
    return ". ".join(named)


def _row(level: Level, dossier: VisitDossier) -> Row:
    recorded = dossier.recorded if level.kind is LevelKind.OVERALL else None
    status = recorded or standing(level, signed=dossier.version is not None)
    word = [Words(status.word)]
    if level.override:
        word.append(Words(", officer’s judgement", muted=True))
    group = level.kind is not LevelKind.STANDARD
    return Row(
        (cell(level.heading), Cell(tuple(word), status.shape, status.shape.loud), cell(looked_at(level, dossier))),
        total=group,
    )


def looked_at(level: Level, dossier: VisitDossier) -> str:
    """How many questions of a level were answered of those asked: "4 of 5", "5 of 5, 1 not applicable"."""
    answers = [dossier.book.answer(code) for code in _codes(level, dossier)]
    away = [each for each in answers if each.not_applicable and not each.rating]
    not_asked = sum(1 for each in away if NOT_ASKED in (each.reason or ""))
    out = len(away) - not_asked
    text = f"{level.answered - not_asked} of {level.total - not_asked}"
    text += f", {out} {dossier.book.body.scale.not_applicable.lower()}" if out else ""
    return f"{text}, {not_asked} not asked" if not_asked else text


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
    """What has no answer: a few by name, more as a count by area; the report has each. () for none."""
    body = dossier.book.body
    left = {}
    for area in body.areas:
        missing = sum(len(_open(standard, dossier)) for standard in area.standards)
        left[area.title] = missing, sum(len(standard.questions) for standard in area.standards)
    count = sum(missing for missing, _ in left.values())
    if not count:
        return ()
    questions = "question was" if count == 1 else "questions were"
    opening = f"{count_words(count)} {questions} not looked at: neither good nor bad, and counted for nothing"
    if count <= _NAMED:
        names = [question.heading for one in body.standards for question in one.questions
                 if question.code in _open(one, dossier)]  # fmt: skip
        return (Paragraph(rich(sentences(opening, "; ".join(names)))),)
    by_area = "; ".join(f"{title}, {missing} of {whole}" for title, (missing, whole) in left.items() if missing)
    return (Paragraph(rich(sentences(opening, by_area))),)


def _open(standard: StandardBody, dossier: VisitDossier) -> list[str]:
    answers = {code: dossier.book.answer(code) for code in (question.code for question in standard.questions)}
    return [code for code, answer in answers.items() if answer.rating is None and not answer.not_applicable]
