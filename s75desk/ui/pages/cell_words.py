"""Cells in the words of the house: what is not known says so, dates and sums sort as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from s75desk.domain.money.amounts import amount_text
from s75desk.domain.records import Record
from s75desk.domain.statuses import status_of
from s75desk.domain.statuses.visits import VisitProgress
from s75desk.domain.wording import date_short, number
from s75desk.ui.itemmodels.cells import Cell, Column

UNKNOWN = Cell("Not known", colour="muted")


@dataclass(frozen=True, slots=True)
class Names:
    """Headings of records that the rows refer to, by uid, the day it is, and how far visits have come."""

    by_uid: Mapping[str, str]
    today: date
    progress: Mapping[str, VisitProgress] = field(default_factory=dict)

    def __call__(self, uid: str | None) -> Cell:
        """The heading of a record, or Not known."""
        name = self.by_uid.get(uid or "", "")
        return Cell(name) if name else UNKNOWN


def said(value: object, sub: str = "", **rest: Any) -> Cell:
    """Words as they are, "Not known" when there are none."""
    return Cell(str(value), sub, **rest) if value not in (None, "") else Cell("Not known", sub, colour="muted")


def day(value: date | None) -> Cell:
    """A date that sorts as one."""
    return Cell(date_short(value), sort=value) if value else UNKNOWN


def sum_of_money(value: Any, *, about: bool | None = False) -> Cell:
    """Pounds that sort as a number, "about" kept."""
    return Cell(amount_text(value, about=about), sort=value) if value is not None else UNKNOWN


def figure(value: Any, unit: str = "") -> Cell:
    """A number that sorts as one."""
    return Cell(f"{number(value)}{unit}", sort=value) if value is not None else UNKNOWN


def judged(record: Record, names: Names) -> Cell:
    """The status of a record, which sorts what needs doing first; empty for a kind that has none."""
    status = status_of(record, names.today)
    return Cell(status=status, sort=status.shape.urgency, tip=status.sentence) if status else Cell("")


def cited(record: Any) -> Cell:
    """Source and paragraph, muted; the paragraph first as that is what tells rows apart."""
    if not record.source and not record.paragraph:
        return Cell("Not known", colour="muted")
    return Cell(record.paragraph or record.source, colour="muted", tip=record.cited)


def made(
    key: str, title: str, value: Callable[[Any], Cell], kind: Any = "text", width: float = 0, **rest: Any
) -> Column[Any]:
    """A column; see ``Column`` for what ``rest`` may hold."""
    return Column(key, title, value, kind, width, **rest)


def source(width: float = 10.5, **rest: Any) -> Column[Any]:
    """The column of sources."""
    return made("source", "Source", cited, width=width, **rest)
