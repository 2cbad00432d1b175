"""The KPIs of an agreement, and totals published with their parts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records import Agreement, Breakdown, Kpi, Part
from s75desk.domain.statuses.counts import pressing_count
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.agreements.lists import names_of
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.record_view import SubPage

KPIS: list[Column[KpiSheet]] = [
    Column("title", "KPI", lambda s: Cell(s.kpi.title, tip=s.kpi.definition or ""), "text", 0),
    Column(
        "latest",
        "Latest",
        lambda s: Cell(figure=s.state.latest, sort=s.state.latest.value, tip=s.state.latest_caption),
        "figure",
        9,
    ),
    Column("caption", "Period", lambda s: Cell(s.state.latest_caption, colour="muted"), "text", 11),
    Column("target", "Target", lambda s: Cell(s.state.target, colour="" if s.targets else "muted"), "text", 11),
    Column("status", "Status", lambda s: Cell(status=s.state.status, sort=s.state.status.shape.urgency), "status", 10),
]


class _KpiSection(ChildSection):
    """KPIs by their sheets; a row opens the KPI's own page."""

    def edit(self, record: object) -> None:
        """F2 edits the KPI behind the sheet."""
        super().edit(record.kpi if isinstance(record, KpiSheet) else record)

    def archive(self, record: object) -> None:
        """Delete archives the KPI behind the sheet."""
        super().archive(record.kpi if isinstance(record, KpiSheet) else record)


class FiguresPage(SubPage):
    """See the module.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, agreement: Callable[[], Agreement], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self._words: dict[str, str] = {}
        self._parts: dict[str, PartedTotal] = {}
        names = Names(self._words, context.today)
        self.kpis = _KpiSection(
            context,
            "KPIs",
            KPIS,
            name="agreement kpis",
            make=lambda: Kpi(agreement=agreement().uid),
            add="Add a KPI",
            of=lambda: agreement().title,
            parent=self,
        )
        self.kpis.table.activated_row.disconnect()
        self.kpis.table.activated_row.connect(self._open)
        self.totals = ChildSection(
            context,
            "Totals with their parts",
            columns_of(Breakdown, names),
            name="agreement breakdowns",
            make=lambda: Breakdown(agreement=agreement().uid),
            add="Add a total",
            of=lambda: agreement().title,
            parent=self,
        )
        self.parts = ChildSection(
            context,
            "Parts",
            columns_of(Part, names),
            name="breakdown parts",
            make=lambda: Part(breakdown=self._chosen()),
            add="Add a part",
            of=self._chosen_title,
            parent=self,
        )
        self.totals.current_changed.connect(self._show_parts)
        for section in (self.kpis, self.totals, self.parts):
            section.form_asked.connect(self.form_asked)
        self.put(self.kpis, self.totals, self.parts)

    def show_dossier(self, dossier: AgreementDossier) -> None:
        """Show the KPIs and breakdowns of a dossier."""
        self._words.clear()
        self._words.update(names_of(dossier).by_uid)
        loud = pressing_count(sheet.state.status for sheet in dossier.kpis)
        self.kpis.set_rows(dossier.kpis, f"{loud} of {len(dossier.kpis)} need a look" if dossier.kpis else "")
        self._parts = {total.breakdown.uid: total for total in dossier.breakdowns}
        self.totals.set_rows(
            [total.breakdown for total in dossier.breakdowns], "sums are checked, figures never changed"
        )
        self.totals.table.select_first()
        self._show_parts(self.totals.table.current_row())

    def _show_parts(self, breakdown: Breakdown | None) -> None:
        total = self._parts.get(breakdown.uid) if breakdown else None
        self.parts.setVisible(total is not None)
        if total is not None and breakdown is not None:
            self.parts.set_rows(total.parts, f"of {breakdown.title}")

    def _chosen(self) -> str:
        row = self.totals.table.current_row()
        return row.uid if row else ""

    def _chosen_title(self) -> str:
        row = self.totals.table.current_row()
        return row.title if row else ""

    def _open(self, sheet: KpiSheet) -> None:
        self.context.navigator.open("kpi", sheet.kpi.uid)
