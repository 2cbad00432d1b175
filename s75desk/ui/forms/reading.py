"""What a form says as typed: the record it means, and every finding about it, seen by the officer yet or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.parsing import NotUnderstood
from s75desk.domain.records import Record
from s75desk.domain.surroundings import refused
from s75desk.domain.typed import typed_in_one
from s75desk.ui.forms.form_row import FormRow

Validate = Callable[[Any], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A form read once.

    Attributes:
        record: What it means; a field that cannot be read is not known in it.
        unread: Why fields cannot be read, by name.
        findings: Everything found about what could be read.
    """

    record: Record
    unread: dict[str, Finding]
    findings: tuple[Finding, ...]

    def of_field(self, name: str) -> tuple[Finding, ...]:
        """Findings of one field; one that cannot be read says only that."""
        if name in self.unread:
            return (self.unread[name],)
        return tuple(finding for finding in self.findings if finding.field == name)

    def of_others(self, names: Iterable[str]) -> tuple[Finding, ...]:
        """Findings of the record as a whole, and of fields that are not on the form."""
        known = set(names)
        return tuple(finding for finding in self.findings if finding.field not in known)

    @property
    def sound(self) -> bool:
        """Whether it may be saved."""
        return not self.unread and not any(finding.weight is Weight.FAULT for finding in self.findings)


def read(base: Record, rows: Iterable[FormRow], validate: Validate, owner: Record | None = None) -> Reading:
    """Read every editor into a record and check that; ``owner`` is the record that owns it."""
    values: dict[str, Any] = {}
    more: dict[str, Any] = {}
    unread: dict[str, Finding] = {}
    notes: list[Finding] = []
    for line in rows:
        name = line.editor.field.name
        try:
            values[name] = line.editor.value()
            values |= line.editor.companions()
        except NotUnderstood as not_read:
            values[name], refusal = None, not_read
            try:
                said = typed_in_one(base, name, line.editor.text(), owner, line.editor.today)
            except NotUnderstood as trouble:
                said, refusal = None, trouble
            if said is None:
                unread[name] = refused(name, refusal)
            else:
                more |= said
        notes += line.editor.remarks()
    values |= {name: value for name, value in more.items() if values.get(name) is None}
    record = replace(base, **values)
    return Reading(record, unread, (*notes, *validate(record)))
