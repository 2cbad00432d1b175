"""Photos that are being read or cannot be kept: none is lost by leaving, none is left out of what is signed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from s75desk.domain.errors import DeskError, DiskTrouble
from s75desk.services.office import Office
from s75desk.ui.visit.photo_taker import PhotoTaker
from tests.ui.pages.conftest import Recorder
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.finish_help import answer, click
from tests.ui.visit.photo_help import packed
from tests.ui.visit.visit_help import Visits

FULL = DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space.")


def captions(office: Office, visit: str) -> int:
    return len(office.visiting.open(visit).book.photos)


@contextmanager
def slowly(monkeypatch: pytest.MonkeyPatch, office: Office) -> Iterator[Callable[[], None]]:
    """Photos are read once the block asks for it."""
    go, real = threading.Event(), office.visiting.read_photo

    def read(source: Any) -> Any:
        go.wait(10)
        return real(source)

    with monkeypatch.context() as patch:
        patch.setattr(office.visiting, "read_photo", read)
        yield go.set
        go.set()


def rest(hand: Hand) -> None:
    hand.wait(lambda: not hand.mode.photos.unsaved)
    hand.rest()


def test_a_photo_that_is_being_read_when_the_visit_is_left_is_kept(
    at_visit: OpenVisitMode, office: Office, visits: Visits, monkeypatch: pytest.MonkeyPatch, recorder: Recorder
) -> None:
    hand = at_visit("8.3")
    with slowly(monkeypatch, office) as go:
        hand.mode.take_pictures([packed(), packed(hue=90), b"no photo"])
        QApplication.processEvents()
        assert captions(office, visits.today) == 0
        go()
        hand.mode.stop()
        hand.rest()
    assert captions(office, visits.today) == 2
    assert office.checks.check().sound
    (told,) = recorder.trouble
    assert str(told).startswith("Not added: the picture is not a photo")


def test_a_photo_that_was_read_and_is_on_its_way_to_the_disk_is_kept_and_told(
    at_visit: OpenVisitMode, office: Office, visits: Visits, recorder: Recorder
) -> None:
    hand = at_visit("8.3")
    heard: list[Any] = []
    hand.mode.context.operations.wrote.connect(heard.append)
    hand.mode.take_pictures([packed()])
    assert isinstance(hand.mode.photos, PhotoTaker)
    hand.mode.photos._reader.stop(answering=True)
    assert hand.mode.context.operations.worker.busy
    hand.mode.stop()
    hand.rest()
    assert captions(office, visits.today) == 1
    assert any(changes.touches("visit_photo") for changes in heard)
    assert recorder.trouble == []


def test_a_photo_that_cannot_be_kept_asks_before_the_visit_is_left(
    at_visit: OpenVisitMode, office: Office, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = at_visit("8.3")

    def full(*_: object) -> None:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(office.visiting, "attach", full)
        hand.mode.take_pictures([packed()])
        hand.wait(lambda: hand.mode.unsaved)
        assert isinstance(hand.mode.what_is_wrong, DeskError)
    hand.mode.photos._try_again()
    rest(hand)
    assert not hand.mode.unsaved
    assert captions(office, visits.today) == 1


def test_nothing_is_signed_while_a_photo_is_on_its_way(
    at_visit: OpenVisitMode, office: Office, visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = at_visit("8.3")
    answer(hand, signatures=True)
    with slowly(monkeypatch, office) as go:
        hand.mode.take_pictures([packed()])
        hand.go("finish")
        click(hand.mode.finishing.sign)
        hand.rest()
        assert hand.mode.finishing.said() == (
            "Not signed: a photo is still being added. Sign once it is there, with the photo above the signatures."
        )
        assert hand.mode.finishing.sign.isEnabled()
        assert not office.visiting.book(visits.today).versions
        go()
        rest(hand)
    assert captions(office, visits.today) == 1
