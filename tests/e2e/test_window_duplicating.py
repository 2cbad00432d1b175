"""Duplicate in the window: the copy opens with its title marked, so that the first key replaces it; undone as one."""

from __future__ import annotations

import pytest

from tests.e2e.driver import Officer


@pytest.mark.parametrize(("page", "kind"), [("agreements", "agreement"), ("providers", "provider"), ("kpis", "kpi")])
def test_the_title_is_marked_and_typed_over(officer: Officer, page: str, kind: str) -> None:
    uid, title = officer.office.records.lookup(kind)[0]
    officer.go(page, uid)
    officer.view.duplicate_here()
    officer.wait(lambda: officer.page.form.form is not None)
    assert officer.focus.selectedText() == f"Copy of {title}"
    officer.type("Another one")
    officer.press("Ctrl+Return")
    officer.wait(lambda: "Another one" in dict(map(reversed, officer.office.records.lookup(kind))))
    assert officer.page.record.uid != uid


def test_one_undo_takes_the_copy_away(officer: Officer) -> None:
    before = officer.office.records.lookup("kpi")
    officer.go("agreements", officer.agreement())
    officer.view.duplicate_here()
    officer.wait(lambda: officer.page.form.form is not None)
    officer.press("Esc")
    officer.press("Ctrl+Z")
    assert officer.office.records.lookup("kpi") == before


def test_where_nothing_can_be_duplicated_it_says_so(officer: Officer) -> None:
    officer.view.duplicate_here()
    assert officer.notice().startswith("Nothing here can be duplicated")
