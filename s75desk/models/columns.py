"""How each type of field lies in the file: money as whole pence, dates and moments as ISO text, choices as words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.types import Integer, String, TypeDecorator, TypeEngine

from s75desk.domain.field_text import moment_text
from s75desk.domain.fields import Choice, Field, FieldType
from s75desk.domain.length_reading import from_text
from s75desk.domain.lengths import Length

PENCE = Decimal(100)


class DayColumn(TypeDecorator[date]):
    """A date as ``YYYY-MM-DD``, so that it sorts as text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """The value as the domain has it."""
        return None if value is None else date.fromisoformat(value)


class MomentColumn(TypeDecorator[datetime]):
    """A point in time as ISO text in UTC, to the microsecond, always of the same length."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The value as the domain has it."""
        return None if value is None else datetime.fromisoformat(value)


class PenceColumn(TypeDecorator[Decimal]):
    """Pounds as whole pence. A fraction of a penny is refused rather than rounded away: forms and samples have none."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """The value as the file keeps it."""
        if value is None:
            return None
        pence = value * PENCE
        if pence != pence.to_integral_value():
            raise ValueError("Pounds are kept to the penny.")
        return int(pence)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """The value as the domain has it."""
        return None if value is None else Decimal(value) / PENCE


class DecimalColumn(TypeDecorator[Decimal]):
    """An exact decimal as text: 51.06 stays 51.06."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The value as the domain has it."""
        return None if value is None else Decimal(value)


class YesNoColumn(TypeDecorator[bool]):
    """1, 0, or NULL for not known."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """The value as the file keeps it."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """The value as the domain has it."""
        return None if value is None else bool(value)


class ChoiceColumn(TypeDecorator[Choice]):
    """The stored word of an enumeration."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Choice | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else str(value.value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Choice | None:
        """The value as the domain has it."""
        return None if value is None else self.choices(value)


class LengthColumn(TypeDecorator[Length]):
    """A length of time in its own words: "3 years", "12 weeks"."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Length | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else value.words

    def process_result_value(self, value: str | None, dialect: Dialect) -> Length | None:
        """The value as the domain has it."""
        return None if value is None else from_text(value)


_SIMPLE: dict[FieldType, Callable[[], TypeEngine[Any]]] = {
    FieldType.TEXT: String,
    FieldType.LONG_TEXT: String,
    FieldType.DATE: DayColumn,
    FieldType.MOMENT: MomentColumn,
    FieldType.MONEY: PenceColumn,
    FieldType.NUMBER: DecimalColumn,
    FieldType.WHOLE: Integer,
    FieldType.YEAR: Integer,
    FieldType.YES_NO: YesNoColumn,
    FieldType.REFERENCE: String,
    FieldType.LENGTH: LengthColumn,
}


def column_type(field: Field) -> TypeEngine[Any]:
    """The column type that keeps a field's value; columns of one type share it."""
    return _type_of(field.type, field.choices)


@cache
def _type_of(kind: FieldType, choices: type[Choice] | None) -> TypeEngine[Any]:
    if kind is FieldType.CHOICE:
        assert choices is not None
        return ChoiceColumn(choices)
    return _SIMPLE[kind]()
