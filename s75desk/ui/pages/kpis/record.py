"""One KPI: its chart and key figures, every figure received, targets, returns, definition and history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from s75desk.domain.answers import Owner, owner_of_kpi
from s75desk.domain.periods.kinds import next_span
from s75desk.domain.records import Action, Kpi, KpiReturn, Measurement, Target
from s75desk.domain.statuses.counts import waited_count
from s75desk.domain.wording import plural
from s75desk.services.kpis import KpiPage
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.doubts_page import DoubtsPage
from s75desk.ui.pages.field_sheet import FieldSheet, noted
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit, wish_for_new
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.kpis.chart import ChartPage
from s75desk.ui.pages.kpis.paste import PasteDialog
from s75desk.ui.pages.linked_actions import LinkedActions
from s75desk.ui.pages.record_view import RecordView, SubPage
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, column

SHOWN = "kpi target measurement kpi_return action agreement provider breakdown part doubt_answer".split()


class KpiRecord(RecordView):
    """The page of one KPI."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "kpi", SHOWN, parent)
        self.page: KpiPage | None = None
        self.chart = ChartPage(context, self)
        self._figures_page = SubPage(fills=True, parent=self)
        self._figures_names = Names({}, context.today)
        self._figures: ChildSection | None = None
        self.targets = self._section(Target, "Targets", "Add a target")
        self.returns = self._section(KpiReturn, "Returns", "Expect a return")
        self.about = FieldSheet(parent=self)
        self.linked = LinkedActions(context, self._new_action, self)
        self.doubts = DoubtsPage(context, self._whose_doubts, self.edit_wish, self)
        self.history = HistoryPage(context, self)
        definition = SubPage(parent=self)
        what = column(Label("Definition", "heading", bold=True, parent=self), self.about, gap=8)
        definition.put(boxed(what, self), self.targets)
        returns = SubPage(fills=True, parent=self)
        returns.put((self.returns, 1))
        for title, sub in (
            ("Chart", self.chart),
            ("Figures", self._figures_page),
            ("Returns", returns),
            ("Definition", definition),
            ("Actions", self.linked),
            ("Doubts", self.doubts),
            ("History", self.history),
        ):
            self.add_sub_page(title, sub)
        self.linked.form_asked.connect(self.form_asked)
        self.doubts.form_asked.connect(self.form_asked)

    def read(self, uid: str) -> KpiPage:
        """The KPI with all that belongs to it."""
        return self.context.office.kpis.page(uid)

    def show_page(self, page: KpiPage) -> None:
        """Show it."""
        self.page = page
        sheet = page.sheet
        kpi, state = sheet.kpi, sheet.state
        owner = page.agreement.title if page.agreement else page.provider.name if page.provider else ""
        parts = [owner, kpi.measure.word if kpi.measure else "", kpi.unit or "", kpi.better.value if kpi.better else ""]
        if state.band:
            parts.append(f"target {state.target}")
        self.set_header(kpi.title, "  ·  ".join(part for part in parts if part), state.status)
        self.set_steps(
            (
                ("Record a figure", "pencil", "", self._record_figure),
                ("Set a target", "flag", "", self.targets.add),
                ("Raise an action", "action", "", self._raise_action),
            )
        )
        self.chart.show_sheet(sheet, page.questions)
        self._show_figures(page)
        self.targets.set_rows((*sheet.targets, *page.targets_ahead), "by year, or from a day on")
        returns = page.listed_returns
        waiting = waited_count(returns, self.context.today)
        self.returns.set_rows(returns, f"{waiting} still to come" if returns else "")
        self.about.set_pairs(
            [
                ("Definition", kpi.definition or ""),
                ("Scope", kpi.scope or ""),
                ("Measure", kpi.measure.word if kpi.measure else ""),
                ("Unit", kpi.unit or ""),
                ("Direction", kpi.better.word if kpi.better else ""),
                ("How periods add up", kpi.adding.word if kpi.adding else ""),
                ("Period", kpi.period.word if kpi.period else ""),
                *([("Own period ends", kpi.own_dates)] if kpi.own_dates else []),
                ("Year from", kpi.year_from.word if kpi.year_from else "April: financial year"),
                *(
                    [
                        (
                            "Time limit",
                            f"{plural(kpi.limit_days, 'day')}, {kpi.clock.value if kpi.clock else 'clock not known'}",
                        )
                    ]
                    if kpi.limit_days is not None
                    else []
                ),
                ("Source", kpi.cited if kpi.source or kpi.paragraph else ""),
                *noted(kpi),
            ]
        )
        self.linked.show_actions(page.actions)
        self.doubts.show_doubts(page.questions, page.answered)
        self.history.show_history("kpi", kpi.uid)
        self.set_count("Figures", len(sheet.measurements))
        self.set_count("Returns", len(page.listed_returns))
        self.set_count("Actions", len(page.actions))
        self.set_count("Doubts", len(page.questions))

    def next_doubt(self) -> None:
        """Go to the next doubt of the KPI, wherever in its pages the keyboard is."""
        self.tabs.set_current("Doubts")
        self.doubts.next_doubt()

    def _whose_doubts(self) -> tuple[Owner, str]:
        return owner_of_kpi(self._kpi()), self._kpi().title

    def edit_wish(self) -> FormWish | None:
        """The form of this KPI."""
        return wish_for_edit(self.page.sheet.kpi) if self.page else None

    def more_actions(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Further things to do with a KPI."""
        return (("Expect a return", self.returns.add), ("Paste figures (Ctrl+V)", self.paste))

    def _kpi(self) -> Kpi:
        return self.page.sheet.kpi if self.page else Kpi(uid=self.uid)

    def _section(self, cls: type, title: str, add: str) -> ChildSection:
        part = ChildSection(
            self.context,
            title,
            columns_of(cls, Names({}, self.context.today)),
            name=f"kpi {title.lower()}",
            make=lambda: cls(kpi=self.uid),
            add=add,
            of=lambda: self._kpi().title,
            fill=cls is KpiReturn,
            parent=self,
        )
        part.form_asked.connect(self.form_asked)
        return part

    def _show_figures(self, page: KpiPage) -> None:
        """The figures' columns depend on the KPI's measure, so that the section is made for the KPI shown."""
        if self._figures is not None:
            self._figures.hide()
            self._figures.setParent(None)
            self._figures.deleteLater()
        self._figures = self._figures_of(page)
        self._figures_page.put((self._figures, 1))
        self.chart.set_figures(self._figures_of(page))

    def _figures_of(self, page: KpiPage) -> ChildSection:
        part = ChildSection(
            self.context,
            "Figures",
            columns_of(Measurement, Names({}, self.context.today), kpi=page.sheet.kpi),
            name="kpi figures",
            make=self._next_figure,
            add="Record a figure",
            of=lambda: self._kpi().title,
            fill=True,
            parent=self,
        )
        part.form_asked.connect(self.form_asked)
        rows = (*reversed(page.ahead), *reversed(page.sheet.measurements))
        part.set_rows(rows, "newest first; n and N kept where they are known")
        return part

    def _record_figure(self) -> None:
        self.form_asked.emit(wish_for_new(self._next_figure(), self._kpi().title))

    def _next_figure(self) -> Measurement:
        """The figure that is to come, with its period where that follows from the last one."""
        sheet = self.page.sheet if self.page else None
        span = next_span(sheet.kpi, sheet.measurements, self.context.today) if sheet else None
        return Measurement(kpi=self.uid, starts=span.starts, ends=span.ends) if span else Measurement(kpi=self.uid)

    def paste(self) -> None:
        """Show what the clipboard holds as figures of this KPI, and write them once they are saved."""
        text = QGuiApplication.clipboard().text()
        page = self.page
        if page is None or not text.strip():
            return
        kpi = page.sheet.kpi
        held = (*page.sheet.measurements, *page.ahead)
        dialog = PasteDialog(self, text, kpi, held, self.context.today, page.sheet.targets)
        dialog.kept.connect(lambda figures: self._keep(kpi, figures))
        dialog.open()

    def _keep(self, kpi: Kpi, figures: Sequence[Measurement]) -> None:
        self.context.operations.write(self, lambda: self.context.office.kpis.keep_figures(kpi, figures))

    def _new_action(self) -> Action:
        kpi = self._kpi()
        return Action(kpi=kpi.uid, agreement=kpi.agreement, provider=kpi.provider, raised=self.context.today)

    def _raise_action(self) -> None:
        self.form_asked.emit(wish_for_new(self._new_action(), self._kpi().title))
