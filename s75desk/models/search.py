"""The full-text index behind Ctrl+K. With ``tables.py``, the only place that knows FTS5."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from s75desk.domain.postcodes import as_postcode, compact_postcodes
from s75desk.domain.records import KINDS, DatedValue, Record, Tag, Tagged
from s75desk.domain.records.tag import TAGGABLE
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.models.tables import SEARCH_ROW


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found. ``snippet`` holds the words around a match in its notes, "" if the title matched."""

    kind: str
    uid: str
    title: str
    snippet: str


def index(connection: Connection, records: Iterable[Record]) -> None:
    """Put live records into the index, replacing what it held; archived ones are taken out, some kinds left out."""
    repository = Repository(connection)
    wanted = _with_tagged(repository, list(records))
    others, tags = _other_names(repository, wanted), _tags_of(repository, wanted)
    for record in wanted:
        if not record.FOUND:
            continue
        remove(connection, record.uid)
        if record.archived_at is not None:
            continue
        found = connection.execute(insert(SEARCH_ROW).values(kind=record.KIND, uid=record.uid))
        assert found.inserted_primary_key is not None
        names = dict.fromkeys((*record.FIND, "note"))
        body = "\n".join(str(value) for value in (getattr(record, name) for name in names) if value)
        body = "\n".join((body, *compact_postcodes(body), *tags.get(record.uid, ())))
        title = " · ".join((heading_of(record, repository), *others.get(record.uid, ())))
        connection.execute(
            text("INSERT INTO search(rowid, title, body) VALUES (:id, :title, :body)"),
            {"id": found.inserted_primary_key[0], "title": title, "body": body},
        )


def _with_tagged(repository: Repository, records: list[Record]) -> list[Record]:
    """The records, and those that a tag among them is on or was taken off: they are found by their tags."""
    tags = [record.uid for record in records if isinstance(record, Tag)]
    on = [record for record in records if isinstance(record, Tagged)]
    on += repository.all(Tagged, tag=tags, archived=True) if tags else []
    owners = {(kind, uid): None for each in on for kind in TAGGABLE if (uid := getattr(each, kind))}
    known = {record.uid for record in records}
    tagged = (repository.get(KINDS[kind], uid) for kind, uid in owners if uid not in known)
    return [*records, *(record for record in tagged if record is not None)]


def _tags_of(repository: Repository, records: Sequence[Record]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind in TAGGABLE:
        uids = [record.uid for record in records if kind == record.KIND]
        for start in range(0, len(uids), 500):
            some: dict[str, Any] = {kind: uids[start : start + 500]}
            tagged = repository.all(Tagged, **some)
            names = repository.by_uid(Tag, [each.tag for each in tagged])
            for each in tagged:
                found.setdefault(getattr(each, kind), []).append(names[each.tag].name)
    return found


def _other_names(repository: Repository, records: Sequence[Record]) -> dict[str, list[str]]:
    """What records have been called, or will be, from a day: they are found by every name."""
    found: dict[str, list[str]] = {}
    uids = [record.uid for record in records if any(record.fields()[name].dated for name in record.TITLE)]
    for start in range(0, len(uids), 500):
        for value in repository.all(DatedValue, record=uids[start : start + 500]):
            if value.value and value.field in KINDS[value.kind or ""].TITLE:
                found.setdefault(value.record or "", []).append(value.value)
    return found


def remove(connection: Connection, uid: str) -> None:
    """Take a record out of the index."""
    row = connection.execute(select(SEARCH_ROW.c.id).where(SEARCH_ROW.c.uid == uid)).scalar_one_or_none()
    if row is not None:
        connection.execute(text("DELETE FROM search WHERE rowid = :id"), {"id": row})
        connection.execute(delete(SEARCH_ROW).where(SEARCH_ROW.c.id == row))


_FIRST = ("agreement", "provider", "service", "kpi", "visit", "action", "organisation", "briefing", "question_set")
"""Kinds with a page of their own come before what only hangs under them."""

_LAST = ("rating", "membership", "party", "target", "measurement", "contribution", "extension", "part", "standard")
"""Kinds whose names repeat those of what they hang under come last."""


_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
"""A word as FTS5 divides them: an underscore divides, an accent that is typed apart from its letter does not."""

_MARK = "\x02"
"""Put by FTS5 before a word that was found; no key types it, so no title holds it."""


def find(connection: Connection, words: str, limit: int = 40) -> list[Hit]:
    """Records that hold every word, each word as a beginning: found by title first, records with a page first."""
    terms = _WORD.findall(words)
    if not terms:
        return []
    query = " ".join(f'"{term}"*' for term in terms)
    if postcode := as_postcode(words):
        query = f'({query}) OR "{postcode}"*'
    rows = connection.execute(
        text(
            """SELECT r.kind, r.uid, search.title AS title, bm25(search, 10.0, 1.0) AS rank,
                      snippet(search, 1, '', '', ' … ', 12) AS snippet, highlight(search, 0, :mark, '') AS marked
               FROM search JOIN search_row r ON r.id = search.rowid
               WHERE search MATCH :query ORDER BY rank LIMIT :limit"""
        ),
        {"query": query, "limit": limit * 6, "mark": _MARK},
    )
    found = []
    for row in rows:
        by_title = _MARK in row.marked
        hit = Hit(row.kind, row.uid, row.title, "" if by_title else row.snippet)
        found.append(((not by_title, _place(row.kind), row.rank, row.title), hit))
    return [hit for _, hit in sorted(found, key=lambda pair: pair[0])[:limit]]


def begins_in(words: str, value: str) -> bool:
    """Whether any of the words searched for begins a word of a text."""
    terms = [term.casefold() for term in _WORD.findall(words)]
    if (postcode := as_postcode(words)) and any(one.startswith(postcode) for one in compact_postcodes(value)):
        return True
    return any(word.casefold().startswith(term) for word in _WORD.findall(value) for term in terms)


def _place(kind: str) -> int:
    if kind in _FIRST:
        return _FIRST.index(kind)
    return 200 + _LAST.index(kind) if kind in _LAST else 100
