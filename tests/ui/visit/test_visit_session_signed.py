"""The session of a visit that is signed: nothing is taken in until it is amended, and what came too late is told."""

from __future__ import annotations

from tests.ui.visit import session_bench
from tests.ui.visit.session_bench import FULL, TODAY, Bench

bench, quick = session_bench.bench, session_bench.quick


def test_a_signed_visit_takes_nothing_in_until_it_is_amended(bench: Bench) -> None:
    photo = bench.photo()
    bench.session.put(bench.action(owner="manager", due=TODAY))
    bench.settled()
    bench.sign()
    bench.session.reread(bench.office.visiting.open(bench.visit))
    assert bench.session.locked
    heard, before, book = len(bench.heard.changed), bench.kept(), bench.session.book
    with bench.failing(AssertionError("nothing is written")):
        bench.session.put(bench.answer(rating=1))
        bench.session.put(bench.answer(seen="x"), typed=True)
        bench.session.put(bench.action("late"))
        bench.session.take_out(photo)
        bench.session.go("8.4")
        bench.session.settle()
        bench.session.flush()
        assert not bench.session.unsaved
        assert not bench.worker.busy
    assert bench.session.book is book
    assert len(bench.heard.changed) == heard
    assert bench.kept() == before
    assert bench.session.place == "8.4"
    bench.office.visiting.amend(bench.visit, "The chart was found.")
    bench.session.reread(bench.office.visiting.open(bench.visit))
    assert not bench.session.locked
    bench.session.put(bench.answer(rating=1))
    bench.session.answer_changed()
    bench.settled()
    assert bench.recorded() == bench.shown()
    assert bench.session.rating == bench.session.book.rate(bench.office.visiting.rater(bench.session.book))


def test_a_signed_visit_that_is_opened_writes_nothing(bench: Bench) -> None:
    bench.sign()
    bench.session.stop()
    before = bench.kept()
    with bench.failing(AssertionError("nothing is written")):
        session = bench.open()
        assert session.locked
        session.go("finish")
        session.stop()
    assert bench.kept() == before


def test_what_is_typed_while_the_visit_is_being_signed_is_told_and_not_tried_for_ever(bench: Bench) -> None:
    """The signature is under way on the worker; a few more letters arrive, are refused, and are not part of it."""
    bench.sign()  # as the worker does it, before the session has heard
    bench.session.put(bench.answer(seen="too late"), typed=True)
    bench.session.flush()
    bench.until(lambda: bench.heard.troubles)
    bench.session.reread(bench.office.visiting.open(bench.visit))
    assert [refused.reason for refused in bench.heard.refused] == [
        "What was typed at that very moment is not part of the visit. Amend the visit to add it."
    ]
    assert bench.session.trouble is None
    assert bench.heard.troubles[-1] is None
    assert not bench.session.unsaved
    assert bench.session.book.answer("8.3").seen == "ok"
    assert bench.office.visiting.version(bench.visit, 1).answer("8.3").seen == "ok"


def test_what_is_refused_after_the_session_has_heard_of_the_signing_is_told_too(bench: Bench) -> None:
    bench.sign()
    bench.session.put(bench.answer(seen="too late"), typed=True)
    bench.session.flush()
    bench.session.reread(bench.office.visiting.open(bench.visit))  # the answer to the flush is still to come
    bench.until(lambda: bench.heard.refused)
    assert "signed" in bench.heard.refused[0].reason
    assert bench.session.trouble is None
    assert not bench.session.unsaved
    assert bench.heard.crashed == []
    assert bench.kept() == bench.shown()


def test_trouble_that_comes_after_an_amendment_was_opened_loses_nothing(bench: Bench) -> None:
    """What was on its way when the visit was read again is still known by its words."""
    with bench.failing(FULL):
        bench.session.put(bench.answer(rating=1))
        bench.session.flush()
        bench.session.reread(bench.office.visiting.open(bench.visit))
        bench.until(lambda: bench.heard.troubles)
        bench.settled()
    assert bench.office.visiting.book(bench.visit).answer("8.3").rating == 1
    assert bench.heard.crashed == []
