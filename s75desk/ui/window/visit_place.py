"""Where a visit fills the window in place of the tabs: opened, left, and opened again after the program was killed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLayout, QWidget

from s75desk.domain.lanes import Lane
from s75desk.services.visit_left_open import left_open
from s75desk.ui.navigation import VISIT_MODE
from s75desk.ui.pages.context import Context

if TYPE_CHECKING:
    from s75desk.services.visiting import OpenVisit
    from s75desk.ui.visit.mode import VisitMode

__all__ = ["VISIT_MODE", "VisitPlace"]


class VisitPlace(QObject):
    """Shows at most one visit.

    Signals:
        filled: Whether a visit now fills the window.

    Args:
        context: Operations, navigation, settings.
        pages: The tabs, hidden meanwhile.
        view: The open desk; its layout takes the visit in.

    Attributes:
        mode: The visit on show, or None.
    """

    filled = Signal(bool)

    def __init__(self, context: Context, pages: QWidget, view: QWidget) -> None:
        super().__init__(view)
        self._context = context
        self._pages = pages
        self._view = view
        self._opening = ""
        self.mode: VisitMode | None = None

    @property
    def opening(self) -> bool:
        """Whether a visit is on its way."""
        return bool(self._opening)

    def open(self, uid: str, place: str = "") -> None:
        """Open a visit, at a place in it if one is named; trouble goes to a notice."""
        if self._opening:
            return
        if self.mode is not None and self.mode.session.visit == uid:
            if place:
                self.mode.go(place)
            return
        if not self.keeps_open(lambda: self._open(uid, place)):
            self._open(uid, place)

    def _open(self, uid: str, place: str) -> None:
        self._opening = uid
        visiting = self._context.office.visiting
        operations = self._context.operations

        def look(opened: OpenVisit) -> None:
            operations.worker.submit(self, lambda: visiting.look(uid), lambda _: done(opened), failed, lane=Lane.WRITE)

        def done(opened: OpenVisit) -> None:
            self._opening = ""
            self._fill(opened, place)

        def failed(trouble: BaseException) -> None:
            self._opening = ""
            operations.sort_out(trouble)

        operations.worker.submit(self, lambda: visiting.open(uid), look, failed, lane=Lane.READ)

    def reopen(self) -> None:
        """Open the visit that filled the window when the program last ended, if it ended so."""

        def show(uid: str) -> None:
            if uid:
                self.open(uid)

        self._context.operations.read(self, lambda: left_open(self._context.office.place), show)

    def leave(self) -> None:
        """Back to the tabs; the visit is kept as it is."""
        mode = self.mode
        if mode is None:
            return
        if self.keeps_open(self._leave):
            return
        self._leave()

    def put_away(self) -> None:
        """Have everything written before the desk closes."""
        if self.mode is not None:
            self.mode.setEnabled(False)  # a field that is left says so now, not when the desk has closed
            self.mode.stop()

    def close(self) -> None:
        """Take the visit out of the window."""
        mode, self.mode = self.mode, None
        if mode is not None:
            mode.stop()
            mode.hide()
            layout = self._view.layout()
            assert isinstance(layout, QLayout)
            layout.removeWidget(mode)
            mode.deleteLater()

    def before_closing(self, then: Callable[[], None]) -> None:
        """Go on once everything is kept, or the officer says that what cannot be kept may be lost.

        What was said a moment ago is on its way to the disk: only when that has been answered is it known.
        """

        def go_on(_: object = None) -> None:
            if not self.keeps_open(then):
                then()

        if self.mode is None or not self.mode.on_its_way:
            go_on()
            return
        self.mode.keep_all()
        self._context.operations.worker.submit(self, lambda: None, go_on, go_on, lane=Lane.WRITE)

    def keeps_open(self, then: Callable[[], None]) -> bool:
        """Whether leaving would lose something; the officer is asked first then, and ``then`` is called on yes."""
        if self.mode is None or not self.mode.unsaved:
            return False
        from s75desk.ui.widgets.question_dialog import QuestionDialog

        dialog = QuestionDialog(
            self._view,
            "Leave though not everything is saved?",
            f"{self.mode.what_is_wrong} What is not saved yet would be lost.",
            safe=("stay", "Stay here"),
            verbs=[("leave", "Leave and lose it", "danger", "")],
        )

        def answered(key: str) -> None:
            if key == "leave":
                then()

        dialog.answered.connect(answered)
        dialog.open()
        return True

    def _fill(self, opened: OpenVisit, place: str) -> None:
        from s75desk.ui.visit.mode import VisitMode  # with all its parts: not paid for at the start

        self.close()
        mode = self.mode = VisitMode(self._context, opened, self._view)
        mode.left.connect(self.leave)
        layout = self._view.layout()
        assert isinstance(layout, QLayout)
        layout.addWidget(mode)
        self._pages.hide()
        mode.show()
        self.filled.emit(True)
        if place:
            mode.go(place)
        mode.take_keyboard()

    def _leave(self) -> None:
        mode = self.mode
        if mode is None:
            return
        uid = mode.session.visit
        mode.stop()
        visiting = self._context.office.visiting
        self._context.operations.quiet(self, lambda: visiting.leave(uid))
        self.close()
        self._pages.show()
        self.filled.emit(False)
        self._context.navigator.open("visit", uid)
