"""The rows of a form whose fields can change from a day: which ask whether they did, and what is still unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from s75desk.domain.dated import must_say
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.records import Record
from s75desk.ui.forms.changed_or_wrong import ChangedOrWrong
from s75desk.ui.forms.form_row import FormRow


def add_questions(record: Record, rows: Iterable[FormRow], today: date, answered: Callable[[], object]) -> None:
    """Put the question below each field that can change from a day and has a value now."""
    for line in rows:
        field = line.editor.field
        if field.dated and getattr(record, field.name) is not None:
            question = ChangedOrWrong(field, line.editor.words(), today=today, parent=line)
            question.changed.connect(answered)
            line.ask_below(question)


def unsaid(record: Record, line: FormRow, changed: bool, waited: bool) -> list[Finding]:
    """Show the question of a field while that is changed; a fault once its answer was waited for in vain."""
    if line.question is None:
        return []
    line.question.setVisible(changed)
    missing = line.question.missing() if changed and waited else ""
    needed = missing and must_say(record, line.editor.field)
    return [Finding(Weight.FAULT, line.editor.field.name, missing)] if needed else []
