"""Doubts are gone through by keys: F8 to the next one, an answer with its note, undone as anything is."""

from __future__ import annotations

from s75desk.domain.records.doubt import Reply
from tests.e2e.driver import Officer


def test_doubts_are_answered_by_keys(officer: Officer) -> None:
    uid = next(row.uid for row in officer.office.agreements.rows() if row.doubts > 2)
    before = officer.office.agreements.dossier(uid).questions
    officer.go("agreements", uid)
    officer.press("F8")
    page = officer.page.record.doubts
    assert officer.page.record.sub_page() == "Doubts"
    assert page.table.current_row().key == before[0].key
    officer.press("F8")
    assert page.table.current_row().key == before[1].key
    page.note.setText("As the minutes have it")
    officer.press("Ctrl+Alt+R")
    officer.settle()
    dossier = officer.office.agreements.dossier(uid)
    assert [each.key for each in dossier.questions] == [before[0].key, *(each.key for each in before[2:])]
    (answered,) = dossier.answered
    assert answered.answer is not None
    assert (answered.answer.reply, answered.answer.note) == (Reply.RIGHT, "As the minutes have it")
    assert [each.key for each in page.answered.visible_rows()] == [before[1].key]
    assert page.table.current_row().key == before[2].key, "the next one has taken its place"
    officer.press("Ctrl+Alt+K")
    officer.settle()
    assert officer.office.agreements.dossier(uid).questions[1].answer is not None
    officer.press("Ctrl+Z")
    officer.settle()
    assert officer.office.agreements.dossier(uid).questions[1].answer is None
