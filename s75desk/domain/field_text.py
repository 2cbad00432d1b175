"""Values of fields as plain text and back: exact, and readable without the program."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from s75desk.domain.fields import Field, FieldType
from s75desk.domain.length_reading import from_text
from s75desk.domain.lengths import Length


def moment_text(value: datetime) -> str:
    """A moment in UTC as text of fixed length, so that it sorts and hashes the same everywhere."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def value_to_text(field: Field, value: Any) -> str | None:
    """A value as history keeps it: exact, and readable without the program."""
    if value is None:
        return None
    match field.type:
        case FieldType.DATE:
            return str(value.isoformat())
        case FieldType.MOMENT:
            return moment_text(value)
        case FieldType.YES_NO:
            return "yes" if value else "no"
        case FieldType.MONEY | FieldType.NUMBER:
            return format(value, "f")
        case FieldType.CHOICE:
            return str(value.value)
        case _:
            return str(value)


def text_to_value(field: Field, text: str | None) -> Any:
    """The inverse of ``value_to_text``, for undo."""
    if text is None:
        return None
    match field.type:
        case FieldType.DATE:
            return date.fromisoformat(text)
        case FieldType.MOMENT:
            return datetime.fromisoformat(text)
        case FieldType.YES_NO:
            return text == "yes"
        case FieldType.MONEY | FieldType.NUMBER:
            return Decimal(text)
        case FieldType.WHOLE | FieldType.YEAR:
            return int(text)
        case FieldType.LENGTH:
            return from_text(text)
        case FieldType.CHOICE:
            assert field.choices is not None
            return field.choices(text)
        case _:
            return text


def holds(field: Field, value: Any, text: str | None) -> bool:
    """Whether a value is what history says it became; "36" of before version 5 is a length of 3 years as well."""
    said = text_to_value(field, text)
    if isinstance(value, Length) and text is not None and text.isdecimal():
        return bool(value.whole_months == said.in_months)
    return bool(value == said)
