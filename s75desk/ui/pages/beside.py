"""What stands beside a list, and follows it: a record, all that is marked, a form, or nothing where no row is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.records.tag import TAGGABLE
from s75desk.ui.pages.form_pane import FormPane
from s75desk.ui.pages.list_spec import ListSpec
from s75desk.ui.pages.many_pane import ManyPane
from s75desk.ui.pages.record_view import ManyStep, RecordView
from s75desk.ui.pages.tagging import ask_tag
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.layouts import row
from s75desk.ui.widgets.surface import Surface
from s75desk.ui.widgets.table import RecordTable
from s75desk.ui.widgets.table_extras import open_row_menu


class Beside(QWidget):
    """See the module.

    Signals:
        turned: Something else is on show.
        opened: The menu of a row asks to open it.

    Args:
        spec: What the list is of.
        table: The list.
        record: Shows one record of it.
        form: Takes the record's place while something is entered.

    Attributes:
        back: In a narrow window, the way back to the list.
    """

    turned = Signal()
    opened = Signal(object)

    def __init__(
        self, spec: ListSpec, table: RecordTable[Any], record: RecordView, form: FormPane, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._spec, self._table, self._record, self._form = spec, table, record, form
        self._many = ManyPane(self)
        self._none = Surface("surface", self)
        self._stack = QStackedWidget(self)
        for area in (self._none, record, form, self._many):
            self._stack.addWidget(area)
        self.back_bar = Surface("surface", self)
        self.back = make_button(f"All {spec.title.lower()}", "chevron_left", "quiet", parent=self.back_bar)
        row(self.back, None, margins=(12, 4, 12, 0), parent=self.back_bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.back_bar)
        whole.addWidget(self._stack, 1)
        self._menu_for: tuple[Any, QPoint] | None = None
        self._edit_next = ""
        self._opener: QWidget | None = None
        table.menu_waits = True
        table.menu_waited.connect(self._ask_menu)
        table.menu_opening.connect(self._fill_menu)
        table.selectionModel().selectionChanged.connect(self._marked)
        table.rows_model().modelReset.connect(self._marked)
        record.shown.connect(self._open_waiting_menu)
        record.shown.connect(self._open_waiting_form)

    # What is on show

    @property
    def entering(self) -> bool:
        """Whether a form is on show."""
        return self._stack.currentWidget() is self._form

    @property
    def on_record(self) -> bool:
        """Whether one record is on show."""
        return self._stack.currentWidget() is self._record

    def offers(self) -> list[tuple[str, Callable[[], object]]]:
        """What can be done with the one record on show; [] where a form or several rows stand in its place."""
        return self._record.offers() if self.on_record else []

    @property
    def several(self) -> bool:
        """Whether several rows are marked, so that steps act on all of them."""
        return len(self._table.marked_lines()) > 1

    def show_form(self) -> None:
        """Show the form."""
        self._turn_to(self._form)

    def edit(self, uid: str) -> None:
        """Go to a record and open its own form, once all of it is read."""
        self._edit_next = uid
        if not self._table.select_uid(uid) or self._record.is_shown(uid):
            self._record.show_record(uid)
        if self._record.is_shown(uid):
            self._open_waiting_form(uid)

    def _open_waiting_form(self, uid: str) -> None:
        waiting, self._edit_next = self._edit_next, ""
        if waiting == uid:
            self._record.ask_edit()

    def keep_opener(self) -> None:
        """Remember who has the keyboard while a form opens, unless that is a form already."""
        now = QApplication.focusWidget()
        if now is not None and not self._form.isAncestorOf(now):
            self._opener = now

    def give_back(self, otherwise: Callable[[], None]) -> None:
        """Give the keyboard back to who had it before the form; where that is gone, do otherwise."""
        opener, self._opener = self._opener, None
        if opener is not None and shiboken6.isValid(opener) and self.isAncestorOf(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            otherwise()

    def show_list_choice(self) -> None:
        """Show what the list is on: all that is marked, the record, or nothing."""
        if self.several:
            marked = self._table.marked_rows()
            self._many.show_marked(
                self._record.noun, [self._spec.heading_of(found) for found in marked], self.many_steps()
            )
            self._turn_to(self._many)
        else:
            self._turn_to(self._record if self._record.uid else self._none)

    def show_nothing(self) -> None:
        """Show no record."""
        self._record.forget()
        self._turn_to(self._none)

    def focus_first_step(self) -> None:
        """Put the keyboard on the likeliest step."""
        (self._many if self.several else self._record).focus_first_step()

    def _turn_to(self, area: QWidget) -> None:
        if self._stack.currentWidget() is not area:
            self._stack.setCurrentWidget(area)
            self.turned.emit()

    def _marked(self, *_: object) -> None:
        if not self.entering:
            self.show_list_choice()

    # Steps on all that is marked

    def many_steps(self) -> tuple[ManyStep, ...]:
        """What can be done with all that is marked; archiving comes last. On another day nothing can."""
        if not self._record.context.may_change:
            return ()
        marked = self._table.marked_rows()
        archive = ManyStep(f"Archive {len(marked)}", "archive", self.archive_many, "Delete")
        return (
            *self._record.many_steps(marked),
            *self._tag_steps([self._spec.uid(found) for found in marked]),
            archive,
        )

    def _tag_steps(self, uids: Sequence[str]) -> tuple[ManyStep, ...]:
        """Putting a tag on all that is marked, and taking one off."""
        context, kind = self._record.context, self._record.kind
        if kind not in TAGGABLE:
            return ()
        return (
            ManyStep(f"Tag {len(uids)}", "flag", lambda: ask_tag(context, self, kind, uids)),
            ManyStep(f"Take a tag off {len(uids)}", "close", lambda: ask_tag(context, self, kind, uids, off=True)),
        )

    def archive_many(self) -> None:
        """Archive all that is marked, as one change."""
        self._record.archive_many([self._spec.uid(found) for found in self._table.marked_rows()])

    # The menu of a row

    def _ask_menu(self, found: Any, where: QPoint) -> None:
        """The menu of one row offers the steps of its record, which is read first."""
        uid = self._spec.uid(found)
        if self.several or self._record.is_shown(uid):
            open_row_menu(self._table, found, where)
        else:
            self._menu_for = (found, where)
            self._record.show_record(uid)

    def _open_waiting_menu(self, uid: str) -> None:
        waiting, self._menu_for = self._menu_for, None
        if waiting is not None and self._spec.uid(waiting[0]) == uid and self._table.isVisible():
            open_row_menu(self._table, *waiting)

    def _fill_menu(self, found: Any, menu: QMenu) -> None:
        if self.several:
            for step in self.many_steps():
                menu.addAction(f"{step.words} ({step.key})" if step.key else step.words, step.do)
            return
        menu.addAction("Open (Enter)", lambda: self.opened.emit(found))
        menu.addSeparator()
        self._record.fill_menu(menu, steps=True)
