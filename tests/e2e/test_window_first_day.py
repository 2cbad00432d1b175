"""The first day: an empty program, a desk of one's own, an agreement entered by keys, protected, lost and restored."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from s75desk.ui.widgets.empty_state import EmptyState
from s75desk.ui.widgets.figure_button import FigureBlock, FigureButton
from s75desk.ui.window.top_bar import TABS, VISITED
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer

PAGES = [page for page, _, _ in (*TABS, *VISITED)]


@pytest.fixture
def new_desk(start: StartOfficer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Officer, Path]:
    """A desk made from the welcome page by keys alone; only the system's own file box is answered for."""
    path = tmp_path / "East.s75desk"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    officer = start()
    officer.press("Ctrl+N")
    dialog = officer.dialog()
    assert dialog.windowTitle() == "Protect East with a passphrase?"
    officer.tab_to("Without a passphrase")
    officer.press("Space")
    officer.wait(lambda: officer.window.view is not None)
    return officer, path


def test_a_fresh_start_offers_three_ways_and_no_list(start: StartOfficer) -> None:
    officer = start()
    assert officer.window.stack.currentWidget() is officer.window.welcome
    assert officer.focus.accessibleName() == "Make a desk"
    assert not officer.window.welcome.recent.isVisible()
    officer.press("Tab")
    assert officer.focus.accessibleName() == "Open a desk…"
    officer.press("Tab")
    assert officer.focus.accessibleName() == "Look round the sample desk"


def test_the_sample_desk_opens_from_the_welcome_page(start: StartOfficer) -> None:
    officer = start()
    officer.press("Tab", "Tab", "Space")
    officer.wait(lambda: officer.window.view is not None)
    assert officer.page.table.visible_rows()
    assert officer.window.bar.desk.accessibleName().startswith("Sample desk.s75desk")
    assert officer.program.desks.recent() == [], "a throw-away desk is not remembered"


def test_a_new_desk_is_empty_and_every_page_says_what_will_be_there(new_desk: tuple[Officer, Path]) -> None:
    officer, _ = new_desk
    for page in PAGES:
        shown = officer.go(page)
        owner = getattr(shown, "filed", shown)
        empty = owner.findChild(EmptyState)
        assert empty is not None
        assert empty.isVisible(), page
        assert len(empty.accessibleName()) > 40, page
    assert officer.notice() == ""


def test_the_empty_overview_leads_to_the_sample(new_desk: tuple[Officer, Path]) -> None:
    officer, path = new_desk
    assert officer.focus.accessibleName() == "New agreement"
    officer.press("Tab")
    assert officer.focus.accessibleName() == "Look round the sample desk"
    officer.press("Space")
    officer.wait(lambda: officer.window.bar.desk.accessibleName().startswith("Sample desk"))
    assert [desk.path for desk in officer.program.desks.recent()] == [path], "one's own is one Enter away"


def test_an_empty_page_puts_the_keyboard_on_its_one_step(new_desk: tuple[Officer, Path]) -> None:
    officer, _ = new_desk
    officer.press("Ctrl+2")
    assert officer.focus.accessibleName() == "New agreement"
    officer.press("Space")
    assert officer.page.form.isVisible()


def enter_agreement(officer: Officer) -> None:
    """The occupational therapy agreement of R1, with figures typed as people do, by keys alone."""
    officer.press("Ctrl+2", "Ctrl+N")
    officer.wait(lambda: officer.page.form.form is not None)
    assert officer.focus.accessibleName() == "Title"
    officer.type("Occupational therapy, Section 75")
    officer.fill("Reference", "S75-2024-OT")
    officer.fill("Kind", "Sec")  # the first kind that begins so
    officer.fill("Starts", "1/4/24")
    officer.fill("Term", "3 + 1 + 1 years")
    officer.fill("Notice", "12 months")
    officer.fill("First partner", "Cambridgeshire County Council")
    officer.fill("First partner pays", "£1.81m")
    officer.fill("Second partner", "NHS trust")
    officer.fill("Second partner pays", "228,663")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)


def test_an_agreement_entered_by_keys_shows_ends_notice_and_value(new_desk: tuple[Officer, Path]) -> None:
    officer, _ = new_desk
    enter_agreement(officer)
    record = officer.page.record
    assert shown(record.terms.ends) == "31 Mar 2027"
    assert shown(record.terms.last) == "31 Mar 2029"
    assert shown(record.terms.notice) == "31 Mar 2026"
    assert shown(record.terms.value) == "£10,193,315"
    assert officer.notice() == "Added: Occupational therapy, Section 75, and 2 organisations"
    assert officer.window.bar.saved.accessibleName() == "Saved 09:41:07"
    dossier = officer.office.agreements.dossier(officer.agreement())
    assert {body.name for body in dossier.organisations.values()} == {"Cambridgeshire County Council", "NHS trust"}
    assert dossier.plan[0].value.text == "£2,038,663"


