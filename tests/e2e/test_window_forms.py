"""Forms under way: what is wrong stands beside its field, doubts do not block, and not a word is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from s75desk.domain.agreement_entry import AgreementEntry
from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records import Agreement, Decision, Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.ui.forms.form import RecordForm
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.pages.form_pane import FormPane, wish_for_new
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer
from tests.e2e.visit_desk import make_visit_desk


def new_agreement(officer: Officer) -> RecordForm:
    """The empty form of a new agreement with the keyboard in its title."""
    officer.press("Ctrl+2", "Ctrl+N")
    officer.wait(lambda: officer.page.form.form is not None)
    assert officer.focus.accessibleName() == "Title"
    form: RecordForm = officer.form
    return form


def checked(officer: Officer, form: RecordForm) -> None:
    """Wait until the form has looked at what was typed and told its draft."""
    officer.wait(lambda: not form._validating.isActive() and not form._drafting.isActive())


def said(form: RecordForm, field: str) -> str:
    """What stands beside a field."""
    return form.editor_row(field).messages.words


def test_what_is_wrong_stands_beside_its_field_and_save_goes_there(officer: Officer) -> None:
    form = new_agreement(officer)
    officer.type("Community equipment, Section 75")
    officer.fill("Reference", "S75-2024-OT")
    officer.fill("Starts", "1/4/26")
    officer.fill("Term", "3 years")
    officer.tab_to("More about the term")
    officer.press("Space")
    officer.fill("End, if stated", "31 March 2026")
    officer.press("Tab")
    checked(officer, form)
    assert said(form, "reference") == (
        "Already used by Occupational therapy, Section 75. Change the year or the letters."
    )
    assert said(form, "stated_end").startswith("This is before the start, 1 April 2026.")
    assert form.editor_row("reference").editor.edit.property("state") == "fault"
    assert form.editor_row("stated_end").editor.edit.property("state") == "none", "a paper may state it: a doubt"
    assert form._footer.accessibleDescription() == "1 to put right, 1 to check"

    officer.press("Ctrl+Return")
    assert officer.page.form.form is form, "nothing is saved while something is wrong"
    assert officer.focus.accessibleName() == "Reference"
    assert officer.focus.accessibleDescription() == said(form, "reference"), "it is read out with the field"
    officer.press("Ctrl+A")
    officer.type("S75-2026-CE")
    officer.tab_to("End, if stated")
    officer.press("Tab")
    fix = officer.focus
    assert isinstance(fix, QPushButton)
    assert fix.text() == "Use 31 March 2029", "the remedy is one Tab and one key away"
    officer.press("Space")
    checked(officer, form)
    assert form.editor_row("stated_end").editor.text() == "31 March 2029"
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    assert officer.agreement("S75-2026-CE")


def test_a_doubt_is_said_and_does_not_block(officer: Officer) -> None:
    form = new_agreement(officer)
    officer.type("Equipment")
    officer.fill("Reference", "EQ-1")
    officer.fill("Starts", "1 April 2026")
    officer.fill("First partner", "Cambridgeshire County Council")
    officer.fill("First partner pays", "372k")
    officer.fill("Second partner", "Fenland District Council")
    officer.fill("Second partner pays", "£374,000")
    officer.fill("Value a year", "764000")
    officer.press("Tab")
    checked(officer, form)
    assert said(form, "yearly_value").startswith("£372,000 + £374,000 = £746,000, not £764,000.")
    assert said(form, "first_pays") == "49.87% of the pool."
    assert form._footer.accessibleDescription() == "1 to check"
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    dossier = officer.office.agreements.dossier(officer.agreement("EQ-1"))
    assert dossier.agreement.yearly_value == 764000, "as stated, and flagged"


def test_nobody_is_told_off_before_the_field_was_reached(officer: Officer) -> None:
    form = new_agreement(officer)
    assert form._footer.accessibleDescription() == ""
    officer.press("Tab")
    checked(officer, form)
    assert form._footer.accessibleDescription() == "", "the title was only passed over"
    officer.press("Ctrl+Return")
    assert form._footer.accessibleDescription() == "1 to put right", "now it is to be saved"


def test_a_reference_taken_in_the_meantime_is_refused_beside_its_field(officer: Officer) -> None:
    form = new_agreement(officer)
    officer.type("Equipment")
    officer.fill("Reference", "EQ-7")
    checked(officer, form)
    officer.office.agreements.enter(AgreementEntry(title="Entered elsewhere", reference="EQ-7"))
    officer.press("Ctrl+Return")
    officer.wait(lambda: said(form, "reference") != "")
    assert "Already used by Entered elsewhere." in said(form, "reference")
    assert officer.focus.accessibleName() == "Reference"
    assert form.editor_row("title").editor.text() == "Equipment"
    officer.press("Ctrl+A")
    officer.type("EQ-8")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)


def test_a_draft_is_kept_from_the_first_keys_and_offered_when_the_desk_is_opened_again(
    officer: Officer, start: StartOfficer, sample: Path
) -> None:
    form = new_agreement(officer)
    officer.type("Community equi")
    officer.fill("First partner pays", "£1.8")
    checked(officer, form)
    assert officer.page.form._kept.text() == "Draft kept 09:41"

    again = start(sample)  # the window was closed with the form open
    form = new_agreement_form(again)
    assert form.editor_row("title").editor.text() == "Community equi"
    assert form.editor_row("first_pays").editor.text().startswith("£1.8")
    assert again.page.form._kept.text() == "Draft opened, kept 09:41 today"
    again.press("Ctrl+Return")
    again.wait(lambda: said(form, "starts") != "" or again.page.form.form is None)


def new_agreement_form(officer: Officer) -> RecordForm:
    officer.press("Ctrl+2", "Ctrl+N")
    officer.wait(lambda: officer.page.form.form is not None)
    form: RecordForm = officer.form
    return form


def test_keys_just_before_leaving_are_in_the_draft_too(officer: Officer) -> None:
    new_agreement(officer)
    QTest.keyClicks(officer.focus, "Half a ti")
    officer.press("Esc")
    form = new_agreement_form(officer)
    assert form.editor_row("title").editor.text() == "Half a ti"


def test_going_to_another_record_keeps_what_was_typed(officer: Officer) -> None:
    new_agreement(officer)
    officer.type("Half a title")
    officer.go("agreements", officer.agreement("DPS-2020-HC"))
    assert officer.page.record.isVisible()
    form = new_agreement_form(officer)
    assert form.editor_row("title").editor.text() == "Half a title"


def test_another_tab_and_back_finds_the_form_as_it_was(officer: Officer) -> None:
    form = new_agreement(officer)
    officer.type("Half a title")
    officer.press("Ctrl+5", "Ctrl+2")
    assert officer.page.form.form is form
    assert form.isAncestorOf(officer.focus)
    assert form.editor_row("title").editor.text() == "Half a title"


def test_discarding_is_asked_about_and_forgets_the_draft(officer: Officer) -> None:
    form = new_agreement(officer)
    officer.type("Not this one")
    checked(officer, form)
    officer.tab_to("Discard")
    officer.press("Space")
    assert officer.focus.accessibleName() == "Keep it", "the safe answer has the keyboard"
    officer.press("Tab")
    officer.press("Space")
    officer.wait(lambda: officer.page.form.form is None)
    form = new_agreement_form(officer)
    assert form.editor_row("title").editor.text() == ""


def test_a_saved_record_leaves_no_draft_behind(officer: Officer) -> None:
    form = new_agreement(officer)
    officer.type("Short one")
    checked(officer, form)
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    assert new_agreement_form(officer).editor_row("title").editor.text() == ""


def test_when_the_disk_is_full_every_word_stays_and_saving_again_works(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer.go("agreements", officer.agreement())
    full = DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space.")

    def fail(*_: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(officer.office.agreements, "amend", fail)
        officer.press("F2")
        officer.wait(lambda: officer.page.form.form is not None)
        form: RecordForm = officer.form
        officer.tab_to("People covered")
        officer.press("Ctrl+A")
        officer.type("Adults of Ely")
        officer.press("Ctrl+Return")
        officer.wait(lambda: form._trouble.isVisible())
        assert (
            form._trouble.accessibleName() == "Not saved: the disk is full. Nothing in the desk has changed. "
            "Free some space."
        )
        assert form.editor_row("people").editor.text() == "Adults of Ely"
        officer.tab_to("Copy my words")
        officer.press("Space")
        assert "People covered: Adults of Ely" in QGuiApplication.clipboard().text()
        assert officer.office.records.get(Agreement, officer.agreement()).people != "Adults of Ely"
    officer.tab_to("Save again")
    officer.press("Space")
    officer.wait(lambda: officer.page.form.form is None)
    assert officer.office.records.get(Agreement, officer.agreement()).people == "Adults of Ely"


def test_a_partner_that_is_not_there_yet_comes_with_the_agreement_and_goes_with_it(officer: Officer) -> None:
    form = new_agreement(officer)
    officer.type("Equipment")
    officer.fill("First partner", "Fenland District Council")
    officer.press("Tab")
    checked(officer, form)
    assert said(form, "first_partner").startswith("Not in this desk yet")
    officer.press("Ctrl+Return")
    officer.wait(lambda: officer.page.form.form is None)
    names = {name for _, name in officer.office.records.lookup("organisation")}
    assert "Fenland District Council" in names
    (party,) = officer.office.agreements.dossier(officer.page.record.uid).parties
    assert party.organisation in dict(officer.office.records.lookup("organisation"))
    officer.press("Ctrl+Z")
    officer.wait(lambda: officer.notice().startswith("Undone: "))
    assert "Fenland District Council" not in {name for _, name in officer.office.records.lookup("organisation")}


def test_a_form_opened_in_the_moment_after_a_visit_does_not_take_back_what_was_said_at_it(
    start: StartOfficer, tmp_path: Path
) -> None:
    """The page still shows the visit as it was before: saving its form writes what was changed in it, and no more."""
    path = tmp_path / "East.s75desk"
    uid = make_visit_desk(path)
    officer = start(path)
    officer.go("visits", uid)
    officer.view.go(Destination(VISIT_MODE, uid))
    officer.wait(lambda: officer.view.visits.mode is not None)
    session = officer.view.visits.mode.session
    session.put(replace(session.book.visit, comment="We accept it."))
    officer.view.visits.leave()
    officer.view.edit_here()  # before the page has read the visit anew
    officer.wait(lambda: officer.page.form.form is not None)
    officer.form.editor_row("team").editor.set_text("two officers")
    officer.form.save()
    officer.wait(lambda: officer.office.records.get(Visit, uid).team == "two officers")
    found = officer.office.records.get(Visit, uid)
    assert (found.comment, found.stage) == ("We accept it.", VisitStage.UNDER_WAY)


def test_a_form_asked_for_while_another_is_read_is_the_one_that_comes(officer: Officer) -> None:
    uid = officer.agreement()
    page = officer.go("agreements", uid)
    decision = wish_for_new(Decision(agreement=uid, title=""))
    for first, second in ((page.record.edit_wish(), decision), (decision, page.record.edit_wish())):
        page.form.open(first)
        page.form.open(second)
        officer.wait(lambda: page.form.form is not None)
        assert type(officer.form.record()) is type(second.record)
        officer.settle()
        page.form.close_form()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be kept is tried again at once."""
    monkeypatch.setattr(FormPane, "AGAIN_MS", 20)


def test_a_draft_that_met_a_full_disk_is_kept_once_there_is_room(
    soon: None, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def full(*_: object) -> None:
        tried.append("full")
        raise DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space.")

    uid = officer.agreement()
    officer.go("agreements", uid)
    with monkeypatch.context() as patch:
        patch.setattr(officer.office.records, "keep_draft", full)
        officer.press("F2")
        officer.wait(lambda: officer.page.form.form is not None)
        officer.tab_to("People covered")
        officer.type("Adults of Ely")
        officer.wait(lambda: len(tried) > 1)
        assert "disk is full" in officer.notice()
        officer.page.form.set_aside()
    officer.wait(lambda: officer.office.records.draft("agreement", uid, "") is not None)
    draft = officer.office.records.draft("agreement", uid, "")
    assert draft is not None
    assert "Adults of Ely" in draft.typed["people"]
