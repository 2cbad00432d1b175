"""Tables out of the desk: XLSX and CSV, with cells that a spreadsheet would run as a formula made harmless."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from s75desk.domain.errors import DeskError
from s75desk.domain.fields import Field, FieldType
from s75desk.domain.records import KINDS, Record
from s75desk.domain.wording import sentence_case, value_text
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.export_columns import export_columns, rows_columns
from s75desk.services.workplace import Workplace

Value = str | int | Decimal | date | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula: as OWASP lists them, the wide forms too."""

MOST_CHARACTERS = 32_767
"""The longest text a cell of a workbook holds."""

CUT = " … [cut here; the whole text is in the desk]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to write out: a name, headings, and rows of native values (None is written as nothing)."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


class ExportService:
    """Writes tables as files."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    def table(self, kind: str, *, archived: bool = False) -> Sheet:
        """Every live record of a kind with every field, in the words of the forms, and where it stands on the day.

        Raises:
            DeskError: If there is no such kind of record.
        """
        cls = KINDS.get(kind) or next((c for c in KINDS.values() if c.PLURAL.casefold() == kind.casefold()), None)
        if cls is None:
            known = ", ".join(sorted(KINDS))
            raise DeskError(f"There is no table called {kind}.", f"Use one of: {known}.")
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            records = repository.all(cls, archived=archived)
            names = _names(repository, cls, records)
        worked_out = export_columns(cls, records, self.place.day()) | rows_columns(self.place, cls, archived=archived)
        # What a rule says of a field takes its place: a rating with its reservation.
        fields = [each for each in cls.fields().values() if each.name != "sample" and _heading(each) not in worked_out]
        headings = ["Id", *(_heading(field) for field in fields), *worked_out, "Invented sample"]
        rows = []
        for record in records:
            values: list[Value] = [record.uid]
            for field in fields:
                value = getattr(record, field.name)
                undecided = field.name == "private" and value is None and bool(getattr(record, "notes", None))
                values.append("Not decided" if undecided else _native(field, value, names))
            values += [found.get(record.uid) for found in worked_out.values()]
            values.append("Yes" if getattr(record, "sample", None) else None)
            rows.append(tuple(values))
        return Sheet(sentence_case(cls.PLURAL), tuple(headings), tuple(rows))

    def write(self, sheet: Sheet, file: Path) -> None:
        """Write a table as .xlsx or .csv, by the file's ending; the file is replaced whole or not at all.

        Raises:
            DeskError: If the ending is another, or the file cannot be written.
        """
        ending = file.suffix.lower()
        if ending not in (".xlsx", ".csv"):
            raise DeskError(
                f"Not exported: {file.name} ends in neither .xlsx nor .csv.", "Give it one of these endings."
            )
        data = as_xlsx(sheet) if ending == ".xlsx" else as_csv(sheet)
        write_whole(file, data, "exported")


def harmless(text: str) -> str:
    """A text as a spreadsheet should show it: one that starts like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def as_csv(sheet: Sheet) -> bytes:
    """The table as CSV: UTF-8 with a byte order mark, so that Excel reads pound signs; dates as YYYY-MM-DD."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(heading) for heading in sheet.headings])
    for row in sheet.rows:
        writer.writerow([_csv_value(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(sheet: Sheet) -> bytes:
    """The table as a workbook: native dates and numbers, headings frozen and filtered.

    Text is marked as such, as by an apostrophe typed before it, so that it stays text when someone edits the cell.
    """
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet(_sheet_name(sheet.name))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    words = book.add_format({"quote_prefix": True})
    day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    widths = [len(heading) for heading in sheet.headings]
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if value is None:
                continue
            widths[column] = max(widths[column], len(str(value)))
            if isinstance(value, date):
                page.write_datetime(number, column, value, day)
            elif isinstance(value, (int, Decimal)):
                page.write_number(number, column, float(value))
            else:
                page.write_string(number, column, _shortened(value), words if harmless(value) != value else None)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(60, max(8, width + 2)))
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    book.close()
    return out.getvalue()


def write_whole(file: Path, data: bytes, verb: str) -> None:
    """Write a file through a temporary one beside it, so that it is never half-written.

    Args:
        file: Where to write.
        data: What to write.
        verb: For the message: "exported", "saved".

    Raises:
        DeskError: If it cannot be written; what was there before is still there.
    """
    temporary = ""
    # The name says which file it is for, so that the next attempt clears away what a kill has left of this one.
    prefix = f".s75desk-{hashlib.sha256(os.fsencode(file.name)).hexdigest()[:12]}-"
    try:
        for left in file.parent.glob(f"{prefix}*"):
            left.unlink(missing_ok=True)
        made = file.parent / f"{prefix}{secrets.token_hex(4)}"
        # With the rights that every new file of this officer gets.
        with made.open("xb") as out:
            temporary = str(made)
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(file)
    except OSError as trouble:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = trouble.strerror or "it cannot be written"
        raise DeskError(
            f"Not {verb}: {file.name} could not be written ({reason.lower()}).",
            "Close it if it is open elsewhere, or choose another folder.",
        ) from trouble


def _csv_value(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, Decimal)):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return harmless(value)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT


def _native(field: Field, value: Any, names: Mapping[str, str]) -> Value:
    """A value as a spreadsheet reckons with it; what it would not understand in the words of the forms."""
    found: Value = value
    match field.type:
        case _ if value is None or value == date.min:
            # What was so from the start has no day.
            found = None
        case FieldType.MOMENT:
            found = value.isoformat(timespec="seconds")
        case FieldType.REFERENCE:
            found = names.get(value, value)
        case FieldType.YES_NO | FieldType.CHOICE | FieldType.YEAR | FieldType.LENGTH:
            found = value_text(field, value)
    return found


def _names(repository: Repository, cls: type[Record], records: Sequence[Record]) -> dict[str, str]:
    names: dict[str, str] = {}
    for field in cls.fields().values():
        if field.refers_to:
            uids: Iterable[str] = [getattr(record, field.name) for record in records]
            found = repository.by_uid(KINDS[field.refers_to], uids)
            names |= {uid: heading_of(other, repository) for uid, other in found.items()}
    return names


def _heading(field: Field) -> str:
    """The label with what its figures are in: "Notice (months)", "Value a year (£)", "Cost a year (£)"."""
    unit = "" if field.unit and field.label.endswith(field.unit) else field.unit
    if field.type is FieldType.MONEY:
        unit = f"£ {unit}".rstrip()
    return f"{field.label} ({unit})" if unit else field.label


def _sheet_name(name: str) -> str:
    """A name that Excel allows for a page: without certain characters, not longer than 31, not its own "History"."""
    allowed = "".join(c for c in name if c not in "[]:*?/\\")[:31].strip(" '")
    return "Table" if allowed.casefold() in ("", "history") else allowed
