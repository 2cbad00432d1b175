"""Amounts in a form: the editor says what it understood, and what is typed with an amount is kept with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from s75desk.domain.records import Contribution
from s75desk.domain.records.money import NoAmount
from s75desk.domain.validation import Surroundings, findings_for
from s75desk.ui.forms.form import RecordForm
from s75desk.ui.theme import Theme

TODAY = date(2026, 2, 2)


@pytest.fixture
def make(window: QMainWindow, qtbot: QtBot, theme: Theme):
    def build(record: Contribution) -> RecordForm:
        around = Surroundings(today=TODAY)
        form = RecordForm(
            record, today=TODAY, lookup=lambda kind: [], validate=lambda entry: findings_for(entry, around)
        )
        window.setCentralWidget(form)
        qtbot.waitUntil(form.isVisible)
        return form

    return build


def amount_of(form: RecordForm) -> QLineEdit:
    return form.editor_row("amount").editor.findChild(QLineEdit)


@pytest.mark.parametrize(
    ("typed", "full", "values"),
    [
        ("1,810,426 + 228,237", "£2,038,663", (Decimal(2038663), None, None, None)),
        ("c. 1.2m", "about £1,200,000", (Decimal(1200000), True, None, None)),
        ("2.5m-3m", "£2,500,000 to £3,000,000", (Decimal(2500000), None, Decimal(3000000), None)),
        ("tbc", "To be confirmed", (None, None, None, NoAmount.TO_BE_CONFIRMED)),
    ],
)
def test_what_is_typed_is_read_and_written_in_full(make, qtbot: QtBot, typed, full, values):
    form = make(Contribution(agreement="a", year=2025))
    line = amount_of(form)
    line.setFocus()
    qtbot.keyClicks(line, typed)
    row = form.editor_row("amount")
    qtbot.waitUntil(lambda: full in row.messages.words)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == full
    record = form.record()
    assert (record.amount, record.about, record.amount_to, record.no_amount) == values
    assert amount_of(make(record)).text() == full


def test_taking_the_amount_away_takes_away_what_was_typed_with_it(make, qtbot: QtBot):
    form = make(Contribution(agreement="a", year=2025, amount=Decimal(5), about=True, amount_to=Decimal(6)))
    line = amount_of(form)
    line.selectAll()
    qtbot.keyClicks(line, "7")
    assert (form.record().amount, form.record().about, form.record().amount_to) == (7, None, None)


def test_what_cannot_be_read_says_what_was_wrong(make, qtbot: QtBot):
    form = make(Contribution(agreement="a", year=2025))
    line = amount_of(form)
    line.setFocus()
    qtbot.keyClicks(line, "12 apples")
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert "apples" in form.editor_row("amount").messages.words
