"""Tables as files: native dates and numbers, nothing that a spreadsheet would run, whole files or none."""

from __future__ import annotations

import csv
import io
import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.errors import DeskError
from s75desk.domain.fields import FieldType
from s75desk.domain.lengths import Length
from s75desk.domain.records import KINDS, Agreement, Briefing, Contribution, Organisation, Party, Provider, Risk
from s75desk.domain.records.agreement import AgreementKind, PartyRole, RiskState
from s75desk.domain.statuses import STATUSES
from s75desk.services.export_columns import export_columns, plain_number, rows_columns
from s75desk.services.exporting import CUT, MOST_CHARACTERS, Sheet, as_csv, as_xlsx, harmless, write_whole
from s75desk.services.office import Office
from tests.unit.models.desk_help import mounted, names

Estate = tuple[Office, dict[str, str]]
RUN = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "－1", "＝1", '=HYPERLINK("x")']
PLAIN = [
    "",
    " =1",
    "a=1",
    "£372,000",
    "1/4/24",
    "'=1",
    "0123",
    "1e5",
    "http://example.invalid",
    "{=1}",
    'é “quoted”, ; "x"',
]


def rows_of(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "Excel needs the mark to read pound signs"
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells_of(data: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    (page,) = book.worksheets
    for row in page.iter_rows():
        for cell in row:
            assert cell.data_type != "f", f"{cell.coordinate} is a formula"
            assert cell.hyperlink is None
    return [[cell.value for cell in row] for row in page.iter_rows()]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    sheet = Sheet("Table", (text, "B"), ((text, "b"),))
    assert rows_of(as_csv(sheet)) == [[f"'{text}", "B"], [f"'{text}", "b"]]
    data = as_xlsx(sheet)
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True), "it stays text when someone edits the cell"
    assert cells_of(data)[1][0] == text.replace("\r", "_x000D_") or cells_of(data)[1][0] == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_is_left_alone(text: str) -> None:
    sheet = Sheet("Table", ("A", "B"), ((text, "b"),))
    assert harmless(text) == text
    assert rows_of(as_csv(sheet))[1] == [text, "b"]
    assert (cells_of(as_xlsx(sheet))[1][0] or "") == text


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20), min_size=1, max_size=4))
def test_no_text_at_all_becomes_a_formula(texts: list[str]) -> None:
    sheet = Sheet("Any", tuple(texts), (tuple(texts), tuple(texts)))
    for row in rows_of(as_csv(sheet)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert [
            cell.removeprefix("'") if cell != text else cell for cell, text in zip(row, texts, strict=True)
        ] == texts
    assert len(cells_of(as_xlsx(sheet))) == 3


def test_dates_and_numbers_stay_such() -> None:
    sheet = Sheet(
        "Figures",
        ("Day", "Pounds", "Count", "Nothing", "Nought"),
        ((date(2026, 3, 31), Decimal("10193315.07"), -3, None, 0),),
    )
    assert rows_of(as_csv(sheet))[1] == ["2026-03-31", "10193315.07", "-3", "", "0"]
    (_, row) = cells_of(as_xlsx(sheet))
    assert row == [datetime(2026, 3, 31), 10193315.07, -3, None, 0]  # noqa: DTZ001 - a workbook knows no zones
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet))).worksheets[0]
    assert page["A2"].number_format == "d mmm yyyy"
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:E2")


def test_a_text_too_long_for_a_cell_says_that_it_is_cut() -> None:
    whole = "x" * MOST_CHARACTERS
    sheet = Sheet("Long", ("A", "B"), ((whole, whole + "y"),))
    (_, (kept, cut)) = cells_of(as_xlsx(sheet))
    assert kept == whole
    assert isinstance(cut, str)
    assert len(cut) == MOST_CHARACTERS
    assert cut.endswith(CUT)
    assert rows_of(as_csv(sheet))[1] == [whole, whole + "y"], "CSV knows no such limit"


@pytest.mark.parametrize("name", ["Lots, tiers and zones", "a/b\\c?*[]:", "x" * 40, "", "'quoted'", "History"])
def test_any_name_makes_a_page(name: str) -> None:
    assert cells_of(as_xlsx(Sheet(name, ("A",), ()))) == [["A"]]


