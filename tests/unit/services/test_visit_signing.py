"""Signing a visit: what is missing, the version that stays, and what follows from it and what not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from s75desk.domain.errors import DiskTrouble, NotFound, Rejected
from s75desk.domain.records import Action, Rating, Record, Visit
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.book import uid_for
from s75desk.domain.visits.completeness import Signing
from s75desk.domain.visits.rule import LevelKind
from s75desk.models import blobs, drafts, history, search
from s75desk.services.visit_content import content_of, fingerprint_of
from tests.unit import rich_visit
from tests.unit.record_help import TODAY, WHO, office_of
from tests.unit.rich_visit import MADE
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import (
    AT,
    STROKES,
    Planned,
    changes_of,
    desk_of,
    draft_keys,
    everything,
    fails_at,
    sign,
    signatures,
    signed_content,
)

files, planned, recorded, signed = visit_desks.files, visit_desks.planned, visit_desks.recorded, visit_desks.signed


def test_what_is_missing_is_named_and_nothing_is_signed(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    spoil: list[Record] = [
        replace(book.grading(visit.prior[0]), grade=None),
        replace(book.answer("8.3"), rating=None),
        replace(book.answer("12.4"), reason=None),
        replace(book.actions[1], owner=None),
    ]
    office.visiting.keep(visit.uid, settled=spoil)
    before = everything(desk_of(office))
    with pytest.raises(Rejected) as told:
        office.visiting.finish(visit.uid)
    assert told.value.reason == (
        "Not finished: 6 things missing: Lock the sluice on the first floor, "
        f"{book.body.question('8.3').heading}, {book.body.question('12.4').heading}, "
        "Hold the next fire drill after ten at night and Officer’s signature."
    )
    assert everything(desk_of(office)) == before
    office.visiting.keep(visit.uid, settled=[r for r in book.records() if r.uid in {one.uid for one in spoil}])
    sign(office, visit.uid)
    assert office.visiting.book(visit.uid).locked


def test_a_refusal_to_sign_needs_a_reason_and_is_enough(recorded: Planned) -> None:
    office, visit = recorded
    officer, provider = signatures(office, visit.uid)
    refused = replace(provider, strokes=None, signed=None, refused=True)
    office.visiting.keep(visit.uid, settled=[officer, refused])
    with pytest.raises(Rejected, match="Not finished: 1 thing missing: Provider’s signature"):
        office.visiting.finish(visit.uid)
    office.visiting.keep(visit.uid, settled=[replace(refused, reason="Wants to read it first.")])
    office.visiting.finish(visit.uid)
    assert office.visiting.version(visit.uid, 1).signature(Party.PROVIDER).reason == "Wants to read it first."


def test_finishing_signs_what_was_recorded(recorded: Planned) -> None:
    office, visit = recorded
    rich_visit.finish(office, visit)
    book = office.visiting.book(visit.uid)
    rating = book.rate(office.visiting.rater(book))
    assert book.locked
    assert (book.visit.stage, book.visit.made, book.visit.amends) == (VisitStage.DRAFT, TODAY, None)
    assert book.visit.outcome is RatingValue(rating.overall.word)
    (version,) = book.versions
    assert (version.number, version.because, version.overall) == (1, None, rating.overall.word)
    ((_, _, data),) = signed_content(office, visit.uid)
    assert data is not None
    # The records still say what was signed; actions from before have moved on, and are told without their state.
    assert fingerprint_of(json.loads(data)) == version.sha256 == fingerprint_of(content_of(book, rating))
    assert office.checks.check().sound


def test_the_service_is_rated_by_us(recorded: Planned) -> None:
    office, visit = recorded
    rich_visit.finish(office, visit)
    book = office.visiting.book(visit.uid)
    rating = office.records.get(Rating, uid_for(visit.uid, "assessment"))
    assert (rating.service, rating.scheme, rating.value) == (visit.service, RatingScheme.OURS, book.visit.outcome)
    assert rating.published == book.visit.made
    left_out = len(rich_visit.NOT_LOOKED_AT)
    assert (rating.looked_at, rating.asked) == (len(book.body.questions) - left_out, len(book.body.questions))
    page = office.providers.page(book.provider.uid if book.provider else "")
    assert page.latest(RatingScheme.OURS, visit.service) == rating


def test_a_visit_where_nothing_applies_has_no_outcome_and_rates_nothing(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    book = office.visiting.book(visit.uid)
    nothing = [
        replace(book.answer(q.code), not_applicable=True, reason="The home is empty.") for q in book.body.questions
    ]
    office.visiting.keep(visit.uid, settled=[*nothing, *rich_visit.grades(office, visit)])
    sign(office, visit.uid)
    assert office.records.get(Visit, visit.uid).outcome is None
    assert office.visiting.book(visit.uid).versions[0].overall == "Not applicable"
    with pytest.raises(NotFound):
        office.records.get(Rating, uid_for(visit.uid, "assessment"))


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ((datetime(2026, 2, 2, 23, 50, tzinfo=UTC), datetime(2026, 2, 3, 0, 5, tzinfo=UTC)), date(2026, 2, 2)),
        ((datetime(2026, 2, 3, 0, 5, tzinfo=UTC), datetime(2026, 2, 3, 0, 5, tzinfo=UTC)), date(2026, 2, 3)),
        ((datetime(2026, 2, 2, 23, 50, tzinfo=UTC), None), date(2026, 2, 2)),
        # A clock that was wrong when it was signed, or is now, says nothing of the day.
        ((datetime(2000, 1, 1, 0, 5, tzinfo=UTC), datetime(2000, 1, 1, 0, 5, tzinfo=UTC)), date(2026, 2, 4)),
        ((datetime(2030, 1, 1, 0, 5, tzinfo=UTC), datetime(2030, 1, 1, 0, 5, tzinfo=UTC)), date(2026, 2, 4)),
    ],
)
def test_a_visit_that_is_locked_on_a_later_day_was_made_on_the_day_it_was_signed(
    recorded: Planned, given: tuple[datetime, datetime | None], made: date
) -> None:
    office, visit = recorded
    office.records.revise(replace(office.records.get(Visit, visit.uid), planned=TODAY))
    book = office.visiting.book(visit.uid)
    signatures = [
        replace(book.signature(party), role="manager", strokes=STROKES, signed=at)
        if at
        else replace(book.signature(party), refused=True, reason="Not now.")
        for party, at in zip(Party, given, strict=True)
    ]
    office.visiting.keep(visit.uid, settled=[book.stamped(signature) for signature in signatures])
    later = office_of(desk_of(office), date(2026, 2, 4))
    later.visiting.finish(visit.uid)
    assert later.records.get(Visit, visit.uid).made == made
    assert later.visiting.version(visit.uid, 1).visit.made == made
    assert later.records.get(Rating, uid_for(visit.uid, "assessment")).published == made


def test_the_day_it_was_made_is_kept_if_it_is_known(recorded: Planned) -> None:
    office, visit = recorded
    office.records.revise(replace(office.records.get(Visit, visit.uid), made=MADE))
    rich_visit.finish(office, visit)
    assert office.records.get(Visit, visit.uid).made == MADE
    assert office.records.get(Rating, uid_for(visit.uid, "assessment")).published == MADE


def test_what_was_being_typed_is_signed_too(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    office.visiting.keep(
        visit.uid, typed=[replace(book.answer("8.3"), seen="To the last letter"), replace(book.visit, comment="Late")]
    )
    sign(office, visit.uid)
    version = office.visiting.version(visit.uid, 1)
    assert (version.answer("8.3").seen, version.visit.comment) == ("To the last letter", "Late")
    assert office.visiting.book(visit.uid).answer("8.3").seen == "To the last letter"
    assert draft_keys(office, visit.uid) == []
    assert office.visiting.open(visit.uid).unsettled == ()


def test_an_action_being_typed_without_words_is_missing_them_and_is_not_thrown_away(recorded: Planned) -> None:
    office, visit = recorded
    typed = Action(uid="typed", title="", owner="manager", why="Much was said", visit=visit.uid, service=visit.service)
    office.visiting.keep(visit.uid, typed=[typed])
    with pytest.raises(Rejected, match="Not finished: 1 thing missing: An action without words"):
        sign(office, visit.uid)
    assert office.visiting.open(visit.uid).book.actions[-1] == typed
    office.visiting.keep(visit.uid, removed=[typed])
    with pytest.raises(Rejected, match="2 things missing: Officer’s signature and Provider’s signature"):
        office.visiting.finish(visit.uid)  # both had signed with that action
    sign(office, visit.uid)


def test_what_is_changed_after_both_have_signed_is_not_locked(recorded: Planned) -> None:
    office, visit = recorded
    sign(office, visit.uid, finish=False)
    book = office.visiting.book(visit.uid)
    better = replace(book.answer("8.3"), rating=4)
    for put in ({"settled": [better]}, {"typed": [better]}):
        office.visiting.keep(visit.uid, **put)
        before = everything(desk_of(office))
        with pytest.raises(Rejected, match="2 things missing: Officer’s signature and Provider’s signature"):
            office.visiting.finish(visit.uid)
        assert everything(desk_of(office)) == before
        office.visiting.keep(visit.uid, settled=[book.answer("8.3")])
    office.visiting.finish(visit.uid)
    assert office.visiting.version(visit.uid, 1).answer("8.3").rating == 1, "put back: it is what they signed"


@pytest.mark.parametrize(
    "words", ["a\r\nb", "a\rb", "end  ", "  begin", " ", "\n", "a\x0bb", "\u2028", "e\u0301", "\ufeff", "👩‍👩‍👧"]
)
def test_a_signature_holds_for_any_words_once_they_come_back_from_the_desk(recorded: Planned, words: str) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    answer = replace(book.answer("8.3"), seen=words, reason=words, sample_of=words)
    action = replace(book.actions[0], why=words, evidence_wanted=words)
    book = book.holding(answer).holding(action)
    given = replace(book.signature(Party.PROVIDER), role="manager", strokes=STROKES, signed=AT)
    office.visiting.keep(visit.uid, settled=[answer, action, replace(book, signatures={}).stamped(given)])
    assert office.visiting.book(visit.uid).signing(Party.PROVIDER) is Signing.SIGNED


def test_only_what_is_on_the_screen_is_signed(recorded: Planned) -> None:
    """A write that failed a moment ago must not be missing from what both parties have signed."""
    office, visit = recorded
    office.visiting.keep(visit.uid, settled=signatures(office, visit.uid))
    shown = office.visiting.open(visit.uid).book
    unsaved: list[Record] = [
        replace(shown.answer("8.3"), rating=4),
        replace(shown.answer("2.4"), rating=1),
        Action(uid="more", title="More", owner="manager", due=TODAY, visit=visit.uid),
        replace(shown.visit, comment="Other words"),
        replace(shown.signature(Party.PROVIDER), strokes="[[[1, 2]]]"),
    ]
    before = everything(desk_of(office))
    for record in unsaved:
        with pytest.raises(Rejected, match="Not signed: not everything on the screen is saved yet"):
            office.visiting.finish(visit.uid, shown.holding(record))
    for gone in (shown.photos[0], shown.actions[0], shown.override(LevelKind.STANDARD, "13")):
        with pytest.raises(Rejected, match="Not signed"):
            office.visiting.finish(visit.uid, shown.without(gone))
    assert everything(desk_of(office)) == before
    office.visiting.finish(visit.uid, shown)
    assert office.visiting.book(visit.uid).locked


def test_old_actions_that_were_met_are_verified_and_others_stay_open(recorded: Planned) -> None:
    office, visit = recorded
    met, partly, not_met = visit.prior
    office.actions.mark_done(partly)
    office.actions.mark_done(met)
    office.records.revise(replace(office.records.get(Action, met), done=date(2026, 1, 20)))
    rich_visit.finish(office, visit)
    actions = {uid: office.records.get(Action, uid) for uid in visit.prior}
    assert (actions[met].state, actions[met].verified, actions[met].verified_by) == (ActionState.VERIFIED, TODAY, WHO)
    assert actions[met].done == date(2026, 1, 20)
    for uid in (partly, not_met):
        assert actions[uid].state is ActionState.OPEN
        assert (actions[uid].done, actions[uid].verified, actions[uid].verified_by) == (None, None, None)
    # What is graded met and was not said to be done was done by the day it was seen.
    assert office.actions.page(met).status.word == "Verified"


def test_an_old_action_met_without_a_day_was_done_by_the_day_it_was_seen(recorded: Planned) -> None:
    office, visit = recorded
    rich_visit.finish(office, visit)
    assert office.records.get(Action, visit.prior[0]).done == TODAY


def test_what_was_done_after_the_visit_stays_done_when_it_is_signed_late(recorded: Planned) -> None:
    office, visit = recorded
    _, partly, not_met = visit.prior
    office.records.revise(replace(office.records.get(Visit, visit.uid), made=date(2026, 1, 20)))
    for uid in (partly, not_met):
        office.actions.mark_done(uid)
    office.actions.verify(not_met)
    before = {uid: office.records.get(Action, uid) for uid in (partly, not_met)}
    assert before[partly].done == TODAY
    rich_visit.finish(office, visit)
    assert {uid: office.records.get(Action, uid) for uid in before} == before


def test_what_is_signed_is_signed_once_and_not_undone(signed: Planned) -> None:
    office, visit = signed
    before = everything(desk_of(office))
    with pytest.raises(Rejected, match="This visit is signed already"):
        office.visiting.finish(visit.uid)
    (version,) = office.visiting.book(visit.uid).versions
    (signing,) = changes_of(office, version.uid)
    with pytest.raises(Rejected):
        office.records.undo(signing)
    assert everything(desk_of(office)) == before


def test_signing_offers_no_undo_and_tells_the_views_what_it_touched(recorded: Planned) -> None:
    office, visit = recorded
    office.visiting.keep(visit.uid, settled=signatures(office, visit.uid))
    changes = office.visiting.finish(visit.uid)
    assert (changes.label, changes.undoable, changes.uid) == (
        "Signed: quality visit to Fernbank House, version 1", False, visit.uid,
    )  # fmt: skip
    kept = {"dated_value"}  # what was known of it until the day it was made
    assert {kind for kind, _ in changes.touched} - kept == {"visit", "visit_version", "rating", "action"}


@pytest.mark.parametrize(
    ("module", "name", "at"), [(blobs, "put", 1), (search, "index", 3), (drafts, "drop", 1), (history, "append", 1)]
)
def test_a_failure_while_signing_leaves_the_visit_as_it_was(
    recorded: Planned, monkeypatch: pytest.MonkeyPatch, module: object, name: str, at: int
) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    office.visiting.keep(visit.uid, typed=[replace(book.answer("8.3"), seen="typing")])
    sign(office, visit.uid, finish=False)
    before = everything(desk_of(office))
    fails_at(monkeypatch, module, name, [at])
    with pytest.raises(DiskTrouble):
        office.visiting.finish(visit.uid)
    assert everything(desk_of(office)) == before
    office.visiting.finish(visit.uid)
    assert office.visiting.version(visit.uid, 1).answer("8.3").seen == "typing"


def test_a_rater_is_made_once_for_a_question_set(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    rater = office.visiting.rater(book)
    assert office.visiting.rater(office.visiting.open(visit.uid).book) is rater
    assert office.visiting.rater(replace(book, body=replace(book.body))) is not rater
