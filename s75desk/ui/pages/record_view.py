"""The record beside a list: title, status in words, three likely steps, and sub-pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError
from s75desk.domain.records import KINDS, Record
from s75desk.domain.records.tag import TAGGABLE
from s75desk.domain.status import NOT_KNOWN, Status
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.different_today import TITLE, DifferentToday
from s75desk.ui.pages.draft_line import DraftLine
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit
from s75desk.ui.pages.tagging import RecordTags
from s75desk.ui.widgets.buttons import Button, ToolIcon, make_button
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.status_line import StatusLine
from s75desk.ui.widgets.sub_tabs import SubTabs
from s75desk.ui.widgets.surface import Surface

Step = tuple[str, str, str, Callable[[], None]]
"""Words, icon, shortcut and what a likely next step does. The first is the primary one."""


@dataclass(frozen=True)
class ManyStep:
    """A step on several marked records at once.

    Attributes:
        words: With the number it acts on: "Mark 3 as done".
        icon: Its icon.
        do: Does it to all of them, as one change.
        key: Its key, or "".
    """

    words: str
    icon: str
    do: Callable[[], None]
    key: str = ""


DUPLICABLE = frozenset({"agreement", "provider", "kpi"})
"""Kinds that can be made again as the beginning of a new one."""


class SubPage(QScrollArea):
    """A sub-page that scrolls by itself. Sections are put one below the other.

    Args:
        fills: Whether the last section takes the height that is left.
    """

    def __init__(self, *, fills: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._fills = fills
        self._column = column(gap=16, margins=(24, 12, 24, 16), parent=inside)
        self.setWidget(inside)

    def put(self, *parts: QWidget | tuple[QWidget, int]) -> None:
        """Add sections; a pair gives its stretch."""
        for part in parts:
            self._column.put(part)
        if not self._fills:
            self._column.addStretch(1)


class RecordView(Surface):
    """Base of every record's page. A subclass makes the sub-pages, reads the record and shows it.

    Signals:
        form_asked: A ``FormWish``.
        gone: The record shown is not there any more, or was archived.
        shown: A record was read and is on show; its uid.

    Args:
        context: Operations, navigation, settings.
        kind: Kind of the record.
        shown: Kinds of record whose change makes this view stale.
    """

    form_asked = Signal(object)
    gone = Signal()
    shown = Signal(str)

    def __init__(self, context: Context, kind: str, shown: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.context = context
        self.kind = kind
        self.kinds_shown = (kind,)
        self.uid = ""
        self._stale_kinds = frozenset(shown) | {kind}
        self._stale = False
        self._read_uid = ""
        self._wanted_sub = ""
        self._sub_titles: list[str] = []
        self._later: DifferentToday | None = None
        self._title = Label("", "title", bold=True, parent=self)
        self._title.setWordWrap(True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._subtitle = ElidedLabel("", colour="muted", parent=self)
        self.status = StatusLine(NOT_KNOWN, parent=self)
        self._more = ToolIcon("more", f"More for this {KINDS[kind].NOUN}", parent=self)
        self._more.setMenu(QMenu(self._more))
        self.drafts = DraftLine(context, lambda draft: draft.record is not None, self.edit_of, self)
        self.drafts.form_asked.connect(self.form_asked)
        self._steps_row = row(gap=8)
        self._step_buttons: list[Button] = []
        self.tabs = SubTabs(indent=22, parent=self)
        self.tabs.strip.setAccessibleName(f"Sub-pages of the {KINDS[kind].NOUN}")
        # Not shown before there is a record: without one they would say that nothing is known.
        self._frame: tuple[QWidget, ...] = (self.status, self._more, self.tabs)
        self._error = ErrorPanel(parent=self)
        self._error.hide()
        self._error.retry_pressed.connect(self.reload)
        self.tags = RecordTags(context, kind, self)
        self._waits = Label(context.waits_for, colour="muted")
        self._steps_row.addWidget(self._waits)
        self._waits.setVisible(not context.may_change)
        head = column(
            row(self._title, self._more, gap=6, align=Qt.AlignmentFlag.AlignTop),
            self._subtitle,
            self.tags,
            8,
            self.status,
            10,
            self._steps_row,
            8,
            gap=0,
            margins=(24, 12, 20, 0),
        )
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(head)
        body.addWidget(self.drafts)
        body.addWidget(self._error)
        body.addWidget(self.tabs, 1)
        for part in self._frame:
            part.hide()
        context.operations.bus.changed.connect(self._changed)

    # What subclasses say

    def read(self, uid: str) -> Any:
        """Read all that the page shows; runs on the worker."""
        raise NotImplementedError

    def show_page(self, page: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def edit_of(self, uid: str) -> FormWish | None:
        """The form of a record where it is the one shown, or None."""
        return self.edit_wish() if uid == self.uid else None

    def edit_wish(self) -> FormWish | None:
        """The form of the record shown, or None."""
        return None

    def more_actions(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Further things to do, under "…", besides editing and archiving."""
        return ()

    def settle(self) -> None:
        """Do what the record's own alert asks for, where the record stands; nothing by default."""

    def many_steps(self, rows: Sequence[Any]) -> Sequence[ManyStep]:
        """Steps, besides archiving, that act on all of several marked rows of the list."""
        return ()

    # What lists use

    def show_record(self, uid: str, sub: str = "") -> None:
        """Show a record, at a sub-page if one is named."""
        if sub:
            self._wanted_sub = sub
        if uid == self.uid and not self._stale:
            self._go_to_sub()
            return
        self.uid = uid
        self.reload()

    def reload(self) -> None:
        """Read the record again."""
        if not self.uid:
            return
        self._stale = False
        uid = self.uid
        self.context.operations.read(self, lambda: self.read(uid), lambda page: self._take(uid, page), self._fail)

    def refresh_if_stale(self) -> None:
        """Read again if a change has touched what is shown and it can be seen."""
        if self._stale and self.isVisible():
            self.reload()

    def forget(self) -> None:
        """Show no record."""
        self.uid = self._read_uid = ""

    def is_shown(self, uid: str) -> bool:
        """Whether all of a record has been read and is on show."""
        return self._read_uid == uid == self.uid and not self._stale

    @property
    def noun(self) -> str:
        """What one of these records is called."""
        return KINDS[self.kind].NOUN

    def sub_page(self) -> str:
        """Title of the sub-page on show."""
        return self.tabs.current()

    def focus_first_step(self) -> None:
        """Put the keyboard on the likeliest step."""
        if self._step_buttons:
            self._step_buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def has_steps(self) -> bool:
        """Whether any step is offered: none is on another day, and until the record has been read."""
        return bool(self._step_buttons)

    def first_step(self) -> Button:
        """The button of the likeliest step, where any is offered (``has_steps``)."""
        return self._step_buttons[0]

    def archive(self) -> None:
        """Archive the record shown."""
        self.archive_many([self.uid])

    def archive_many(self, uids: Sequence[str]) -> None:
        """Archive records of the kind shown, as one change; not while another day is shown."""
        if not self.context.may_change:
            return
        kind, records = self.kind, self.context.office.records
        self.context.operations.write(self, lambda: records.archive(kind, *uids), self._archived)

    # What subclasses use

    def add_sub_page(self, title: str, page: QWidget) -> None:
        """Add a sub-page."""
        self.tabs.add_page(title, title, page)

    def set_count(self, title: str, count: int) -> None:
        """Say how many records a sub-page holds; nothing for none."""
        self.tabs.set_count(title, f"{count}" if count else "")

    def set_header(self, title: str, subtitle: str, status: Status) -> None:
        """Say what record it is and how it stands."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.status.set_status(status)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Offer the likeliest next steps; the first is the primary one. On another day none is offered."""
        if not self.context.may_change:
            return
        words = [step[0] for step in steps]
        if words == [button.accessibleName() for button in self._step_buttons]:
            for button, step in zip(self._step_buttons, steps, strict=True):
                button.clicked.disconnect()
                button.clicked.connect(plain_slot(step[3]))
            return
        pressed = self.step_has_keyboard
        while (item := self._steps_row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._step_buttons = []
        for place, (text, icon, key, do) in enumerate(steps):
            button = make_button(text, icon, "primary" if place == 0 else "secondary", key=key, parent=self)
            button.clicked.connect(plain_slot(do))
            self._steps_row.addWidget(button)
            self._step_buttons.append(button)
        self._steps_row.addStretch(1)
        if pressed:
            self._step_buttons[0].show()
            self.focus_first_step()  # the step that was pressed is gone: the one in its place has the keyboard

    @property
    def step_has_keyboard(self) -> bool:
        """Whether the keyboard is on one of the likeliest steps."""
        return any(button.hasFocus() for button in self._step_buttons)

    def offers(self) -> list[tuple[str, Callable[[], object]]]:
        """What can be done with the record shown: its likeliest steps, then what stands under "…"."""
        if not self.uid or not self.context.may_change:
            return []
        return [*((button.accessibleName(), button.click) for button in self._step_buttons), *self.more_actions()]

    def set_more(self) -> None:
        """Fill the menu behind "…"."""
        menu = self._more.menu()
        menu.clear()
        self.fill_menu(menu)

    def fill_menu(self, menu: QMenu, *, steps: bool = False) -> None:
        """Put what can be done with the record shown into a menu; with ``steps`` the likeliest ones too, first."""
        for button in self._step_buttons if steps else ():
            action = menu.addAction(button.text())
            action.triggered.connect(button.click)
        if menu.actions():
            menu.addSeparator()
        for words, do in self.more_actions() if self.context.may_change else ():
            action = QAction(words, menu)
            action.triggered.connect(plain_slot(do))
            menu.addAction(action)
        if not self.context.may_change:
            return
        if menu.actions() and not menu.actions()[-1].isSeparator():
            menu.addSeparator()
        if self.edit_wish() is not None:
            edit = QAction("Edit (F2)", menu)
            edit.triggered.connect(self.ask_edit)
            menu.addAction(edit)
        if self.kind in DUPLICABLE:
            again = QAction(f"Duplicate this {KINDS[self.kind].NOUN}", menu)
            again.triggered.connect(plain_slot(self.duplicate))
            menu.addAction(again)
        if self.kind in TAGGABLE:
            tag = QAction("Add a tag", menu)
            tag.triggered.connect(plain_slot(self.tags.ask))
            menu.addAction(tag)
        archive = QAction("Archive (Delete)", menu)
        archive.triggered.connect(self.archive)
        menu.addAction(archive)

    def ask_edit(self) -> None:
        """Ask for the form of the record shown."""
        wish = self.edit_wish()
        if wish is not None:
            self.form_asked.emit(wish)

    def duplicate(self) -> None:
        """Make the record shown again, and open the copy with its title marked."""
        if not self.uid:
            return
        kind, uid, office, operations = self.kind, self.uid, self.context.office, self.context.operations

        def show(copy: Record) -> None:
            self.form_asked.emit(replace(wish_for_edit(copy), marked=copy.TITLE[0]))

        def done(changes: Changes) -> None:
            self.context.navigator.open(kind, changes.uid)
            operations.after_reads(
                self, lambda: operations.read(self, lambda: office.records.get(KINDS[kind], changes.uid), show)
            )

        operations.write(self, lambda: office.duplicates.duplicate(kind, uid), done)

    # Parts

    def _take(self, uid: str, page: Any) -> None:
        if uid != self.uid:
            return
        self._read_uid = uid
        self._error.hide()
        for part in self._frame:
            part.show()
        self.show_page(page)
        self.tags.show_record(uid)
        if self.context.on_another_day:
            self._show_later(uid)
        self.set_more()
        self._go_to_sub()
        self.drafts.look(self.kind, uid)
        self.shown.emit(uid)

    def _show_later(self, uid: str) -> None:
        """On another day, say what is another today."""
        if self._later is None:
            self._later = DifferentToday(self.context, self)
            self.add_sub_page(TITLE, self._later)
        cls, records = KINDS[self.kind], self.context.office.records
        self.context.operations.read(self, lambda: records.later(cls, uid), self._later.show_later)

    def _go_to_sub(self) -> None:
        if self._wanted_sub:
            self.tabs.set_current(self._wanted_sub)
            self._wanted_sub = ""

    def _fail(self, trouble: DeskError) -> None:
        self._error.set_trouble(trouble)
        self._error.show()
        self.tabs.hide()

    def _changed(self, changes: Changes) -> None:
        if self.uid and changes.kinds & self._stale_kinds:
            self._stale = True
            self.refresh_if_stale()

    def _archived(self, changes: Changes) -> None:
        self.gone.emit()


def plain_slot(do: Callable[[], None]) -> Callable[[bool], None]:
    """A slot that leaves out whether a button is checked."""

    def slot(_: bool = False) -> None:
        do()

    return slot