def test_every_kind_has_a_table_in_the_words_of_its_forms(estate: Estate) -> None:
    office, places = estate
    for kind, cls in KINDS.items():
        sheet = office.exports.table(kind)
        assert office.exports.table(cls.PLURAL.upper()) == sheet
        assert sheet.headings[0] == "Id"
        assert sheet.headings[-1] == "Invented sample"
        worked_out = export_columns(cls, (), date(2026, 2, 2)) | rows_columns(office.place, cls, archived=False)
        assert (list(worked_out)[:2] == ["Status", "Days late"]) == (cls in STATUSES or cls is Provider)
        # A field of which a rule says more than is recorded gives its heading to the rule.
        kept = [pair for pair in cls.fields().items() if pair[0] != "sample" and pair[1].label not in worked_out]
        assert len(sheet.headings) == len(set(sheet.headings)) == len(kept) + 2 + len(worked_out), kind
        (row,) = [row for row in sheet.rows if row[0] == places[kind]]
        record = office.records.get(cls, places[kind])
        for (name, field), value in zip(kept, row[1 : -1 - len(worked_out)], strict=True):
            raw = getattr(record, name)
            if field.type in (FieldType.DATE, FieldType.MONEY, FieldType.NUMBER, FieldType.WHOLE):
                assert value == raw
            elif raw is not None:
                assert isinstance(value, str)
                assert value != raw or field.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE)
        assert row[-1] == "Yes"
        assert len(rows_of(as_csv(sheet))) == len(cells_of(as_xlsx(sheet))) == len(sheet.rows) + 1


@pytest.mark.parametrize("kind", ["agreement", "provider", "kpi"])
def test_what_the_list_works_out_is_exported_one_fact_a_column(sample: Office, kind: str) -> None:
    sheet = sample.exports.table(kind)
    exported = {row[0]: dict(zip(sheet.headings, row, strict=True)) for row in sheet.rows}
    lists = {"agreement": sample.agreements, "provider": sample.providers, "kpi": sample.kpis}
    rows = lists[kind].rows()
    assert len(rows) == len(exported)
    for row in rows:
        facts = exported[row.uid]
        assert facts["Status"] == (None if row.status.state == "Not known" else row.status.state)
        assert not any(letter.isdigit() for letter in facts["Status"] or ""), "a word that can be filtered"
        match kind:
            case "agreement":
                wanted = (row.ends, row.last_end, row.worth, row.doubts)
                names = ("Ends as things stand", "Last possible end", "Value worked out (£)", "Figures in doubt")
            case "provider":
                wanted = (row.open_actions, row.overdue_actions, row.next_visit, row.status.days_late)
                names = ("Open actions", "Overdue actions", "Next visit", "Days late")
            case _:
                wanted = (plain_number(row.latest.value), row.ends, row.target_lower, row.forecast)
                names = (
                    "Latest figure", "Latest figure is for the period to", "Target at least", "Forecast for the year"
                )  # fmt: skip
        assert tuple(facts[name] for name in names) == wanted
        assert all(isinstance(value, int | Decimal | date | None) for value in wanted)


def test_what_a_cell_says(office: Office) -> None:
    council = office.records.create(Organisation(name="East Council"))
    made = office.records.create(
        Agreement(
            title="Community equipment", kind=AgreementKind.POOLED_FUND, starts=date(2024, 4, 1),
            notice=Length(months=12),
            yearly_value=Decimal("746000.00"),
        )
    )  # fmt: skip
    office.records.create(Party(agreement=made.uid, organisation=council.uid, role=PartyRole.LEAD))
    office.records.create(
        Contribution(agreement=made.uid, partner=council.uid, year=2016, amount=Decimal("93350"), about=False)
    )
    agreement = cells(office, "agreement")
    assert agreement["Title"] == "Community equipment"
    assert agreement["Kind"] == "Section 75, pooled fund"
    assert agreement["Starts"] == date(2024, 4, 1)
    assert agreement["Notice"] == "12 months"
    assert agreement["Value a year (£)"] == Decimal(746000)
    assert agreement["Total, as stated (£)"] is None
    assert agreement["Invented sample"] is None
    money = cells(office, "money lines")
    assert money["Agreement"] == "Community equipment"
    assert money["Partner"] == "East Council"
    assert (money["Year"], money["Amount (£)"], money["Approximate"]) == ("2016/17", Decimal(93350), "No")
    assert cells(office, "party")["Role"] == "Lead commissioner"


def cells(office: Office, kind: str) -> dict[str, object]:
    sheet = office.exports.table(kind)
    (row,) = sheet.rows
    return dict(zip(sheet.headings, row, strict=True))


def test_a_moment_is_written_with_its_zone(office: Office) -> None:
    with office.place.change("Filed") as change:
        change.create(Briefing(title="Paper", printed=datetime(2026, 2, 2, 10, 42, 7, 99, tzinfo=UTC)))
    assert cells(office, "briefing")["Made"] == "2026-02-02T10:42:07+00:00"


