"""Trouble in the session of a visit: a full disk, a refusal or a fault of our own loses nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from s75desk.domain.errors import DeskError, DiskTrouble, Rejected
from s75desk.models.desk_file import DeskFile
from tests.ui.visit import session_bench
from tests.ui.visit.session_bench import FULL, Bench
from tests.unit.models.desk_help import mounted

bench, quick = session_bench.bench, session_bench.quick


def test_a_full_disk_loses_nothing_and_is_tried_again_by_itself(bench: Bench) -> None:
    with bench.failing(FULL, FULL, FULL):
        bench.session.put(bench.answer(rating=2))
        bench.type("Two charts", "8.4")
        bench.session.put(bench.action())
        bench.until(lambda: bench.heard.troubles)
        assert bench.heard.troubles[0] is FULL
        assert bench.session.trouble is FULL
        assert bench.session.unsaved
        assert bench.heard.saved == []
        bench.until(lambda: bench.heard.saved)
    assert bench.heard.troubles == [FULL, FULL, FULL, None]
    assert bench.session.trouble is None
    assert not bench.session.unsaved
    assert bench.kept() == bench.shown()
    bench.settled()
    assert bench.recorded() == bench.shown()
    assert bench.heard.crashed == bench.heard.trouble == bench.heard.refused == []


def test_later_words_win_over_what_could_not_be_kept(bench: Bench) -> None:
    with bench.failing(FULL, FULL):
        bench.session.put(bench.answer(rating=1, seen="first"))
        bench.session.flush()
        bench.session.put(bench.answer(rating=2, seen="second"))
        bench.session.flush()
        bench.type("third and last")
        bench.until(lambda: len(bench.heard.troubles) >= 2)
        bench.settled()
    kept = bench.office.visiting.book(bench.visit).answer("8.3")
    assert (kept.rating, kept.seen) == (2, "third and last")
    assert bench.drafts() == {}


def test_later_words_that_were_kept_are_not_undone_by_earlier_ones_that_were_not(bench: Bench) -> None:
    with bench.failing(FULL, None, FULL, None):
        bench.session.put(bench.answer(rating=1, seen="first"))
        bench.session.flush()
        bench.session.put(bench.answer(rating=2, seen="second"))
        bench.session.flush()
        bench.settled()
    assert bench.recorded() == bench.shown()
    assert bench.office.visiting.book(bench.visit).answer("8.3").seen == "second"


@pytest.mark.parametrize("faults", [(FULL,), (FULL, FULL), (None, FULL), (FULL, None, FULL)])
@pytest.mark.parametrize("typed", [True, False])
def test_what_was_taken_out_does_not_come_back_because_of_trouble(
    bench: Bench, faults: tuple[DeskError | None, ...], *, typed: bool
) -> None:
    """The write of an action fails, and it is taken out before anybody hears of it: it is no ghost afterwards."""
    kept = bench.action("there")
    bench.session.put(kept)
    bench.settled()
    with bench.failing(*faults):
        for action in (kept, bench.action("new")):
            bench.session.put(replace(action, title="Other words"), typed=typed)
        bench.session.flush()
        for action in (kept, bench.action("new")):
            bench.session.take_out(action)
        bench.session.flush()
        bench.settled()
    assert bench.kept().keys() == bench.recorded().keys() == {bench.visit}
    assert bench.drafts() == {}
    bench.session.stop()
    bench.open()
    bench.settled()
    assert bench.recorded().keys() == {bench.visit}


@pytest.mark.parametrize("faults", [(FULL,), (FULL, FULL), (None, FULL), (FULL, None, FULL)])
@pytest.mark.parametrize("typed", [True, False])
def test_what_was_put_in_again_does_not_go_because_of_trouble(
    bench: Bench, faults: tuple[DeskError | None, ...], *, typed: bool
) -> None:
    action, photo = bench.action(), bench.photo()
    bench.session.put(action)
    bench.settled()
    with bench.failing(*faults):
        for record in (action, photo):
            bench.session.take_out(record)
        bench.session.flush()
        bench.session.put(replace(action, title="Other words"), typed=typed)
        bench.session.put(photo, typed=typed)
        bench.session.flush()
        bench.settled()
    assert bench.kept() == bench.recorded() == bench.shown()
    assert bench.shown().keys() == {bench.visit, "new", "photo"}
    assert bench.shown()["new"]["title"] == "Other words"


def test_trouble_is_over_only_when_everything_is_kept(bench: Bench) -> None:
    """The failed words are still waiting while a later write succeeds: the warning stays until they are kept too."""
    with bench.failing(FULL, None, FULL):
        bench.session.put(bench.answer("1.1", rating=1))
        bench.session.flush()
        bench.session.put(bench.answer("1.2", rating=1))
        bench.session.flush()
        bench.until(lambda: bench.heard.troubles and bench.answer("1.2").uid in bench.recorded())
        told: list[bool] = []
        bench.session.troubled.connect(lambda trouble: told.append(trouble is None and bench.session.unsaved))
        bench.until(lambda: bench.heard.troubles[-1] is None)
    assert told
    assert not any(told)
    assert bench.heard.troubles.count(None) == 1
    assert bench.recorded() == bench.shown()


def test_a_place_that_could_not_be_noted_is_noted_when_there_is_room(bench: Bench) -> None:
    with bench.failing(FULL, FULL):
        bench.session.go("8.4")
        bench.until(lambda: bench.office.visiting.open(bench.visit).place == "8.4")
    bench.until(lambda: bench.session.trouble is None)


def test_a_refusal_is_told_and_nothing_is_lost(bench: Bench) -> None:
    refusal = Rejected("", "This visit is signed.")
    with bench.failing(refusal, refusal):
        bench.session.put(bench.answer(rating=2))
        bench.until(lambda: bench.heard.troubles)
        assert bench.session.trouble is refusal
        assert bench.session.unsaved
        bench.until(lambda: bench.heard.saved)
    assert bench.heard.troubles == [refusal, refusal, None]
    assert bench.recorded() == bench.shown()


def test_a_fault_of_our_own_is_reported_once_and_nothing_is_lost(bench: Bench) -> None:
    mistakes = [RuntimeError("ours") for _ in range(3)]
    with bench.failing(*mistakes):
        bench.session.put(bench.answer(rating=2))
        bench.until(lambda: bench.heard.saved)
    assert bench.heard.crashed == mistakes[:1], "one report, however often it is tried"
    assert all(isinstance(trouble, DeskError) for trouble in bench.heard.troubles[:-1])
    assert str(bench.heard.troubles[0]).startswith("Not saved: the program made a mistake.")
    assert bench.heard.troubles[-1] is None
    assert bench.recorded() == bench.shown()
    with bench.failing(RuntimeError("ours")):
        bench.session.put(bench.answer(rating=3))
        bench.until(lambda: len(bench.heard.crashed) == 2)
        bench.settled()


def test_a_disk_that_is_really_full_keeps_the_words_on_the_screen_until_there_is_room(
    tmp_path: Path, qapp: object, qtbot: QtBot, quick: None
) -> None:
    with mounted(tmp_path / "disk", "size=12m") as place, DeskFile.create(place / "east.s75desk") as desk:
        bench = Bench(desk, qtbot)
        try:
            fill_and_free(bench, place / "stuffing")
        finally:
            bench.close()
        assert bench.office.checks.check().sound


def fill_and_free(bench: Bench, stuffing: Path) -> None:
    bench.type("Before it was full")
    bench.settled()
    stuff(stuffing)
    note = "Two charts read, CP1 complete. " * 10_000
    bench.session.put(bench.answer(seen=note), typed=True)
    bench.session.put(bench.action())
    bench.until(lambda: bench.heard.troubles)
    assert isinstance(bench.session.trouble, DiskTrouble)
    assert str(bench.session.trouble).startswith("Not saved: the disk is full.")
    assert bench.session.unsaved
    bench.session.put(bench.answer(seen=note + "and more"), typed=True)
    assert bench.session.book.answer("8.3").seen == note + "and more"
    assert bench.recorded()[bench.answer().uid]["seen"] == "Before it was full"
    said = len(bench.heard.saved)
    stuffing.unlink()
    bench.until(lambda: len(bench.heard.saved) > said)
    assert bench.session.trouble is None
    assert bench.kept() == bench.shown()
    bench.settled()
    assert bench.recorded() == bench.shown()


def stuff(file: Path) -> None:
    """Write until the disk is full to the last page."""
    with file.open("wb", buffering=0) as out:
        for size in (1 << 16, 1 << 12):
            with suppress(OSError):
                while out.write(bytes(size)):
                    pass
