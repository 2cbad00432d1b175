"""What one line of a form says that belongs into several fields: a period, a figure that has no value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from s75desk.domain.no_value import read_written
from s75desk.domain.periods.kinds import LENGTHS, year_kind
from s75desk.domain.periods.reading import read_period
from s75desk.domain.periods.span import Length
from s75desk.domain.periods.years import FINANCIAL
from s75desk.domain.records import Breakdown, Kpi, KpiReturn, Measurement, Part, Record, Target
from s75desk.domain.records.kpi import Measure
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.target_said import target_said
from s75desk.domain.targets import unit_of

_COUNTS = ((Part, "count"), (Breakdown, "total"))
"""Fields whose records also say why there is no such figure, or that it is approximate."""

_PERIODS = (Measurement, KpiReturn)


def typed_in_one(record: Record, name: str, text: str, owner: Record | None, today: date) -> Mapping[str, Any] | None:
    """Values by field where a line that its own field cannot read says more: "april 2026" is a start and an end.

    Args:
        record: What is being typed.
        name: The field that the line belongs to.
        text: The line.
        owner: The record that owns it, if any.
        today: The day.

    Returns:
        The values, or None where such a line says nothing more.

    Raises:
        NotUnderstood: It could say more, but not so.
    """
    if isinstance(record, _PERIODS) and name in ("starts", "ends"):
        kpi = owner if isinstance(owner, Kpi) else None
        usual = LENGTHS.get(kpi.period, Length.OTHER) if kpi and kpi.period else Length.OTHER
        span = read_period(text, today, year_kind(kpi) if kpi else FINANCIAL, usual)
        return {"starts": span.starts, "ends": span.ends}
    if isinstance(record, Measurement) and name == "value":
        kpi = owner if isinstance(owner, Kpi) else None
        measure = record.measure or (kpi.measure if kpi else None)
        return read_written(text, unit_of(kpi) if kpi else "", whole=measure in (None, Measure.COUNT)).values()
    if isinstance(record, Measurement) and name in ("n", "base"):
        return _one_of_n(record, name, text)
    if isinstance(record, Part) and name == "percent":
        return _share(record, text)
    if isinstance(record, Breakdown) and name == "base" and read_written(text).absent is not None:
        raise NotUnderstood("A base that is no figure has no place here. Leave it empty: it is then not known.")
    if (type(record), name) in _COUNTS:
        written = read_written(text).values()
        counted = {"absent": None, "below": None, "above": None, "about": None} | written
        return {name: counted.pop("value", None)} | counted
    return target_said(text) if isinstance(record, Target) and name == "value" else None


def _one_of_n(record: Measurement, name: str, text: str) -> Mapping[str, Any]:
    """N or N as people write it: "c. 40" is a figure; where one of them is suppressed, so is the figure of both."""
    written = read_written(text)
    if written.absent is None:
        return {name: written.value} | ({"about": True} if written.about else {})
    if record.value is not None:
        raise NotUnderstood(f"{text.strip()} cannot stand beside a value. Leave it empty; the value says it.")
    said = record.as_stated or f"{record.fields()[name].label} {text.strip()}"
    return {name: None, "absent": written.absent, "as_stated": said}


def _share(record: Part, text: str) -> Mapping[str, Any] | None:
    """A share that was left out: so was the count, or it could be worked out."""
    written = read_written(text, "%")
    if written.absent is None:
        return None
    if record.count is not None:
        raise NotUnderstood(f"{text.strip()} cannot stand beside a count. Leave it empty; it prints as not stated.")
    if written.below is not None or written.above is not None:
        raise NotUnderstood("A limit of a share has no place here. Leave it empty, and keep the limit in the note.")
    return {"percent": None, "absent": written.absent}


__all__ = ["NotUnderstood", "typed_in_one"]
