"""Undoing what was done to records, and what archiving and restoring take with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from s75desk.domain.errors import Rejected
from s75desk.domain.lengths import Length
from s75desk.domain.records import Action, Agreement, Forum, Kpi, KpiReturn, Measurement, Milestone
from s75desk.domain.records.kpi import Measure
from s75desk.services.office import Office
from tests.unit.record_help import TODAY
from tests.unit.services.desk_contents import everything, rows_of


def test_a_stale_undo_is_refused_in_words(office: Office) -> None:
    made = office.records.create(Agreement(title="Community equipment", notice=Length(months=6)))
    agreement = office.records.get(Agreement, made.uid)
    first = office.records.revise(replace(agreement, notice=Length(months=12), title="Community equipment service"))
    office.records.revise(replace(office.records.get(Agreement, made.uid), notice=Length(months=9)))
    with pytest.raises(Rejected) as caught:
        office.records.undo(first.change_id)
    assert caught.value.field == "notice"
    assert caught.value.reason == "Notice of Community equipment service has been changed since. Change it by hand."
    kept = office.records.get(Agreement, made.uid)
    assert (kept.title, kept.notice) == ("Community equipment service", Length(months=9)), "all of it is refused"


def test_a_stale_undo_of_archiving_is_refused_in_words(office: Office) -> None:
    uid = office.records.create(Action(title="Send the care plans")).uid
    gone = office.records.archive("action", uid)
    back = office.records.restore("action", uid)
    with pytest.raises(Rejected, match=r"^Send the care plans has been restored since\. "):
        office.records.undo(gone.change_id)
    office.records.archive("action", uid)
    for change in (gone, back):
        with pytest.raises(Rejected, match=r"^Send the care plans has been archived again since\. "):
            office.records.undo(change.change_id)


def test_undoing_a_creation_takes_what_was_put_under_it_since(office: Office) -> None:
    made = office.records.create(Agreement(title="Community equipment"))
    office.records.create(Milestone(agreement=made.uid, title="Sign"))
    kpi = office.records.create(Kpi(agreement=made.uid, title="Deliveries", measure=Measure.COUNT))
    office.records.create(Measurement(kpi=kpi.uid, ends=TODAY))
    before = everything(office)
    undone = office.records.undo(made.change_id)
    assert len(undone.touched) == 4
    assert all(record.archived_at for record in everything(office).values())
    office.records.undo(undone.change_id)
    assert everything(office) == before


def test_restoring_leaves_what_was_archived_before_where_it_is(office: Office) -> None:
    made = office.records.create(Agreement(title="Community equipment"))
    old = office.records.create(Forum(agreement=made.uid, name="Backlog group"))
    new = office.records.create(Forum(agreement=made.uid, name="Board"))
    office.records.archive("forum", old.uid)
    office.records.archive("agreement", made.uid)
    assert {uid for _, uid in office.records.restore("agreement", made.uid).touched} == {made.uid, new.uid}
    assert office.records.get(Forum, old.uid).archived_at is not None


def test_what_two_archived_records_own_is_archived_once(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    kpi = office.records.create(Kpi(agreement=agreement, title="Deliveries", measure=Measure.COUNT)).uid
    due = office.records.create(KpiReturn(agreement=agreement, kpi=kpi, title="Quarter 3 return")).uid
    done = office.records.archive("agreement", agreement)
    rows = rows_of(office, done.change_id)
    assert sorted(row.uid for row in rows) == sorted([agreement, kpi, due])
    assert all((row.before, row.field) == (None, "archived_at") for row in rows)


def test_a_label_says_what_was_undone_however_often(office: Office) -> None:
    made = office.records.create(Action(title="Send the care plans. At once."))
    gone = office.records.archive("action", made.uid)
    assert gone.label == "Archived: Send the care plans. At once. Its history is kept."
    labels = []
    change = gone
    for _ in range(4):
        change = office.records.undo(change.change_id)
        labels.append(change.label)
    assert labels == [
        "Undone: Archived: Send the care plans. At once",
        "Done again: Archived: Send the care plans. At once",
        "Undone: Archived: Send the care plans. At once",
        "Done again: Archived: Send the care plans. At once",
    ]
