"""The one rule by which a record is seen as at a day: what held by then, and what was known by then.

Each record class says of its own fields what they mean for this (``domain/records/base.py``): the days before which it
was not there (``HAPPENS``), what became known with a day (``KNOWN_WITH``), and which days show that it was planned
(``PLANNED``). Values that changed from a day are ``DatedValue`` records, or terms in a deed of variation. The day on
which something was typed plays no part.

``models/as_at.py`` says the same to the database, so that lists of any length are read as at a day in one query; a test
holds the two together for every kind of record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from s75desk.domain.field_text import text_to_value
from s75desk.domain.records.base import Record
from s75desk.domain.records.dated import DatedValue

R = TypeVar("R", bound=Record)


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
    if values and "note" in record.fields():
        values["note"] = None  # Written since, and may tell what was not known yet.
    return replace(record, **values) if values else record


def as_held(record: R, on: date, dated: Iterable[DatedValue]) -> R:
    """The record with the values of its dated fields that held on a day, and everything else as recorded."""
    values: dict[str, Any] = {}
    for field in record.fields().values():
        if field.dated and (value := holding(dated, record.uid, field.name, on)) is not None:
            values[field.name] = text_to_value(field, value.value)
    return replace(record, **values) if values else record


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
