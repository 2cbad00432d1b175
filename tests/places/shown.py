"""What each place says of a record: lists, the chip of a record, the finder, exports, the command line, papers."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from s75desk import commands
from s75desk.domain.attention import Group
from s75desk.domain.printed import PlanBy
from s75desk.domain.records import (
    Action,
    Document,
    Extension,
    KpiReturn,
    Milestone,
    Option,
    QuestionSet,
    Rating,
    Record,
    Service,
    Visit,
)
from s75desk.domain.status import Shape, Status
from s75desk.models.repository import Repository
from s75desk.reporting.agreement_briefing import SECTION_TITLES, BriefingOptions, agreement_briefing
from s75desk.reporting.content import Block, Briefing, Table
from s75desk.services.export_columns import LATE, STATUS
from s75desk.services.office import Office
from s75desk.services.paper_wishes import KpiWish, PlanWish, ProviderWish
from s75desk.services.papers import PaperService
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.actions.page import COLUMNS as ACTIONS
from s75desk.ui.pages.agreements.lists import Section, names_of, rows_of
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.question_sets import COLUMNS as SETS
from s75desk.ui.pages.visits.page import COLUMNS as VISITS

Words = tuple[str, Shape | None]
"""A word and its shape, as a place shows them."""


def words_of(status: Status | None) -> Words:
    """A status as it is shown."""
    return ("", None) if status is None else (status.word, status.shape)


# --- tables of the window -----------------------------------------------------------------------------------------


def _cell_words(cell: Cell) -> Words:
    return cell.words, cell.status.shape if cell.status else None


def in_table(columns: Iterable[Column[Any]], rows: Iterable[Any], key: str) -> dict[str, Words]:
    """What a column of a table says of each row, by its uid."""
    (column,) = [each for each in columns if each.key == key]
    return {row.uid: _cell_words(column.value(row)) for row in rows}


CHILD_KEYS: Mapping[type[Record], str] = {
    Document: "file",
    Extension: "state",
    Milestone: "progress",
    Option: "chosen",
    Rating: "value",
    Service: "manager",
}
"""The column of a child table that says where a record stands, where it is not called "status"."""

_OTHER_KEYS = {"recommendation": "progress", "decision": "outcome", "risk": "state"}


def list_of(office: Office, cls: type[Record]) -> dict[str, Words]:
    """The list, or the table inside another record, that shows the records of a kind."""
    key = CHILD_KEYS.get(cls) or _OTHER_KEYS.get(cls.KIND, "status")
    day = office.place.day()
    if cls is Action:
        return in_table(ACTIONS, office.actions.rows(), key)
    if cls is Visit:
        return in_table(VISITS, office.visits.rows(), key)
    if cls is QuestionSet:
        return in_table(SETS, office.question_sets.rows(), key)
    if cls is Extension:
        with office.place.desk.reading() as connection:
            found: Iterable[Record] = office.place.records(connection).all(Extension)
        return in_table(columns_of(cls, Names({}, day)), found, key)
    if cls in (Rating, Service):
        page = office.providers.page(f"provider-{cls.KIND}")
        found = page.ratings if cls is Rating else page.services
        return in_table(columns_of(cls, Names({}, day)), found, key)
    if cls is KpiReturn:
        return in_table(columns_of(cls, Names({}, day)), office.kpis.page("kpi-returns").listed_returns, key)
    dossier = office.agreements.dossier(f"agreement-{cls.KIND}")
    if cls is Document:  # The list names the file that is kept.
        shown = in_table(columns_of(cls, Names({}, day)), dossier.listed(dossier.documents, cls), key)
        return {uid: (words, Shape.NONE) if words == "No file kept" else ("File kept", Shape.DONE)
                for uid, (words, _) in shown.items()}  # fmt: skip
    (section,) = [each for each in Section if each.value[0] is cls]
    found = rows_of(section, dossier)
    return in_table(columns_of(cls, names_of(dossier)), found, key)


# --- the chip of a record that has a page -------------------------------------------------------------------------


def chip_of(office: Office, record: Record) -> Words | None:
    """The status in the head of a record's own page; None for a kind without one."""
    match record:
        case Action():
            return words_of(office.actions.page(record.uid).status)
        case Visit():
            return words_of(office.visits.page(record.uid).status)
        case QuestionSet():
            return words_of(office.question_sets.page(record.uid).status)
    return None


# --- finder, export, command line ---------------------------------------------------------------------------------


def found_in(office: Office, record: Record, name: str) -> Words | None:
    """What the finder says of a record that is found by its name."""
    found = [each for each in office.finder.find(name) if each.uid == record.uid]
    return words_of(found[0].status) if found else None


def described(office: Office, records: Iterable[Record]) -> dict[str, Words]:
    """What recent records, changes since, and the finder's list before anything is typed say."""
    with office.place.desk.reading() as connection:
        repository: Repository = office.place.records(connection)
        seen = [found for each in records if (found := repository.get(type(each), each.uid)) is not None]
        return {each.uid: words_of(office.finder.described(each, repository).status) for each in seen}


