"""An amount in a form: what is typed together with it and kept beside it, and how all of it is written back."""

from __future__ import annotations

from datetime import date
from typing import Any

from s75desk.domain.fields import Field, FieldType
from s75desk.domain.money.amounts import Sum
from s75desk.domain.money.typed import TypedAmount, read_amount
from s75desk.domain.parsing import UNKNOWN, field_text, parse_field
from s75desk.domain.records.base import Record
from s75desk.domain.records.money import NoAmount


def companions(field: Field, text: str) -> dict[str, Any]:
    """The values that are typed with an amount and kept beside it: whether it is about, its upper end, why it is none.

    Raises:
        NotUnderstood: It cannot be read as that type of field.
    """
    names = (field.about, field.upto, field.instead)
    if field.type is not FieldType.MONEY or not any(names):
        return {}
    empty = not text.strip() or text.strip().lower() in UNKNOWN
    typed = TypedAmount(None) if empty else read_amount(text)
    total = typed.total
    values = (
        True if total is not None and total.about else None,
        None if total is None or total.exact is not None else total.high,
        typed.instead,
    )
    return {name: value for name, value in zip(names, values, strict=True) if name}


def text_of(field: Field, record: Record) -> str:
    """The text to put into an editor for a field of a record, with what is typed together with it."""
    value = getattr(record, field.name)
    if field.type is not FieldType.MONEY:
        return field_text(field, value)
    about = bool(getattr(record, field.about)) if field.about else False
    upto = getattr(record, field.upto) if field.upto else None
    instead = getattr(record, field.instead) if field.instead else None
    if instead is not None and (value is None or instead is NoAmount.NIL):
        return TypedAmount(None, instead).text
    ends = [end for end in (value, upto) if end is not None]
    return "" if value is None else Sum(min(ends), max(ends), about).text


def in_full(field: Field, text: str, today: date) -> str:
    """What was typed, written in full: "372k" is "£372,000", "c. £1.2m" is "about £1,200,000".

    Raises:
        NotUnderstood: It cannot be read as that type of field.
    """
    value = parse_field(field, text, today)
    if field.type is FieldType.MONEY and text.strip() and text.strip().lower() not in UNKNOWN:
        return read_amount(text).text
    return field_text(field, value)
