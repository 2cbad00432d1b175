"""What a briefing says, apart from how it looks: sections of numbered paragraphs, tables, figures and notes.

Nothing here knows of pages, fonts or PDF. Numbers of sections, paragraphs, tables and figures are never written by
hand: ``numbering.py`` makes them, and turns every ``Ref`` into "section 2", "paragraph 2.1" or "Table 3".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from s75desk.domain.drawing import Drawing
from s75desk.domain.records import Sourced
from s75desk.domain.status import Shape, Status

Align = Literal["left", "right"]


# --- words --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text. It may hold any characters a record may hold; line breaks are kept.

    Attributes:
        text: The text itself, not escaped.
        bold: Whether it is set bold.
        muted: Whether it is set in the quieter ink.
    """

    text: str
    bold: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """A cross-reference by key, written as what it points to is numbered and linked to it.

    Attributes:
        key: Key of a section, paragraph, table or figure of the same briefing.
        capital: Whether it opens a sentence: "Section 2" rather than "section 2".
    """

    key: str
    capital: bool = False


Inline = Words | Ref
Rich = tuple[Inline, ...]


def rich(*parts: str | Inline) -> Rich:
    """Text from strings, bold runs and references; empty strings are left out."""
    return tuple(Words(part) if isinstance(part, str) else part for part in parts if part != "")


def bold(text: str) -> Words:
    """A bold run."""
    return Words(text, bold=True)


