"""Turns what a sample file says for a field into the value a record holds; anything loosely written is refused.

Money and numbers are written in quotes and become ``Decimal``, so that "7.95" stays as published. References give the
key of another record. Dates relative to today are for invented records only:

    {days = -12}                    twelve days before today
    {weekdays = 5}                  five Mondays to Fridays after today; bank holidays count as weekdays here
    {month = -1, day = "last"}      the last day of the month before this one
    {quarter = -1, day = "first"}   the first day of the calendar quarter before this one

The last two may add days: {month = 0, day = "first", plus = 14} is the 15th of this month.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from s75desk.domain.fields import Choice, Field, FieldType
from s75desk.domain.length_reading import parse_length
from s75desk.domain.lengths import Length
from s75desk.domain.months import add_months
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.wording import financial_year

# Every uid of the sample desk follows from this and the record's key, so that two sample desks can be merged.
_NAMESPACE = UUID("5d0f9c1e-6f4b-5a57-9d53-7575de5c0075")
_DECIMAL = re.compile(r"-?\d+(\.\d+)?")


class Misfit(Exception):
    """A value does not fit its field. The text is the reason in one plain sentence."""


@dataclass(frozen=True, slots=True)
class Places:
    """What a value may refer to.

    Attributes:
        today: What relative dates count from.
        kinds: Kind of every record that can be referred to, by key.
        relative: Whether relative dates are allowed here.
    """

    today: date
    kinds: Mapping[str, str]
    relative: bool


def sample_uid(key: str) -> str:
    """The uid that the sample record of this key always has."""
    return str(uuid5(_NAMESPACE, key))


def value_of(field: Field, raw: Any, places: Places) -> Any:
    """The value of ``field`` as a record holds it.

    Args:
        field: Decides type and bounds.
        raw: What the TOML file says.
        places: What references and relative dates stand on.

    Raises:
        Misfit: It is of the wrong type, out of bounds, or refers to nothing.
    """
    value = _converted(field, raw, places)
    size = value.rough_months if isinstance(value, Length) else value
    too_small = field.least is not None and size < field.least
    if too_small or (field.most is not None and size > field.most):
        raise Misfit(f"The field {field.name} is outside {field.least} to {field.most}.")
    return value


def _converted(field: Field, raw: Any, places: Places) -> Any:
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return _text(field, raw)
        case FieldType.MONEY | FieldType.NUMBER:
            return _decimal(field, raw)
        case FieldType.WHOLE:
            return _typed(field, raw, int, "a whole number")
        case FieldType.YES_NO:
            return _typed(field, raw, bool, "true or false")
        case FieldType.DATE:
            return _date(field, raw, places)
        case FieldType.MOMENT:
            return _moment(field, raw)
        case FieldType.YEAR:
            return _year(field, raw)
        case FieldType.LENGTH:
            return _length(field, raw)
        case FieldType.CHOICE:
            return _choice(field, raw)
        case FieldType.REFERENCE:
            return _reference(field, raw, places)


def _typed(field: Field, raw: Any, wanted: type, words: str) -> Any:
    # Not isinstance: True is an int to Python, and a moment is a date.
    if type(raw) is not wanted:
        raise Misfit(f"The field {field.name} must be {words}, not {raw!r}.")
    return raw


def _text(field: Field, raw: Any) -> str:
    text: str = _typed(field, raw, str, "text in quotes").strip()
    if not text:
        raise Misfit(f"The field {field.name} is empty; leave it out if it is not known.")
    if field.type is FieldType.TEXT and "\n" in text:
        raise Misfit(f"The field {field.name} holds one line; end each written line but the last with a backslash.")
    return text


def _decimal(field: Field, raw: Any) -> Decimal:
    text = _typed(field, raw, str, "a number in quotes")
    if not _DECIMAL.fullmatch(text):
        raise Misfit(f"The field {field.name} must be digits with at most one point, not {text!r}.")
    value = Decimal(text)
    if field.type is FieldType.MONEY and value != value.quantize(Decimal("0.01")):
        raise Misfit(f"The field {field.name} must be pounds and whole pence.")
    return value


def _moment(field: Field, raw: Any) -> datetime:
    moment: datetime = _typed(field, raw, datetime, "a date and time")
    if moment.tzinfo is None:
        raise Misfit(f"The field {field.name} needs an offset from UTC.")
    return moment


def _year(field: Field, raw: Any) -> int:
    text = _typed(field, raw, str, "a financial year in quotes")
    start = int(text[:4]) if re.match(r"[0-9]{4}/", text) else 0
    if financial_year(start) != text:
        raise Misfit(f"The field {field.name} must be a financial year such as 2016/17, not {text!r}.")
    return start


def _length(field: Field, raw: Any) -> Length:
    text = _typed(field, raw, str, "a length in quotes")
    try:
        length = parse_length(text)
    except NotUnderstood as trouble:
        raise Misfit(f"The field {field.name} must be a length such as 3 years, not {text!r}.") from trouble
    if length.words != text:
        raise Misfit(f"The field {field.name} is written {length.words!r}, not {text!r}.")
    return length


def _choice(field: Field, raw: Any) -> Choice:
    text = _typed(field, raw, str, "one of its words in quotes")
    if field.choices is None:
        raise Misfit(f"The field {field.name} offers no words.")
    members: list[Choice] = list(field.choices)
    for member in members:
        if member.value == text:
            return member
    words = ", ".join(member.value for member in members)
    raise Misfit(f"The field {field.name} must be one of: {words}; not {text!r}.")


def _reference(field: Field, raw: Any, places: Places) -> str:
    key = _typed(field, raw, str, "the key of a record")
    kind = places.kinds.get(key)
    if kind is None:
        raise Misfit(f"The field {field.name} refers to {key!r}, which no file describes.")
    if kind != field.refers_to:
        raise Misfit(
            f"The field {field.name} must refer to a record of kind {field.refers_to}; {key!r} is of kind {kind}."
        )
    return sample_uid(key)


def _date(field: Field, raw: Any, places: Places) -> date:
    if type(raw) is date:
        return raw
    if not isinstance(raw, dict):
        raise Misfit(f"The field {field.name} must be a date, not {raw!r}.")
    if not places.relative:
        raise Misfit(f"The field {field.name} must be the published date, not a relative one.")
    today = places.today
    match raw:
        case {"days": int(count)} if len(raw) == 1:
            return today + timedelta(days=count)
        case {"weekdays": int(count)} if len(raw) == 1:
            return _weekdays(today, count)
        case {"month": int(count), "day": "first" | "last" as edge, **rest} if set(rest) <= {"plus"}:
            return _edge(field, add_months(today.replace(day=1), count), 1, edge, rest)
        case {"quarter": int(count), "day": "first" | "last" as edge, **rest} if set(rest) <= {"plus"}:
            this = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
            return _edge(field, add_months(this, 3 * count), 3, edge, rest)
    raise Misfit(f"The field {field.name} has a relative date that is not understood: {raw!r}.")


def _edge(field: Field, first: date, months: int, edge: str, rest: Mapping[str, Any]) -> date:
    plus = _typed(field, rest.get("plus", 0), int, "moved by a whole number of days")
    start = first if edge == "first" else add_months(first, months) - timedelta(days=1)
    return start + timedelta(days=plus)


def _weekdays(today: date, count: int) -> date:
    """Count Mondays to Fridays from today; nought on a weekend is the Monday after."""
    day, step = today, timedelta(days=1 if count >= 0 else -1)
    if count == 0:
        while day.weekday() > 4:
            day += step
    while count:
        day += step
        if day.weekday() <= 4:
            count -= step.days
    return day
