"""A visit that is signed: read only everywhere, amended for a reason, signed again, its papers saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from s75desk.domain.records import Action
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.visits.completeness import Gap
from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.services.office import Office
from s75desk.ui.self_check import read_pdf
from tests.ui.visit.conftest import OpenVisitMode
from tests.ui.visit.finish_help import BECAUSE, click, sign_by_keys
from tests.ui.visit.visit_help import Visits, attach, sign


def signed_part(records: Mapping[str, Any]) -> dict[str, Any]:
    """Records as far as they are signed: whether a note prints is no part of it."""
    return {key: replace(record, private=None) for key, record in records.items()}


def test_a_signed_visit_opens_read_only_everywhere(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    office.visiting.start(visits.today)
    book = office.visiting.book(visits.today)
    action = Action(uid="audit", title="Audit", owner="manager", due=book.visit.planned, visit=visits.today,
                    questions="8.3", service=book.visit.service)  # fmt: skip
    office.visiting.keep(visits.today, settled=[action])
    attach(office, visits.today, "8.3", 2)
    sign(office, visits.today)
    content = office.visiting.version(visits.today, 1)
    hand = at_visit()
    assert hand.mode.place == "finish"
    side, mode = hand.mode.side, hand.mode
    for place in ("prior", "people", "8.3", "8.4"):
        hand.go(place)
        for part in mode.findChildren(QWidget):
            if not part.isVisible():
                continue
            if isinstance(part, QLineEdit):
                part.setFocus()
                if part.hasFocus():
                    hand.type("9")
            elif isinstance(part, QPushButton) and part.isCheckable():
                click(part)
        for keys in ("Alt+1", "Alt+N", "Alt+F", "Alt+M", "Alt+X", "Alt+A", "Alt+P"):
            hand.press(keys)
    hand.go("8.3")
    assert side.photos.locked
    assert not side.photos.add.isVisible()
    side.photos.edit_caption("photo-8.3-0")
    assert not side.photos.caption.isVisible()
    side.photos.remove_asked.emit("photo-8.3-0")
    side.evidence.buttons[EvidenceSource.FILE].click()
    mode.steps._caption_changed("photo-8.3-0", "another")
    mode.session.settle()
    hand.rest()
    now = office.visiting.book(visits.today)
    assert signed_part(now.answers) == signed_part(content.answers)
    assert signed_part(now.gradings) == signed_part(content.gradings)
    assert [photo.caption for photo in now.photos] == ["0", "1"]
    assert [one.title for one in now.actions] == ["Audit"]
    assert not now.people
    assert now.locked


def test_amending_needs_a_reason_and_says_so_above_every_page(
    at_visit: OpenVisitMode, visits: Visits, office: Office
) -> None:
    sign(office, visits.today)
    hand = at_visit()
    click(hand.mode.signed.amend)
    hand.rest()
    assert hand.mode.signed._refusal.text().startswith("Say why it is amended")
    assert hand.at is hand.mode.signed.reason
    assert hand.mode.session.locked
    hand.type(BECAUSE).press("Return")
    hand.wait(lambda: not hand.mode.session.locked)
    hand.rest()
    assert hand.mode.header.subtitle() == f"Amending version 1: {BECAUSE}"
    assert hand.mode.header.saved_words().startswith("Saved ")
    assert hand.mode.middle.currentWidget() is hand.mode.finishing
    said = "Signing again makes version 2; version 1 is kept as it is."
    assert hand.mode.finishing._what_follows.text() == said
    hand.go("8.3")
    assert hand.mode.header.subtitle() == f"Amending version 1: {BECAUSE}"
    hand.press("4")
    assert hand.kept("8.3").rating == 4
    hand = at_visit()
    assert hand.mode.header.subtitle() == f"Amending version 1: {BECAUSE}", "also when it is opened again"


def test_signing_again_makes_the_next_version(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    sign(office, visits.today)
    office.visiting.amend(visits.today, BECAUSE)
    hand = at_visit("8.3").press("4", "Ctrl+Shift+F")
    assert {gap.gap for gap in hand.mode.finishing.missing.gaps_model.gaps if gap.blocks} == {
        Gap.OFFICER,
        Gap.PROVIDER,
    }
    sign_by_keys(hand)
    lines = hand.mode.signed._versions.text().splitlines()
    assert [line.split(":")[0] for line in lines] == ["Version 2", "Version 1"]
    assert f"amended because: {BECAUSE}" in lines[0]
    assert hand.mode.signed.reason.text() == "", "the next amendment has a reason of its own"
    assert hand.mode.header.subtitle().endswith("Lindle Care Limited")
    assert office.visiting.version(visits.today, 1).answer("8.3").rating == 3
    assert office.visiting.version(visits.today, 2).answer("8.3").rating == 4


def test_the_sheet_is_saved_and_said(at_visit: OpenVisitMode, visits: Visits, office: Office, tmp_path: Path) -> None:
    sign(office, visits.today)
    hand = at_visit()
    target = tmp_path / "sheet.pdf"
    hand.mode.paper.save_sheet(target)
    hand.wait(lambda: hand.mode.signed.said().startswith("Saved as sheet.pdf"))
    assert "Lindle House" in read_pdf(target)[1]
    hand.mode.paper.save_report(tmp_path / "nowhere" / "report.pdf")
    hand.wait(lambda: not hand.mode.signed.said().startswith(("Saved", "Working")))
    assert hand.mode.signed.said(), "trouble is said in its place"


def test_a_sheet_is_saved_among_the_documents_first_then_where_the_last_one_was(
    at_visit: OpenVisitMode, visits: Visits, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home / "Documents", elsewhere):
        folder.mkdir(parents=True)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(home / "Documents"))
    begun: list[Path] = []

    def choose(_parent: QWidget, _title: str, begin: str, _filter: str) -> tuple[str, str]:
        begun.append(Path(begin))
        return str(elsewhere / "sheet.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    sign(office, visits.today)
    hand = at_visit()
    for button in (hand.mode.signed.saving, hand.mode.signed.report):
        click(button)
        hand.wait(lambda: hand.mode.signed.said().startswith("Saved as sheet.pdf"))
        hand.rest()
    assert [place.parent for place in begun] == [home / "Documents", elsewhere]
    assert begun[0].name == "Lindle House, feedback sheet 2026-02-02.pdf"


def test_grades_of_the_signed_visit_stand_with_it(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    sign(office, visits.today)
    hand = at_visit("prior")
    assert all(card.buttons[PriorGrade.MET].isChecked() for card in hand.mode.prior.cards.values())
    hand.press("Ctrl+Shift+F")
    assert hand.mode.middle.currentWidget() is hand.mode.signed
