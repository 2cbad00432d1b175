"""What a signature stands for: it holds while the visit says what it said, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.records import Action, Record, Visit, VisitPhoto
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, PriorGrade, SpokenRole
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.completeness import Gap, Signing, missing
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.signed_for import fingerprint
from tests.unit.domain.visits.book_help import VISIT, books
from tests.unit.domain.visits.test_visit_book import BODY
from tests.unit.record_help import value_of

AT = datetime(2026, 2, 3, 11, tzinfo=UTC)
STROKES = "[[[1,1],[2,2]]]"
BOTH = dict.fromkeys(Party, Signing.SIGNED)

Change = Callable[[VisitBook], VisitBook]


def made() -> VisitBook:
    """A visit with something of every kind."""
    book = VisitBook(
        Visit(uid=VISIT, service="service-1", comment="We accept it."),
        BODY,
        prior=(Action(uid="prior-1", title="Lock the sluice"),),
    )
    for record in (
        replace(book.answer("1.1"), rating=2, seen="Two gaps.", population=45, looked_at=2),
        replace(book.answer("1.2"), not_applicable=True, reason="Nobody here needs it."),
        replace(book.override(LevelKind.STANDARD, "1"), rating=2, reason="The gaps weigh more."),
        replace(book.spoken(SpokenRole.CARE), count=3),
        replace(book.grading("prior-1"), grade=PriorGrade.PARTLY, reason="One of two."),
        VisitPhoto(uid="photo-1", visit=VISIT, question="1.1", caption="The chart", sha256="a" * 64),
        Action(uid="action-1", visit=VISIT, title="Check every chart", owner="manager", due=date(2026, 3, 1)),
    ):
        book = book.holding(record)
    return book


def signed(book: VisitBook) -> VisitBook:
    for party in Party:
        given_now = replace(book.signature(party), role="manager", strokes=STROKES, signed=AT, refused=None)
        book = book.holding(book.stamped(given_now))
    return book


def states(book: VisitBook) -> dict[Party, Signing]:
    return {party: book.signing(party) for party in Party}


def put(record: Callable[[VisitBook], Any], **values: Any) -> Change:
    return lambda book: book.holding(replace(record(book), **values))


CHANGES: dict[str, Change] = {
    "a rating": put(lambda book: book.answer("1.1"), rating=3),
    "a rating taken back": put(lambda book: book.answer("1.1"), rating=None),
    "a note": put(lambda book: book.answer("1.1"), seen="Three gaps."),
    "a population of none": put(lambda book: book.answer("1.1"), population=0),
    "what was looked at": put(lambda book: book.answer("1.1"), looked_at=None),
    "an answer more": put(lambda book: book.answer("2.1"), rating=3),
    "why it does not apply": put(lambda book: book.answer("1.2"), reason="Asked elsewhere."),
    "an override": put(lambda book: book.override(LevelKind.STANDARD, "1"), rating=3),
    "an override taken out": lambda book: book.without(book.override(LevelKind.STANDARD, "1")),
    "people": put(lambda book: book.spoken(SpokenRole.CARE), count=4),
    "a grade": put(lambda book: book.grading("prior-1"), grade=PriorGrade.MET),
    "a caption": put(lambda book: book.photos[0], caption="Another chart"),
    "another picture": put(lambda book: book.photos[0], sha256="b" * 64),
    "a photo taken out": lambda book: book.without(book.photos[0]),
    "the due date of an action": put(lambda book: book.actions[0], due=date(2026, 4, 1)),
    "an action taken out": lambda book: book.without(book.actions[0]),
    "the team": put(lambda book: book.visit, team="two officers"),
    "that nobody of a role was spoken to": put(lambda book: book.spoken(SpokenRole.NURSES), count=0),
    "how many days it took": put(lambda book: book.visit, days=2),
    "the day it was made": put(lambda book: book.visit, made=date(2026, 2, 2)),
    "the words of an action from before": lambda book: replace(
        book, prior=(replace(book.prior[0], title="Paint the sluice"),)
    ),
    "who owed an action from before": lambda book: replace(book, prior=(replace(book.prior[0], owner="manager"),)),
    "when an action from before was due": lambda book: replace(
        book, prior=(replace(book.prior[0], due=date(2025, 12, 1)),)
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_after_signing_has_to_be_signed_anew(what: str) -> None:
    book = signed(made())
    assert states(book) == BOTH
    changed = CHANGES[what](book)
    assert states(changed) == dict.fromkeys(Party, Signing.OUTDATED)
    gaps = {gap.gap: gap for gap in missing(changed.facts())}
    assert gaps[Gap.OFFICER].blocks
    assert gaps[Gap.PROVIDER].blocks
    assert gaps[Gap.OFFICER].text == (
        "The officer signed before the visit was changed, and has to sign it as it is now."
    )
    assert states(signed(replace(changed, signatures={}))) == BOTH


@pytest.mark.parametrize(
    "change",
    [
        put(lambda book: book.answer("1.1"), flagged=True),
        put(lambda book: book.actions[0], state=ActionState.DONE, done=date(2026, 2, 20)),
        put(lambda book: book.answer("2.2"), flagged=True),
        put(lambda book: book.answer("2.2"), rating=None, seen=""),
        put(lambda book: book.answer("1.1"), note="For the file.", source="Another report", paragraph="3", sample=True),
        put(lambda book: book.answer("1.1"), not_applicable=False, reason=""),
        put(lambda book: book.visit, stage=VisitStage.UNDER_WAY, planned=date(2026, 2, 2), summary="For the board."),
        lambda book: replace(book, prior=(replace(book.prior[0], state=ActionState.DONE, done=date(2026, 2, 1)),)),
        lambda book: replace(book, prior=(*book.prior, Action(uid="prior-2", title="Not graded here"))),
    ],
)
def test_what_is_not_signed_may_change(change: Change) -> None:
    assert states(change(signed(made()))) == BOTH


def test_the_comment_stands_above_the_providers_signature_alone() -> None:
    book = signed(made())
    for changed in (
        put(lambda book: book.visit, comment="We accept it in part.")(book),
        put(lambda book: book.visit, comment=None, no_comment=True)(book),
    ):
        assert states(changed) == {Party.OFFICER: Signing.SIGNED, Party.PROVIDER: Signing.OUTDATED}


OF_THE_FILE = {"source", "paragraph", "known", "note", "private", "inferred", "sample"}
GOES_ON: dict[str, set[str]] = {
    "visit": {"stage", "planned", "at", "outcome", "summary", "amends", "amended_because"},
    "visit_answer": {"flagged"},
    "action": {
        "state", "raised", "provider", "service", "agreement", "kpi", "evidence", "done", "verified",
        "verified_by",
    },
}  # fmt: skip
"""What is no part of what is signed: where a record comes from, and what goes on beside the visit or after it."""

PLACES = dict.fromkeys(("service", "provider", "agreement", "kpi", "action", "question_set"), "another")


@pytest.mark.parametrize("kind", sorted({record.KIND for record in made().records()}))
def test_every_field_of_every_record_is_signed_unless_it_is_known_not_to_be(kind: str) -> None:
    """A new field has to be given its place: it is signed, or it stands above."""
    book = signed(made())
    record = next(one for one in book.records() if kind == one.KIND)
    for name, field in record.fields().items():
        if name == "visit":
            continue  # a record is not taken into another visit
        others = [value_of(type(record), field, which, PLACES) for which in (0, 1)]
        other = next(one for one in others if one not in (None, False, getattr(record, name)))
        told: dict[str, Record] = {one.uid: one for one in book.records()}
        told[record.uid] = replace(record, **{name: other})
        for party in Party:
            same = fingerprint(told.values(), party) == fingerprint(book.records(), party)
            own_words = name in ("comment", "no_comment") and party is Party.OFFICER
            assert same is (own_words or name in OF_THE_FILE | GOES_ON.get(kind, set())), name


def test_what_is_put_back_holds_again() -> None:
    book = signed(made())
    for what, change in CHANGES.items():
        held = {record.uid: record for record in book.records()}
        back = change(book)
        for record in held.values():
            back = back.holding(record)
        back = replace(back, prior=book.prior)
        if what not in ("an answer more", "that nobody of a role was spoken to"):
            assert states(back) == BOTH, what


def test_a_refusal_is_a_refusal_whatever_is_changed() -> None:
    book = signed(made())
    refused = replace(book.signature(Party.PROVIDER), refused=True, strokes=None, signed=None, reason="Not now.")
    book = book.holding(book.stamped(refused))
    assert book.signature(Party.PROVIDER).content is None
    assert CHANGES["a rating"](book).signing(Party.PROVIDER) is Signing.REFUSED


def test_a_role_typed_later_does_not_renew_a_signature() -> None:
    changed = CHANGES["a rating"](signed(made()))
    held = changed.signature(Party.OFFICER)
    for told in (replace(held, role="lead officer"), replace(held, role="lead officer", content=None)):
        again = changed.holding(changed.stamped(told))
        assert again.signing(Party.OFFICER) is Signing.OUTDATED
    drawn = changed.holding(changed.stamped(replace(held, signed=datetime(2026, 2, 3, 12, tzinfo=UTC))))
    assert drawn.signing(Party.OFFICER) is Signing.SIGNED


def test_a_signature_that_does_not_say_for_what_it_was_given_has_to_be_given_anew() -> None:
    """Desks of before this was kept have such, in visits that were not locked yet."""
    book = signed(made())
    old = replace(book.signature(Party.OFFICER), content=None)
    assert book.holding(old).signing(Party.OFFICER) is Signing.OUTDATED


@given(books(), st.sampled_from(Party), st.data())
@settings(max_examples=25)
def test_the_order_of_records_and_a_signature_never_matter(book: VisitBook, party: Party, data: st.DataObject) -> None:
    records = list(book.records())
    assert fingerprint(data.draw(st.permutations(records)), party) == fingerprint(records, party)
    assert signed(book).signing(party) is Signing.SIGNED