@dataclass(frozen=True, slots=True)
class Exported:
    """A row of an export: the state that can be filtered, and how many days late."""

    state: str | None
    late: int | None

    @classmethod
    def of(cls, status: Status) -> Exported:
        """What an export has to hold for a status."""
        return cls(status.state if status.known else None, status.days_late)


def exported(office: Office, cls: type[Record]) -> dict[str, Exported]:
    """The table of a kind as it is exported."""
    sheet = office.exports.table(cls.KIND)
    state = sheet.headings.index(STATUS)
    late = sheet.headings.index(LATE) if LATE in sheet.headings else None
    return {
        str(row[0]): Exported(row[state], 0 if late is None else row[late])  # type: ignore[arg-type]
        for row in sheet.rows
    }


def exported_by_command(desk: Path, cls: type[Record], as_of: date, folder: Path) -> dict[str, Exported]:
    """What ``s75desk export KIND`` writes."""
    out = folder / f"{cls.KIND}.csv"
    commands.export(Namespace(desk=str(desk), table=cls.KIND, out=str(out), as_of=as_of.isoformat()))
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["Id"]: Exported(row[STATUS] or None, int(row[LATE]) if row[LATE] else None) for row in rows}


# --- the Overview -------------------------------------------------------------------------------------------------


def needing(office: Office) -> tuple[dict[str, Shape], dict[Group, int]]:
    """Shapes of what the Overview names, by every word of its titles; and the numbers of its tiles."""
    overview = office.overview.read()
    items = [item for item in overview.items if item.group is not Group.DOUBTS]
    shapes = {word: item.shape for item in items for word in item.title.split()}
    return shapes, {count.group: count.number for count in overview.counts}


def dated(office: Office) -> set[str]:
    """Every word of the titles of dates that another program's calendar is given."""
    return {word for each in office.calendars.dates() for word in each.title.split()}


# --- papers -------------------------------------------------------------------------------------------------------

PAPER_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "action": ("Status", "State"),
    "decision": ("Outcome", "State"),
    "extension": ("Decision",),
    "kpi_return": ("Status", "State"),
    "membership": ("Status",),
    "milestone": ("Progress", "State"),
    "option": ("Outcome",),
    "rating": ("Latest rating",),
    "recommendation": ("Progress", "State"),
    "risk": ("State",),
    "service": ("Registered manager",),
    "visit": ("Status",),
}
"""The headings of the columns of papers that say where a record of a kind stands; other kinds are not printed so."""


def papers_of(office: Office, cls: type[Record]) -> dict[str, set[Words]]:
    """What every table of the papers that print the records of a kind says of each, by its name."""
    found: dict[str, set[Words]] = {}
    for briefing in _papers(office, cls):
        for table in tables_of(briefing):
            for name, said in _said(table, PAPER_COLUMNS[cls.KIND]):
                found.setdefault(name, set()).add(said)
    return found


def _papers(office: Office, cls: type[Record]) -> Iterator[Briefing]:
    if cls.KIND not in PAPER_COLUMNS:
        return
    day, papers = office.place.day(), PaperService(office.place)
    if cls is Action:
        yield papers.content(PlanWish(PlanBy.ABOUT, day))
    if cls in (Action, Rating, Service, Visit):
        yield papers.content(ProviderWish(f"provider-{cls.KIND}", day))
    if cls is KpiReturn:
        yield papers.content(KpiWish("kpi-returns", day))
    if cls not in (Extension, Rating, Service, Visit):
        yield briefing_of(office, f"agreement-{cls.KIND}")


def briefing_of(office: Office, agreement: str) -> Briefing:
    """A briefing with every section that there is."""
    return agreement_briefing(office.agreements.dossier(agreement), BriefingOptions(sections=tuple(SECTION_TITLES)))


def term_of_paper(office: Office, agreement: str) -> Words | None:
    """What the table of the term says of the one option of an agreement."""
    tables = tables_of(briefing_of(office, agreement))
    return next((said for table in tables for name, said in _said(table, ("Decision",)) if name == "Extension"), None)


def tables_of(briefing: Briefing) -> Iterator[Table]:
    """Every table of a paper, those of its first page too."""
    blocks: list[Block] = [block for section in briefing.sections for block in section.blocks]
    blocks += [block for part in briefing.summary for block in part.blocks]
    return (block for block in blocks if isinstance(block, Table))


def _said(table: Table, columns: tuple[str, ...]) -> Iterator[tuple[str, Words]]:
    titles = [each.title for each in table.columns]
    for at in (titles.index(column) for column in columns if column in titles):
        for row in table.rows:
            texts = ["".join(getattr(word, "text", "") for word in cell.text) for cell in row.cells]
            for word in " ".join(texts[:at] + texts[at + 1 :]).split():
                yield word.strip(".,:"), (texts[at].splitlines()[0], row.cells[at].shape)
