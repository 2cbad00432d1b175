"""Records changed in the window: edited, archived, undone, done again, restored; the history tells all of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from s75desk.domain.records import Action, Agreement
from tests.e2e.driver import Officer


def titles(officer: Officer) -> list[str]:
    """First column of the list on show."""
    return [line[0] for line in officer.words(officer.page.table)]


def test_f2_edits_and_ctrl_return_saves(officer: Officer) -> None:
    officer.press("Ctrl+2")
    officer.page.table.select_uid(officer.agreement())
    officer.settle()
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    officer.tab_to("People covered")
    officer.type("Adults of Ely")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    assert officer.notice().startswith("Saved: Occupational therapy, Section 75")
    kept = officer.office.records.get(Agreement, officer.agreement())
    assert kept.people is not None
    assert "Adults of Ely" in kept.people
    assert officer.focus is officer.page.table, "the list has the keyboard again"

    officer.go("agreements", officer.agreement(), "History")
    newest = officer.words(officer.page.record.history.table)[0]
    assert newest[0] == "2 Feb 2026 09:41, contract compliance officer"
    assert newest[1].endswith("People covered")
    assert "Adults of Ely" in newest[3]


def test_delete_archives_and_ctrl_z_brings_it_back_and_ctrl_y_takes_it_again(officer: Officer) -> None:
    officer.press("Ctrl+6")
    before = titles(officer)
    officer.press("Down")
    gone = before[1]
    officer.press("Delete")
    officer.wait(lambda: officer.notice().startswith("Archived: "))
    assert officer.notice().endswith("Its history is kept.")
    assert titles(officer) == [title for title in before if title != gone]
    assert titles(officer)[officer.page.table.currentIndex().row()] == before[2], "the next one has taken its place"

    officer.press("Ctrl+Z")
    officer.wait(lambda: officer.notice().startswith("Undone: "))
    assert titles(officer) == before
    officer.press("Ctrl+Y")
    officer.wait(lambda: len(titles(officer)) == len(before) - 1)
    officer.press("Ctrl+Z")
    officer.wait(lambda: titles(officer) == before)


def test_several_changes_are_undone_one_after_the_other(officer: Officer) -> None:
    officer.press("Ctrl+6")
    before = titles(officer)
    for _ in range(3):
        officer.press("Delete")
        officer.wait(lambda: officer.notice().startswith("Archived: "))
    officer.press("Ctrl+Z")
    for left in (2, 1):
        officer.press("Ctrl+Z")
        assert len(titles(officer)) == len(before) - left, "an older change is named first, and taken back then"
        officer.press("Ctrl+Z")
    officer.wait(lambda: titles(officer) == before)
    officer.press("Ctrl+Z")
    assert titles(officer) == before, "there is nothing left to undo"


def test_ctrl_z_in_a_field_takes_back_what_was_typed_and_nothing_else(officer: Officer) -> None:
    officer.press("Ctrl+6", "Delete")
    officer.wait(lambda: officer.notice().startswith("Archived: "))
    left = titles(officer)
    officer.press("Ctrl+F")
    officer.type("harbour")
    officer.press("Ctrl+Z")
    assert officer.page.filter_row.search.text() == ""
    assert titles(officer) == left


def test_the_badge_counts_what_is_overdue(officer: Officer) -> None:
    bar = officer.view.top_bar
    assert bar._badge.accessibleName() == "3 overdue"
    officer.press("Ctrl+6", "Delete")
    officer.wait(lambda: bar._badge.accessibleName() == "2 overdue")
    officer.press("Ctrl+Z")
    officer.wait(lambda: bar._badge.accessibleName() == "3 overdue")


def test_an_archived_record_is_restored_from_the_archive(officer: Officer) -> None:
    officer.press("Ctrl+6")
    uid = officer.page.record.uid
    title = officer.office.records.get(Action, uid).title
    officer.press("Delete")
    officer.wait(lambda: officer.notice().startswith("Archived: "))
    officer.go("archived")
    assert officer.words(officer.page.table)[0][0].startswith(title)
    assert officer.focus is officer.page.table
    officer.press("F2")  # an archived record is not edited: the keyboard goes to the step that there is
    assert officer.focus.accessibleName() == "Restore action"
    officer.press("Space")
    officer.wait(lambda: officer.notice().startswith("Restored: "))
    officer.press("Ctrl+6")
    assert officer.office.records.get(Action, uid).archived_at is None
    assert any(title in line for line in titles(officer))

    officer.go("actions", uid, "History")
    told = [line[1:] for line in officer.words(officer.page.record.history.table) if line[1] == f"{title}, Archived"]
    assert [line[1:3] for line in told] == [("Yes", "No"), ("No", "Yes")], "going and coming back are both told"


def test_a_child_record_is_added_edited_and_archived_on_its_sub_page(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement(), "Milestones")
    section = page.record.plan._sections[next(iter(page.record.plan._sections))]
    before = len(officer.words(section.table))
    officer.tab_to("Add a milestone")
    officer.press("Space")
    officer.wait(lambda: page.form.form is not None)
    assert officer.focus.accessibleName() == "Milestone"
    officer.type("Mid-term review")
    officer.fill("By", "fri")
    officer.press("Ctrl+Return")
    officer.wait(lambda: page.form.form is None)
    assert page.record.sub_page() == "Milestones", "back where it was added"
    assert len(officer.words(section.table)) == before + 1
    line = next(words for words in officer.words(section.table) if "Mid-term review" in words[1])
    assert "6 Feb 2026" in line, "a weekday is read from the as-at date"

    section.table.setFocus()
    place = [words[1] for words in officer.words(section.table)].index(line[1])
    section.table.selectRow(place)
    officer.settle()
    officer.press("F2")
    officer.wait(lambda: page.form.form is not None)
    assert "Mid-term review" in page.form.form.editor_row("title").editor.text()
    officer.press("Esc")
    section.table.setFocus()
    officer.press("Delete")
    officer.wait(lambda: officer.notice().startswith("Archived: Mid-term review"))
    assert len(officer.words(section.table)) == before
    assert page.record.uid == officer.agreement(), "the agreement itself stays"


def test_an_action_goes_from_open_to_done_to_verified(officer: Officer) -> None:
    officer.press("Ctrl+6")
    uid = officer.page.record.uid
    officer.press("Return")
    assert officer.focus.accessibleName() == "Mark as done", "Enter goes to the likeliest step"
    officer.press("Space")
    officer.wait(lambda: officer.notice() != "")
    officer.go("actions", uid)
    assert officer.page.record._step_buttons[0].accessibleName() == "Verify"
    assert officer.office.records.get(Action, uid).done is not None


def test_fast_hands_lose_nothing(officer: Officer) -> None:
    """Keys that come faster than the desk answers are all done, in order."""
    officer.press("Ctrl+6")
    before = titles(officer)
    for key in (Qt.Key.Key_Down,) * 3:
        QTest.keyClick(officer.focus, key)
    officer.settle()
    current = officer.page.table.current_row()
    assert current.title in before[3]
    assert officer.page.record.uid == current.uid
