"""Which rows a table shows and in what order: native sorting, and a search quick enough for every key. No Qt here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Generic

from s75desk.ui.itemmodels.cells import Cell, Column, Row

_DIGITS = re.compile(r"\d+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "−": "-"})


def search_form(text: str) -> str:
    """Text as it is compared in a search: no accents, no capitals, plain quotes and dashes."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(mark for mark in bare if not unicodedata.combining(mark)).casefold()


def natural_key(text: str) -> str:
    """Text as it is sorted: "Lot 2" before "Lot 10", capitals and accents disregarded."""
    plain = search_form(text)
    return _DIGITS.sub(lambda found: found.group().zfill(12), plain)


class RowOrder(Generic[Row]):
    """Rows in the order and selection that a table shows.

    Sort keys and search texts are made when first needed and kept until the rows change.

    Args:
        columns: What ``sort`` may name, and what a search reads unless ``search`` is given.
        search: The text of a row that a search reads; give it for long tables, as it need not make cells.
    """

    def __init__(self, columns: Sequence[Column[Row]], search: Callable[[Row], str] | None = None) -> None:
        self._columns = {column.key: column for column in columns}
        self._search = search
        self._rows: Sequence[Row] = ()
        self._texts: list[str] = []
        self._sorted: list[int] = []
        self._keys: dict[str, list[Any]] = {}
        self._sort: tuple[str, bool] = ("", False)
        self._words: tuple[str, ...] = ()
        self._accept: Callable[[Row], bool] | None = None
        self._accepted: set[int] | None = None
        self._found: list[int] | None = None
        self.shown: list[int] = []

    @property
    def sort(self) -> tuple[str, bool]:
        """Key of the column that sorts, "" for the order given, and whether it descends."""
        return self._sort

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Take other rows; sort, search and predicate stay."""
        self._rows = rows
        self._texts = []
        self._keys = {}
        self._accepted = None
        self._arrange()
        self._select()

    def set_sort(self, key: str, *, descending: bool = False) -> None:
        """Sort by a column; "" for the order given. What is not known stays last either way."""
        if (key, descending) != self._sort:
            self._sort = (key, descending)
            self._arrange()
            self._select()

    def set_search(self, text: str) -> None:
        """Show rows that hold every word of ``text``, anywhere; "" for all."""
        words = tuple(search_form(text).split())
        if words == self._words:
            return
        narrower = bool(self._words) and all(any(old in new for new in words) for old in self._words)
        self._words = words
        if not narrower:
            self._found = None
        if self._found is not None:
            self._found = self._match(self._found)
        self._select()

    def set_accept(self, accept: Callable[[Row], bool] | None) -> None:
        """Show only rows for which ``accept`` is true; None for all."""
        self._accept = accept
        self._accepted = None
        self._select()

    def warm(self, count: int) -> bool:
        """Make up to ``count`` more search texts ahead of need; whether some are still missing."""
        start = len(self._texts)
        stop = min(start + count, len(self._rows))
        self._texts.extend(self._text_of(row) for row in self._rows[start:stop])
        return stop < len(self._rows)

    def _text_of(self, row: Row) -> str:
        if self._search is not None:
            return search_form(self._search(row))
        return search_form(" ".join(column.value(row).plain for column in self._columns.values()))

    def _match(self, within: list[int]) -> list[int]:
        """Those places of ``within`` whose rows hold every word, in the same order."""
        self.warm(len(self._rows))
        texts = self._texts
        found = within
        # The longest word tends to be the rarest: it leaves the least to look at.
        for word in sorted(self._words, key=len, reverse=True):
            found = [place for place in found if word in texts[place]]
        return found

    def _select(self) -> None:
        if self._words and self._found is None:
            self._found = self._match(self._sorted)
        found = self._sorted if self._found is None else self._found
        if self._accept is None:
            self.shown = found
            return
        if self._accepted is None:
            accept = self._accept
            self._accepted = {place for place, row in enumerate(self._rows) if accept(row)}
        accepted = self._accepted
        self.shown = [place for place in found if place in accepted]

    def _arrange(self) -> None:
        self._found = None
        key, descending = self._sort
        column = self._columns.get(key)
        if column is None:
            self._sorted = list(range(len(self._rows)))
            return
        keys = self._keys.get(key)
        if keys is None:
            keys = self._keys[key] = _comparable([_native(column, row) for row in self._rows])
        known = [place for place, value in enumerate(keys) if value is not None]
        unknown = [place for place, value in enumerate(keys) if value is None]
        known.sort(key=keys.__getitem__, reverse=descending)
        self._sorted = known + unknown


def _native(column: Column[Row], row: Row) -> Any:
    value = column.sort_key(row) if column.sort_key is not None else sort_value(column, column.value(row))
    return natural_key(value) if isinstance(value, str) else value


def sort_value(column: Column[Row], cell: Cell) -> Any:
    """What a cell sorts by: its native value; a status by urgency; text by its words; None when not known.

    Numbers and dates without a native value are not known: their words would sort wrongly.
    """
    if cell.sort is not None:
        return cell.sort
    if column.kind == "status" and cell.status is not None:
        return (cell.status.shape.urgency, cell.words)
    if column.kind in ("text", "two_line", "link") and cell.words:
        return cell.words
    return None


def _comparable(values: list[Any]) -> list[Any]:
    """The values, or pairs that can always be compared where kinds are mixed."""
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) <= 1 or _numbers(kinds):
        return values
    return [None if value is None else (type(value).__name__, str(value)) for value in values]


def _numbers(kinds: set[type]) -> bool:
    return not any(issubclass(kind, str | tuple) or not hasattr(kind, "__float__") for kind in kinds)
