"""What is wrong, doubtful or follows from a record as typed: the messages that stand beside a form's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from s75desk.domain.findings import Finding
from s75desk.domain.records import Record


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What validation may look at besides the record itself.

    Attributes:
        today: The as-at date.
        taken: For each unique field, the heading of each other live record by its value, case-folded.
        siblings: Other live records with the same owner, by kind: an agreement's extensions, a KPI's figures.
        owner: The owning record, if any.
    """

    today: date
    taken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    siblings: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    owner: Record | None = None


def findings_for(record: Record, around: Surroundings) -> tuple[Finding, ...]:
    """Every finding about ``record``, faults first. No fault means that it may be saved."""
    raise NotImplementedError
