"""The history of a record in the words of its forms: one line a field that changed, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from s75desk.domain.as_at import as_held
from s75desk.domain.field_text import text_to_value, value_to_text
from s75desk.domain.fields import Field
from s75desk.domain.records import KINDS, DatedValue, Record
from s75desk.domain.wording import date_long, value_text
from s75desk.models import history
from s75desk.models.connection import Connection
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.dated import dated_of
from s75desk.services.writer import ARCHIVED


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a record's history as shown.

    Attributes:
        at: When, UTC.
        who: Who.
        label: What the change was.
        heading: Title of the record that changed (it may be one that the shown record owns).
        field: Label of the field, or "" for the record as a whole.
        before: Value before in words, "" for not known.
        after: Value after in words, "" for not known.
        change_id: For undo.
    """

    at: datetime
    who: str
    label: str
    heading: str
    field: str
    before: str
    after: str
    change_id: str


_DRAWN = {("visit_signature", "strokes")}
"""Fields that hold a drawing: its points are no words."""


_NO_WORDS = {("visit_signature", "content")}
"""Fingerprints: nobody reads them, and what else changed is told."""

_OVER = {("visit", "amends"), ("visit", "amended_because")}
"""Told when they begin; that an amendment is over is what the change itself says."""


def lines_of(connection: Connection, kind: str, uid: str) -> list[HistoryLine]:
    """The newest changes to a record and to what it owns, newest first."""
    repository = Repository(connection)
    family = {record.uid: record for record in _family(repository, kind, uid)}
    headings = {each: heading_of(record, repository) for each, record in family.items()}
    values = repository.all(DatedValue, record=list(family), archived=True) if family else []
    dated = {value.uid: value for value in values}
    entries = history.of_records(connection, [*headings, *dated] or [uid])
    lines = (
        _dated_line(entry, dated[entry.uid], family, headings, repository)
        if entry.uid in dated
        else _line(entry, headings.get(entry.uid, ""), repository)
        for entry in entries
        if _told(entry)
    )
    return [line for line in lines if line is not None]


def _told(entry: history.Entry) -> bool:
    field = (entry.kind, entry.field)
    return field not in _NO_WORDS and not (field in _OVER and entry.after is None)


def _family(repository: Repository, kind: str, uid: str) -> list[Record]:
    """A record and what it owns, archived or not: that something was archived is part of the history."""
    record = repository.get(KINDS[kind], uid)
    return [] if record is None else [record, *repository.children(kind, uid, archived=True)]


def _line(entry: history.Entry, heading: str, repository: Repository) -> HistoryLine:
    cls = KINDS.get(entry.kind)
    field = cls.field_named(entry.field) if cls else None
    label = field.label if field else ("Archived" if entry.field == ARCHIVED else "")
    before, after = "", ""
    if field is not None:
        others = repository.by_uid(KINDS[field.refers_to], [entry.before, entry.after]) if field.refers_to else {}
        names = {uid: heading_of(other, repository) for uid, other in others.items()}
        before, after = (_as_read(field, text, names) for text in (entry.before, entry.after))
        if (entry.kind, entry.field) in _DRAWN:
            before, after = ("Drawn" if text else "" for text in (entry.before, entry.after))
    elif entry.field == ARCHIVED:
        before, after = ("Yes" if text else "No" for text in (entry.before, entry.after))
    return HistoryLine(entry.at, entry.who, entry.label, heading, label, before, after, entry.change_id)


def _dated_line(
    entry: history.Entry,
    value: DatedValue,
    family: Mapping[str, Record],
    headings: Mapping[str, str],
    repository: Repository,
) -> HistoryLine | None:
    """What a field has had from a day, told of the record that has the field; None for what is no word of it."""
    owner = family[value.record or ""]
    field = owner.fields().get(value.field or "")
    if (
        field is None
        or not field.dated
        or value.since in (None, date.min)
        or entry.field not in ("", "value", "since", ARCHIVED)
    ):
        return None
    since = date_long(value.since)
    names = repository.by_uid(KINDS[field.refers_to], [value.value]) if field.refers_to else {}
    titles = {uid: heading_of(other, repository) for uid, other in names.items()}

    def read(text: str | None) -> str:
        return _as_read(field, text, titles)

    before, after = "", f"{read(value.value) or 'Not known'} from {since}"
    if entry.field == "":
        held = as_held(owner, value.since - timedelta(days=1), dated_of(repository, owner))
        before = read(value_to_text(field, getattr(held, field.name)))
        after += f", {value.reason}" if value.reason else ""
    elif entry.field == "value":
        before, after = (f"{read(text) or 'Not known'} from {since}" for text in (entry.before, entry.after))
    elif entry.field == "since":
        before = f"From {_as_read(value.fields()['since'], entry.before, {})}"
    else:
        before, after = (after, "Taken back") if entry.after else ("Taken back", after)
    heading = headings.get(owner.uid, "")
    return HistoryLine(entry.at, entry.who, entry.label, heading, field.label, before, after, entry.change_id)


def _as_read(field: Field, text: str | None, names: Mapping[str, str]) -> str:
    """What history keeps of a value, in the words of the forms; "" for not known, which is shown as a dash."""
    value = text_to_value(field, text)
    return "" if value in (None, "") else value_text(field, value, names=names, unit=True)