def test_what_was_so_from_the_start_has_no_day_and_a_private_note_stays_private(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community OT")).uid
    risk = Risk(agreement=agreement, title="Waits", reviewed=date(2026, 3, 1), note="Told in confidence", private=True)
    uid = office.records.create(risk).uid
    began = office.records.get(Risk, uid)
    later = replace(began, reviewed=date(2026, 6, 1), note="Settled", state=RiskState.CLOSED)
    office.records.save(later, began)
    sheet = office.exports.table("dated_value")
    at = sheet.headings.index
    days = {row[at("Holds from")] for row in sheet.rows}
    assert None in days
    assert date.min not in days
    assert "0001" not in as_csv(sheet).decode()
    assert as_xlsx(sheet)
    assert {row[at("Note is private")] for row in sheet.rows if row[at("Field")] == "note"} == {"Yes"}


def test_archived_records_only_if_asked(office: Office) -> None:
    kept = office.records.create(Provider(name="Alder"))
    gone = office.records.create(Provider(name="Birch"))
    office.records.archive("provider", gone.uid)
    assert [row[0] for row in office.exports.table("provider").rows] == [kept.uid]
    assert {row[0] for row in office.exports.table("provider", archived=True).rows} == {kept.uid, gone.uid}


def test_an_unknown_table_is_named_with_those_there_are(office: Office) -> None:
    with pytest.raises(DeskError) as caught:
        office.exports.table("unicorns")
    assert caught.value.what == "There is no table called unicorns."
    assert all(kind in caught.value.remedy for kind in KINDS)


@pytest.mark.parametrize("name", ["out.xlsx", "OUT.CSV"])
def test_both_endings_write_a_whole_file_over_the_one_before(office: Office, tmp_path: Path, name: str) -> None:
    office.records.create(Provider(name="Alder, “£”"))
    target = tmp_path / name
    target.write_text("last month's, and longer than the new one" * 500)
    office.exports.write(office.exports.table("provider"), target)
    data = target.read_bytes()
    rows = rows_of(data) if target.suffix == ".CSV" else cells_of(data)
    assert rows[1][1] == "Alder, “£”"
    assert {name} == {file for file in names(tmp_path) if "out" in file.lower() or file.startswith(".")}


@pytest.mark.parametrize("name", ["out.xls", "out", "out.xlsx.txt", "desk.s75desk"])
def test_another_ending_is_refused_and_nothing_written(office: Office, tmp_path: Path, name: str) -> None:
    with pytest.raises(DeskError, match=r"ends in neither \.xlsx nor \.csv") as caught:
        office.exports.write(office.exports.table("provider"), tmp_path / name)
    assert caught.value.remedy == "Give it one of these endings."
    assert not (tmp_path / name).exists()


def test_a_folder_that_cannot_be_written_to_is_said_and_nothing_left(office: Office, tmp_path: Path) -> None:
    sheet = office.exports.table("provider")
    with pytest.raises(DeskError) as caught:
        office.exports.write(sheet, tmp_path / "gone" / "out.csv")
    assert caught.value.what == "Not exported: out.csv could not be written (no such file or directory)."
    assert caught.value.remedy == "Close it if it is open elsewhere, or choose another folder."
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DeskError, match="could not be written"):
        office.exports.write(sheet, tmp_path / "file" / "out.csv")
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(DeskError, match="could not be written"):
        office.exports.write(sheet, tmp_path / "taken.csv")
    assert [file for file in names(tmp_path) if file.startswith(".")] == []


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "size=64k") as disk:
        (disk / "out.csv").write_text("last month's")
        with pytest.raises(
            DeskError, match=r"^Not exported: out\.csv could not be written \(no space left on device\)\."
        ):
            write_whole(disk / "out.csv", b"x" * 200_000, "exported")
        assert (disk / "out.csv").read_text() == "last month's"
        assert names(disk) == {"out.csv"}


def test_a_read_only_disk_is_said(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=64k,ro") as disk, pytest.raises(DeskError, match="read-only file system"):
        write_whole(disk / "out.csv", b"x", "exported")


def test_the_name_of_a_record_that_is_archived_still_stands_in_the_table(office: Office) -> None:
    council = office.records.create(Organisation(name="East Council"))
    made = office.records.create(Agreement(title="Community equipment"))
    office.records.create(Party(agreement=made.uid, organisation=council.uid, role=PartyRole.PARTNER))
    office.records.archive("organisation", council.uid)
    assert cells(office, "party")["Organisation"] == "East Council"


def test_the_sample_says_which_records_are_invented(sample: Office) -> None:
    providers = sample.exports.table("provider")
    assert {row[-1] for row in providers.rows} == {"Yes"}
    published = sample.exports.table("recommendation")
    assert {row[-1] for row in published.rows} == {None}
    sources = published.headings.index("Source")
    assert all(row[sources] for row in published.rows)


def test_a_share_is_written_to_four_places_and_what_was_typed_as_it_is() -> None:
    assert plain_number(Decimal(299) / Decimal(323) * 100) == Decimal("92.5697")
    assert plain_number(Decimal("51.06")) == Decimal("51.06")
    assert plain_number(None) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mask")
@pytest.mark.parametrize(("mask", "rights"), [(0o077, 0o600), (0o027, 0o640), (0o022, 0o644)])
def test_a_file_has_the_rights_that_the_officers_new_files_have(tmp_path: Path, mask: int, rights: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "out.csv", b"x", "exported")
    finally:
        os.umask(before)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == rights
