"""What tells one list page from another, as data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from s75desk.ui.itemmodels.cells import Column


@dataclass(frozen=True)
class ListSpec:
    """What tells one list page from another.

    Attributes:
        page: Name of the page: "agreements".
        title: Name of the table: "Agreements".
        hint: Words of the search field.
        new: Words of the button for what is new, or "".
        columns: Columns of the table.
        uid: Identity of a row.
        search: Text of a row that the search reads, or None for what the cells say.
        load: Reads the rows; runs on the worker.
        stale: Kinds of record whose change makes the rows stale.
        count: The count in words, from rows shown and all rows.
        empty_title: Heading while the desk holds none.
        empty_text: What will be here.
        sort: Column and direction until the officer decides.
        split: Share of the width that the table gets.
        new_icon: Icon of the button for what is new.
        second: Words of another step that fills an empty page, or "".
        heading: What a row is called where several are named; without it, its first cell.
    """

    page: str
    title: str
    hint: str
    new: str
    columns: Sequence[Column[Any]]
    uid: Callable[[Any], str]
    load: Callable[[bool], Sequence[Any]]
    stale: frozenset[str]
    count: Callable[[Sequence[Any], Sequence[Any]], str]
    empty_title: str
    empty_text: str
    search: Callable[[Any], str] | None = None
    sort: tuple[str, bool] = ("", False)
    split: float = 0.35
    new_icon: str = "plus"
    second: str = ""
    heading: Callable[[Any], str] | None = None

    def only_read(self) -> ListSpec:
        """The same page while nothing can be changed: nothing new is offered."""
        return replace(self, new="", second="")

    def heading_of(self, found: Any) -> str:
        """What a row is called: its first cell, unless the page says otherwise."""
        return self.heading(found) if self.heading is not None else self.columns[0].value(found).words
