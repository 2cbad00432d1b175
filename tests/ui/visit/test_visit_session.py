"""The session of a visit on a real desk: what is typed is on the disk at once, and what is settled in the record."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer

from s75desk.domain.records import Visit
from s75desk.domain.visits.rule import LevelKind
from s75desk.services.visit_content import fields_of
from s75desk.ui.visit import session as module
from s75desk.ui.visit.session import TYPED_MS
from tests.ui.visit import session_bench
from tests.ui.visit.session_bench import FULL, Bench

bench, quick = session_bench.bench, session_bench.quick


# --- typed and settled --------------------------------------------------------------------------------------------


def test_typed_words_are_in_the_desk_by_themselves_well_before_a_second(bench: Bench) -> None:
    assert TYPED_MS <= 500, "a second is promised, and the disk needs its part of it"
    answer = bench.type("Two charts read.")
    assert bench.session.unsaved
    bench.until(lambda: answer.uid in bench.drafts())
    assert bench.drafts()[answer.uid] == fields_of(answer, about_notes=True)
    assert bench.recorded().keys() == {bench.visit}, "a draft is no record yet"
    assert bench.changes_of(answer.uid) == []
    bench.until(lambda: bench.heard.saved)
    assert not bench.session.unsaved
    assert bench.heard.changed == [True] * len("Two charts read.")
    assert bench.heard.published == []


def test_words_go_to_the_disk_while_the_typing_goes_on(bench: Bench) -> None:
    """Who types without a pause for minutes has a second's words to lose, not minutes."""
    letters: list[str] = []
    typist = QTimer(bench.parent)

    def one_more() -> None:
        letters.append("x")
        bench.session.put(bench.answer(seen="".join(letters)), typed=True)

    typist.timeout.connect(one_more)
    typist.start(5)
    seen: set[str] = set()

    def three_drafts() -> bool:
        seen.update(draft.get("seen", "") for draft in bench.drafts().values())
        return len(seen) >= 3

    bench.until(three_drafts)
    assert typist.isActive(), "it was kept while the letters were still coming"
    typist.stop()
    bench.settled()
    assert bench.recorded()[bench.answer().uid]["seen"] == "".join(letters)


def test_what_is_settled_goes_into_the_record_with_its_history_at_once(bench: Bench) -> None:
    answer = bench.answer(rating=2)
    bench.session.put(answer)
    bench.until(lambda: answer.uid in bench.recorded())
    assert bench.recorded()[answer.uid] == fields_of(answer)
    assert len(bench.changes_of(answer.uid)) == 1
    assert bench.drafts() == {}
    bench.until(lambda: bench.heard.published)
    assert [changes.touched for changes in bench.heard.published] == [frozenset({("visit_answer", answer.uid)})]
    assert bench.heard.wrote == bench.heard.published
    assert bench.heard.changed == [False]


def test_a_pause_settles_what_was_typed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1000 <= module.SETTLED_MS <= 10_000
    monkeypatch.setattr(module, "SETTLED_MS", TYPED_MS * 2)
    bench.session.stop()
    session = bench.open()
    answer = bench.type("Two charts")
    bench.until(lambda: answer.uid in bench.drafts())
    bench.until(lambda: bench.recorded().get(answer.uid) == fields_of(answer))
    assert bench.drafts() == {}
    assert len(bench.changes_of(answer.uid)) == 1
    assert session.book.answer("8.3") == answer


def test_going_on_settles_and_notes_the_place(bench: Bench) -> None:
    answer = bench.type("Two charts")
    bench.session.go("8.4")
    bench.until(lambda: bench.office.visiting.open(bench.visit).place == "8.4")
    assert bench.recorded()[answer.uid] == fields_of(answer)
    bench.session.go("8.5")
    bench.until(lambda: bench.office.visiting.open(bench.visit).place == "8.5")
    bench.type("Going on", "8.5")
    bench.session.go("8.5")
    bench.until(lambda: bench.answer("8.5").uid in bench.recorded())


def test_history_has_one_line_for_what_was_typed_and_not_one_for_every_letter(bench: Bench) -> None:
    for words in ("Two", "Two charts", "Two charts read, CP1 complete."):
        answer = bench.type(words)
        bench.until(lambda answer=answer: bench.drafts().get(answer.uid) == fields_of(answer, about_notes=True))
    bench.session.go("8.4")
    bench.settled()
    assert len(bench.changes_of(answer.uid)) == 1
    bench.session.go("8.3")
    bench.type("Two charts read, CP1 complete. And more")
    bench.session.go("8.4")
    bench.settled()
    assert len(bench.changes_of(answer.uid)) == 2
    bench.session.go("8.3")
    bench.settled()
    assert len(bench.changes_of(answer.uid)) == 2, "what did not change is not told again"


def test_a_rating_put_while_words_are_typed_keeps_the_words(bench: Bench) -> None:
    bench.type("Two charts")
    bench.session.put(bench.answer(rating=1))
    bench.session.put(bench.answer(seen="Two charts read"), typed=True)
    bench.settled()
    kept = bench.office.visiting.book(bench.visit).answer("8.3")
    assert (kept.rating, kept.seen) == (1, "Two charts read")


def test_the_rating_is_worked_out_when_it_is_asked_for(bench: Bench) -> None:
    before = bench.session.rating
    bench.session.put(bench.answer("1.1", rating=4))
    assert bench.session.rating is before
    bench.session.answer_changed()
    assert bench.heard.rated == 1
    assert bench.session.rating == bench.session.book.rate(bench.session.rater) != before
    bench.settled()


