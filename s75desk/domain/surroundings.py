"""What a check of one record may look at besides the record itself, and the shortest way to say what it found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from s75desk.domain.findings import Finding, Fix, Weight
from s75desk.domain.money.yearly import Worth
from s75desk.domain.parsing import field_text
from s75desk.domain.records import Record
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.term_history import UNCHANGED, TermHistory

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What validation may look at besides the record itself.

    Attributes:
        today: The as-at date.
        taken: For each unique field, the heading of each other live record by its value, case-folded.
        siblings: Other live records with the same owner, by kind: an agreement's extensions, a KPI's figures. For a
            record that owns others, these too.
        owner: The owning record, if any.
        worth: Of an agreement, what a year of it is worth from which day; None where its terms never changed.
        history: Of an agreement, which notice holds when, and which of end and length was given later.
    """

    today: date
    taken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    siblings: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    owner: Record | None = None
    worth: Worth | None = None
    history: TermHistory = UNCHANGED

    def others(self, cls: type[R]) -> list[R]:
        """The siblings of a kind, as that kind."""
        return [each for each in self.siblings.get(cls.KIND, ()) if isinstance(each, cls)]


def fault(field_name: str, text: str, fix: Fix | None = None) -> Finding:
    """A finding that stops saving."""
    return Finding(Weight.FAULT, field_name, text, fix)


def doubt(field_name: str, text: str, fix: Fix | None = None) -> Finding:
    """A finding that is shown and printed and stops nothing."""
    return Finding(Weight.DOUBT, field_name, text, fix)


def note(field_name: str, text: str) -> Finding:
    """A finding that explains what follows from what was typed."""
    return Finding(Weight.NOTE, field_name, text)


def use(record: Record, field_name: str, value: object) -> Fix:
    """A correction that puts ``value`` into a field, written as its editor reads it: "Use 31 March 2029"."""
    text = field_text(record.fields()[field_name], value)
    return Fix(f"Use {text}", field_name, text)


def refused(field_name: str, refusal: NotUnderstood) -> Finding:
    """The finding for what cannot be read, with what it might be as one press each."""
    fixes = tuple(Fix(meant, field_name, meant) for meant in refusal.meant)
    return Finding(Weight.FAULT, field_name, refusal.reason, also=fixes)


def doubts(field_name: str, texts: Iterable[str]) -> list[Finding]:
    """Several doubts beside one field."""
    return [doubt(field_name, text) for text in texts]
