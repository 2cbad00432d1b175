"""How each type of field lies in the file: money as whole pence, dates and moments as ISO text, choices as words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Dialect
from sqlalchemy.types import Integer, String, TypeDecorator, TypeEngine

from s75desk.domain.field_text import moment_text
from s75desk.domain.fields import Choice, Field, FieldType
from s75desk.domain.length_reading import from_text
from s75desk.domain.lengths import Length

PENCE = Decimal(100)

V = TypeVar("V")

UNREADABLE = (ValueError, TypeError, ArithmeticError, AttributeError)
"""What reading a value raises that no version of the program has written."""


class Kept(TypeDecorator[V]):
    """A value that the file keeps in a form of its own. What cannot be read is not known; ``check`` names it."""

    impl: Any = String
    cache_ok = True

    def read(self, value: Any) -> V:
        """The value as the domain has it; raises one of ``UNREADABLE`` for what is none."""
        raise NotImplementedError

    def process_result_value(self, value: Any, dialect: Dialect) -> V | None:
        """The value as the domain has it."""
        if value is None:
            return None
        try:
            return self.read(value)
        except UNREADABLE:
            return None


class DayColumn(Kept[date]):
    """A date as ``YYYY-MM-DD``, so that it sorts as text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else value.isoformat()

    def read(self, value: str) -> date:
        """The value as the domain has it."""
        return date.fromisoformat(value)


class MomentColumn(Kept[datetime]):
    """A point in time as ISO text in UTC, to the microsecond, always of the same length."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else moment_text(value)

    def read(self, value: str) -> datetime:
        """The value as the domain has it."""
        return datetime.fromisoformat(value)


class PenceColumn(Kept[Decimal]):
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

    def read(self, value: int) -> Decimal:
        """The value as the domain has it."""
        return Decimal(int(value)) / PENCE


class DecimalColumn(Kept[Decimal]):
    """An exact decimal as text: 51.06 stays 51.06."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else format(value, "f")

    def read(self, value: str) -> Decimal:
        """The value as the domain has it."""
        return Decimal(value)


class YesNoColumn(Kept[bool]):
    """1, 0, or NULL for not known."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """The value as the file keeps it."""
        return None if value is None else int(value)

    def read(self, value: int) -> bool:
        """The value as the domain has it."""
        return bool(int(value))


class ChoiceColumn(Kept[Choice]):
    """The stored word of an enumeration."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[Choice]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Choice | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else str(value.value)

    def read(self, value: str) -> Choice:
        """The value as the domain has it."""
        return self.choices(value)


class LengthColumn(Kept[Length]):
    """A length of time in its own words: "3 years", "12 weeks"."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Length | None, dialect: Dialect) -> str | None:
        """The value as the file keeps it."""
        return None if value is None else value.words

    def read(self, value: str) -> Length:
        """The value as the domain has it."""
        return from_text(value)


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
