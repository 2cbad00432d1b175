"""The page of organisations on the sample desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QPushButton

from s75desk.domain.errors import DeskError
from s75desk.domain.records import Organisation, Party
from s75desk.domain.records.organisation import OrganisationType
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.organisations import OrganisationsPage

Settle = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)


def go(page: OrganisationsPage, settle: Settle, name: str) -> None:
    uid = next(row.uid for row in page.table.rows_model().all_rows() if row.name == name)
    page.arrive(Destination("organisations", uid))
    settle()


def names(page: OrganisationsPage) -> set[str]:
    return {row.name for row in page.table.visible_rows()}


def test_the_list_counts_agreements_and_providers(page_factory: Any) -> None:
    page = page_factory(OrganisationsPage)
    rows = {row.name: row for row in page.table.visible_rows()}
    assert page.filter_row.count.text() == f"{len(rows)} organisations"
    assert (rows["Pellgate Care Ltd"].agreements, rows["Pellgate Care Ltd"].providers) == (0, 1)
    assert rows["NHS Rotherham Clinical Commissioning Group"].agreements == 2


def test_filters_by_type_and_use(page_factory: Any) -> None:
    page = page_factory(OrganisationsPage)
    page._use.set_value("owner")
    assert names(page) == {row.name for row in page.table.rows_model().all_rows() if row.providers}
    page._kind.set_value("Council")
    assert names(page) == set()
    page._use.set_value("")
    assert {row.kind for row in page.table.visible_rows()} == {"Council"}
    page.clear_filters()
    page._use.set_value("none")
    assert all(not row.providers and not row.agreements for row in page.table.visible_rows())


def test_the_record_says_where_it_stands_and_opens_it(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any
) -> None:
    page = page_factory(OrganisationsPage)
    go(page, settle, "Pellgate Care Ltd")
    assert page.record.page.status.sentence == "Owner of 1 provider."
    sheet = page.record.sheet
    sheet.providers.table.setFocus()
    sheet.providers.table.select_first()
    keyboard.press("Delete")
    assert recorder.said == [], "a provider is not archived from the page of its company"
    keyboard.press("Return")
    assert recorder.wanted == [Destination("providers", page.record.page.providers[0].uid)]

    go(page, settle, "NHS Rotherham Clinical Commissioning Group")
    assert page.record.page.status.sentence == "Party to 2 agreements."
    sheet.parties.table.setFocus()
    sheet.parties.table.select_first()
    keyboard.press("Return")
    shown = sheet.parties.table.current_row()
    assert recorder.wanted[-1] == Destination("agreements", shown.agreement)


def test_an_organisation_is_entered_edited_archived_and_restored_by_keyboard(
    page_factory: Any, settle: Settle, keyboard: Any, recorder: Any, office: Office
) -> None:
    page = page_factory(OrganisationsPage)
    page.start_new()
    settle()
    keyboard.type("Fenland Care CIC").walk_to("Type").type("Prov").press("Ctrl+Return")
    body = page.record.page.organisation
    assert (body.name, body.type) == ("Fenland Care CIC", OrganisationType.COMPANY)
    assert page.table.current_row().name == "Fenland Care CIC"
    assert page.record.page.status.word == "Not used"

    page.edit_current()
    settle()
    keyboard.walk_to("Company number").type("CE123456").press("Ctrl+Return")
    assert page.table.current_row().subtitle == "company CE123456"

    page.archive_current()
    settle()
    assert "Fenland Care CIC" not in names(page)
    page.context.operations.write(page, lambda: office.records.undo(recorder.said[-1].change_id))
    settle()
    assert "Fenland Care CIC" in names(page)


def test_a_name_that_is_taken_is_refused_beside_the_field(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office
) -> None:
    page = page_factory(OrganisationsPage)
    before = len(names(page))
    page.start_new()
    settle()
    keyboard.type("pellgate care ltd").press("Ctrl+Return")
    assert page.form.form is not None
    assert page.form.form.editor_row("name").weight is not None
    assert len(office.organisations.rows()) == before


def test_it_becomes_party_to_an_agreement_from_its_own_page(
    page_factory: Any, settle: Settle, keyboard: Any, office: Office
) -> None:
    page = page_factory(OrganisationsPage)
    go(page, settle, "Pellgate Care Ltd")
    page.record.sheet.parties.add()
    settle()
    assert keyboard.at.accessibleName() == "Agreement"
    title = office.agreements.rows()[0].title
    keyboard.type(title).press("Tab").walk_to("Role").type("Prov").press("Ctrl+Return")
    (party,) = page.record.page.parties
    assert isinstance(party, Party)
    assert page.record.page.agreements[party.agreement].title == title
    assert page.table.current_row().agreements == 1


def test_archived_agreements_and_providers_do_not_count(office: Office) -> None:
    row = next(row for row in office.organisations.rows() if row.name == "Pellgate Care Ltd")
    (provider,) = office.organisations.page(row.uid).providers
    office.records.archive("provider", provider.uid)
    page = office.organisations.page(row.uid)
    assert page.providers == ()
    assert page.status.word == "Not used"
    trust = next(row for row in office.organisations.rows() if row.agreements == 1)
    (agreement,) = office.organisations.page(trust.uid).agreements
    office.records.archive("agreement", agreement)
    assert office.organisations.page(trust.uid).parties == ()
    assert next(row for row in office.organisations.rows() if row.uid == trust.uid).agreements == 0


def test_export_empty_desk_and_trouble(page_factory: Any, settle: Settle, tmp_path: Path, office: Office) -> None:
    page = page_factory(OrganisationsPage)
    page.export_to(tmp_path / "organisations.xlsx")
    settle()
    sheet = openpyxl.load_workbook(tmp_path / "organisations.xlsx").active
    assert [cell.value for cell in sheet[1]] == [
        *("Organisation", "Short name and codes", "Type", "Agreements", "Providers"),
    ]
    assert sheet.max_row == len(names(page)) + 1

    def broken(archived: bool) -> Any:
        raise DeskError("Not read: the disk is gone.", "Put it back.")

    page.spec = replace(page.spec, load=broken)
    page.reload()
    settle()
    assert page._error.isVisible()


def test_an_empty_desk_offers_to_begin(
    page_factory: Any, settle: Settle, keyboard: Any, empty_desk: None, office: Office
) -> None:
    page = page_factory(OrganisationsPage)
    found = [b for b in page._empty.findChildren(QPushButton) if b.accessibleName() == "New organisation"]
    found[0].click()
    settle()
    keyboard.type("Rotherham Council").press("Ctrl+Return")
    assert names(page) == {"Rotherham Council"}
    assert isinstance(office.records.get(Organisation, page.record.uid), Organisation)
