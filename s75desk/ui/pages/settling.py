"""A step that settles what it was offered for: the record asks where it stands, or a form comes up filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from s75desk.domain.attention import TERM
from s75desk.domain.records import KINDS, Record
from s75desk.domain.settling import settled
from s75desk.ui.pages.form_pane import FormWish

if TYPE_CHECKING:
    from s75desk.ui.pages.list_page import ListPage


def settle_there(page: ListPage, what: str) -> None:
    """Settle what was asked for on the way to a page, once its list and its record are on show.

    Args:
        page: The page that was gone to.
        what: As ``domain.attention.Item.settle`` has it; "" for nothing.
    """
    if not what:
        return

    def nothing_may_be_changed() -> bool:
        """Whether the window was turned to another day on the way: there is nothing to settle there."""
        return not page.context.may_change

    operations, office, record = page.context.operations, page.context.office, page.record

    def term() -> None:
        if record.is_shown(record.uid) and not nothing_may_be_changed():
            record.settle()

    def form(found: Record) -> None:
        if nothing_may_be_changed():
            return
        filled = settled(found, office.place.today())
        page.open_form(FormWish(filled, f"Record {found.NOUN}", found.heading, began=found))

    if what == TERM:
        operations.after_reads(page, term)
        return
    kind, _, uid = what.partition(":")
    operations.after_reads(page, lambda: operations.read(page, lambda: office.records.get(KINDS[kind], uid), form))
