"""Which fields of a record stand in which part of its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.fields import Field
from s75desk.domain.records import Record
from s75desk.ui.forms.editors import Lookup, editor_for
from s75desk.ui.forms.form_row import FormRow
from s75desk.ui.forms.reference_editor import ReferenceEditor
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import Label

CITATION = ("source", "paragraph", "known", "note", "private", "inferred")
CITATION_TITLE = "Source and note"

ALSO_OF = "Also belongs to"

ASIDE: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "milestone": (("", ("title", "number", "activity", "owner", "starts", "due", "as_stated", "progress", "done")),),
    "recommendation": (
        ("", ("title", "number", "made_by", "made", "owner", "due", "progress", "update", "updated", "decision")),
    ),
    "option": (("", ("title", "number", "benefits", "risks", "score", "chosen")),),
    "kpi": (("More about how it is counted", ("year_from", "clock", "limit_days")),),
    "target": (
        ("", ("value", "type", "tolerance", "lower", "upper")),
        ("When it holds", ("year", "since", "until", "per")),
        ("How it is measured and judged", ("measure", "near", "margin", "as_stated")),
    ),
    "measurement": (
        ("", ("starts", "ends", "value", "n", "base", "comment")),
        ("More about the figure", ("absent", "measure", "scope", "about", "as_stated")),
    ),
    "breakdown": (("", ("title", "as_at", "total", "base", "unit")), ("More about the total", ("absent", "about"))),
    "part": (
        ("", ("number", "label", "count", "percent", "organisation")),
        ("More about the count", ("absent", "about")),
    ),
}
"""By kind what the moment asks first, and what is folded away while it is empty."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form.

    Attributes:
        title: Its heading; "" for none.
        fields: Its fields.
        folded: Whether it may be folded away while it is empty.
    """

    title: str
    fields: tuple[Field, ...]
    folded: bool = False


def sections_of(
    record: Record, wanted: Sequence[tuple[str, Sequence[str]]] = (), only: Sequence[str] = ()
) -> tuple[Section, ...]:
    """The parts of the form of a record; where its figures come from stands last, folded.

    Left out are hidden fields and the owner, once it is known.

    Args:
        record: What the form starts from.
        wanted: Titles with names of fields, folded while they are empty; fields that are named nowhere come first,
            without a title. Those of ``ASIDE`` where none are given.
        only: The only fields that are offered; () for all.
    """
    fields = {name: field for name, field in record.fields().items() if _offered(field, record)}
    fields = {name: field for name, field in fields.items() if not only or name in only}
    wanted = [*(wanted or ASIDE.get(record.KIND, ()))]
    if any(field.parent and getattr(record, name) for name, field in record.fields().items()):
        wanted.append((ALSO_OF, [name for name, field in fields.items() if field.parent]))
    named = {name for _, names in wanted for name in names}
    own = tuple(field for name, field in fields.items() if name not in named and name not in CITATION)
    cited = tuple(fields[name] for name in CITATION if name in fields and name not in named)
    parts = [Section("", own)]
    parts += [
        Section(title, tuple(fields[name] for name in names if name in fields), folded=bool(title))
        for title, names in wanted
    ]
    parts.append(Section(CITATION_TITLE, cited, folded=True))
    return tuple(part for part in parts if part.fields)


def _offered(field: Field, record: Record) -> bool:
    return not field.hidden and not (field.parent and getattr(record, field.name))


class SectionBox(QWidget):
    """Rows under a heading, which may be folded away while they are empty.

    Signals:
        unfolded: The officer wants to see it.
    """

    unfolded = Signal()

    def __init__(self, section: Section, rows: Sequence[FormRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._fold = make_button(section.title, "chevron_right", "quiet") if section.folded else None
        if self._fold is not None:
            self._fold.clicked.connect(self.unfold)
            self._column.addWidget(self._fold)
        self._title = Label(section.title, "heading", bold=True)
        self._title.setVisible(bool(section.title) and not section.folded)
        self._column.addWidget(self._title)
        for line in rows:
            self._column.addWidget(line)
        self._scale()
        Theme.of(self).changed.connect(self._scale)
        if section.folded:
            self.set_folded(True)

    @property
    def folded(self) -> bool:
        """Whether it is folded away."""
        return self._fold is not None and not self._fold.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Fold it away, or show it."""
        if self._fold is None:
            return
        self._fold.setVisible(folded)
        self._title.setVisible(not folded)
        for line in self.rows:
            line.setVisible(not folded)

    def unfold(self) -> None:
        """Show it and put the keyboard into its first field."""
        self.set_folded(False)
        self.rows[0].editor.setFocus()
        self.unfolded.emit()

    def _scale(self) -> None:
        self._column.setSpacing(Theme.of(self).metrics.space(8))


def boxes_of(
    sections: Sequence[Section], record: Record, today: date, lookup: Lookup, addable: frozenset[str]
) -> list[SectionBox]:
    """The parts of a form with an editor for each field, which shows what the record says."""
    boxes, reserved = [], dict[tuple[str, str], str]()
    for section in sections:
        lines = []
        for field in section.fields:
            editor = editor_for(field, today=today, lookup=lookup, addable=field.refers_to in addable)
            if isinstance(editor, ReferenceEditor):
                editor.reserved = reserved
            editor.set_from(record)
            lines.append(FormRow(editor))
        boxes.append(SectionBox(section, lines))
    return boxes
