"""The one rule by which a record is seen as at a day: what held by then, and what was known by then.

Each record class says of its own fields what they mean for this (``domain/records/base.py``): the days before which it
was not there (``HAPPENS``), what became known with a day (``KNOWN_WITH``), and which days show that it was planned
(``PLANNED``). Values that changed from a day are ``DatedValue`` records, or terms in a deed of variation. The day on
which something was typed plays no part.

``models/as_at.py`` says the same to the database, so that lists of any length are read as at a day in one query; a test
holds the two together for every kind of record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from s75desk.domain.field_text import text_to_value
from s75desk.domain.fields import Field, FieldType
from s75desk.domain.records.base import Record
from s75desk.domain.records.dated import DatedValue

R = TypeVar("R", bound=Record)

NOTE = "note"
"""The field of many kinds in which an officer writes what has no field of its own."""


def as_known(record: R, on: date, dated: Iterable[DatedValue] = ()) -> R | None:
    """The record as it was known on a day; None if it was not there yet.

    Args:
        record: As it is recorded.
        on: The day.
        dated: Values of any records that held from a day, those in deeds of variation too.
    """
    held = as_held(record, on, dated)
    return as_known_of(held, on) if _there(held, on) else None


def as_known_of(record: R, on: date) -> R:
    """The record without what became known only after a day, whether or not it was there itself."""
    values: dict[str, Any] = {}
    for name, then in record.KNOWN_WITH.items():
        if not _after(record, name, on):
            continue
        values[name] = None
        for field, before in then.items():
            now = values.get(field, getattr(record, field))
            values[field] = before.get(now, now) if isinstance(before, Mapping) else before
    if values and NOTE in record.fields():
        values[NOTE] = None  # Written since, and may tell what was not known yet.
    return replace(record, **values) if values else record


def as_held(record: R, on: date, dated: Iterable[DatedValue], *, asked: bool = False) -> R:
    """The record with the values that held on a day, and everything else as recorded.

    Args:
        record: As it is recorded.
        on: The day.
        dated: Values of any records that held from a day.
        asked: Only of the fields that a form asks about; what became known with a day is as recorded.
    """
    values: dict[str, Any] = {}
    for field in record.fields().values():
        if (field.dated or (not asked and follows_days(type(record), field))) and (
            value := holding(dated, record.uid, field.name, on)
        ) is not None:
            values[field.name] = text_to_value(field, value.value)
    return replace(record, **values) if values else record


def follows_days(cls: type[Record], field: Field) -> bool:
    """Whether a field may have values from a day: those a form asks about, and what becomes known with a day."""
    return field.dated or field.name in _known_fields(cls)  # type: ignore[arg-type]  # a class is hashable; mypy looks at its instances


def kept_by_days(stored: Record, record: Record, kept: Collection[str]) -> tuple[tuple[str, date, Any], ...]:
    """What has to be kept when something about a record becomes known with a later day than before.

    A record holds one day of each kind, and what is known with it: when a risk was last reviewed and in what state it
    was, when a recommendation was last reported on, when a decision was taken; and a note, which has no day of its
    own. When a later day comes, what was known until then is kept as values from a day, so that a paper as at an
    earlier day stays as it was. Where that day hides nothing but what it brings, nothing needs to be kept.

    Args:
        stored: The record as it stands.
        record: As it is to be.
        kept: Names of its fields that have values from a day already.

    Returns:
        Field, day and value; ``date.min`` for what was so from the start.
    """
    found: list[tuple[str, date, Any]] = []
    for name, then in record.KNOWN_WITH.items():
        was, comes = getattr(stored, name), getattr(record, name)
        if type(comes) is not date or comes <= (was or date.min):
            continue
        about = [other for other in (name, *then, NOTE) if other in record.fields()]
        eve = comes - timedelta(days=1)
        before, after = as_known_of(stored, eve), as_known_of(record, eve)
        if name in kept or any(getattr(before, other) != getattr(after, other) for other in about):
            for other in about:
                old, new = getattr(stored, other), getattr(record, other)
                if other == name or old != new:
                    found += [] if other in kept else [(other, date.min, old)]
                    found.append((other, comes, new))
    return tuple(found)


@cache
def _known_fields(cls: type[Record]) -> frozenset[str]:
    with_days = {name for name in cls.KNOWN_WITH if cls.fields()[name].type is FieldType.DATE}
    brought = {other for name in with_days for other in cls.KNOWN_WITH[name]}
    return frozenset(with_days | brought | ({NOTE} & cls.fields().keys() if with_days else set()))


def holding(dated: Iterable[DatedValue], uid: str, field: str, on: date) -> DatedValue | None:
    """The value of a field that held on a day and was known by then; None if that is the value it had from the start.

    Of several the one that holds from the latest day counts; of those, the one that became known last, then the last
    that was recorded.
    """
    found: DatedValue | None = None
    for value in dated:
        about = value.record == uid and value.field == field and value.archived_at is None
        if not about or value.since is None or _known(value) > on:
            continue
        if found is None or (value.since, _known(value)) >= (found.since, _known(found)):
            found = value
    return found


def is_planned(record: Record, on: date) -> bool:
    """Whether a record lies ahead on a day: it is recorded, and what it says has not happened yet."""
    return not _there(record, on)


def day_of(value: date | datetime | None) -> date | None:
    """The day of a date or of a moment."""
    return value.date() if isinstance(value, datetime) else value


def _known(value: DatedValue) -> date:
    return max(value.known or date.min, value.since or date.min)


def _there(record: Record, on: date) -> bool:
    for name, signs in record.happens().items():
        happened = not signs or any(getattr(record, sign) not in (None, False) for sign in signs)
        if happened and _after(record, name, on):
            return False
    if _is_outturn(record) and _period_end(record) > on:
        return False
    planned = not record.PLANNED or any(getattr(record, name) is not None for name in record.PLANNED)
    return planned or not any(_after(record, name, on) for name in record.KNOWN_WITH)


def _is_outturn(record: Record) -> bool:
    """Whether a record tells what came of a period, and does not say on which day that became known."""
    if any(getattr(record, name) is not None for name in record.happens()):
        return False
    field, words = record.FORETOLD
    told = " ".join(str(getattr(record, field) or "").lower().split()) if field else ""
    return any(
        all(getattr(record, name) in values for name, values in each.items())
        and not (None in each.get("state", ()) and any(word in told for word in words))
        for each in record.OUTTURN
    )


def _after(record: Record, name: str, on: date) -> bool:
    day = day_of(getattr(record, name))
    return day is not None and day > on


def _period_end(record: Any) -> date:
    """The last day of the financial year, or of its quarter, that a record is about."""
    if record.year is None:
        return date.min
    month, day = {1: (6, 30), 2: (9, 30), 3: (12, 31)}.get(record.quarter, (3, 31))
    return date(record.year + (month == 3), month, day)
