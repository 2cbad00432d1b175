"""What is wrong, doubtful or follows from a record as typed: the messages that stand beside a form's fields.

A fault stops saving and is kept for what cannot be meant: a needed field left empty, an end before its start. What a
paper may well state, however odd, is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from s75desk.domain import checks_agreement, checks_dated, checks_kpi, checks_provider, checks_visit
from s75desk.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from s75desk.domain.fields import Field, FieldType
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.inferred import trouble_with
from s75desk.domain.lengths import Length
from s75desk.domain.parsing import NotUnderstood, holds_time, parse_time
from s75desk.domain.questions_dates import PAIRS
from s75desk.domain.records import (
    Action,
    Agreement,
    Chaser,
    Decision,
    Document,
    Extension,
    KpiReturn,
    Measurement,
    Milestone,
    Rating,
    Recommendation,
    Record,
    Risk,
    Service,
    Visit,
)
from s75desk.domain.surroundings import Surroundings, doubt, fault
from s75desk.domain.wording import date_long, number, plural

__all__ = ["Surroundings", "findings_for"]

LONG_LINE = 300
"""A line of text longer than this is doubted: it belongs in a field for paragraphs. A rule of this house."""

Check = Callable[[Any, Surroundings], Iterable[Finding]]

_CHECKS: Mapping[type[Record], Check] = {
    **checks_agreement.CHECKS,
    **checks_kpi.CHECKS,
    **checks_provider.CHECKS,
    **checks_visit.CHECKS,
    **checks_dated.CHECKS,
}

_MUST_NOT_BE_FUTURE: Mapping[type[Record], tuple[str, ...]] = {
    Action: ("raised", "done", "verified"),
    Agreement: ("ended_on", "notice_given"),
    Chaser: ("chased",),
    Decision: ("taken",),
    Document: ("dated",),
    Extension: ("decided",),
    KpiReturn: ("received",),
    Measurement: ("ends",),
    Milestone: ("done",),
    Rating: ("published",),
    Recommendation: ("made",),
    Risk: ("reviewed",),
    Service: ("manager_since",),
    Visit: ("made",),
}

_BEFORE = {
    "since": "the start",
    "starts": "the start",
    "admitted": "the day of admission",
    "made": "the day it was made",
    "raised": "the day it was raised",
    "done": "the day it was done",
    "ends": "the end of the period",
}

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+44\s?|\b0)(?:\d[\s-]?){9,10}\b")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+[A-Z]")
_ORDER = {Weight.FAULT: 0, Weight.DOUBT: 1, Weight.NOTE: 2}


def findings_for(record: Record, around: Surroundings) -> tuple[Finding, ...]:
    """Every finding about ``record``, faults first. No fault means that it may be saved."""
    found: list[Finding] = []
    for field in record.fields().values():
        found += _field_findings(record, field, getattr(record, field.name), around)
    if (inferred := getattr(record, "inferred", None)) and (trouble := trouble_with(record, inferred)):
        found.append(doubt("inferred", trouble))
    # Rules about the record as a whole may lean on dates and lengths, so they wait until each can be right by itself.
    broken = {finding.field for finding in found if finding.weight is Weight.FAULT}
    found += [finding for finding in _order_findings(record) if finding.field not in broken]
    found += _future_findings(record, around.today)
    check = _CHECKS.get(type(record))
    if check is not None and not broken & _LEANED_ON:
        found += check(record, around)
    wrong = {finding.field for finding in found if finding.weight is Weight.FAULT}
    # What follows from a value that is wrong is of no use to anyone.
    kept = [finding for finding in found if finding.weight is not Weight.NOTE or finding.field not in wrong]
    return tuple(sorted(dict.fromkeys(kept), key=lambda finding: _ORDER[finding.weight]))


_LEANED_ON = {"starts", "stated_end", "ends_at_latest", "first_term", "notice", "length", "number", "ends"}
"""Fields that the checks of whole records reckon with."""


def _field_findings(record: Record, field: Field, value: Any, around: Surroundings) -> list[Finding]:
    if field.hidden:
        return []
    if value is None or (isinstance(value, str) and not value.strip()):
        # Which record owns this one is settled before a form is opened.
        return [fault(field.name, f"{field.label} is needed.")] if field.required and not field.parent else []
    found = []
    if field.unique and (holder := around.taken.get(field.name, {}).get(str(value).casefold())):
        hint = " Change the year or the letters." if field.name == "reference" else ""
        found.append(fault(field.name, f"Already used by {holder}.{hint}"))
    match field.type:
        case FieldType.DATE:
            found += _date_findings(field, value)
        case FieldType.LENGTH:
            found += _length_findings(field, value)
        case FieldType.MONEY | FieldType.NUMBER | FieldType.WHOLE:
            found += _range_findings(field, Decimal(value))
        case FieldType.TEXT | FieldType.LONG_TEXT:
            found += _text_findings(field, value)
        case FieldType.REFERENCE if value == record.uid:
            found.append(fault(field.name, f"This is the {record.NOUN} itself."))
        case _:
            pass
    return found


def _date_findings(field: Field, value: date) -> list[Finding]:
    if EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        return []
    return [fault(field.name, f"The year must lie between {EARLIEST_YEAR} and {LATEST_YEAR}.")]


def _range_findings(field: Field, value: Decimal) -> list[Finding]:
    unit = "" if field.unit == "a year" else field.unit
    if field.least is not None and value < field.least:
        return [fault(field.name, f"At least {_with_unit(field.least, unit)}.")]
    if field.most is not None and value > field.most:
        return [fault(field.name, f"At most {_with_unit(field.most, unit)}.")]
    return []


def _length_findings(field: Field, value: Length) -> list[Finding]:
    if field.least is not None and value.rough_months < field.least:
        return [fault(field.name, "A day at the least; leave it empty if it is not known.")]
    if field.most is not None and value.rough_months > field.most:
        return [fault(field.name, f"At most {number(field.most / 12)} years.")]
    return []


def _with_unit(value: Decimal, unit: str) -> str:
    if not unit or unit == "%":
        return f"{number(value)}{unit}"
    return plural(value, unit.removesuffix("s"))


def _text_findings(field: Field, value: str) -> list[Finding]:
    found = []
    if field.type is FieldType.TEXT and len(value) > LONG_LINE:
        found.append(
            doubt(field.name, f"Long for one line: {number(len(value))} characters. The note takes paragraphs.")
        )
    if holds_time(field):
        try:
            parse_time(value)
        except NotUnderstood as trouble:
            found.append(fault(field.name, trouble.reason))
    if _names_a_role(field):
        found += _person_findings(field, value)
    return found


def _names_a_role(field: Field) -> bool:
    return field.name == "owner" or re.search(r"\broles?\b", field.hint, re.IGNORECASE) is not None


def _person_findings(field: Field, value: str) -> list[Finding]:
    """Roles outlast people, and a briefing that names nobody can be published."""
    if _MAIL.search(value):
        return [doubt(field.name, "Roles, not names: this holds an e-mail address.")]
    if _PHONE.search(value):
        return [doubt(field.name, "Roles, not names: this holds a telephone number.")]
    if _TITLE.search(value):
        return [doubt(field.name, "Roles, not names: this looks like a person.")]
    return []


def _order_findings(record: Record) -> list[Finding]:
    found = []
    for pair in PAIRS.get(type(record), ()):
        earlier, later = getattr(record, pair.earlier), getattr(record, pair.later)
        if earlier is None or later is None or later >= earlier:
            continue
        text = f"This is before {_BEFORE[pair.earlier]}, {date_long(earlier)}."
        found.append(doubt(pair.later, text))
    return found


def _future_findings(record: Record, today: date) -> list[Finding]:
    return [
        doubt(name, f"This is in the future; today is {date_long(today)}.")
        for name in _MUST_NOT_BE_FUTURE.get(type(record), ())
        if (value := getattr(record, name)) is not None and value > today
    ]
