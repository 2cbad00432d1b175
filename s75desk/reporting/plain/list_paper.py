"""A list as it is on show: its rows and columns, what holds others back, how many there are."""

from __future__ import annotations

from datetime import date

from s75desk.domain.printed import ListedCell, Listing
from s75desk.domain.wording import list_words, number, plural
from s75desk.reporting.content import Block, Briefing, Cell, Column, Paragraph, Row, Section, Table, rich
from s75desk.reporting.part import BLANK, two_lines
from s75desk.reporting.plain.frame import plain_paper

KIND = "List"

MOST_ROWS = 2_000
"""So many rows are printed; a longer list is exported, where it can be sorted and searched."""


def list_paper(listing: Listing, as_at: date, *, prepared_by: str, audience: str = "") -> Briefing:
    """The paper of a list."""
    blocks: list[Block] = [Paragraph(rich(_opening(listing)))]
    if listing.rows:
        columns = tuple(Column(title, "right" if right else "left") for title, right in listing.columns)
        rows = tuple(Row(tuple(_cell(each) for each in row)) for row in listing.rows[:MOST_ROWS])
        blocks.append(Table("list", "", columns, rows, dense=True))
    section = Section("section.list", "The list", tuple(blocks))
    return plain_paper(KIND, listing.title, as_at, (section,), prepared_by=prepared_by, audience=audience)


def _opening(listing: Listing) -> str:
    shown = len(listing.rows)
    count = plural(shown, "row") if shown == listing.total else f"{number(shown)} of {plural(listing.total, 'row')}"
    said = [f"{count}."]
    if listing.filters:
        said.append(f"Only those with {list_words(f'“{each}”' for each in listing.filters)}.")
    if listing.order:
        said.append(f"Sorted {listing.order}.")
    if shown > MOST_ROWS:
        said.append(f"The first {number(MOST_ROWS)} are printed here; export the list for all of them.")
    return " ".join(said)


def _cell(listed: ListedCell) -> Cell:
    if not listed.text and not listed.sub:
        return BLANK
    return Cell(two_lines(listed.text or " ", listed.sub), listed.shape, bool(listed.shape and listed.shape.loud))
