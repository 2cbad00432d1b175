"""What a field was and will be, beside the field: each value with its days and what brought it (Alt+H)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from s75desk.domain.dated import Held
from s75desk.domain.fields import Field
from s75desk.domain.records import KINDS, Record
from s75desk.domain.wording import date_long, value_text
from s75desk.ui.forms.form import RecordForm
from s75desk.ui.forms.form_row import FormRow
from s75desk.ui.pages.context import Context
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Hairline

_WIDE = 26.0
_MOST = 40


@dataclass(frozen=True, slots=True)
class PastLine:
    """One value of the field in words.

    Attributes:
        value: The value.
        days: Between which days it held, holds or will hold.
        stands: "holds today", "to come", or "" for one that is over.
        by: What brought it, and where that is written; "" if it is not recorded.
    """

    value: str
    days: str
    stands: str
    by: str


def past_lines(field: Field, held: Sequence[Held], today: date, names: dict[str, str]) -> tuple[PastLine, ...]:
    """Every value of a field, the newest first."""
    found = []
    for one in held:
        said = value_text(field, one.value, names=names, unit=True) if one.value not in (None, "") else "Not known"
        since, until = (date_long(day) if day else "" for day in (one.since, one.until))
        days = f"{since} to {until}" if since and until else f"from {since}" if since else f"until {until}"
        ahead = one.since is not None and one.since > today
        stands = "holds today" if one.holds(today) else "to come" if ahead else ""
        by = ", ".join(part for part in (one.reason, one.source) if part)
        found.append(PastLine(said, days if since or until else "from the start", stands, by))
    return tuple(found)


def past_words(field: Field, held: Sequence[Held], today: date, names: dict[str, str]) -> str:
    """The change that matters beside the field: what it will be, or else what it was."""
    lines = past_lines(field, held, today, names)
    ahead = next((line for line in reversed(lines) if line.stands == "to come"), None)
    shown = ahead or next(
        (line for line, one in zip(lines, held, strict=True) if one.until and one.until < today), None
    )
    if shown is None:
        return ""
    value = shown.value if len(shown.value) <= _MOST else f"another {field.label[:1].lower()}{field.label[1:]}"
    return f"{value} {shown.days}." if ahead else f"Was {value} {shown.days}."


class PastSheet(FloatingSheet):
    """The values below each other.

    Attributes:
        lines: What it shows.
    """

    def __init__(self, window: QWidget, field: Field, lines: Sequence[PastLine]) -> None:
        super().__init__(window, name=f"{field.label} over time", width=_WIDE)
        self.lines = tuple(lines)
        self.body.put(Label(f"{field.label} over time", "heading", bold=True))
        for line in lines:
            self.body.put(Hairline())
            said = WrappedLabel(line.value, colour="accent" if line.stands == "to come" else "text", bold=True)
            self.body.put(row((said, 1), Label(line.stands, "caption", colour="muted"), gap=12))
            self.body.put(WrappedLabel(line.days[:1].upper() + line.days[1:]))
            if line.by:
                self.body.put(WrappedLabel(line.by, "caption", colour="muted"))
        if len(lines) == 1:
            self.body.put(WrappedLabel("It has not changed from a day.", "caption", colour="muted"))
        told = "; ".join(" ".join(part for part in (one.value, one.days, one.stands, one.by) if part) for one in lines)
        self.setAccessibleDescription(told)


class SmallHistory(QObject):
    """Opens the sheet for the field of a form that has the keyboard.

    Attributes:
        sheet: The one that was opened last.
    """

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.sheet: PastSheet | None = None

    def show(self, form: RecordForm, record: Record, line: FormRow | None = None) -> None:
        """Tell what a field was, by default the one with the keyboard; nothing where it has no days of its own."""
        line = line or form.with_keyboard()
        if line is None or not line.editor.field.dated or not record.uid:
            return
        field, records, cls = line.editor.field, self._context.office.records, KINDS[record.KIND]

        def read() -> tuple[PastLine, ...]:
            held = records.spans(cls, record.uid, field.name)
            names = dict(records.lookup(field.refers_to)) if field.refers_to else {}
            return past_lines(field, held, self._context.today, names)

        self._context.operations.read(line, read, lambda lines: self._open(line, lines))

    def _open(self, line: FormRow, lines: Sequence[PastLine]) -> None:
        self.sheet = PastSheet(line.window(), line.editor.field, lines)
        at = QRect(line.editor.mapTo(line.window(), QPoint(0, 0)), line.editor.size())
        self.sheet.open_at(at, "right")
