"""What a table shows: columns, and the cells they make of a row. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from s75desk.domain.status import Shape, Status
from s75desk.domain.working import Figure, Known

Row = TypeVar("Row")

Kind = Literal["text", "two_line", "status", "figure", "money", "number", "date", "spark", "bar", "link"]
"""How a column is drawn: text left, numbers right; two lines; a chip; a small chart; a bar; blue text to press."""

RIGHT: frozenset[str] = frozenset({"figure", "money", "number"})

NOT_KNOWN_TEXT = "Not known"


@dataclass(frozen=True, slots=True)
class Spark:
    """A small chart of single periods with the target it is held against.

    Attributes:
        values: Oldest first; None leaves a gap.
        lower: Lower edge of the target band, or the target line if ``upper`` is None.
        upper: Upper edge of the target band, or the target line if ``lower`` is None.
        end: Shape whose family colours the last point; None for plain ink.
        text: The same story in words, for screen readers and the tip.
        empty: What stands there without values.
    """

    values: tuple[float | None, ...] = ()
    lower: float | None = None
    upper: float | None = None
    end: Shape | None = None
    text: str = ""
    empty: str = NOT_KNOWN_TEXT


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as shown.

    Attributes:
        text: What it says; in a status column the word of the status stands for "".
        sub: Second line, muted and small.
        status: Drawn as a chip in a status column, as a shape before the words in any other.
        sort: Native value to sort by: a date, a number; None sorts last either way. Text sorts by itself.
        colour: Text token, or "" for the usual one.
        bold: Whether the words are bold in every row.
        figure: The figure with its working; its text is the cell's unless ``text`` says otherwise.
        spark: What a spark column draws.
        share: What a bar column fills, 0 to 1.
        tip: Said under the pointer, also where nothing is cut short.
    """

    text: str = ""
    sub: str = ""
    status: Status | None = None
    sort: Any = None
    colour: str = ""
    bold: bool = False
    figure: Figure | None = None
    spark: Spark | None = None
    share: float | None = None
    tip: str = ""

    @property
    def words(self) -> str:
        """The first line as shown."""
        if self.text:
            return self.text
        if self.figure is not None:
            return self.figure.text
        if self.status is not None:
            return self.status.word
        if self.spark is not None:
            return "" if self.spark.values else self.spark.empty
        return ""

    @property
    def unknown(self) -> bool:
        """Whether it says that nothing is known: by its figure or its status where it has one."""
        if self.figure is not None and not self.text:
            return self.figure.known is Known.NOT_KNOWN and self.figure.value is None
        if self.status is not None and not self.text:
            return not self.status.known
        return self.words == NOT_KNOWN_TEXT

    @property
    def plain(self) -> str:
        """Everything it says on one line: for screen readers, the clipboard and export."""
        parts = [self.words]
        if self.status is not None and self.status.word not in self.words:
            parts.append(self.status.word)
        if self.spark is not None and self.spark.values:
            parts.append(self.spark.text)
        parts.append(self.sub)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)  # no slots: Column[Row](...) could not be written then
class Column(Generic[Row]):
    """One column of a table.

    Attributes:
        key: Short name, kept in settings: "ends".
        title: Header in sentence case.
        value: Makes the cell of a row.
        kind: How it is drawn.
        width: Width in multiples of b; 0 takes what is left.
        align: "left", "right", or "" for what the kind asks.
        shown: Whether it is shown until the officer decides.
        from_width: Shown only where the table is at least this many b wide; 0 for always.
        sortable: Whether pressing the header sorts.
        sort_key: The native value to sort a row by, where that is quicker than making its cell.
        facts: What an export writes for it, one fact a column, each with its heading; () to take it from the cell.
        second: What the second line of a cell says: the heading of its own column in an export.
    """

    key: str
    title: str
    value: Callable[[Row], Cell]
    kind: Kind = "text"
    width: float = 0
    align: Literal["", "left", "right"] = ""
    shown: bool = True
    from_width: float = 0
    sortable: bool = True
    sort_key: Callable[[Row], Any] | None = None
    facts: tuple[tuple[str, Callable[[Row], Any]], ...] = ()
    second: str = ""

    @property
    def right(self) -> bool:
        """Whether words stand at the right edge."""
        return self.align == "right" or (not self.align and self.kind in RIGHT)
