"""What a record says is read whole: no words of its tables are cut, at any of its pages."""

from __future__ import annotations

import pytest

from s75desk.ui.forms.reference_editor import ReferenceEditor
from s75desk.ui.itemmodels.cells import Cell
from s75desk.ui.pages.child_section import ChildTable
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.cell_painting import line_height, lines_of
from s75desk.ui.widgets.read_table import ReadTable
from s75desk.ui.widgets.table import RecordTable
from tests.e2e.driver import Officer

AGREEMENTS = ("S75-2024-OT", "S75-2012-COT", "DPS-2020-HC")


def cut_words(table: RecordTable[object]) -> list[str]:
    """Words of a table that do not stand in it whole."""
    theme, found = Theme.of(), []
    for line in range(table.rows_model().rowCount()):
        high = table.rowHeight(line)
        for place in table.head.shown_columns():
            column, cell = table.rows_model().columns[place], table.rows_model().cell_at(line, place)
            if column.kind in ("spark", "bar"):
                continue
            room = table.columnWidth(place) - 2 * theme.metrics.space(10)
            lines = lines_of(theme, column, cell, room, bold=False, most=99)
            whole = (
                " ".join(lines.words).split() == cell.words.split() and " ".join(lines.sub).split() == cell.sub.split()
            )
            if not whole or (lines.count > 1 and lines.count * line_height(theme) > high):
                found.append(f"{column.title}: {_said(cell)}")
    return found


def _said(cell: Cell) -> str:
    return f"{cell.words} / {cell.sub}"


def cut_on_show(officer: Officer) -> list[str]:
    tables = [*officer.window.findChildren(ReadTable), *officer.window.findChildren(ChildTable)]
    return [words for table in tables if table.isVisible() for words in cut_words(table)]


@pytest.mark.parametrize("reference", AGREEMENTS)
def test_no_words_of_an_agreement_are_cut(officer: Officer, reference: str) -> None:
    uid = officer.agreement(reference)
    page = officer.go("agreements", uid)
    for key in list(page.record.tabs.keys()):
        officer.go("agreements", uid, key)
        assert cut_on_show(officer) == [], key


def test_no_words_of_a_provider_or_kpi_are_cut(officer: Officer) -> None:
    for kind in ("providers", "kpis"):
        page = officer.go(kind)
        for uid in [page.table.rows_model().uid_at(line) for line in range(3)]:
            officer.go(kind, uid)
            for key in list(page.record.tabs.keys()):
                officer.go(kind, uid, key)
                assert cut_on_show(officer) == [], (kind, key)


def test_no_name_is_cut_in_a_form(officer: Officer) -> None:
    officer.go("agreements", officer.agreement())
    officer.press("F2")
    officer.wait(lambda: officer.page.form.form is not None)
    names = [editor.edit for editor in officer.form.findChildren(ReferenceEditor) if editor.isVisible()]
    assert any("Foundation Trust" in edit.text() for edit in names)
    for edit in names:
        assert edit.fontMetrics().horizontalAdvance(edit.text()) <= edit.width() - edit.height(), edit.text()
