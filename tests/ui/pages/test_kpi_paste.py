"""A column of figures from a spreadsheet: seen before it is written, one save, one undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from s75desk.domain.records import Kpi, Measurement
from s75desk.domain.records.kpi import Absent, Adding, Measure, Period
from s75desk.services.office import Office
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.form_pane import wish_for_new
from s75desk.ui.pages.kpis.page import KpisPage
from s75desk.ui.pages.kpis.paste import PasteDialog

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard", extend=True)
Settle = Callable[[], None]


@pytest.fixture
def kpi(office: Office) -> Kpi:
    made = Kpi(title="Zz reviews", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.MONTH)
    uid = office.kpis.create(made).uid
    return office.kpis.get(Kpi, uid)


def figures(office: Office, kpi: Kpi) -> list[Measurement]:
    return list(office.kpis.page(kpi.uid).sheet.measurements)


def dialog() -> PasteDialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, PasteDialog) and each.isVisible())


def press(shown: PasteDialog, key: Qt.Key) -> None:
    """Press a key where the dialog has its keyboard; a modal window is not active without a screen."""
    QTest.keyClick(shown.focusWidget() or shown, key)


def test_eight_figures_by_one_paste(page_factory: Any, settle: Settle, keyboard: Any, office: Office, kpi: Kpi) -> None:
    page = page_factory(KpisPage)
    page.arrive(Destination("kpis", kpi.uid))
    settle()
    QGuiApplication.clipboard().setText("\r\n".join(map(str, range(11, 19))) + "\r\n")
    page.table.setFocus()
    keyboard.press("Ctrl+V")
    shown = dialog()
    assert len(shown.pasted.figures) == 8
    press(shown, Qt.Key.Key_Return)
    settle()
    kept = figures(office, kpi)
    assert [each.value for each in kept] == [Decimal(value) for value in range(11, 19)]
    assert kept[-1].ends == date(2026, 1, 31)
    (newest, *_) = office.kpis.history(Kpi.KIND, kpi.uid)
    assert "8 figures" in str(newest)


def test_a_paste_is_taken_back_by_one_undo(office: Office, kpi: Kpi) -> None:
    pasted = tuple(Measurement(kpi=kpi.uid, ends=date(2026, 1, day), value=Decimal(day)) for day in (5, 6, 7))
    changes = office.kpis.keep_figures(kpi, pasted)
    assert len(figures(office, kpi)) == 3
    office.kpis.undo(changes.change_id)
    assert figures(office, kpi) == []


def test_escape_writes_nothing_and_the_first_period_can_be_typed(
    page_factory: Any, settle: Settle, office: Office, kpi: Kpi
) -> None:
    page = page_factory(KpisPage)
    page.arrive(Destination("kpis", kpi.uid))
    settle()
    QGuiApplication.clipboard().setText("1\n2\nTotal 3")
    page.record.paste()
    settle()
    shown = dialog()
    assert len(shown.pasted.figures) == 2
    shown.first.setFocus()
    shown.first.selectAll()
    QTest.keyClicks(shown.first, "april 2025")
    assert [str(each.ends) for each in shown.pasted.figures] == ["2025-04-30", "2025-05-31"]
    press(shown, Qt.Key.Key_Escape)
    settle()
    assert figures(office, kpi) == []


def test_a_row_that_is_left_out_is_mended_in_the_sheet(
    page_factory: Any, settle: Settle, office: Office, kpi: Kpi
) -> None:
    page = page_factory(KpisPage)
    page.arrive(Destination("kpis", kpi.uid))
    settle()
    QGuiApplication.clipboard().setText("Apr-25\t10*\nMay\t11\nJun 25th of\t12\nJul-25\t13")
    page.record.paste()
    settle()
    shown = dialog()
    assert [row.fate.name for row in shown.pasted.rows] == ["LEFT_OUT", "NEW", "LEFT_OUT", "NEW"]
    assert shown.focusWidget() is shown.mend_figure
    shown.mend_figure.selectAll()
    QTest.keyClicks(shown.mend_figure, "10")
    QTest.keyClick(shown.mend_figure, Qt.Key.Key_Return)
    assert shown.focusWidget() is shown.mend_period
    QTest.keyClicks(shown.mend_period, "june 2025")
    assert len(shown.pasted.figures) == 4
    QTest.keyClick(shown.mend_period, Qt.Key.Key_Return)
    press(shown, Qt.Key.Key_Return)
    settle()
    assert [(str(each.ends), each.value) for each in figures(office, kpi)] == [
        ("2025-04-30", 10), ("2025-05-31", 11), ("2025-06-30", 12), ("2025-07-31", 13),
    ]  # fmt: skip


def test_the_month_may_stand_first(page_factory: Any, settle: Settle, office: Office, kpi: Kpi) -> None:
    page = page_factory(KpisPage)
    page.arrive(Destination("kpis", kpi.uid))
    settle()
    QGuiApplication.clipboard().setText("01/01/2025\t10\n02/01/2025\t11\n03/01/2025\t12")
    page.record.paste()
    settle()
    shown = dialog()
    assert shown.pasted.figures == ()
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Space)
    assert [str(each.ends) for each in shown.pasted.figures] == ["2025-01-31", "2025-02-28", "2025-03-31"]
    press(shown, Qt.Key.Key_Escape)


def test_words_and_periods_typed_into_the_form(page_factory: Any, settle: Settle, office: Office, kpi: Kpi) -> None:
    page = page_factory(KpisPage)
    page.arrive(Destination("kpis", kpi.uid))
    settle()
    page.open_form(wish_for_new(Measurement(kpi=kpi.uid)))
    settle()
    form = page.form.form
    form.editor_row("ends").editor.set_text("december 2025")
    form.editor_row("value").editor.set_text("<5")
    form.save()
    settle()
    (kept,) = figures(office, kpi)
    assert (kept.starts, kept.ends) == (date(2025, 12, 1), date(2025, 12, 31))
    assert (kept.absent, kept.below, kept.value) == (Absent.SUPPRESSED, 5, None)
