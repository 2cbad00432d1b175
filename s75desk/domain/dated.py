"""What a field was on which days: the values of a dated field with the days between which each held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from s75desk.domain.as_at import as_known, follows_days, holding
from s75desk.domain.field_text import text_to_value
from s75desk.domain.fields import Field, FieldType
from s75desk.domain.records.base import Record, Sourced
from s75desk.domain.records.dated import DatedValue


@dataclass(frozen=True, slots=True)
class FromDay:
    """That a field changed from a day: the answer to "did it change, or was it wrong?".

    Attributes:
        since: The first day on which the new value holds.
        known: When it was decided, received or published, if that is later.
        reason: What brought it, in a phrase.
        source: The paper that says so.
        paragraph: Where in it.
    """

    since: date
    known: date | None = None
    reason: str | None = None
    source: str | None = None
    paragraph: str | None = None


def with_what_is_beside(record: Record, days: Mapping[str, FromDay]) -> dict[str, FromDay]:
    """What is typed together with a field changes from its day: that it is about, the end of a range."""
    return {**{other: day for name, day in days.items() for other in record.fields()[name].beside}, **days}


@dataclass(frozen=True, slots=True)
class Held:
    """A value that a field had between two days.

    Attributes:
        value: The value, typed as the field is; None if it was not known.
        since: The first day; None for the value from the start.
        until: The last day; None for the value that holds for good, as far as is recorded.
        known: When it became known, if that was later than ``since``.
        reason: What brought it; "" if that is not recorded.
        source: Where it stands; "" if that is not recorded.
        kind: Kind of the record that keeps it: the record itself, a value from a day, a deed of variation.
        uid: That record.
    """

    value: Any
    since: date | None
    until: date | None
    known: date | None
    reason: str
    source: str
    kind: str
    uid: str

    def holds(self, on: date) -> bool:
        """Whether it is the value on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is another today than it was on the day shown.

    Attributes:
        field: The field.
        then: Its value on the day shown.
        now: Its value today.
        since: From when it has its value of today; None if that is not recorded.
        by: What brought it; "" if that is not recorded.
    """

    field: Field
    then: Any
    now: Any
    since: date | None
    by: str


_MUST_SAY = ("agreement", "organisation", "provider", "service", "target", "party", "kpi")
"""Kinds whose names, terms, owners and targets are printed as they were on a day."""


def must_say(record: Record, field: Field) -> bool:
    """Whether a changed field cannot be saved before it is said that it changed from a day, or was wrong.

    For words that explain, and for what is worked on from day to day, the question may be left: the value is corrected.
    """
    return field.dated and record.KIND in _MUST_SAY and field.type is not FieldType.LONG_TEXT


@dataclass(frozen=True, slots=True)
class Later:
    """What of a record came after the day shown.

    Attributes:
        differences: Fields that are others today.
        names: Headings of the records they refer to, by uid.
        left_out: How many records under it were not there yet, by kind.
    """

    differences: tuple[Difference, ...]
    names: Mapping[str, str]
    left_out: Mapping[str, int]


def spans(record: Record, name: str, dated: Iterable[DatedValue]) -> tuple[Held, ...]:
    """Every value of a dated field, the newest first; the record itself holds the one from the start.

    Of several from one day the one that counts in the end is given.
    """
    field = record.fields()[name]
    own = [value for value in dated if value.record == record.uid and value.field == name and value.since]
    days = sorted({value.since for value in own if value.since and value.since > date.min})
    source = record.cited if isinstance(record, Sourced) and record.source else ""
    start = next((text_to_value(field, value.value) for value in own if value.since == date.min), getattr(record, name))
    found = [Held(start, None, _before(days, 0), None, "", source, record.KIND, record.uid)]
    for place, since in enumerate(days):
        value = holding([one for one in own if one.since == since], record.uid, name, date.max)
        if value is None:
            continue
        found.append(
            Held(
                value=text_to_value(field, value.value),
                since=since,
                until=_before(days, place + 1),
                known=value.known if value.known and value.known > since else None,
                reason=value.reason or "",
                source=value.cited if value.source else "",
                kind=value.KIND,
                uid=value.uid,
            )
        )
    return tuple(reversed(found))


def differences(record: Record, then: date, now: date, dated: Iterable[DatedValue]) -> tuple[Difference, ...]:
    """What is known of a record now and was not so, or not known, on another day, before it or to come."""
    values = tuple(dated)
    before, after = as_known(record, then, values), as_known(record, now, values)
    if before is None or after is None:
        return ()
    found = []
    for name, field in record.fields().items():
        was, is_now = getattr(before, name), getattr(after, name)
        if was == is_now or field.hidden:
            continue
        value = holding(values, record.uid, name, max(then, now)) if follows_days(type(record), field) else None
        since = value.since if value else _known_with(record, name)
        found.append(Difference(field, was, is_now, since, (value.reason or value.source or "") if value else ""))
    return tuple(found)


def days_of_change(records: Iterable[Record], dated: Iterable[DatedValue]) -> tuple[date, ...]:
    """Days on which something of these records changed, happened or became known, the first first."""
    found: set[date] = set()
    for record in records:
        for name in (*record.HAPPENS, *record.KNOWN_WITH):
            day = getattr(record, name)
            found |= {day} if type(day) is date else set()
    for value in dated:
        found |= {max(value.since, value.known or value.since)} if value.since and value.since > date.min else set()
    return tuple(sorted(found))


def _known_with(record: Record, name: str) -> date | None:
    for day, then in record.KNOWN_WITH.items():
        if name == day or name in then:
            found = getattr(record, day)
            return found if type(found) is date else None
    return None


def _before(days: list[date], place: int) -> date | None:
    return days[place] - timedelta(days=1) if place < len(days) else None


def with_manager(values: Mapping[str, Any], since: date) -> dict[str, Any]:
    """Changes of a service with the day since which its manager is what it is, where that alone was left out."""
    return {"manager_since": since, **values} if "manager" in values else dict(values)
