"""What Ctrl+P prints: what is in front, the record or the list; the other is offered beside it.

The list is in front while the officer works at it: the keyboard is in its search or filters, or in its rows while they
are filtered or several are marked. Else it is the record on show. Of actions the list is the action plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from s75desk.domain.answers import Owner, to_be_asked
from s75desk.domain.printed import ListedCell, Listing, PlanBy
from s75desk.domain.records import Agreement, Kpi, Provider
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.wording import sentence_case
from s75desk.services.paper_wishes import KpiWish, ListWish, PaperWish, PlanWish, ProviderWish, QuestionsWish
from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.navigation import Destination
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.table import RecordTable

_LEFT_OUT = ("spark", "bar", "link")
"""Kinds of column that are drawn or pressed: on paper they would say nothing."""


@dataclass(frozen=True, slots=True)
class Printable:
    """One thing that can be printed from where the officer is.

    Attributes:
        words: What it is: "This list", "Pellgate House".
        what: The paper, or the place where a briefing is made.
    """

    words: str
    what: PaperWish | Destination


def printables(page: Any, focus: QWidget | None, today: date) -> tuple[Printable, ...]:
    """What can be printed on a page, what is in front first; () where there is nothing to print.

    Args:
        page: The page on show.
        focus: What has the keyboard.
        today: The as-at day.
    """
    table = getattr(page, "table", None)
    if not isinstance(table, RecordTable):
        return ()
    rows, held = marked_rows(table), filter_words(page)
    filters = (*held, *([f"Marked: {len(rows)}"] if rows else []))
    lists: tuple[Printable, ...] = ()
    if table.rows_model().all_rows():
        lists = (Printable("This list", ListWish(listing_of(_title(page), table, filters, rows), today)),)
        if _title(page) == "Actions":
            lists = (*_plans(rows or table.visible_rows(), filters, today), *lists)
    record = getattr(page, "record", None)
    ones = _of_record(record, today) if isinstance(record, QWidget) else ()
    if ones and not _list_in_front(page, focus, wanted=bool(filters) or len(lists) > 1):
        return (*ones, *lists)
    return (*lists, *ones)


def marked_rows(table: RecordTable[Any]) -> tuple[Any, ...]:
    """The rows that are marked, in the order shown, if they are several."""
    lines = sorted({index.row() for index in table.selectionModel().selectedRows()})
    found = tuple(row for line in lines if (row := table.rows_model().row_at(line)) is not None)
    return found if len(found) > 1 else ()


def listing_of(title: str, table: RecordTable[Any], filters: Sequence[str], some: Sequence[Any] = ()) -> Listing:
    """A table as it is on show: its rows (or some of them) in their order, its columns from left to right."""
    columns = [column for column in table.visible_columns() if column.kind not in _LEFT_OUT]
    rows = tuple(tuple(_cell(column, found) for column in columns) for found in some or table.visible_rows())
    key, down = table.rows_model().sorting
    sorter = next((column.title for column in table.rows_model().columns if column.key == key), "")
    return Listing(
        title,
        tuple((column.title, column.right) for column in columns),
        rows,
        len(table.rows_model().all_rows()),
        tuple(filters),
        f"by {sorter}{', the last first' if down else ''}" if sorter else "",
        sum(getattr(found, "small", False) for found in some or table.visible_rows()),
    )


def filter_words(page: Any) -> tuple[str, ...]:
    """What holds rows of a page back, in the words of its buttons: "Show: Open", "Search: oak"."""
    row = getattr(page, "filter_row", None)
    if row is None:
        counted = getattr(page, "counted", "")
        return (f"Count: {counted}",) if counted else ()
    held = [button.accessibleName() for button in row.findChildren(FilterButton) if button.values()]
    words = [name.removeprefix("Filter by ") for name in held]
    search = row.search.text().strip()
    return (*words, *([f"Search: {search}"] if search else []))


def _cell(column: Column[Any], found: Any) -> ListedCell:
    cell = column.value(found)
    shape = cell.status.shape if cell.status is not None else None
    words = cell.words
    if cell.status is not None and cell.status.word and cell.status.word not in words:
        words = f"{words}, {cell.status.word}"
    return ListedCell(words, cell.sub, shape if column.kind == "status" else None)


def _title(page: Any) -> str:
    spec = getattr(page, "spec", None)
    return str(spec.title if spec is not None else page.table.accessibleName())


def _list_in_front(page: Any, focus: QWidget | None, *, wanted: bool) -> bool:
    """Whether the officer works at the list: in its search or filters, or in its rows where they were narrowed."""
    row = getattr(page, "filter_row", None)
    if focus is not None and row is not None and row.isAncestorOf(focus):
        return True
    return wanted and focus is not None and (focus is page.table or page.table.isAncestorOf(focus))


def _plans(rows: Sequence[Any], filters: tuple[str, ...], today: date) -> tuple[Printable, ...]:
    uids = tuple(row.uid for row in rows)
    return tuple(
        Printable(f"Action plan, {by.value}", PlanWish(by, today, uids, filters)) for by in (PlanBy.ABOUT, PlanBy.OWNER)
    )


def _of_record(record: Any, today: date) -> tuple[Printable, ...]:
    uid, page = getattr(record, "uid", ""), getattr(record, "page", None)
    if not uid:
        return ()
    match record.kind:
        case "agreement":
            briefing = Printable("The agreement’s briefing", Destination("briefings", new="briefing", filter=uid))
            return (briefing, *_to_ask(Owner(Agreement, uid), record.dossier, today))
        case "provider":
            return (Printable("This provider", ProviderWish(uid, today)), *_to_ask(Owner(Provider, uid), page, today))
        case "kpi":
            return (Printable("This KPI", KpiWish(uid, today)), *_to_ask(Owner(Kpi, uid), page, today))
        case "action" if page is not None:
            return (Printable("This action", PlanWish(PlanBy.OWNER, today, (uid,))),)
        case "visit" if page is not None:
            return _of_visit(page, today)
        case _:
            return ()


def _to_ask(owner: Owner, page: Any, today: date) -> list[Printable]:
    """The list of what the provider is to be asked, where there is anything to ask."""
    asked = any(to_be_asked(question) for question in getattr(page, "questions", ()))
    return [Printable("Questions to the provider", QuestionsWish(owner, today))] if asked else []


def _of_visit(page: Any, today: date) -> tuple[Printable, ...]:
    """Its feedback sheet and its report; of a visit that has not begun, the provider it is to be made to."""
    found: list[Printable] = []
    if page.answered:
        for kind in (BriefingKind.FEEDBACK_SHEET, BriefingKind.VISIT_REPORT):
            place = Destination("briefings", new=kind.value, filter=page.visit.uid)
            found.append(Printable(sentence_case(kind.value.removeprefix("visit ")), place))
    if page.provider is not None:
        found.append(Printable("The provider, to prepare the visit", ProviderWish(page.provider.uid, today)))
    return tuple(found)
