"""The content of a visit as one text: what is signed, fingerprinted, compared and printed again.

The text is canonical JSON: the same visit gives the same letters, so its SHA-256 says whether two contents are one. A
book made from it says what the visit said when it was signed, whatever has become of the records since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from s75desk.domain.field_text import text_to_value, value_to_text
from s75desk.domain.records import (
    Action,
    PeopleSpoken,
    PriorGrading,
    Provider,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
)
from s75desk.domain.records.visit_work import SpokenRole
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.levels import Level, VisitRating
from s75desk.domain.visits.question_set import QuestionSetBody

FORMAT = 1

R = TypeVar("R", bound=Record)

_LEFT_OUT: Mapping[str, frozenset[str]] = {
    Visit.KIND: frozenset({"stage", "outcome", "amends", "amended_because"}),
}
"""Fields that say where a visit stands rather than what was found; they may change after it was signed."""

_ABOUT_NOTES = frozenset({"known", "private", "inferred"})
"""Since when it is known, whether a note prints, what was inferred elsewhere: no part of what was found at a visit."""

_PRIOR = ("uid", "title", "kind", "owner", "raised", "due", "evidence_wanted")
"""What is kept of an action from before."""

_LOCKED = ("visit", "answers", "overrides", "people", "gradings", "photos", "signatures")
"""What must not change after signing; services, providers and actions live on."""


def fields_of(record: Record, *, about_notes: bool = False) -> dict[str, str]:
    """The known fields of a record as exact text, with its uid; a draft also keeps whether its note prints."""
    left_out = _LEFT_OUT.get(record.KIND, frozenset()) | (frozenset() if about_notes else _ABOUT_NOTES)
    found = {"uid": record.uid}
    for name, field in record.fields().items():
        if name not in left_out and (text := value_to_text(field, getattr(record, name))) not in (None, ""):
            found[name] = str(text)
    return found


def record_of(cls: type[R], fields: Mapping[str, str]) -> R:
    """A record from ``fields_of``; what this version of the program does not know of it is left out."""
    values: dict[str, Any] = dict(_not_known(cls))  # type: ignore[arg-type]  # a class is hashable
    for name, text in fields.items():
        if field := cls.field_named(name):
            values[field.name] = text_to_value(field, text)
    return cls(uid=fields.get("uid", ""), **values)


@cache
def _not_known(cls: type[Record]) -> Mapping[str, None]:
    """Fields in which a new record says something that nobody has said: what is not written is not known."""
    fresh, left_out = cls(), _LEFT_OUT.get(cls.KIND, frozenset())
    return {name: None for name in cls.fields() if name not in left_out and getattr(fresh, name) not in (None, "")}


def content_of(book: VisitBook, rating: VisitRating) -> dict[str, Any]:
    """Everything a visit says, as text, lists and mappings."""
    order = {question.code: place for place, question in enumerate(book.body.questions)}
    answers = sorted(book.answers.values(), key=lambda one: (order.get(one.question, len(order)), one.question))
    roles = {role: place for place, role in enumerate(SpokenRole)}
    return {
        "format": FORMAT,
        "question_set": {"title": book.body.title, "version": book.body.version, "content": book.set_content},
        "visit": fields_of(book.visit),
        "because": book.visit.amended_because or "",
        "service": fields_of(book.service) if book.service else {},
        "provider": fields_of(book.provider) if book.provider else {},
        "answers": [fields_of(answer) for answer in answers],
        "overrides": _by_uid(book.overrides.values()),
        "people": [
            fields_of(one) for one in sorted(book.people.values(), key=lambda one: roles[one.role or SpokenRole.PEOPLE])
        ],
        # How far each has been done is its grade; its state goes on after the visit.
        "prior": [{name: text for name, text in fields_of(action).items() if name in _PRIOR} for action in book.prior],
        "gradings": _by_uid(book.gradings.values()),
        "photos": [fields_of(one) for one in sorted(book.photos, key=lambda one: (one.number or 0, one.uid))],
        "actions": [fields_of(action) for action in book.actions],
        "signatures": _by_uid(book.signatures.values()),
        "rating": {
            "overall": _level(rating.overall),
            "areas": [_level(area) for area in rating.areas],
            "standards": [_level(standard) for standard in rating.standards],
        },
    }


def text_of(content: Mapping[str, Any]) -> str:
    """The content as canonical JSON."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in hexadecimal."""
    return hashlib.sha256(text_of(content).encode("utf-8")).hexdigest()


def locked_part(content: Mapping[str, Any]) -> dict[str, Any]:
    """What must be the same for as long as a version stands signed."""
    return {name: content.get(name) for name in _LOCKED}


def book_of(content: Mapping[str, Any], body: QuestionSetBody) -> VisitBook:
    """The book of a visit as its content has it. Versions and the visit before are not part of it."""
    book = VisitBook(
        visit=record_of(Visit, content["visit"]),
        body=body,
        set_content=content["question_set"]["content"],
        service=record_of(Service, content["service"]) if content["service"] else None,
        provider=record_of(Provider, content["provider"]) if content["provider"] else None,
        prior=tuple(record_of(Action, fields) for fields in content["prior"]),
    )
    kinds: tuple[tuple[str, type[Record]], ...] = (
        ("answers", VisitAnswer),
        ("overrides", VisitOverride),
        ("people", PeopleSpoken),
        ("gradings", PriorGrading),
        ("photos", VisitPhoto),
        ("actions", Action),
        ("signatures", VisitSignature),
    )
    for name, cls in kinds:
        for fields in content[name]:
            book = book.holding(record_of(cls, fields))
    return book


def _by_uid(records: Iterable[Record]) -> list[dict[str, str]]:
    return [fields_of(record) for record in sorted(records, key=lambda record: record.uid)]


def _level(level: Level) -> dict[str, Any]:
    return {
        "code": level.code,
        "title": level.title,
        "rating": level.rating,
        "word": level.word,
        "worked_out": level.computed_word,
        "points": format(level.points, "f"),
        "possible": format(level.possible, "f"),
        "share": None if level.share is None else format(level.share, "f"),
        "answered": level.answered,
        "questions": level.total,
    }
