"""What the tests of services and records share: a desk with one record of every kind, made from their descriptions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from s75desk.domain.fields import Field, FieldType
from s75desk.domain.findings import Weight
from s75desk.domain.lengths import Length
from s75desk.domain.parsing import holds_time
from s75desk.domain.ratings import scale
from s75desk.domain.records import KINDS, Link, Rating, Record, VisitVersion
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.validation import Surroundings, findings_for
from s75desk.models import blobs
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.workplace import Workplace

TODAY = date(2026, 2, 2)
WHO = "contract compliance officer"
SEALED = [kind for kind, cls in KINDS.items() if cls.SEALED]
"""Kinds that only the service they belong to writes, once."""
WRITABLE = [kind for kind in KINDS if kind not in SEALED]


class Clock:
    """A clock that goes on by a second each time it is asked, so that no two changes fall on one moment."""

    def __init__(self) -> None:
        self.time = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def office_of(desk: DeskFile, today: date = TODAY, who: str = WHO) -> Office:
    """The services of a desk, as at a day, with a clock of their own."""
    return Office(Workplace(desk, who, lambda: today, Clock()))


# --- one value of a field, and another ---------------------------------------------------------------------------

_SIGNED = b"{}"
"""The content of the signed version: it has to be in the desk, or the desk would be damaged."""

_PICKED: Mapping[tuple[str, str], tuple[Any, Any]] = {
    ("rating", "value"): (RatingValue.GOOD, RatingValue.INADEQUATE),
    ("link", "other"): (None, None),  # An agreement is not tied to itself; the other one is named.
    # The signed version of the visit is being amended: else the visit would be locked, with all that hangs under it.
    ("visit_version", "number"): (1, 2),
    ("visit_version", "sha256"): (hashlib.sha256(_SIGNED).hexdigest(), "0" * 64),
    ("visit", "amends"): (1, 2),
    # What holds from a day that is far ahead: what the fields themselves say is what is shown.
    ("variation", "since"): (date(2044, 4, 1), date(2045, 4, 1)),
    # Content names questions in the blob store: a set that has some is fixed, and only its service writes one.
    ("question_set", "content"): (None, None),
}


def value_of(cls: type[Record], field: Field, which: int, places: Mapping[str, str]) -> Any:
    """A value that the field accepts, ``which`` being 0 or 1; dates and figures grow from field to field.

    Args:
        cls: Class of the record.
        field: Its field.
        which: The first value or another one.
        places: Uid by kind that a reference may name; a reference to what is not there stays empty.
    """
    if field.name == "sha256" and not cls.SEALED:
        return hashlib.sha256(kept_bytes(cls)[which]).hexdigest()
    if (cls.KIND, field.name) in _PICKED:
        return _PICKED[cls.KIND, field.name][which]
    place = list(cls.fields()).index(field.name)
    match field.type:
        case FieldType.TEXT if holds_time(field):
            return ("09:30", "14:00")[which]
        case FieldType.TEXT:
            return f"{field.label} of the {cls.NOUN} {('first', 'changed')[which]}"
        case FieldType.LONG_TEXT:
            return f"{field.label}, at length.\n\nA second paragraph, {('as first put', 'as changed')[which]}: £1, “é”."
        case FieldType.DATE:
            return date(2024, 4, 1) + timedelta(days=20 * place + which)
        case FieldType.MOMENT:
            return datetime(2024, 4, 1, 12, 30, 15, 250_000 + which, tzinfo=UTC)
        case FieldType.MONEY:
            return Decimal("372000.05") + which
        case FieldType.NUMBER | FieldType.WHOLE | FieldType.YEAR:
            return _figure(field, which, place)
        case FieldType.LENGTH:
            return (Length(years=1), Length(weeks=12))[which]
        case FieldType.YES_NO:
            return (True, False)[which]
        case FieldType.CHOICE:
            assert field.choices is not None
            members = list(field.choices)
            return members[which % len(members)]
        case FieldType.REFERENCE:
            return places.get(field.refers_to) if which == 0 or field.required else None


def _figure(field: Field, which: int, place: int) -> Any:
    if field.type is FieldType.YEAR:
        return 2024 + which
    value = Decimal(1 + place % 3 + which) if field.most is not None else Decimal("10.5") * (place + 1) + which
    return int(value) if field.type is FieldType.WHOLE else value


def record_of(cls: type[Record], places: Mapping[str, str], which: int = 0) -> Record:
    """A record with every field filled in."""
    return cls(**{field.name: value_of(cls, field, which, places) for field in cls.fields().values()})


def fill_estate(office: Office) -> dict[str, str]:
    """Write one record of every kind, each naming the others wherever it can; the uid of each by kind."""
    places: dict[str, str] = {}
    for kind, cls in KINDS.items():
        record = record_of(cls, places)
        if "sha256" in cls.fields() and not cls.SEALED:
            keep(office, cls)
        places[kind] = seal(office, record) if cls.SEALED else office.records.create(record).uid
    return places


def kept_bytes(cls: type[Record]) -> tuple[bytes, bytes]:
    """The files that records of a kind name by their fingerprint."""
    return f"the file of a {cls.NOUN}".encode(), f"another file of a {cls.NOUN}".encode()


def keep(office: Office, cls: type[Record]) -> None:
    """Keep both files in the desk."""
    with office.place.desk.writing() as connection:
        for data in kept_bytes(cls):
            blobs.put(connection, data)


def seal(office: Office, record: Record) -> str:
    """Write a sealed record as the service it belongs to does; its uid."""
    assert isinstance(record, VisitVersion)
    with office.place.change(f"Added: Signed version {record.number}") as change:
        change.signing.open(record.visit)
        blobs.put(change.connection, _SIGNED)
        return change.create(record).uid


# --- any record at all -------------------------------------------------------------------------------------------

_LINE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
_DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
_FAR = Decimal(10) ** 11
_LENGTH = st.one_of(
    st.builds(Length, years=st.integers(1, 9), months=st.integers(0, 11)),
    st.builds(Length, weeks=st.integers(0, 99)),
    st.builds(Length, days=st.integers(1, 999)),
    st.builds(lambda low, more: Length(years=low, most=Length(years=low + more)), st.integers(1, 4), st.integers(1, 5)),
)


def any_value(field: Field, places: Mapping[str, str]) -> st.SearchStrategy[Any]:
    """Any value that a form could hand over for the field; None among them unless it is required."""
    found = _known_value(field, places)
    empty = "" if field.type in (FieldType.TEXT, FieldType.LONG_TEXT) else None
    return found if field.required else st.one_of(st.none(), st.just(empty), found)


def _known_value(field: Field, places: Mapping[str, str]) -> st.SearchStrategy[Any]:
    least = field.least if field.least is not None else -_FAR
    most = field.most if field.most is not None else _FAR
    match field.type:
        case FieldType.TEXT if holds_time(field):
            return st.times().map(lambda time: f"{time:%H:%M}")
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return _LINE.filter(lambda words: bool(words.strip())) if field.required else _LINE
        case FieldType.DATE:
            return _DAY
        case FieldType.MOMENT:
            return st.datetimes(timezones=st.just(UTC))
        case FieldType.MONEY:
            return st.decimals(max(least, -_FAR), min(most, _FAR), places=2)
        case FieldType.NUMBER:
            return st.integers(0, 9).flatmap(lambda places: st.decimals(least, most, places=places))
        case FieldType.WHOLE:
            return st.integers(int(least), int(most))
        case FieldType.YEAR:
            return st.integers(1990, 2100)
        case FieldType.LENGTH:
            return _LENGTH
        case FieldType.YES_NO:
            return st.booleans()
        case FieldType.CHOICE:
            assert field.choices is not None
            return st.sampled_from(list(field.choices))
        case FieldType.REFERENCE:
            return st.just(places[field.refers_to]) if field.refers_to in places else st.none()


@st.composite
def any_record(draw: st.DrawFn, cls: type[Record], places: Mapping[str, str]) -> Record:
    """Any record of a kind that a form could save: where a rule refuses a value, the field is left as it was made."""
    fields = cls.fields()
    record = cls(**{name: draw(any_value(field, places)) for name, field in fields.items()})
    while wrong := [each.field for each in findings_for(record, Surroundings(TODAY)) if each.weight is Weight.FAULT]:
        record = _mended(record, fields[wrong[0]])
    return record


def _mended(record: Record, field: Field) -> Record:
    """The record without what its faulty field cannot be beside."""
    if isinstance(record, Rating):
        return replace(record, value=scale(record.scheme or RatingScheme.CQC_OVERALL)[0])
    if isinstance(record, Link):
        return replace(record, other=None, other_title="Another agreement")
    if not field.required:
        return replace(record, **{field.name: None})
    days = [name for name, other in record.fields().items() if other.type is FieldType.DATE and not other.required]
    return replace(record, **dict.fromkeys(days))
