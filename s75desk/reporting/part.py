"""What every section of a briefing is made with: its part, cells for dates and money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from s75desk.domain.inferred import marked
from s75desk.domain.records import Record
from s75desk.domain.status import NOT_KNOWN, Shape
from s75desk.domain.wording import count_words, date_short, pounds
from s75desk.domain.working import Working
from s75desk.reporting.content import (
    Block,
    Cell,
    Column,
    Paragraph,
    Rich,
    Row,
    Source,
    Table,
    Words,
    bold,
    cell,
    rich,
)

UNKNOWN_WORD = NOT_KNOWN.word
BLANK = Cell(())
"""A cell in which there is nothing to say, which is not the same as nothing known."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section's contribution to a briefing.

    Attributes:
        blocks: What the section says; () leaves the section out.
        unknown: Sentences for "What is not known".
    """

    blocks: tuple[Block, ...] = ()
    unknown: tuple[str, ...] = ()


def day_cell(day: date | None, record: Record | None = None, *names: str) -> Cell:
    """A date as in a table, or "Not known"; with "inferred" if one of these fields of the record is."""
    return cell(marked(date_short(day), record, *names) if day else UNKNOWN_WORD)


def money_cell(amount: Decimal | None, *, absent: str = UNKNOWN_WORD) -> Cell:
    """Pounds, or ``absent``."""
    return cell(pounds(amount) if amount is not None else absent)


def two_lines(first: str, second: str) -> Rich:
    """A cell's text with a quieter second line."""
    return (Words(first), Words(f"\n{second}", muted=True)) if second else rich(first)


def lead(title: str, text: str, *, sources: tuple[Source, ...] = (), key: str = "") -> Paragraph:
    """A numbered paragraph that opens with its subject in bold."""
    return Paragraph(rich(bold(f"{title}."), f" {stopped(text)}"), key=key, sources=sources)


def stopped(text: str) -> str:
    """``text`` with a full stop at its end, if it has no such mark yet (closing quotation marks aside)."""
    trimmed = text.strip()
    end = trimmed.rstrip("”’)\"'")[-1:]
    return trimmed if not trimmed or end in ".!?:;…" else f"{trimmed}."


def sentences(*parts: str) -> str:
    """Sentences one after another; what is empty or has been said is left out."""
    return " ".join(dict.fromkeys(stopped(part) for part in parts if part.strip()))


def shortened(text: str, most: int) -> str:
    """``text`` on one line of at most so many characters, cut between words with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def small_count(count: int) -> str:
    """A count inside a sentence: "four", and figures from 21 on."""
    words = count_words(count)
    return words[:1].lower() + words[1:]


def lines_of(text: str | None) -> list[str]:
    """The lines of a long text that are not blank, without the marks of a typed list."""
    return [line.strip().lstrip("•-– ").strip() for line in (text or "").splitlines() if line.strip()]


def working_table(key: str, working: Working, *, rule: bool = True) -> Table:
    """A working as a small table: inputs, results in bold, the rule and the source beneath.

    Args:
        key: For cross-references.
        working: The working.
        rule: False where the rule and its source stand once for many tables.
    """
    remarks = any(line.remark or line.shape for line in working.lines)
    columns = [Column("Item"), Column("Figure", "right")]
    if remarks:
        columns.append(Column("Remark"))
    rows = []
    for line in working.lines:
        cells = [Cell(rich(line.label), bold=line.result), Cell(rich(line.value), bold=line.result)]
        if remarks:
            words = line.remark or _SHAPE_WORDS.get(line.shape, "")
            cells.append(Cell(rich(words), line.shape) if words else BLANK)
        rows.append(Row(tuple(cells)))
    source = f"Source: {working.source}" if working.source else ""
    note = rich(sentences(working.rule, source)) if rule else ()
    return Table(key, working.title, tuple(columns), tuple(rows), note=note)


_SHAPE_WORDS: dict[Shape | None, str] = {Shape.GOOD: "agrees", Shape.DOUBT: "in doubt"}


def listed(items: Iterable[str]) -> tuple[Rich, ...]:
    """Plain texts as items of a list."""
    return tuple(rich(item) for item in items)
