"""A disk that is full for a moment while a visit is being signed: what is on the screen is signed, or nothing is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records.visit_work import Party, PriorGrade
from s75desk.models.desk_file import DeskFile
from s75desk.ui.navigation import VISIT_MODE, Destination
from tests.e2e.driver import Officer
from tests.e2e.visit_desk import make_visit_desk, office_of
from tests.unit.signing import stamped

STROKES = "[[[100, 240], [300, 180]]]"


def make_ready(path: Path) -> str:
    """A desk whose visit lacks nothing but being signed and locked; 8.3 is rated 3."""
    uid = make_visit_desk(path, prior=1)
    with DeskFile.open(path) as desk:
        visiting = office_of(desk).visiting
        visiting.start(uid)
        book = visiting.book(uid)
        at = datetime.now(UTC)
        visiting.keep(
            uid,
            settled=stamped(book, [
                *(replace(book.answer(q.code), rating=3, seen="As it should be.") for q in book.body.questions),
                *(replace(book.grading(action.uid), grade=PriorGrade.MET) for action in book.prior),
                *(replace(book.signature(p), role="manager", strokes=STROKES, signed=at) for p in Party),
                replace(book.visit, no_comment=True),
            ]),
        )  # fmt: skip
    return uid


def test_words_that_could_not_be_kept_are_not_left_out_of_what_is_signed(
    start: Callable[..., Officer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "East.s75desk"
    visit = make_ready(path)
    officer = start(path)
    officer.view.go(Destination(VISIT_MODE, visit))
    officer.wait(lambda: officer.view.visits.mode is not None)
    mode: Any = officer.view.visits.mode
    visiting = officer.office.visiting
    mode.go("finish")

    def full(*_: Any, **__: Any) -> None:
        raise DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr(visiting, "keep", full)
        mode.session.put(replace(mode.session.book.answer("8.3"), rating=1))
        for signature in mode.session.book.signatures.values():  # both sign it as it now is
            again = replace(signature, signed=datetime.now(UTC))
            mode.session.put(mode.session.book.stamped(again))
        mode.steps.sign()
        officer.wait(lambda: not officer.window.worker.busy)
        assert not visiting.open(visit).book.locked, "the rating on the screen is 1 and would be missing"
        assert mode.session.unsaved
    officer.wait(lambda: not mode.session.unsaved)
    mode.steps.sign()
    officer.wait(lambda: visiting.open(visit).book.locked)
    assert visiting.open(visit).book.answer("8.3").rating == 1
