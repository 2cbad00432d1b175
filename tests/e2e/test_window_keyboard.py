"""Every page, sub-page, form and sheet by keyboard: all that is seen can be reached, is named, and lets go again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from s75desk.domain.records import KINDS, Record
from s75desk.ui.pages.form_pane import wish_for_new
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.window.top_bar import TABS, VISITED
from tests.e2e.driver import Officer

PAGES = [page for page, _, _ in (*TABS, *VISITED)]
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QTabBar)
MOST_STOPS = 250


def controls(within: QWidget) -> Iterator[QWidget]:
    """Everything visible and enabled below a widget that can be worked."""
    for kind in CONTROLS:
        for part in within.findChildren(kind):
            inner = part.parent()
            if isinstance(inner, (QComboBox, QTabBar, QLineEdit)) or part.objectName().startswith("qt_"):
                continue  # the list in a combo box, the arrows of a tab bar and the icons in a field belong to them
            if part.isVisible() and part.isEnabled():
                yield part


def stops(within: QWidget) -> set[QWidget]:
    """Those of them that Tab has to reach. Of a group of radio buttons Tab reaches one; arrows reach the rest."""
    found = set()
    for part in controls(within):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not _other_of_group(part):
            found.add(part)
    return found


def _other_of_group(part: QWidget) -> bool:
    group = part.group() if isinstance(part, QAbstractButton) else None
    return group is not None and group.exclusive() and isinstance(part, QAbstractButton) and not part.isChecked()


def walk(officer: Officer, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab until the keyboard comes round; every place it was, in order."""
    first = officer.focus
    seen: list[QWidget] = []
    for _ in range(MOST_STOPS):
        QTest.keyClick(officer.focus, key)
        now = officer.focus
        if now in seen:
            assert now is seen[0], f"Tab is caught between {now.accessibleName()} and what follows it"
            assert first in seen, f"Tab does not come back to {first.accessibleName()}"
            return seen
        seen.append(now)
    raise AssertionError("Tab does not come round")


def _told(parts: Any) -> list[str]:
    return sorted(f"{type(part).__name__} “{part.accessibleName()}”" for part in parts)


