"""Hands on the finish of a visit: all that is needed said at once, going to what is missing, signing by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.completeness import Gap
from tests.ui.visit.conftest import Hand
from tests.ui.visit.visit_help import everything

BECAUSE = "The weight of one person was wrong"


def click(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def rows(hand: Hand) -> list[tuple[str, bool]]:
    """Titles of what is missing, and whether each keeps the visit open."""
    return [(gap.title, gap.blocks) for gap in hand.mode.finishing.missing.gaps_model.gaps]


def answer(hand: Hand, *, signatures: bool = False) -> None:
    """All that is needed, but for the signatures."""
    for record in everything(hand.mode.session.book):
        if signatures or record.KIND != "visit_signature":
            hand.mode.session.put(record)
    hand.mode.session.answer_changed()
    hand.rest()


def choose(hand: Hand, kind: Gap, target: str = "") -> None:
    """Go to something that is missing, by Enter."""
    hand.go("finish")
    missing = hand.mode.finishing.missing
    gaps = missing.gaps_model.gaps
    row = next(row for row, gap in enumerate(gaps) if gap.gap is kind and target in ("", gap.target))
    missing.setFocus()
    missing.setCurrentIndex(missing.gaps_model.index(row))
    hand.press("Return")


def sign_by_keys(hand: Hand) -> None:
    for party, role in ((Party.OFFICER, "quality officer"), (Party.PROVIDER, "registered manager")):
        hand.walk_to(f"Role of the {party.value}")
        hand.press("Ctrl+A").type(role)
        hand.walk_to(f"Sign by keyboard: {party.value}")
        hand.press("Space")
    hand.walk_to("Sign and lock")
    hand.press("Return")
    hand.wait(lambda: hand.mode.session.locked)
    hand.rest()
