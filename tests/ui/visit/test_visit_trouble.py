"""Trouble in the middle of a visit: after it was signed, with the file, and of our own making. Nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from s75desk.domain.errors import DiskTrouble
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from tests.ui.pages.conftest import Recorder
from tests.ui.visit.conftest import OpenVisitMode
from tests.ui.visit.finish_help import BECAUSE, answer, click
from tests.ui.visit.visit_help import Visits, sign

FAILING = DiskTrouble("Not read: the disk did not answer as it should.", "Check that the drive is connected.")


def failing_once(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[int]:
    real: Callable[..., Any] = getattr(owner, name)
    calls: list[int] = []

    def fail(*args: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise FAILING
        return real(*args, **named)

    monkeypatch.setattr(owner, name, fail)
    return calls


def test_a_visit_that_was_signed_and_cannot_be_read_again_at_once_is_read_again_by_itself(
    at_visit: OpenVisitMode, office: Office, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = at_visit("finish")
    answer(hand, signatures=True)
    failing_once(monkeypatch, office.visiting, "open")
    click(hand.mode.finishing.sign)
    hand.wait(lambda: hand.mode.session.locked)
    hand.rest()
    assert hand.mode.signed.isVisible()
    assert hand.mode.trouble.isHidden()
    assert office.visiting.book(visits.today).locked


def test_the_same_for_an_amendment_begun_and_given_up(
    at_visit: OpenVisitMode, office: Office, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(office, visits.today)
    hand = at_visit("finish")
    with monkeypatch.context() as patch:
        failing_once(patch, office.visiting, "open")
        hand.mode.steps.amend(BECAUSE)
        hand.wait(lambda: not hand.mode.session.locked)
    with monkeypatch.context() as patch:
        failing_once(patch, office.visiting, "open")
        hand.mode.steps.withdraw()
        hand.wait(lambda: hand.mode.session.locked)
    hand.rest()


# --- the file ---------------------------------------------------------------------------------------------------------


def moved(path: Path, away: Path) -> None:
    path.rename(away)


def replaced(path: Path, away: Path) -> None:
    path.rename(away)
    path.write_bytes(b"Something else altogether")


def folder_moved(path: Path, away: Path) -> None:
    path.parent.rename(away.parent)


@pytest.mark.parametrize("what", [moved, replaced, folder_moved])
def test_a_file_that_goes_while_a_visit_is_made_loses_nothing_and_is_written_once_it_is_back(
    at_visit: OpenVisitMode, office: Office, visits: Visits, desk: DeskFile, what: Callable[[Path, Path], None]
) -> None:
    hand = at_visit("8.3")
    path, away = desk.path, desk.path.parent.with_name("elsewhere") / desk.path.name
    if what is not folder_moved:
        away.parent.mkdir()
    what(path, away)
    hand.mode.question.focus_note()
    hand.type("Two gaps.")
    hand.wait(hand.mode.trouble.isVisible)
    assert hand.mode.trouble.words().startswith(
        "Not saved: the file or its folder is no longer there. Nothing in the desk has changed."
    )
    hand.mode.session.settle()
    hand.mode.session.put(replace(hand.mode.session.book.answer("8.3"), rating=3))
    hand.mode.session.put(replace(hand.mode.session.book.answer("9.1"), rating=2, seen="No plan."))
    answer(hand, signatures=True)
    hand.mode.steps.sign()
    hand.rest()
    assert not hand.mode.session.locked
    assert hand.mode.session.book.answer("8.3").seen == "Two gaps."
    assert "no longer there" in hand.mode.finishing.said()
    assert hand.mode.unsaved
    if what is folder_moved:
        away.parent.rename(path.parent)
    else:
        away.replace(path)
    hand.wait(lambda: not hand.mode.session.unsaved)
    assert hand.mode.trouble.isHidden()
    assert office.visiting.book(visits.today).answer("8.3").seen == "Two gaps."
    assert office.visiting.book(visits.today).answer("9.1").rating == 2
    hand.mode.steps.sign()
    hand.wait(lambda: hand.mode.session.locked)
    hand.rest()
    assert office.checks.check().sound


# --- our own faults ---------------------------------------------------------------------------------------------------


PARTS: list[tuple[str, str]] = [
    ("header", "show_saved"),
    ("header", "show_book"),
    ("outline", "show_lines"),
    ("rating", "show_rating"),
    ("side", "show_actions"),
    ("", "show_progress"),
    ("", "show_place"),
    ("jumps", "show_book"),
]


@pytest.mark.parametrize(("part", "name"), PARTS)
@pytest.mark.qt_no_exception_capture
def test_a_part_of_the_window_that_breaks_loses_no_word(
    at_visit: OpenVisitMode,
    office: Office,
    visits: Visits,
    monkeypatch: pytest.MonkeyPatch,
    recorder: Recorder,
    part: str,
    name: str,
) -> None:
    hand = at_visit("8.3")
    caught: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append(error))

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("ours")

    with monkeypatch.context() as patch:
        patch.setattr(getattr(hand.mode, part) if part else hand.mode, name, broken)
        hand.mode.question.focus_note()
        hand.type("Two gaps.")
        hand.mode.question.focus_keys()
        hand.press("2")
        hand.mode.session.settle()
        hand.wait(lambda: not hand.mode.session.unsaved)
        try:
            hand.mode.go("9.1")
        except ZeroDivisionError as error:
            caught.append(error)
        hand.mode.session.put(replace(hand.mode.session.book.answer("9.1"), rating=1))
        hand.wait(lambda: not hand.mode.session.unsaved)
    assert {type(error) for error in caught} == {ZeroDivisionError}, "it was broken, and nothing else"
    found = office.visiting.open(visits.today).book
    assert (found.answer("8.3").seen, found.answer("8.3").rating, found.answer("9.1").rating) == ("Two gaps.", 2, 1)
    recorder.crashed.clear()
    hand.mode.go("8.4")
    hand.press("3")
    hand.rest()
    assert office.visiting.open(visits.today).book.answer("8.4").rating == 3