def unnamed(within: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    return [
        f"{type(part).__name__} {part.objectName()} in {type(part.parent()).__name__}"
        for part in controls(within)
        if (part.focusPolicy() != Qt.FocusPolicy.NoFocus and not part.accessibleName().strip())
        or (isinstance(part, QAbstractButton) and not part.accessibleName().strip() and not part.text())
    ]


def check_page(officer: Officer, where: str) -> None:
    """All controls in the window are named; Tab reaches all of them and comes round."""
    assert unnamed(officer.window) == [], where
    wanted = stops(officer.window)
    reached = set(walk(officer))
    missed = {part for part in wanted - reached if part.isVisible() and part.isEnabled()}
    assert _told(missed) == [], where


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_everything_on_a_page_and_comes_round(officer: Officer, page: str) -> None:
    officer.go(page)
    check_page(officer, page)


def test_shift_tab_goes_the_same_way_back(officer: Officer) -> None:
    officer.go("agreements")
    there = walk(officer)
    back = walk(officer, Qt.Key.Key_Backtab)
    assert set(back) == set(there)


def test_keys_open_every_tab_and_the_list_has_the_keyboard(officer: Officer) -> None:
    for place, (page, _, _) in enumerate(TABS, start=1):
        officer.press(f"Ctrl+{place}")
        assert officer.page.where().page == page
        empty = officer.focus.accessibleName() == "New briefing"
        assert isinstance(officer.focus, QAbstractItemView) or (page == "briefings" and empty), page


def test_the_menu_opens_with_alt_and_every_page_stands_in_it(officer: Officer) -> None:
    QTest.keyPress(officer.focus, Qt.Key.Key_Alt)
    QTest.keyRelease(officer.focus, Qt.Key.Key_Alt)
    officer.wait(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert [action.text() for action in menu.actions()] == ["Desk", "Record", "Go", "View", "Help"]
    officer.wait(lambda: menu.activeAction() is not None and menu.activeAction().text() == "Desk")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Right)
    part = QApplication.activePopupWidget()
    for _ in range(8):
        if part.activeAction().text() == "Organisations":
            break
        QTest.keyClick(part, Qt.Key.Key_Down)
    QTest.keyClick(part, Qt.Key.Key_Return)
    officer.wait(lambda: officer.page.where().page == "organisations")
    tabs = officer.view.top_bar.tabs
    assert tabs.tabText(tabs.currentIndex()) == "Organisations"
    officer.press("Alt+Left")
    assert officer.page.where().page == "overview"
    assert tabs.count() == len(TABS)


def record_pages(officer: Officer) -> list[tuple[str, str]]:
    """A page with its first record; agreements of both kinds as their sub-pages differ."""
    found = [("agreements", officer.agreement()), ("agreements", officer.agreement("DPS-2020-HC"))]
    for page in ("providers", "visits", "kpis", "actions", "organisations", "question_sets"):
        shown = officer.go(page)
        found.append((page, shown.table.rows_model().uid_at(0)))
    return found


def test_every_sub_page_by_ctrl_page_down(officer: Officer) -> None:
    for page, uid in record_pages(officer):
        shown = officer.go(page, uid)
        tabs = shown.record.tabs
        first = shown.record.sub_page()
        wanted = [key for place, key in enumerate(tabs.keys()) if tabs.strip.isTabVisible(place)]
        tabs.strip.setFocus(Qt.FocusReason.TabFocusReason)
        seen = []
        for _ in wanted:
            seen.append(shown.record.sub_page())
            check_page(officer, f"{page}, {seen[-1]}")
            tabs.strip.setFocus(Qt.FocusReason.TabFocusReason)
            officer.press("Ctrl+PgDown")
        assert shown.record.sub_page() == first, f"{page}: Ctrl+PgDown comes round"
        assert sorted(seen) == sorted(wanted)
        officer.press("Ctrl+PgUp")
        assert shown.record.sub_page() == seen[-1]


def test_f6_goes_from_pane_to_pane_and_round(officer: Officer) -> None:
    for page, uid in [*record_pages(officer)[:1], ("overview", "")]:
        officer.go(page, uid)
        start = officer.focus
        seen = []
        for _ in range(8):
            officer.press("F6")
            if officer.focus is start:
                break
            seen.append(officer.focus)
        assert officer.focus is start, page
        assert officer.view.top_bar.tabs in seen
        officer.press("Shift+F6")
        assert officer.focus is (seen[-1] if seen else start)


def blanks(officer: Officer) -> Iterator[tuple[str, Record]]:
    """A blank record of every kind that can be entered, owned where it needs an owner."""
    office = officer.office
    agreement = officer.agreement("DPS-2020-HC")
    owners: dict[str, str] = {"agreement": agreement}
    for kind in ("provider", "kpi", "question_set"):
        owners[kind] = office.records.lookup(kind)[0][0]
    owners["action"] = office.actions.rows(archived=False)[0].uid
    owners["visit"] = office.visits.rows(archived=False)[0].uid
    owners["breakdown"] = office.records.lookup("breakdown")[0][0]
    for kind, cls in KINDS.items():
        if all(field.hidden for field in cls.fields().values()):
            continue
        owner = cls.owning_field()
        named = {owner.name: owners[owner.refers_to]} if owner and owner.refers_to in owners else {}
        yield kind, cls(**named)


def test_the_form_of_every_kind_of_record(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement("DPS-2020-HC"))
    tried = 0
    for kind, blank in blanks(officer):
        page.open_form(wish_for_new(blank))
        officer.wait(lambda: page.form.form is not None)
        form = officer.form
        assert form.isAncestorOf(officer.focus), f"the keyboard begins in the form: {kind}"
        assert unnamed(form) == [], kind
        wanted = stops(form)
        reached = set(walk(officer))
        missed = {part for part in wanted - reached if part.isVisible()}
        assert _told(missed) == [], kind
        form.start()
        officer.press("Esc")
        assert page.form.form is None, f"Esc leaves the form: {kind}"
        tried += 1
    assert tried >= 25


def open_sheet(officer: Officer, which: str) -> QWidget:
    """Open one of the things that float, as an officer does."""
    if which == "working":
        officer.go("agreements", officer.agreement(), "Term")
        officer.tab_to("Value over the whole term")
        officer.press("F9")
    elif which == "help":
        officer.press("F1")
    elif which == "about":
        officer.window.about()
        officer.settle()
    found = [sheet for sheet in officer.window.findChildren(FloatingSheet) if sheet.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("which", ["working", "help", "about"])
def test_a_sheet_keeps_tab_and_gives_the_keyboard_back(officer: Officer, which: str) -> None:
    officer.go("agreements", officer.agreement(), "Term")
    if which == "working":
        before: QWidget | None = None
    else:
        before = officer.focus
    sheet = open_sheet(officer, which)
    assert sheet.accessibleName()
    assert unnamed(sheet) == []
    assert sheet.isAncestorOf(officer.focus) or officer.focus is sheet
    QTest.keyClick(officer.focus, Qt.Key.Key_Tab)
    assert set(walk(officer)) >= stops(sheet)
    assert all(sheet.isAncestorOf(part) for part in walk(officer)), "Tab stays in the sheet"
    officer.press("Esc")
    assert not [other for other in officer.window.findChildren(FloatingSheet) if other.isVisible()]
    if before is not None:
        assert officer.focus is before
    else:
        assert officer.focus.accessibleName().startswith("Value over the whole term")


def test_the_finder_opens_anywhere_and_gives_the_keyboard_back(officer: Officer) -> None:
    officer.go("kpis")
    before = officer.focus
    officer.press("Ctrl+K")
    finder = officer.view.finder
    assert finder.isVisible()
    assert officer.focus is finder.field
    assert unnamed(finder) == []
    officer.press("Tab", "Shift+Tab")
    assert officer.focus is finder.field, "Tab does not leave it for what lies below"
    officer.press("Esc")
    assert not finder.isVisible()
    assert officer.focus is before


def test_a_notice_never_takes_the_keyboard_but_tab_reaches_its_undo(officer: Officer) -> None:
    officer.press("Ctrl+6")
    table = officer.page.table
    officer.press("Delete")
    officer.wait(lambda: officer.notice().startswith("Archived: "))
    assert officer.focus is table
    assert unnamed(officer.view.notice) == []
    officer.tab_to("Undo", most=MOST_STOPS)
    officer.press("Space")
    officer.wait(lambda: officer.notice().startswith("Undone: "))


def test_dialogs_are_named_and_esc_is_the_safe_answer(officer: Officer) -> None:
    before = officer.focus
    officer.window.change_passphrase()
    dialog = officer.dialog()
    assert dialog.windowTitle() == "Protect East with a passphrase?"
    assert unnamed(dialog) == []
    assert set(walk(officer)) >= stops(dialog)
    officer.press("Esc")
    officer.wait(lambda: QApplication.activeModalWidget() is None)
    assert not officer.program.desks.desk.encrypted
    assert officer.focus is before
