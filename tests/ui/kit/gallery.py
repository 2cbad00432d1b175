"""Shows every part of the kit, to be looked at: ``python -m tests.ui.kit.gallery FOLDER`` writes its pictures."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QMainWindow, QRadioButton, QWidget

from s75desk.domain.drawing import CircleMark, Drawing, LineMark, PolylineMark, RectMark, Spot, StatusMark, TextMark
from s75desk.domain.errors import DiskTrouble
from s75desk.domain.status import Shape, Status
from s75desk.domain.working import Figure, Line, Working
from s75desk.ui.itemmodels.cells import Cell, Column, Spark
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.agenda import Agenda, Day, Entry
from s75desk.ui.widgets.buttons import ToolIcon, make_button
from s75desk.ui.widgets.chip import ShapeMark, StatusChip
from s75desk.ui.widgets.drawing_view import DrawingView
from s75desk.ui.widgets.empty_state import EmptyState
from s75desk.ui.widgets.error_panel import ErrorPanel
from s75desk.ui.widgets.figure_button import FigureBlock
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.focus_ring import FocusRing
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.notice import Notice
from s75desk.ui.widgets.passphrase import PassphraseEdit
from s75desk.ui.widgets.progress_sheet import ProgressSheet
from s75desk.ui.widgets.question_dialog import QuestionDialog
from s75desk.ui.widgets.read_table import ReadTable
from s75desk.ui.widgets.skeleton import Skeleton
from s75desk.ui.widgets.status_line import StatusLine
from s75desk.ui.widgets.sub_tabs import SubTabs
from s75desk.ui.widgets.surface import Hairline, Surface
from s75desk.ui.widgets.table import RecordTable
from s75desk.ui.widgets.tile import Tile
from s75desk.ui.widgets.timeline import Event, Timeline
from s75desk.ui.widgets.working_sheet import WorkingSheet

SIZE = QSize(1366, 768)

WORKING = Working(
    "£10,193,315 over five years",
    (
        Line("A year, from 2024/25", "£2,038,663", "rec. a, para 3.7"),
        Line("Years: 3 + 1 + 1", "5", "rec. b"),
        Line("2,038,663 × 5", "£10,193,315", "agrees", result=True, shape=Shape.GOOD),
        Line("Yearly uplifts", "Not known", "not in the total"),
    ),
    rule="A year = £1,810,426 in 2022/23 + £228,237 uplift = £2,038,663 (+12.61%). It lies inside the review’s "
    "£2.0m to £2.1m.",
    source="committee report, 7 March 2024",
)

AGREEMENTS = (
    ("1", "Occupational therapy, Section 75", "S75-2024-OT · council and NHS trust", Shape.WATCH, "Decide by 31 Mar"),
    ("2", "Home care, dynamic purchasing", "DPS-2020-HC · 21 providers, 3 zones", Shape.GOOD, "Live"),
    ("3", "Mental health recovery, Lot 1", "DPS-2023-MH · 3 providers, 8 units", Shape.GOOD, "Live"),
    ("4", "Domiciliary care framework", "FWK-2017-DC · two partners", Shape.DONE, "Ended"),
    ("5", "Community OT, pooled fund", "S75-2012-COT · ended before decision", Shape.DOUBT, "Ended, 2 doubts"),
)


def heading(words: str) -> Label:
    return Label(words, "heading", bold=True)


def buttons() -> QWidget:
    withheld = make_button("Not yet")
    withheld.withhold("Finish the prior actions first")
    partner = FilterButton("Partner", [("a", "Council"), ("b", "NHS trust")])
    live = FilterButton("Status", [("live", "live and ended")])
    live.set_value("live")
    search = QLineEdit()
    search.setPlaceholderText("Search title or reference")
    group = QLineEdit("Operational group")
    wrong = QLineEdit("31 March 2026")
    wrong.setProperty("state", "fault")
    kinds = QComboBox()
    kinds.addItems(["Section 75, pooled fund", "Contract, block"])
    redacted, large = QCheckBox("Redacted copy"), QCheckBox("Large print")
    redacted.setChecked(True)
    calendar, working = QRadioButton("Calendar days"), QRadioButton("Working days")
    working.setChecked(True)
    part = boxed(
        column(
            heading("Buttons: one primary in view"),
            row(make_button("Record a decision", "pencil", "primary"), make_button("Add a meeting", "people"), None),
            row(
                make_button("Add a line", "plus", "quiet"),
                make_button("Withdraw from signed record", "undo", "danger"),
                None,
            ),
            row(make_button("Print brief", "briefing", key="Ctrl+P"), withheld, None),
            10,
            heading("Filters and fields"),
            row(partner, live, ToolIcon("columns", "Choose columns"), KeyHint("Ctrl+K"), None),
            row(search, group),
            row(
                wrong,
                ShapeMark(Shape.ALERT, side=15),
                Label("Before the start, 1 April 2026.", colour="alert_text"),
                None,
            ),
            row(kinds, None),
            row(redacted, large, None, gap=18),
            row(calendar, working, None, gap=18),
            PassphraseEdit(),
            None,
        )
    )
    part.setProperty("first", True)
    return part


def rates() -> ReadTable[tuple[str, Figure, Status]]:
    columns = [
        Column("name", "Provider", lambda r: Cell(r[0])),
        Column("rate", "Rate", lambda r: Cell(figure=r[1]), "figure", width=8),
        Column("risk", "Risk", lambda r: Cell(status=r[2]), "status", width=10),
    ]
    rows = [
        ("Corven Court", Figure("£14.30", WORKING), Status(Shape.GOOD, "Green")),
        ("Saltern Lodge", Figure("£13.50"), Status(Shape.WATCH, "Amber")),
        ("Quillhaven Support", Figure("Not known"), Status(Shape.UNKNOWN, "Not known")),
    ]
    return ReadTable("Rates", columns, rows)


def components(theme: Theme) -> QWidget:
    """What the picture ``components`` shows."""
    page = Surface("surface")
    scale = column(gap=2)
    for size in ("hero", "figure", "title", "heading", "body", "small", "caption"):
        scale.put(row(Label("2,133", size, bold=size != "body"), Label(size, colour="muted"), None))
    words = {
        Shape.STAR: ("Outstanding", "also Excellent"),
        Shape.GOOD: ("Good", "Green, On target, Live, Met"),
        Shape.WATCH: ("Amber", "Due soon, Near target"),
        Shape.ALERT: ("Red", "Overdue, Off target, Poor"),
        Shape.DOUBT: ("Check the sum", "a figure in doubt"),
        Shape.UNKNOWN: ("Not known", "Not rated, No date"),
        Shape.PLAN: ("Open", "Planned, Draft"),
        Shape.DONE: ("Done", "Ended, Verified"),
        Shape.INFO: ("For information", "changed, imported"),
        Shape.NONE: ("No target", "does not apply"),
    }
    statuses = column(heading("Status: shape and word"), gap=5)
    for shape, (word, also) in words.items():
        statuses.put(row(StatusChip(Status(shape, word)), Label(also, colour="muted"), None, gap=16))
    error = ErrorPanel("Save again", "Copy my words", margins=0)
    error.set_trouble(
        DiskTrouble(
            "Not saved: the disk is full.",
            "Nothing in the desk has changed and your words are still here. Free some space, then save again.",
        )
    )
    skeleton = Skeleton("row", 2)
    skeleton.setFixedHeight(66)
    blocks = row(
        FigureBlock("Year to date", Figure("2,133", WORKING), "8 of 12 months"),
        FigureBlock("Forecast", Figure("3,200", WORKING), "2,133 ÷ 8 × 12"),
        FigureBlock("Last year", Figure("3,294"), "31 below the floor"),
        None,
        gap=24,
    )
    left = column(heading("Type, from the system size"), boxed(scale), 8, blocks, 8, boxed(statuses), None, gap=6)
    right = column(
        heading("Tables"), rates(), 12, heading("Working on it"), skeleton, 12, heading("When it fails"), error, None
    )
    row((boxed(left), 1), (buttons(), 1), (boxed(right), 1), margins=24, gap=32, parent=page)
    return page


def agreements_table() -> RecordTable[tuple[str, str, str, Shape, str]]:
    columns = [
        Column("title", "Agreement", lambda r: Cell(r[1], sub=r[2]), "two_line"),
        Column("status", "Status", lambda r: Cell(status=Status(r[3], r[4])), "status", width=10),
        Column("ends", "Ends", lambda r: Cell("31 Mar 2027" if r[0] == "1" else "Not known"), "date", width=7),
        Column(
            "trend",
            "Trend and target",
            lambda r: Cell(spark=Spark((3.0, 5.0, 4.0, 6.0), 4, 5, Shape.ALERT) if r[0] == "1" else Spark()),
            "spark",
            width=9,
            from_width=40,
        ),
    ]
    table = RecordTable("Agreements", columns, lambda r: r[0])
    table.set_rows(AGREEMENTS)
    table.select_uid("1")
    return table


def contributions() -> ReadTable[tuple[str, ...]]:
    def money(place: int):
        return lambda r: Cell(
            figure=Figure(r[place], WORKING if r[0] in ("2024/25", "Five years") else None), bold=r[0] == "Five years"
        )

    columns = [
        Column("year", "Year", lambda r: Cell(r[0], bold=r[0] == "Five years"), width=7),
        Column("part", "Part of term", lambda r: Cell(r[1], colour="muted" if "If" in r[1] else ""), width=9),
        Column("council", "Council", money(2), "figure", width=8),
        Column("uplift", "Uplift", lambda r: Cell(r[3]), "money", width=7),
        Column("total", "Total", money(4), "figure", width=8),
        Column(
            "source",
            "Source",
            lambda r: (
                Cell(r[5], status=Status(Shape.GOOD, "agrees")) if r[5] == "agrees" else Cell(r[5], colour="muted")
            ),
        ),
    ]
    rows = [
        ("2024/25", "First term", "£2,038,663", "£228,237", "£2,038,663", "report 7 Mar 2024"),
        ("2025/26", "First term", "£2,038,663", "Not known", "£2,038,663", "plan"),
        ("2027/28", "If extended", "£2,038,663", "Not known", "£2,038,663", "plan"),
        ("Five years", "plus uplifts", "£10,193,315", "Not known", "£10,193,315", "agrees"),
    ]
    return ReadTable("Contributions", columns, rows)


def chart(width: float) -> Drawing:
    """A few points with a band, as a rule would draw them."""
    values = (286, 271, 293, 279, 262, 281, 268, 290, 276, 259)
    left, right, top, bottom = 40.0, width - 110, 10.0, 130.0

    def x_of(place: int) -> float:
        return left + 12 + place * (right - left - 24) / (len(values) - 1)

    def y_of(value: float) -> float:
        return bottom - (value - 250) / 60 * (bottom - top)

    points = tuple((x_of(place), y_of(value)) for place, value in enumerate(values))
    marks = [
        *(LineMark(left, y_of(v), right, y_of(v), "grid") for v in (260, 280, 300)),
        RectMark(left, y_of(306), right - left, y_of(277) - y_of(306), "band", "band_edge", 1, hatch=True),
        LineMark(left, y_of(271), right, y_of(271), "spc_mean", 1.5),
        LineMark(left, y_of(255), right, y_of(255), "spc_limit", 1, (4, 3)),
        PolylineMark(points, "spc_common", 1.6),
        *(CircleMark(x, y, 4.2, "spc_common", "surface") for x, y in points),
        *(TextMark(left - 6, y_of(v) + 4, str(v), "muted", 12, anchor="end") for v in (260, 280, 300)),
        TextMark(right + 8, y_of(291) + 4, "Target 277 to 306", "good_text", 13, bold=True),
        TextMark(right + 8, y_of(271) + 4, "Mean 271", "text", 13, bold=True),
        TextMark(right + 8, y_of(255) + 4, "Lower limit 255", "muted", 13),
        StatusMark(right + 8, top, Shape.WATCH, 14),
    ]
    spots = tuple(Spot(x, y, 6, f"{value} assessments") for (x, y), value in zip(points, values, strict=True))
    table = (("Month", "Assessments"), *((str(place), str(value)) for place, value in enumerate(values)))
    return Drawing(width, 145, tuple(marks), "Assessments by month, 259 to 293.", table, spots)


def record() -> QWidget:
    """A record as pages assemble it."""
    page = Surface("surface")
    status = Status(
        Shape.WATCH,
        "Decide by 31 March 2026",
        "Live, year 2 of 5. To end it on 31 March 2027, give notice in the next 57 days.",
    )
    tabs = SubTabs()
    terms = QWidget()
    column(
        row(heading("Month by month"), Label("assessments completed", colour="muted"), None),
        DrawingView(chart, "Month by month"),
        row(heading("Contributions"), None, make_button("Add a line", "plus", "quiet")),
        contributions(),
        None,
        margins=(0, 12, 0, 0),
        parent=terms,
    )
    tabs.add_page("terms", "Terms", terms)
    for key, title, count in (
        ("money", "Money", ""),
        ("clauses", "Clauses", "7 of 7"),
        ("kpis", "KPIs", "3"),
        ("forums", "Forums", "4"),
        ("risks", "Risks", ""),
        ("history", "History", ""),
    ):
        tabs.add_page(key, title, QWidget(), count)
    column(
        row(Label("Occupational therapy, Section 75", "title", bold=True), None, ToolIcon("more", "More")),
        StatusLine(status),
        2,
        row(
            make_button("Record a decision", "pencil", "primary"),
            make_button("Print agreement briefing", "briefing"),
            None,
        ),
        (tabs, 1),
        margins=(24, 14, 24, 14),
        parent=page,
    )
    return page


def list_and_record(theme: Theme) -> QWidget:
    """What the picture ``agreements`` shows, without the bars of the window."""
    page = Surface("canvas")
    table = agreements_table()
    table.setFixedWidth(theme.metrics.px(34))
    table.setObjectName("list")
    row(table, Hairline(upright=True), (record(), 1), gap=0, parent=page)
    return page


def overview(theme: Theme) -> QWidget:
    """Tiles, agenda and timeline."""
    page = Surface("canvas")
    tiles = row(
        Tile(Shape.WATCH, "notice date", "1", "In 90 days; 4 live agreements"),
        Tile(Shape.ALERT, "gone red", "1", "Of 10; 2 amber, 1 not known"),
        Tile(Shape.ALERT, "actions overdue", "3", "Of 41 open; oldest 12 days"),
        Tile(Shape.PLAN, "visits booked", "2", "In 14 days; 17 to grade"),
        Tile(Shape.DOUBT, "figures in doubt", "2", "Sums that disagree"),
        gap=10,
    )
    tile = tiles.itemAt(2).widget()
    assert isinstance(tile, Tile)
    tile.setChecked(True)
    agenda = Agenda(
        [
            Day("Mon 2", (Entry("people", "OT operational group", "10:00", "meeting", "1"),), today=True),
            Day("Tue 3", (Entry("visit", "Visit: Pellgate House, day 1", "09:30"), Entry("action", "2 actions due"))),
            Day("Thu 5"),
            Day("Mon 9", (Entry("action", "3 actions due"),), before="Next week"),
        ]
    )
    events = Timeline(
        [
            Event("1 Feb", "Risk: amber to red", "Default notice in force; 3 ambers as before", Shape.ALERT, bold=True),
            Event("29 Jan", "Default notice served", "In force from 1 Feb; linked to 2 unmet actions", icon="notice"),
            Event("12 Jan", "Registered manager left", "CQC notified 14 Jan", icon="person", uid="1"),
            Event("14 Oct", "Quality visit: Requires improvement", "13 actions; 9 done, 4 open", Shape.WATCH),
        ]
    )
    panels = []
    for title, part in (("Next two weeks", agenda), ("Timeline", events)):
        panel = Surface("panel")
        column(heading(title), Hairline(), part, None, margins=(14, 8, 14, 8), gap=6, parent=panel)
        panels.append(panel)
    empty = EmptyState(
        "No visits yet",
        "Plan one and it opens here with its question set, the last answers and the actions still open. It works "
        "with no signal, saves as you type, and prints the feedback sheet before you leave.",
        "Plan a visit",
        "Look round the sample visit",
        "Import a question set from a spreadsheet",
    )
    column(tiles, row((panels[0], 1), (panels[1], 1), (empty, 2), gap=12), margins=20, gap=12, parent=page)
    return page


def window(page: QWidget) -> QMainWindow:
    shown = QMainWindow()
    shown.resize(SIZE)
    shown.setCentralWidget(page)
    shown.show()
    QTest.qWait(250)
    return shown


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    theme = Theme(app, "light")
    FocusRing(app)
    for choice in ("light", "dark"):
        theme.set_choice(choice)
        for name, make in (("components", components), ("record", list_and_record), ("overview", overview)):
            shown = window(make(theme))
            if name == "components":
                shown.activateWindow()
                for _ in range(4):
                    QTest.keyClick(app.focusWidget() or shown, Qt.Key.Key_Tab)
                QTest.qWait(20)
            if name == "record":
                table = shown.findChild(RecordTable, "list")
                assert table is not None
                table.setFocus()
                working = WorkingSheet(shown, WORKING, source=True, history=True)
                read = shown.findChildren(ReadTable)[0]
                at = read.mapTo(shown, QPoint(330, read.height() - 22))
                working.open_at(QRect(at, QSize(74, 18)))
            if name == "overview":
                Notice(shown).say(
                    "Archived: complaints log at Lindle Homecare. Its history is kept.", icon="archive", undo=True
                )
                progress = ProgressSheet(
                    shown,
                    "Importing CQC active locations",
                    unit="rows",
                    assurance="Nothing changes in the desk until you accept.",
                    cancel="Cancel import",
                )
                progress.set_progress(31204, 56870)
                progress.set_lines(
                    (
                        Line("New", "12", "locations in your area", shape=Shape.PLAN),
                        Line("Changed", "41", "3 ratings, 2 managers, 36 other", shape=Shape.INFO),
                        Line("Rejected", "7", "no location ID; listed with reasons", shape=Shape.DOUBT),
                    )
                )
                QTest.qWait(900)
            QTest.qWait(300)
            shown.grab().save(str(folder / f"{name}-{choice}.png"))
            shown.close()
            shown.deleteLater()
        asker = QWidget()
        question = QuestionDialog(
            asker,
            "Finish the visit with 43 questions open?",
            "They will print as “Not looked at”. The rating will say it rests on 31 of 74 questions.",
            verbs=(("finish", "Finish visit", "primary", "sign"),),
        )
        question.body.put(WrappedLabel("A field may stand here.", colour="muted"))
        question.show()
        QTest.qWait(50)
        question.grab().save(str(folder / f"question-{choice}.png"))
        question.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery"))