def test_encrypted_lost_and_restored(new_desk: tuple[Officer, Path], start: StartOfficer) -> None:
    officer, path = new_desk
    enter_agreement(officer)

    officer.window.change_passphrase()
    officer.dialog()
    officer.type("boats")
    officer.press("Tab")
    officer.type("boats")
    officer.press("Return")
    assert "at least 8 characters" in officer.dialog().message.text(), "a short one is refused beside the field"
    assert officer.dialog().first.hasFocus() or officer.focus.accessibleName() == "New passphrase"
    officer.press("Ctrl+A")
    officer.type("four quiet wooden boats")
    officer.press("Tab", "Ctrl+A")
    officer.type("four quiet wooden boats")
    officer.press("Return")
    officer.wait(lambda: officer.program.desks.desk.encrypted)
    officer.wait(lambda: officer.notice().startswith("The desk now opens with the new passphrase."))
    officer.wait(lambda: officer.window.bar.desk.accessibleName() == "East.s75desk, encrypted")

    officer.press("Ctrl+W")
    officer.wait(lambda: officer.window.view is None)
    assert officer.window.stack.currentWidget() is officer.window.welcome
    assert b"SQLite format" not in path.read_bytes()[:100]

    assert officer.focus is officer.window.welcome.recent, "the desk of a moment ago is one Enter away"
    officer.press("Return")
    officer.dialog()
    officer.type("four quiet wooden boots")
    officer.press("Return")
    officer.wait(lambda: "does not open" in getattr(officer.dialog(), "message", officer).text())
    assert officer.window.view is None
    officer.type("four quiet wooden boats")
    officer.press("Return")
    officer.wait(lambda: officer.window.view is not None)
    assert officer.agreement()

    officer.window.files.back_up()
    officer.wait(lambda: officer.notice().startswith("Backed up: "))
    officer.press("Ctrl+W")
    officer.wait(lambda: officer.window.view is None)

    path.write_bytes(b"\0" * 40_000)
    officer.press("Return")
    officer.wait(lambda: officer.window.stack.currentWidget() is officer.window.restore or _has_dialog())
    if _has_dialog():  # a file of noughts looks encrypted
        officer.dialog()
        officer.type("four quiet wooden boats")
        officer.press("Return")
    officer.wait(lambda: officer.window.stack.currentWidget() is officer.window.restore)
    assert officer.words(officer.window.restore.table), "the backups are listed"
    assert officer.focus is officer.window.restore.table
    officer.press("Return")
    officer.dialog()
    officer.type("four quiet wooden boats")
    officer.press("Return")
    officer.wait(lambda: officer.window.view is not None)
    assert officer.office.agreements.dossier(officer.agreement()).value.text == "£10,193,315"
    kept = [file.name for file in path.parent.iterdir() if file.name.startswith("East") and file != path]
    assert any(file.endswith(".s75desk") or "East" in file for file in kept), "what was there is kept beside it"


def shown(block: FigureBlock) -> str:
    """The figure of a block."""
    button = block.findChild(FigureButton)
    assert button is not None
    return button.figure.text


def _has_dialog() -> bool:
    from PySide6.QtWidgets import QApplication

    return QApplication.activeModalWidget() is not None


def test_the_desk_reopens_as_it_was_left(new_desk: tuple[Officer, Path], start: StartOfficer) -> None:
    officer, _ = new_desk
    enter_agreement(officer)
    again = start()
    assert again.window.stack.currentWidget() is again.window.welcome
    assert again.words(again.window.welcome.recent)[0][0].startswith("East")
    again.press("Return")
    again.wait(lambda: again.window.view is not None)
    again.press("Ctrl+2")
    assert shown(again.page.record.terms.ends) == "31 Mar 2027"


@pytest.mark.parametrize(
    "kept",
    [
        '{"theme": "x", "text_scale": 1e9}',
        '{"theme": "", "text_scale": NaN, "window": [-5, 1000000000]}',
        '{"theme": 3, "text_scale": Infinity, "window": []}',
        '{"text_scale": -Infinity, "window": [1]}',
    ],
)
def test_the_program_starts_whatever_its_preferences_say(start: StartOfficer, tmp_path: Path, kept: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    (folder / "preferences.json").write_text(kept)
    officer = start(None)
    assert officer.window.isVisible()
    assert 1 <= officer.program.theme.text_scale <= 3
    assert officer.program.theme.mode in ("light", "dark")
