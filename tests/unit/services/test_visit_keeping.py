"""What is typed and settled at a visit is kept as it is said: all of a thing is in the desk or none of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.errors import DiskTrouble, NotFound, Rejected
from s75desk.domain.records import Action, Record, Service, Visit, VisitAnswer, VisitPhoto
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import PriorGrade, SpokenRole
from s75desk.domain.visits.rule import LevelKind
from s75desk.models import drafts, history, search, settings
from tests.unit.record_help import TODAY, WHO
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import (
    Planned,
    changes_of,
    desk_of,
    draft_keys,
    everything,
    fails_at,
    history_length,
    sign,
)

files, planned, recorded = visit_desks.files, visit_desks.planned, visit_desks.recorded


def test_what_is_settled_becomes_a_record_with_its_history_and_its_draft_goes(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    answer = replace(office.visiting.book(visit.uid).answer("8.3"), seen="Two ch")
    office.visiting.keep(visit.uid, typed=[answer])
    assert draft_keys(office, visit.uid) == [answer.uid]
    whole = replace(answer, seen="Two charts read.", rating=2)
    changes = office.visiting.keep(visit.uid, settled=[whole])
    assert office.records.get(VisitAnswer, answer.uid) == whole
    assert draft_keys(office, visit.uid) == []
    assert (changes.label, changes.undoable) == ("At the visit: question 8.3", False)
    assert changes.touched == {("visit_answer", answer.uid)}
    assert changes_of(office, answer.uid) == [changes.change_id]
    lines = office.records.history("visit_answer", answer.uid)
    assert [line.who for line in lines] == [WHO] * len(lines)


def test_what_is_typed_is_a_draft_and_leaves_no_history(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    before, book = history_length(office), office.visiting.book(visit.uid)
    words = "Two charts read."
    for end in range(1, len(words) + 1):
        changes = office.visiting.keep(visit.uid, typed=[replace(book.answer("8.3"), seen=words[:end])])
        assert (changes.touched, changes.change_id) == (frozenset(), "")
    assert history_length(office) == before
    assert "8.3" not in office.visiting.book(visit.uid).answers
    assert office.visiting.open(visit.uid).book.answer("8.3").seen == words


def test_only_what_differs_goes_into_the_history(recorded: Planned) -> None:
    office, visit = recorded
    answer = office.visiting.book(visit.uid).answer("8.3")
    before = history_length(office)
    assert office.visiting.keep(visit.uid, settled=[answer]).change_id == ""
    assert history_length(office) == before
    office.visiting.keep(visit.uid, settled=[replace(answer, rating=2, flagged=True)])
    assert history_length(office) == before + 2


def test_every_kind_of_record_is_kept(recorded: Planned) -> None:
    """The rich visit holds one of each; it comes back from the file as it was put in."""
    office, visit = recorded
    book = office.visiting.open(visit.uid).book
    assert {type(record) for record in book.records()} >= {VisitAnswer, Visit, Action, VisitPhoto}
    assert book.answer("8.3").codes == "CP1, CP2, CP7"
    assert book.spoken(SpokenRole.CARE).count == 4
    assert book.override(LevelKind.STANDARD, "13").rating == 2
    assert [photo.number for photo in book.photos] == [1, 2, 3]
    assert [action.uid for action in book.actions] == ["action-1", "action-2", "action-3"]
    assert [book.grading(uid).grade for uid in visit.prior] == [PriorGrade.MET, PriorGrade.PARTLY, PriorGrade.NOT_MET]
    assert (
        book.visit.comment == "We accept the finding on medicines. The night drill was already planned for 12 February."
    )


def test_of_a_visit_only_the_comment_is_taken(recorded: Planned) -> None:
    office, visit = recorded
    plan = office.records.get(Visit, visit.uid)
    told = replace(plan, comment=None, no_comment=True, team="nobody", stage=VisitStage.FINAL, planned=date(1999, 1, 1))
    changes = office.visiting.keep(visit.uid, settled=[told])
    assert office.records.get(Visit, visit.uid) == replace(plan, comment=None, no_comment=True)
    assert changes.label == "At the visit: the provider’s comment"


def test_what_is_removed_is_archived_with_its_draft_and_can_be_put_back(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    action, photo = book.actions[0], book.photos[0]
    override = book.override(LevelKind.STANDARD, "13")
    office.visiting.keep(visit.uid, typed=[replace(action, title="Check every ch")])
    changes = office.visiting.keep(visit.uid, removed=[action, photo, override])
    assert changes.label == "At the visit: question 8.3, action and override"
    left = office.visiting.open(visit.uid)
    assert left.unsettled == ()
    assert left.book == book.without(action).without(photo).without(override)
    for record in (action, photo, override):
        assert office.records.get(type(record), record.uid).archived_at is not None
    office.visiting.keep(visit.uid, removed=[action])
    assert changes_of(office, action.uid)[0] == changes.change_id, "what is gone is not taken out again"
    office.visiting.keep(visit.uid, settled=[replace(override, rating=1), action, photo])
    again = office.visiting.book(visit.uid)
    assert again.photos == book.photos
    assert again.actions == book.actions
    assert again.override(LevelKind.STANDARD, "13") == replace(override, rating=1)


def test_what_was_never_kept_can_be_removed(recorded: Planned) -> None:
    office, visit = recorded
    typed = Action(uid="typed", title="Aud", visit=visit.uid, service=visit.service)
    office.visiting.keep(visit.uid, typed=[typed])
    before = history_length(office)
    changes = office.visiting.keep(visit.uid, removed=[typed])
    assert (changes.touched, draft_keys(office, visit.uid)) == (frozenset(), [])
    assert history_length(office) == before
    with pytest.raises(NotFound):
        office.records.get(Action, "typed")


def test_the_place_is_kept_alone_or_with_anything(recorded: Planned) -> None:
    office, visit = recorded
    answer = office.visiting.book(visit.uid).answer("8.3")
    assert office.visiting.open(visit.uid).place == ""
    for place, rest in (
        ("8.3", {}),
        ("people", {"typed": [replace(answer, seen="x")]}),
        ("finish", {"settled": [replace(answer, seen="y")]}),
        ("8.4", {"removed": [office.visiting.book(visit.uid).photos[0]]}),
    ):
        office.visiting.keep(visit.uid, place=place, **rest)
        assert office.visiting.open(visit.uid).place == place
    office.visiting.keep(visit.uid, settled=[answer])
    assert office.visiting.open(visit.uid).place == "8.4"
    office.visiting.keep(visit.uid, place="")
    assert office.visiting.open(visit.uid).place == ""


def test_an_action_without_words_stays_a_draft_and_never_becomes_a_record(recorded: Planned) -> None:
    office, visit = recorded
    blank = Action(uid="blank", title="  ", owner="manager", visit=visit.uid, service=visit.service, private=True)
    before = history_length(office)
    for put in ({"settled": [blank]}, {"typed": [blank]}):
        assert office.visiting.keep(visit.uid, **put).change_id == ""
        assert draft_keys(office, visit.uid) == ["blank"]
    answer = office.visiting.book(visit.uid).answer("8.3")
    office.visiting.keep(visit.uid, settled=[blank, replace(answer, rating=3)])
    assert history_length(office) == before + 1
    with pytest.raises(NotFound):
        office.records.get(Action, "blank")
    assert office.visiting.open(visit.uid).book.actions[-1] == blank
    office.visiting.keep(visit.uid, settled=[replace(blank, title="Audit")])
    assert office.records.get(Action, "blank").owner == "manager"
    assert draft_keys(office, visit.uid) == []


def test_an_action_whose_words_are_rubbed_out_keeps_the_words_it_had_on_record(recorded: Planned) -> None:
    office, visit = recorded
    action = office.visiting.book(visit.uid).actions[0]
    office.visiting.keep(visit.uid, settled=[replace(action, title="")])
    assert office.records.get(Action, action.uid) == action
    assert office.visiting.open(visit.uid).book.actions[0].title == ""
    with pytest.raises(Rejected, match="An action without words"):
        sign(office, visit.uid)
    assert office.visiting.book(visit.uid).versions == ()


@pytest.mark.parametrize(
    ("module", "name", "at"),
    [(drafts, "drop", 3), (drafts, "keep", 1), (settings, "put", 1), (search, "index", 4), (history, "append", 1)],
)
def test_a_failure_half_way_leaves_nothing(
    recorded: Planned, monkeypatch: pytest.MonkeyPatch, module: object, name: str, at: int
) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    typed = [replace(book.answer(code), seen="being typed") for code in ("1.1", "1.2", "1.3")]
    office.visiting.keep(visit.uid, typed=typed)
    before = everything(desk_of(office))
    settled: list[Record] = [
        *(replace(answer, rating=1, seen="settled") for answer in typed),
        Action(uid="new", title="Audit", visit=visit.uid, service=visit.service),
    ]
    calls = fails_at(monkeypatch, module, name, [at])
    with pytest.raises(DiskTrouble):
        office.visiting.keep(
            visit.uid,
            settled,
            [replace(book.answer("2.1"), seen="more")],
            [book.photos[0], book.actions[0]],
            "2.1",
        )
    assert calls[-1] == at
    assert everything(desk_of(office)) == before
    monkeypatch.undo()
    office.visiting.keep(
        visit.uid, settled, [replace(book.answer("2.1"), seen="more")], [book.photos[0], book.actions[0]], "2.1"
    )
    after = office.visiting.open(visit.uid)
    assert [one.seen for one in (after.book.answer("1.1"), after.book.answer("2.1"))] == ["settled", "more"]
    assert [action.uid for action in after.book.actions] == ["action-2", "action-3", "new"]


def test_a_record_of_another_visit_is_a_mistake_of_ours_and_nothing_is_written(recorded: Planned) -> None:
    office, visit = recorded
    other = office.records.create(replace(office.records.get(Visit, visit.uid), uid="")).uid
    book, theirs = office.visiting.book(visit.uid), office.visiting.book(other)
    before = everything(desk_of(office))
    own = replace(book.answer("1.1"), rating=1)
    moved = replace(book.answer("8.3"), visit=other)
    for uid, put in (
        (visit.uid, {"settled": [own, theirs.answer("8.3")]}),
        (visit.uid, {"typed": [theirs.answer("8.3")]}),
        (visit.uid, {"removed": [VisitPhoto(uid="p", visit=other)]}),
        (visit.uid, {"settled": [own, theirs.visit]}),
        (visit.uid, {"settled": [own, Action(uid="x", title="Of nobody")]}),
        (other, {"settled": [moved]}),
        (other, {"removed": [replace(book.photos[0], visit=other)]}),
    ):
        with pytest.raises(ValueError, match="is not of this visit"):
            office.visiting.keep(uid, **put)
    assert everything(desk_of(office)) == before


def test_nothing_is_kept_of_a_visit_that_is_archived_or_not_there(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    photo = VisitPhoto(uid="late", visit=visit.uid, question="8.3")
    office.records.archive("visit", visit.uid)
    before = everything(desk_of(office))
    for do in (
        lambda: office.visiting.keep(visit.uid, settled=[replace(book.answer("8.3"), rating=4)]),
        lambda: office.visiting.keep(visit.uid, typed=[replace(book.answer("8.3"), seen="x")]),
        lambda: office.visiting.keep(visit.uid, removed=[book.photos[0]]),
        lambda: office.visiting.attach(photo, b"picture", b"small"),
        lambda: office.visiting.finish(visit.uid),
        lambda: office.visiting.amend(visit.uid, "A reason."),
    ):
        with pytest.raises(Rejected, match="This quality visit is archived"):
            do()
    for do in (
        lambda: office.visiting.finish("gone"),
        lambda: office.visiting.amend("gone", "A reason."),
        lambda: office.visiting.attach(replace(photo, visit="gone"), b"picture", b"small"),
        lambda: office.visiting.keep("gone", typed=[VisitAnswer(uid="u", visit="gone", question="8.3")]),
    ):
        with pytest.raises(NotFound):
            do()
    assert everything(desk_of(office)) == before


def test_an_archived_visit_is_read_with_all_that_went_with_it(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    office.visiting.keep(visit.uid, removed=[book.photos[0]])
    left = office.visiting.book(visit.uid)
    office.records.archive("visit", visit.uid)
    archived = office.visiting.book(visit.uid)
    assert [photo.uid for photo in archived.photos] == [photo.uid for photo in left.photos]
    assert {code: answer.rating for code, answer in archived.answers.items()} == {
        code: answer.rating for code, answer in left.answers.items()
    }
    office.records.restore("visit", visit.uid)
    assert office.visiting.book(visit.uid) == left


def test_an_action_raised_at_a_visit_is_among_the_actions_and_on_the_provider_at_once(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    provider = office.records.get(Service, visit.service).provider
    action = Action(
        uid="new", title="Audit charts weekly", owner="manager", due=date(2026, 3, 1), raised=TODAY,
        provider=provider, service=visit.service, visit=visit.uid, questions="8.3",
    )  # fmt: skip
    changes = office.visiting.keep(visit.uid, settled=[action])
    assert ("action", "new") in changes.touched
    row = next(row for row in office.actions.rows() if row.uid == "new")
    assert (row.title, row.owner, row.due, row.open) == ("Audit charts weekly", "manager", date(2026, 3, 1), True)
    assert "Fernbank House" in row.about
    assert "new" in {one.uid for one in office.providers.page(provider).open_actions}
    page = office.actions.page("new")
    assert page.visit is not None
    assert page.visit.uid == visit.uid
    assert any(hit.uid == "new" for hit in office.finder.find("audit charts"))
    office.visiting.keep(visit.uid, removed=[action])
    assert "new" not in {row.uid for row in office.actions.rows()}
    assert "new" not in {one.uid for one in office.providers.page(provider).open_actions}
