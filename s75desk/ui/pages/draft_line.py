"""The trace that a form leaves when it is left: what was kept, when, and the way back into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from s75desk.domain.records import Succession
from s75desk.domain.wording import time_and_day
from s75desk.services.bodies import BodyService
from s75desk.services.kept_drafts import KeptDraft, kept_drafts
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit, wish_for_new
from s75desk.ui.pages.going import wish_for_going
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.chip import IconMark
from s75desk.ui.widgets.labels import ElidedLabel
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Surface

_MOST = 3


def wish_of(draft: KeptDraft, bodies: BodyService) -> FormWish | None:
    """The form in which a draft is gone on with; None where only the page it was begun on knows."""
    if draft.record is None:
        return None
    if isinstance(draft.record, Succession) and not draft.uid:
        return wish_for_going(bodies, draft.record.organisation)
    return wish_for_edit(draft.record) if draft.uid else wish_for_new(draft.record)


class DraftLine(Surface):
    """A line a draft; it takes no room while there is none.

    Signals:
        form_asked: The ``FormWish`` of a draft to go on with.
        new_asked: The same of a new record whose form only the page itself can make.

    Args:
        context: Reads the drafts.
        offers: Whether the place can open a draft; it is named without a button else.
    """

    form_asked = Signal(object)
    new_asked = Signal()
    record_asked = Signal(str)

    def __init__(
        self,
        context: Context,
        offers: Callable[[KeptDraft], bool],
        edit: Callable[[str], FormWish | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("well", parent)
        self._edit = edit
        self._context = context
        self._offers = offers
        self._of = ("", "")
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.drafts: tuple[KeptDraft, ...] = ()
        self.hide()

    def go_on(self, draft: KeptDraft) -> None:
        """Ask for the form of a draft."""
        edits = bool(draft.uid) and draft.kind == self._of[0]
        wish = self._edit(draft.uid) if edits else wish_of(draft, self._context.office.bodies)
        if wish is None and edits:
            self.record_asked.emit(draft.uid)
        elif wish is None:
            self.new_asked.emit()
        else:
            self.form_asked.emit(wish)

    def look(self, kind: str, uid: str = "") -> None:
        """Read what is kept for a list, or for one record."""
        self._of = (kind, uid)
        self.look_again()

    def look_again(self) -> None:
        """Read again: a form has been left."""
        place, (kind, uid) = self._context.office.place, self._of
        if not kind:
            return
        self._context.operations.read(self, lambda: kept_drafts(place, kind, uid), self.show_drafts)

    def show_drafts(self, drafts: Sequence[KeptDraft]) -> None:
        """Show what is kept."""
        if tuple(drafts) == self.drafts:
            return
        self.drafts = tuple(drafts)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for draft in self.drafts[:_MOST]:
            self._lines.addWidget(self._line(draft))
        self.setVisible(bool(self.drafts))

    def _line(self, draft: KeptDraft) -> QWidget:
        line = QWidget(self)
        kept = time_and_day(draft.kept_at.astimezone(), self._context.today)
        words = ElidedLabel(f"Draft kept {kept}: {draft.words}")
        layout = row(IconMark("pencil"), (words, 1), gap=8, margins=(20, 3, 20, 3), parent=line)
        if self._offers(draft):
            button = make_button("Go on with it", "", "link")
            button.setAccessibleName(f"Go on with the draft: {draft.words}")
            button.clicked.connect(lambda: self.go_on(draft))
            layout.put(button)
        return line
