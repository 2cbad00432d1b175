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
from s75desk.domain.records import Kpi, KpiReturn, Measurement, Record, Target
from s75desk.domain.records.kpi import Measure
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.target_said import target_said
from s75desk.domain.targets import unit_of

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
    return target_said(text) if isinstance(record, Target) and name == "value" else None


__all__ = ["NotUnderstood", "typed_in_one"]