def test_words_that_no_file_can_hold_are_mended_before_they_are_shown_as_kept(bench: Bench) -> None:
    bench.session.put(bench.action(title="half \ud83e and \0nothing"))
    assert bench.session.book.actions[0].title == "half \ufffd and nothing"
    bench.settled()
    assert bench.kept() == bench.shown()
    assert bench.heard.troubles == []


def test_what_was_being_typed_at_a_kill_becomes_part_of_the_record_when_it_is_opened(bench: Bench) -> None:
    answer, blank = bench.answer(seen="Half a sent"), bench.action("blank", "", owner="manager")
    comment = replace(bench.session.book.visit, comment="We acc")
    bench.session.stop()
    bench.office.visiting.keep(bench.visit, typed=[answer, blank, comment])
    bench.open()
    assert bench.shown()[answer.uid] == fields_of(answer)
    bench.until(lambda: answer.uid in bench.recorded() and not bench.worker.busy)
    assert bench.office.records.get(Visit, bench.visit).comment == "We acc"
    assert bench.drafts().keys() == {"blank"}, "an action without words cannot be a record"
    assert bench.kept() == bench.shown()


def test_saved_is_only_said_when_everything_is(bench: Bench) -> None:
    bench.session.put(bench.answer(rating=1))
    bench.session.flush()
    bench.type("More")  # comes while the first is on its way
    bench.until(lambda: bench.answer().uid in bench.recorded() and not bench.worker.busy)
    said = len(bench.heard.saved)
    bench.until(lambda: len(bench.heard.saved) > said and not bench.session.unsaved)
    assert bench.kept() == bench.shown()
    assert (said, len(bench.heard.saved)) == (0, 1)


# --- putting in, taking out, putting in again ---------------------------------------------------------------------


def test_what_is_taken_out_and_put_in_again_is_there_as_it_was_last(bench: Bench) -> None:
    action, photo = bench.action(), bench.photo()
    override = replace(bench.session.book.override(LevelKind.STANDARD, "8"), rating=1, reason="Seen again.")
    for record in (action, override):
        bench.session.put(record)
    bench.settled()
    for pause in (True, False):
        for record in (action, photo, override):
            bench.session.take_out(record)
            assert record.uid not in bench.shown()
        if pause:
            bench.settled()
            assert bench.recorded().keys() == {bench.visit}
        for record in (replace(action, title="Audit weekly"), replace(photo, caption="Trolley"), override):
            bench.session.put(record)
        bench.settled()
        assert bench.kept() == bench.recorded() == bench.shown()
        assert bench.shown()["new"]["title"] == "Audit weekly"


def test_what_was_only_typed_and_is_taken_out_leaves_no_trace(bench: Bench) -> None:
    bench.session.put(bench.action(title="Aud"), typed=True)
    bench.until(bench.drafts)
    bench.session.take_out(bench.action())
    bench.settled()
    assert bench.drafts() == {}
    assert bench.kept().keys() == {bench.visit}
    assert bench.changes_of("new") == []
    bench.session.put(bench.action(title="Aud"), typed=True)
    bench.session.take_out(bench.action())
    bench.settled()
    assert bench.kept().keys() == {bench.visit}


def test_a_photo_that_has_been_kept_is_shown_without_another_write(bench: Bench) -> None:
    photo = bench.photo()
    assert bench.session.book.photos == (photo,)
    assert bench.heard.changed == [False]
    assert not bench.session.unsaved
    assert not bench.worker.busy


# --- leaving ------------------------------------------------------------------------------------------------------


def test_leaving_writes_everything_and_the_views_hear_of_it_though_the_session_has_gone(bench: Bench) -> None:
    bench.session.put(bench.action(), typed=True)
    bench.session.stop()
    bench.session.deleteLater()
    QCoreApplication.sendPostedEvents(bench.session, QEvent.Type.DeferredDelete.value)
    gc.collect()
    bench.until(lambda: bench.heard.published)
    assert ("action", "new") in bench.heard.published[0].touched
    assert "new" in bench.recorded()
    bench.open()


def test_trouble_on_leaving_is_told_though_the_session_has_gone(bench: Bench) -> None:
    with bench.failing(FULL):
        bench.type("Two charts")
        bench.session.stop()
        bench.session.deleteLater()
        QCoreApplication.sendPostedEvents(bench.session, QEvent.Type.DeferredDelete.value)
        bench.until(lambda: bench.heard.trouble)
    assert bench.heard.trouble == [FULL]
    bench.open()


def test_trouble_after_it_was_stopped_starts_no_timer(bench: Bench) -> None:
    with bench.failing(FULL):
        bench.type("Two charts")
        bench.session.stop()
        bench.until(lambda: bench.heard.troubles)
    assert not any(timer.isActive() for timer in bench.session.findChildren(QTimer))
    assert bench.session.unsaved
    bench.session.flush()
    bench.until(lambda: not bench.session.unsaved)


def test_a_field_that_speaks_after_it_was_stopped_wakes_nothing(bench: Bench) -> None:
    bench.session.stop()
    bench.until(lambda: not bench.worker.busy)
    bench.worker.stop()
    bench.session.put(bench.action(title="Mend the fire door"))
    bench.session.put(bench.action(title="Mend the fire door"), typed=True)
    bench.session.take_out(bench.photo())
    assert not any(timer.isActive() for timer in bench.session.findChildren(QTimer))
    QCoreApplication.processEvents()
    assert not bench.worker.busy
