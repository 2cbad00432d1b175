"""A sub-page that is one list of records, as high as the record's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.record_view import SubPage


class SectionPage(SubPage):
    """See the module.

    Signals:
        form_asked: A ``FormWish``.

    Args:
        context: Operations, navigation, settings.
        title: Heading of the list.
        columns: Its columns.
        name: Its name in settings.
        section: What ``ChildSection`` takes besides.
    """

    form_asked = Signal(object)

    def __init__(
        self,
        context: Context,
        title: str,
        columns: Sequence[Column[Any]],
        *,
        name: str,
        parent: QWidget | None = None,
        **section: Any,
    ) -> None:
        super().__init__(fills=True, parent=parent)
        self.list = ChildSection(context, title, columns, name=name, fill=True, parent=self, **section)
        self.list.form_asked.connect(self.form_asked)
        self.list.opened.connect(context.navigator.open)
        self.put((self.list, 1))

    def show_rows(self, rows: Sequence[Any], caption: str = "") -> None:
        """Show other records."""
        self.list.set_rows(rows, caption)