# --- where it comes from ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement rests: a report or paper and the place in it.

    Attributes:
        paper: "Adults and Health Committee, 7 March 2024", or "" when not known.
        place: "para 3.7", or "" when not known.
    """

    paper: str
    place: str = ""


def sources_of(records: Iterable[Sourced | None]) -> tuple[Source, ...]:
    """The sources of ``records`` in the order first met, each once; records without a source say nothing."""
    found = {
        Source(record.source or "", record.paragraph or ""): None
        for record in records
        if record is not None and (record.source or record.paragraph)
    }
    return tuple(found)


# --- blocks -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with a generated number in a numbered briefing.

    Attributes:
        text: What it says.
        key: For cross-references; "" if nothing refers to it.
        sources: What it rests on.
        language: Language of the whole paragraph if it is not English, for instance "cy" for Welsh.
    """

    text: Rich
    key: str = ""
    sources: tuple[Source, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A short unnumbered paragraph in small muted print: under a table, before a list."""

    text: Rich


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section, without a number."""

    title: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points, or of steps in order if ``ordered``; in small print if ``small``."""

    items: tuple[Rich, ...]
    ordered: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """A box that stands out: a status as shape and word, and what follows from it."""

    status: Status
    text: Rich


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its heading; never empty, as a screen reader reads it before each cell.
        align: Figures right, words left.
        least: Least width in points, 0 to have it worked out from the cells.
    """

    title: str
    align: Align = "left"
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: What it says; () for a cell in which there is nothing to say.
        shape: A status shape before its words.
        bold: Whether it is set bold.
        items: Points of a list instead of ``text``.
    """

    text: Rich
    shape: Shape | None = None
    bold: bool = False
    items: tuple[Rich, ...] = ()


def cell(text: str | Rich, *, shape: Shape | None = None, bold: bool = False) -> Cell:
    """A cell from plain text; what is empty becomes "Not known", as no cell is ever blank."""
    words = rich(text) if isinstance(text, str) else text
    return Cell(words or rich("Not known"), shape, bold)


def status_cell(status: Status) -> Cell:
    """A status as a cell: shape and word, bold where something is to be done."""
    return Cell(rich(status.word), status.shape, status.shape.loud)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a total row stands under a strong line in bold."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a generated number and a caption, or with neither right below a heading that says it.

    Attributes:
        key: For cross-references.
        caption: What it shows, without the number; "" for a table with neither.
        columns: Headings and alignment.
        rows: Cells, as many a row as there are columns.
        row_headers: Whether the first cell of each row names the row.
        note: A note printed under it, or ().
        sources: What it rests on.
        dense: Whether rows are set close, as a long list of short cells can be.
        whole: Whether it goes to the next page rather than being split, if that leaves no great gap.
        core: Place of the row that stays to the last where rows have to go, with those after it.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    row_headers: bool = True
    note: Rich = ()
    sources: tuple[Source, ...] = ()
    dense: bool = False
    whole: bool = False
    core: int = 0

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{self.caption}: a row has {len(row.cells)} cells for {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with a generated number and a caption; ``drawing.alternative`` is its text for a screen reader."""

    key: str
    caption: str
    drawing: Drawing
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A short fact with its label: "Team", "two quality officers"."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts, two to a line, as at the head of a form."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name, a status and what is said of it: a finding, a standard, a question.

    Attributes:
        title: Its name, set as a heading.
        status: Shape and word, at the right of the name; None for none.
        texts: Paragraphs below, in order; may be empty.
        level: 3 for a heading right below the section's, 4 for one below that.
        mark: Follows the name in quieter ink: "critical"; "" for nothing.
        opens: Whether entries of the level below follow: it is set larger, under a rule, and stays with the first.
    """

    title: str
    status: Status | None = None
    texts: tuple[Rich, ...] = ()
    level: Literal[3, 4] = 3
    mark: str = ""
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture with words below it.

    Attributes:
        picture: A JPEG that ``jpeg.size_of`` can read, or a drawing, whose own words then stand for it.
        caption: What is said of it.
        alternative: The words that stand for a JPEG.
    """

    picture: bytes | Drawing
    caption: Rich
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures without a number of their own, two to a row: photos, signatures."""

    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Where the table of sources by paragraph goes; numbering fills it from everything that is numbered."""

    key: str = "sources.table"
    caption: str = "What each paragraph, table and figure rests on"


Block = Paragraph | Remark | Subheading | Bullets | Callout | Table | Figure | Facts | Entry | Gallery | SourceTable


# --- the whole ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A section. An appendix starts on a new page; one that ``follows`` stands on one page with the section before."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    appendix: bool = False
    follows: bool = False


ONE_PAGE = "Summary on one page"
"""What the reader's outline and the officer's list of sections call the page that a paper may begin with."""


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A part of the one page that a paper begins with; rows and items that do not fit on it are counted instead.

    Attributes:
        title: Its heading.
        blocks: Tables and figures without caption, lists and remarks.
        more: Key of the section that has the rest of it, "" for none.
        share: The share of the width that it takes at the left of the part that follows; 0 for all of it.
        least: So many rows stay until every lower part has given way.
    """

    title: str
    blocks: tuple[Table | Bullets | Remark | Figure, ...]
    more: str = ""
    share: float = 0.0
    least: int = 3


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing as content.

    Attributes:
        kind: What it is, above the title: "Agreement briefing".
        title: What it is about.
        subtitle: For whom, by whom, as at when; one line.
        reference: Short name for the foot of the page.
        key_message: What the reader must know first, or None.
        sections: In order.
        contents: Whether a list of contents follows the key message.
        author: The role that prepared it, for the PDF's properties.
        keywords: Words to find the PDF by.
        facts: Facts under the title.
        notice: A box before the key message: that this is a draft. None for none.
        numbered: Whether sections and paragraphs carry numbers; tables and figures always do.
        summary: What the first page says, in the order in which it gives way; () for none.
        fingerprint: SHA-256 of what it was made from; its beginning stands at the foot of every page. "" for none.
    """

    kind: str
    title: str
    subtitle: str
    reference: str
    key_message: Callout | None
    sections: tuple[Section, ...]
    contents: bool = False
    author: str = ""
    keywords: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    notice: Callout | None = None
    numbered: bool = True
    summary: tuple[SummaryPart, ...] = ()
    fingerprint: str = ""
