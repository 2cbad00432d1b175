"""The KPIs tab: every KPI with its latest figure, its status and its trend."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import Kpi
from s75desk.domain.status import Shape
from s75desk.domain.statuses.counts import kpi_tally
from s75desk.domain.wording import plural
from s75desk.services.export_columns import plain_number
from s75desk.services.kpis import KpiRow
from s75desk.ui.itemmodels.cells import Cell, Column, Spark
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish, wish_for_new
from s75desk.ui.pages.kpis.record import SHOWN, KpiRecord
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.widgets.filter_button import FilterButton


def _trend(row: KpiRow) -> Cell:
    text = "Trend: " + ", ".join(f"{value:g}" for value in row.trend[-6:]) if row.trend else ""
    known = row.latest.value is not None  # the last of the trend is not the latest where that has no value
    end = row.status.shape if known and row.status.shape.family in ("good", "watch", "alert") else None
    return Cell(
        spark=Spark(
            row.trend[-24:],
            row.lower,
            row.upper,
            end,
            text,
            "No figures yet" if row.ends is None else "None with a value",
        )
    )


COLUMNS: list[Column[KpiRow]] = [
    Column(
        "title",
        "KPI",
        lambda r: Cell(r.title, r.subtitle),
        "two_line",
        0,
        facts=(
            ("KPI", lambda r: r.title),
            ("Agreement", lambda r: r.agreement or None),
            ("Provider", lambda r: r.provider or None),
            ("Unit", lambda r: r.unit or None),
        ),
    ),
    Column(
        "latest",
        "Latest",
        lambda r: Cell(sub=r.period, figure=r.latest, sort=r.latest.value, tip=r.caption),
        "figure",
        11,
        facts=(
            ("Latest figure", lambda r: plain_number(r.latest.value)),
            ("Latest figure is for the period to", lambda r: r.ends),
            ("Target at least", lambda r: r.target_lower),
            ("Target at most", lambda r: r.target_upper),
        ),
        sort_key=lambda r: r.latest.value,
    ),
    Column(
        "status",
        "Status",
        lambda r: Cell(status=r.status, sort=r.status.shape.urgency),
        "status",
        10.4,
        facts=(("Status", lambda r: r.status.state if r.status.known else None),),
    ),
    Column(
        "trend",
        "Trend and target",
        _trend,
        "spark",
        9.6,
        sortable=False,
        from_width=40,
        facts=(("Forecast for the year", lambda r: plain_number(r.forecast)),),
    ),
]


def _count(shown: Sequence[KpiRow], rows: Sequence[KpiRow]) -> str:
    shapes, _ = kpi_tally(row.status for row in shown)
    off, unknown = shapes.get(Shape.ALERT, 0), shapes.get(Shape.UNKNOWN, 0)
    base = plural(len(shown), "KPI") if len(shown) == len(rows) else f"{len(shown)} of {len(rows)} KPIs"
    return f"{base}: {off} off target, {unknown} not known"


class KpisPage(ListPage):
    """KPIs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._agreement = FilterButton("Agreement")
        self._status = FilterButton("Status", multiple=True)
        self._life = FilterButton(
            "Show", [("target", "With a target"), ("archived", "Archived too")], anything="All live"
        )
        spec = ListSpec(
            page="kpis",
            title="KPIs",
            hint="Search KPI or agreement",
            new="New KPI",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: " ".join((row.title, row.subtitle, row.agreement, row.provider)),
            load=lambda archived: context.office.kpis.rows(archived=archived),
            stale=frozenset(SHOWN),
            count=_count,
            empty_title="No KPIs yet",
            empty_text="Enter what is measured, its target and its figures.\n"
            "Each shows its latest figure, the forecast, and how far it is from the target.",
            split=0.5,
        )
        super().__init__(
            context, spec, KpiRecord(context), filters=(self._agreement, self._status, self._life), parent=parent
        )
        self._life.changed.connect(self.reload)
        # Figures copied in a spreadsheet belong to the KPI in front; a field takes its own paste before this.
        paste = QShortcut(QKeySequence.StandardKey.Paste, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._paste)

    def _paste(self) -> None:
        if isinstance(self.record, KpiRecord):
            self.record.paste()

    def new_wish(self) -> FormWish:
        """The form of a new KPI."""
        return wish_for_new(Kpi())

    def wants_archived(self) -> bool:
        """Whether archived KPIs are listed too."""
        return self._life.value() == "archived"

    def clear_filters(self) -> None:
        """Let go of every filter."""
        for button in (self._agreement, self._status, self._life):
            button.set_value("")

    def apply_filter(self, value: str) -> None:
        """Show KPIs of one status."""
        self._status.set_value(value)

    def rows_loaded(self, rows: Sequence[KpiRow]) -> None:
        """Offer the agreements and statuses there are."""
        agreements = sorted({(row.agreement_uid, row.agreement) for row in rows if row.agreement}, key=lambda p: p[1])
        self._agreement.set_options(agreements)
        words = sorted({(row.status.shape.urgency, row.status.state) for row in rows})
        self._status.set_options([(word, word) for _, word in words])

    def accept(self) -> Callable[[KpiRow], bool] | None:
        """All filters together."""
        agreement, statuses, life = self._agreement.value(), self._status.values(), self._life.value()
        if not agreement and not statuses and life != "target":
            return None
        return lambda row: (
            (not agreement or row.agreement_uid == agreement)
            and (not statuses or row.status.state in statuses)
            and (life != "target" or row.status.shape is not Shape.NONE)
        )
