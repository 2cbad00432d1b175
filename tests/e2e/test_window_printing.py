"""Ctrl+P prints what is in front: this list as it stands, this provider, this KPI, this plan; never another record."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from s75desk.domain.printed import PlanBy
from s75desk.domain.records import Action, Provider
from s75desk.services.paper_wishes import KpiWish, ListWish, PlanWish, ProviderWish
from s75desk.ui.pages.briefings.printout import Printout
from tests.e2e.driver import Officer


def printed(officer: Officer) -> Printout:
    """The paper that Ctrl+P shows."""
    officer.press("Ctrl+P")
    page: Printout = officer.page.printout
    assert officer.page._stack.currentWidget() is page
    officer.wait(lambda: page.made is not None)
    return page


def words_of(page: Printout) -> str:
    document = page.preview.document
    return "".join(document.getAllText(place).text() for place in range(document.pageCount()))


@pytest.mark.parametrize("table", ["agreements", "providers", "visits", "kpis", "actions", "organisations"])
def test_a_filtered_list_is_printed_as_it_stands(officer: Officer, table: str) -> None:
    page = officer.go(table)
    officer.press("Ctrl+F")
    page.filter_row.search.setText("e")
    officer.settle()
    shown = [page.spec.uid(row) for row in page.table.visible_rows()]
    made = printed(officer).made
    if isinstance(made.wish, PlanWish):
        assert list(made.wish.actions) == shown
        assert made.wish.filters[-1] == "Search: e"
        return
    assert isinstance(made.wish, ListWish)
    listing = made.wish.listing
    assert len(listing.rows) == len(shown) > 0
    assert listing.filters[-1] == "Search: e"
    assert listing.total == len(page.table.rows_model().all_rows())
    assert listing.columns[0][0] == page.table.visible_columns()[0].title


def test_the_paper_of_a_list_says_title_filters_count_and_day(officer: Officer) -> None:
    page = officer.go("providers")
    officer.press("Ctrl+F")
    officer.type("lodge")
    officer.settle()
    words = " ".join(words_of(printed(officer)).split())
    total = len(page.table.rows_model().all_rows())
    assert "Providers" in words
    assert f"1 of {total} rows. Only those with “Search: lodge”." in words
    assert "As at 2 February 2026" in words
    assert "Saltern Lodge" in words


def test_the_order_of_the_list_is_the_order_of_the_paper(officer: Officer) -> None:
    page = officer.go("providers")
    page.table.sort_by("name", descending=True)
    officer.press("Ctrl+F")
    listing = printed(officer).made.wish.listing
    names = [row[0].text for row in listing.rows]
    assert names == [row.name for row in page.table.visible_rows()]
    assert listing.order == "by Provider, the last first"


def test_on_a_provider_its_record_is_printed_and_the_list_is_offered(officer: Officer) -> None:
    uid = next(row.uid for row in officer.office.providers.rows() if row.name == "Pellgate House")
    officer.go("providers", uid)
    page = printed(officer)
    assert isinstance(page.made.wish, ProviderWish)
    assert page.made.wish.provider == uid
    assert "Pellgate House" in words_of(page)
    officer.press("Down")
    officer.wait(lambda: page.made is not None and isinstance(page.made.wish, ListWish))


def test_on_a_kpi_that_kpi_is_printed(officer: Officer) -> None:
    uid = officer.office.kpis.rows()[2].uid
    officer.go("kpis", uid)
    page = printed(officer)
    assert isinstance(page.made.wish, KpiWish)
    assert page.made.wish.kpi == uid


def test_on_actions_the_plan_by_what_they_are_about_then_by_owner(officer: Officer) -> None:
    listed = officer.go("actions")
    shown = tuple(row.uid for row in listed.table.visible_rows())
    page = printed(officer)
    assert isinstance(page.made.wish, PlanWish)
    assert page.made.wish.actions == shown
    assert "3 overdue" in words_of(page)
    officer.press("Down")
    officer.wait(lambda: page.made is not None and page.made.wish.by is PlanBy.OWNER)


def test_a_visit_that_has_begun_opens_its_own_sheet(officer: Officer) -> None:
    signed = next(row for row in officer.office.visits.rows() if officer.office.visits.page(row.uid).answered)
    officer.go("visits", signed.uid)
    officer.page.record.focus_first_step()
    officer.press("Ctrl+P")
    officer.wait(lambda: officer.page.composer.made is not None)
    assert officer.page.composer.made.wish.visit == signed.uid


def test_a_visit_to_come_prints_its_provider_and_never_another_visit(officer: Officer) -> None:
    coming = next(row for row in officer.office.visits.rows(coming=True) if not row.under_way)
    officer.go("visits", coming.uid)
    officer.page.record.focus_first_step()
    page = printed(officer)
    assert isinstance(page.made.wish, ProviderWish)
    assert page.made.wish.provider == officer.office.visits.page(coming.uid).provider.uid


def test_marked_rows_are_what_is_printed(officer: Officer) -> None:
    page = officer.go("providers")
    officer.press("Home", "Shift+Down", "Shift+Down")
    listing = printed(officer).made.wish.listing
    assert [row[0].text for row in listing.rows] == [row.name for row in page.table.visible_rows()[:3]]
    assert listing.filters[-1] == "Marked: 3"


def test_printed_and_saved_a_record_is_filed_and_a_list_is_not(officer: Officer, tmp_path: Path) -> None:
    uid = officer.office.providers.rows()[0].uid
    officer.go("providers", uid)
    page = printed(officer)
    page.save_to(tmp_path / "record.pdf")
    officer.wait(lambda: officer.notice().startswith("Filed: "))
    (filed,) = officer.office.briefings.rows()
    assert (filed.kind, filed.of) == ("Provider record", officer.office.providers.rows()[0].name)
    officer.press("Down")
    officer.wait(lambda: page.made is not None and isinstance(page.made.wish, ListWish))
    page.save_to(tmp_path / "list.pdf")
    officer.wait(lambda: officer.notice() == "Saved: list.pdf")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_now(printer)
    officer.settle()
    assert officer.notice().startswith("Printed: Providers")
    assert len(officer.office.briefings.rows()) == 1


def test_back_leads_to_where_it_was_asked_for(officer: Officer) -> None:
    uid = officer.office.providers.rows()[1].uid
    officer.go("providers", uid)
    printed(officer)
    officer.press("Alt+Left")
    assert officer.page.where().uid == uid


def test_the_menu_above_a_list_prints_the_list(officer: Officer) -> None:
    page = officer.go("providers", officer.office.providers.rows()[1].uid)
    action = next(each for each in page.filter_row.export.menu().actions() if each.text().startswith("Print"))
    action.trigger()
    officer.wait(lambda: officer.page.printout.made is not None)
    assert isinstance(officer.page.printout.made.wish, ListWish)


def test_the_archive_is_a_list_too(officer: Officer) -> None:
    uid = officer.office.records.create(Provider(name="Gone House")).uid
    officer.office.records.archive("provider", uid)
    officer.go("archived")
    officer.press("Ctrl+P")
    officer.wait(lambda: officer.page.printout.made is not None)
    assert "Gone House" in words_of(officer.page.printout)


def test_hostile_words_are_printed_as_they_are(officer: Officer) -> None:
    title = "<b>&amp; </font> =1+1 \u202eevil ]]>"
    officer.office.records.create(Action(title=title, owner="<i>owner"))
    officer.go("actions")
    page = printed(officer)
    assert "<b>&amp; </font>" in words_of(page)
