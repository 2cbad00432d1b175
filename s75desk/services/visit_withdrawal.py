"""Giving an amendment up: what was changed since it was begun is taken back by the history, inside a change under way.

The history says of every field what it was when the amendment began, so that nothing has to be guessed; what was done
and taken back stays in it. What goes on beside a visit, such as the state of an action, is left as it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from s75desk.domain.errors import Rejected
from s75desk.domain.field_text import text_to_value
from s75desk.domain.records import KINDS, Action, Record, Visit
from s75desk.domain.visits.book import VisitBook
from s75desk.models import drafts, history
from s75desk.services.signing_lock import LOCKED_WITH_VISIT
from s75desk.services.visit_reader import draft_key
from s75desk.services.writer import ARCHIVED, Change

_OF_AN_ACTION = frozenset({"", ARCHIVED, "title", "why", "kind", "owner", "due", "evidence_wanted", "questions"})
"""What is said of an action at a visit; its state, its evidence and its chasers go on elsewhere."""


def withdraw_into(change: Change, book: VisitBook) -> None:
    """Put a visit and what hangs under it back to what it was when its amendment was begun.

    Raises:
        Rejected: If the history does not tell of it: a desk that another program has written to.
    """
    uid = book.visit.uid
    change.signing.open(uid)
    own = _own(change, uid)
    before: dict[str, dict[str, str | None]] = {}
    for entry in history.since(change.connection, _begun(change, uid), list(own)):
        if entry.kind != Action.KIND or entry.field in _OF_AN_ACTION:
            before.setdefault(entry.uid, {}).setdefault(entry.field, entry.before)
    for name, fields in before.items():
        if "" not in fields:
            _put_back(change, own[name], fields)
        elif own[name].archived_at is None:  # it was not there before
            change.archive(own[name].KIND, name)
    for draft in drafts.below(change.connection, draft_key(uid, "")):
        drafts.drop(change.connection, draft_key(uid, draft.uid))
    number = book.versions[-1].number
    change.label = f"Withdrawn: amendment of the quality visit to {book.name}, signed version {number} stands"
    change.main = uid


def _own(change: Change, uid: str) -> dict[str, Record]:
    """The visit and every record that was ever under it, archived or not, by uid."""
    found: list[Record] = []
    for kind in (*sorted(LOCKED_WITH_VISIT), Action.KIND):
        found += change.records.naming(KINDS[kind], "visit", uid, archived=True)
    visit = change.records.get(Visit, uid)
    return {record.uid: record for record in [*([visit] if visit else []), *found]}


def _begun(change: Change, uid: str) -> int:
    """Place in the history of the first row of the change that began the amendment."""
    for entry in history.of_field(change.connection, uid, "amends"):
        if entry.after is not None:
            return history.of_change(change.connection, entry.change_id)[0].seq
    raise Rejected("", "Not withdrawn: the history does not tell when the amendment was begun. Sign it anew instead.")


def _put_back(change: Change, record: Record, before: dict[str, str | None]) -> None:
    if ARCHIVED in before:
        held = before[ARCHIVED]
        then = None if held is None else datetime.fromisoformat(held)
        if record.archived_at != then:
            change.set_archived(record.KIND, record.uid, then)
    known = record.fields()
    values: dict[str, Any] = {name: text_to_value(known[name], text) for name, text in before.items() if name in known}
    change.revise(replace(record, **values))
