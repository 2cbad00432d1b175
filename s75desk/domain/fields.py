"""What a field of a record is: its label, its type in the officer's terms, and what it accepts.

A record class (``domain/records``) is a frozen dataclass whose attributes are made by the functions here.
Forms, tables, history, export and the columns of the desk file are all derived from these descriptions, so a
field is described once. This module knows nothing of Qt or SQL.
"""

from __future__ import annotations

import builtins
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any


class FieldType(Enum):
    """The types of field; each has one editor, one column type and one way to be written out."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    NUMBER = "number"
    WHOLE = "whole number"
    YES_NO = "yes or no"
    CHOICE = "choice"
    REFERENCE = "reference"
    YEAR = "financial year"
    LENGTH = "length of time"


class Choice(StrEnum):
    """Base of the enumerations offered in forms. The value is the word that is stored and shown."""

    @property
    def word(self) -> str:
        """The word as shown, with a capital first letter; a letter that is a sign, as n, stays as it is."""
        return self.value if self.value[1:2] == " " else self.value[:1].upper() + self.value[1:]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record kind.

    Attributes:
        name: The attribute of the record class.
        label: What the form and the table header call it, sentence case, no colon.
        type: Decides editor, column and format.
        hint: One sentence beside the field in a form; may be empty.
        required: Saving without it is a fault.
        unique: No two live records of the kind may share it.
        choices: The enumeration behind a CHOICE.
        refers_to: Record kind behind a REFERENCE, for instance ``"organisation"``.
        unit: Written after the figure: "months", "a year".
        least: Lowest accepted value of a number, or None; of a length in months.
        most: Highest accepted value of a number, or None; of a length in months.
        asks: The units that a length without one might be in, the likeliest first.
        personal: May name a person; left out of redacted copies.
        parent: This reference says which record owns this one.
        hidden: Kept and recorded in history but not offered in forms.
        about: Name of the field that says whether this amount is approximate; typed with the amount ("c. £1.2m").
        upto: Name of the field for the upper end of a range, typed with the amount ("£2.5m to £3m").
        instead: Name of the field for why there is no amount, typed in its place ("tbc").
        asked_if: Name of another field and the values with which a form asks for this one, () for any that is known;
            None to ask always.
        either: Of yes and no one is so, unless nobody has decided yet.
        dated: It can change from a day while the record stays the same thing (``domain/as_at.py``).
    """

    name: str
    label: str
    type: FieldType
    hint: str = ""
    required: bool = False
    unique: bool = False
    choices: builtins.type[Choice] | None = None
    refers_to: str = ""
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    asks: tuple[str, ...] = ()
    personal: bool = False
    parent: bool = False
    hidden: bool = False
    asked_if: tuple[str, tuple[Choice, ...]] | None = None
    about: str = ""
    upto: str = ""
    instead: str = ""
    dated: bool = False
    either: bool = False

    @property
    def beside(self) -> tuple[str, ...]:
        """Names of the fields that are typed together with this one, and change with it."""
        return tuple(name for name in (self.about, self.upto, self.instead) if name)


_KEY = "s75desk.field"


def _make(kind: FieldType, label: str, default: Any = None, **options: Any) -> Any:
    described = Field(name="", label=label, type=kind, **options)
    return dataclasses.field(default=default, metadata={_KEY: described})


def text(label: str, **options: Any) -> Any:
    """A line of text; None when not known, "" while a required one is still empty."""
    return _make(FieldType.TEXT, label, "" if options.get("required") else None, **options)


def long_text(label: str, **options: Any) -> Any:
    """Paragraphs of text; None when not known, "" while a required one is still empty."""
    return _make(FieldType.LONG_TEXT, label, "" if options.get("required") else None, **options)


def day(label: str, **options: Any) -> Any:
    """A calendar date; None when not known."""
    return _make(FieldType.DATE, label, **options)


def moment(label: str, **options: Any) -> Any:
    """A point in time, UTC."""
    return _make(FieldType.MOMENT, label, **options)


def money(label: str, **options: Any) -> Any:
    """Pounds as Decimal with two places; None when not known, which is not nought."""
    return _make(FieldType.MONEY, label, **options)


def figure(label: str, **options: Any) -> Any:
    """A Decimal; None when not known."""
    return _make(FieldType.NUMBER, label, **options)


def whole(label: str, **options: Any) -> Any:
    """An int; None when not known."""
    return _make(FieldType.WHOLE, label, **options)


def yes_no(label: str, **options: Any) -> Any:
    """True, False, or None for not known."""
    return _make(FieldType.YES_NO, label, **options)


def choice(label: str, choices: type[Choice], default: Choice | None = None, **options: Any) -> Any:
    """One member of an enumeration; None when not known."""
    return _make(FieldType.CHOICE, label, default, choices=choices, **options)


def reference(label: str, to: str, **options: Any) -> Any:
    """The uid of another record of kind ``to``; None when not known."""
    return _make(FieldType.REFERENCE, label, refers_to=to, **options)


def parent(label: str, to: str, *, required: bool = True, **options: Any) -> Any:
    """The uid of the record that owns this one. Archiving the owner hides this one with it."""
    default = "" if required else None
    return _make(FieldType.REFERENCE, label, default, refers_to=to, parent=True, required=required, **options)


def financial_year(label: str, **options: Any) -> Any:
    """The calendar year in which a financial year (1 April to 31 March) starts: 2016 means 2016/17."""
    return _make(FieldType.YEAR, label, **options)


def length(label: str, *, asks: tuple[str, ...] = ("years", "months"), **options: Any) -> Any:
    """A ``Length`` in years, months, weeks or days; None when not known, which is not none."""
    return _make(FieldType.LENGTH, label, asks=asks, **options)


def described(cls: type[Any]) -> Mapping[str, Field]:
    """The fields of a record class by attribute name, in the order they are declared."""
    found: dict[str, Field] = {}
    for item in dataclasses.fields(cls):
        spec = item.metadata.get(_KEY)
        if spec is not None:
            found[item.name] = dataclasses.replace(spec, name=item.name)
    return found
