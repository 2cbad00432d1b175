"""How many keys the moments take that an officer has most often: counted besides the text, in the real window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from s75desk.domain.records import Kpi
from s75desk.domain.records.agreement import PartyRole
from s75desk.domain.records.kpi import Adding, Measure, Period
from s75desk.models.desk_file import DeskFile
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer


class Counted:
    """An officer whose keys are counted; letters and digits that are typed are text."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        self.keys = 0

    def press(self, *keys: str) -> None:
        self.keys += len(keys)
        self.officer.press(*keys)

    def fill(self, name: str, text: str) -> None:
        """The next stop must be this field: nothing in between is passed over uncounted."""
        self.press("Tab")
        assert self.officer.focus.accessibleName() == name
        self.officer.type(text)


@pytest.fixture
def empty(start: StartOfficer, tmp_path: Path) -> Officer:
    """A desk with nothing in it, not even the bodies that make the agreement."""
    path = tmp_path / "Empty.s75desk"
    DeskFile.create(path).close()
    return start(path)


def test_the_agreement_of_r1_takes_22_keys_on_a_desk_where_nobody_is_known_yet(empty: Officer) -> None:
    hand = Counted(empty)
    hand.press("Ctrl+2", "Ctrl+N")
    assert empty.focus.accessibleName() == "Title"
    empty.type("Occupational therapy, Section 75")
    hand.fill("Reference", "S75-2024-OT")
    hand.fill("Kind", "Se")
    hand.keys += 2  # letters, but they choose and do not write
    hand.fill("Starts", "1/4/24")
    hand.fill("Term", "3 + 1 + 1 years")
    hand.fill("Notice", "12 months")
    hand.fill("First partner", "Cambridgeshire County Council")
    hand.fill("First partner pays", "1,810,426 + 228,237")
    hand.press("Tab")  # past the second partner
    hand.fill("Provider", "Cambridgeshire and Peterborough NHS Foundation Trust")
    hand.press("Tab")  # past the value a year, which is what the partner pays
    hand.fill("Total, as stated", "10,193,315")
    hand.fill("What the total covers", "five years")
    hand.press("Ctrl+Return")
    empty.wait(lambda: empty.page.form.form is None)
    dossier = empty.office.agreements.dossier(empty.agreement())
    assert dossier.term.ends == date(2027, 3, 31)
    assert dossier.agreement.yearly_value == Decimal(2038663)
    assert {(dossier.organisations[one.organisation].name, one.role) for one in dossier.parties} == {
        ("Cambridgeshire County Council", PartyRole.PARTNER),
        ("Cambridgeshire and Peterborough NHS Foundation Trust", PartyRole.PROVIDER),
    }
    assert hand.keys <= 18


def test_all_that_r1_says_of_it_takes_22(empty: Officer) -> None:
    hand = Counted(empty)
    hand.press("Ctrl+2", "Ctrl+N")
    empty.type("Occupational therapy, Section 75")
    for name, text in (
        ("Reference", "S75-2024-OT"),
        ("Kind", "S"),
        ("Starts", "1/4/24"),
        ("Term", "3 + 1 + 1 years"),
        ("Notice", "12 months"),
        ("First partner", "Cambridgeshire County Council"),
        ("First partner pays", "2,038,663"),
        ("Second partner", ""),
        ("Provider", "NHS trust"),
        ("Value a year", ""),
        ("Total, as stated", "10,193,315"),
        ("What the total covers", "five years, plus annual uplifts"),
    ):
        hand.fill(name, text)
    hand.press("Tab")
    assert empty.focus.accessibleName() == "What it covers"
    hand.press("Space")
    assert empty.focus.accessibleName() == "People covered"
    empty.type("Adults with a physical disability")
    hand.fill("Services covered", "Community occupational therapy")
    hand.fill("Aims and outcomes", "Prevent, reduce and delay the need for care")
    hand.fill("Functions delegated", "The social care element")
    hand.fill("Review", "By a Governance Board")
    hand.press("Ctrl+Return")
    empty.wait(lambda: empty.page.form.form is None)
    made = empty.office.agreements.dossier(empty.agreement()).agreement
    assert (made.reviewed, made.functions) == ("By a Governance Board", "The social care element")
    assert hand.keys <= 22


def test_eight_monthly_figures_take_six_from_the_overview(officer: Officer) -> None:
    made = Kpi(title="Aa reviews", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.MONTH)
    uid = officer.office.kpis.create(made).uid
    officer.press("Ctrl+1")
    QGuiApplication.clipboard().setText("\r\n".join(map(str, range(11, 19))) + "\r\n")
    hand = Counted(officer)
    hand.press("Ctrl+K")
    officer.type("Aa reviews")
    officer.settle()
    hand.press("Return")
    officer.wait(lambda: officer.page.record.uid == uid)
    hand.press("Ctrl+V")
    officer.dialog()
    hand.press("Return")
    officer.wait(lambda: len(officer.office.kpis.page(uid).sheet.measurements) == 8)
    assert hand.keys <= 6


def test_a_decision_takes_four_from_the_overview_and_the_alert_is_gone(officer: Officer) -> None:
    uid = officer.agreement()
    officer.press("Ctrl+1")
    table = officer.page.table
    at = next(n for n, item in enumerate(table.rows_model().all_rows()) if item.step == "Decide extension 1")
    table.setFocus()
    table.selectRow(at - 1 if at else at)
    hand = Counted(officer)
    hand.press("Down") if at else None
    hand.press("Return")
    officer.wait(lambda: officer.focus.window() is not None and officer.page.record.uid == uid)
    hand.press("E", "Ctrl+Return")
    officer.wait(lambda: officer.office.agreements.dossier(uid).term.ends == date(2028, 3, 31))
    officer.press("Ctrl+1")
    officer.wait(lambda: not [one for one in table.rows_model().all_rows() if one.step == "Decide extension 1"])
    assert hand.keys <= 4
