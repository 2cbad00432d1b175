"""The rows of a form whose fields can change from a day: which ask whether they did, and what is still unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from s75desk.domain.dated import FromDay, must_say
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.records import Record
from s75desk.domain.wording import NOT_KNOWN, date_long
from s75desk.ui.forms.changed_or_wrong import ChangedOrWrong
from s75desk.ui.forms.form_row import FormRow

_MOST = 28
"""Letters of a value that fit on a button."""

_ANSWER = "/changed"
"""After the name of a field in a draft: whether it changed from a day, or was wrong."""


def add_questions(record: Record, rows: Iterable[FormRow], today: date, answered: Callable[[], object]) -> None:
    """Put a clock beside each field that can change from a day, and the question below each that has a value now."""
    for line in rows:
        field = line.editor.field
        if field.dated:
            line.keep_past()
        line.keep_room()
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


def save_words(noun: str, changed: Sequence[FormRow]) -> str:
    """What the last press says: its result, where it is one value that holds from a day or always did."""
    line = changed[0] if len(changed) == 1 else None
    if line is None or line.question is None or not line.question.answered:
        return f"Save {noun}".strip()
    words, answer = " ".join(line.editor.words().split()), line.question.answer()
    if len(words) > _MOST:
        words = f"new {line.editor.field.label[:1].lower()}{line.editor.field.label[1:]}"
    return f"Save: {words or NOT_KNOWN} {f'from {date_long(answer.since)}' if answer else 'for every day'}"


def say_what_follows(rows: Mapping[str, FormRow], follows: Callable[[str, FromDay], str]) -> None:
    """Say below each field that changes from a day what follows from that."""
    for name, line in rows.items():
        if line.question is not None:
            answer = None if line.question.isHidden() else line.question.answer()
            line.question.say_more(follows(name, answer) if answer else "")


def answers_of(rows: Mapping[str, FormRow]) -> dict[str, str]:
    """What a draft keeps of the answers given."""
    asked = {name: line.question for name, line in rows.items() if line.question is not None}
    return {f"{name}{_ANSWER}": said for name, each in asked.items() if not each.isHidden() and (said := each.said())}


def answer_again(rows: Mapping[str, FormRow], typed: Mapping[str, str]) -> None:
    """Answer as a draft says."""
    for name, line in rows.items():
        if line.question is not None and (said := typed.get(f"{name}{_ANSWER}")):
            line.question.say(said)


def of_its_days(line: FormRow, found: Sequence[Finding]) -> list[Finding]:
    """What is found, without the notes that take a value for today's which holds from a later day only."""
    answer = line.question.answer() if line.question is not None and not line.question.isHidden() else None
    if answer is None or answer.since <= line.editor.today:
        return list(found)
    return [finding for finding in found if finding.weight is not Weight.NOTE]
