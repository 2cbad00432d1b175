"""The Agreements tab: the list of agreements and contracts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from s75desk.domain.agreement_entry import AgreementEntry
from s75desk.domain.term_status import RUNS_ON
from s75desk.domain.wording import date_short, plural
from s75desk.services.agreements import AgreementRow
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.agreements.entering import wish_for_agreement
from s75desk.ui.pages.agreements.record import AgreementRecord
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.widgets.filter_button import FilterButton

UNDER_AN_AGREEMENT = frozenset(
    "agreement variation dated_value succession break_clause "
    "party extension contribution link forum meeting milestone recommendation option decision risk document "
    "contradiction doubt_answer "
    "lot membership kpi target measurement kpi_return breakdown part organisation provider action".split()
)

_ENDS = (("6", "6 months"), ("12", "12 months"), ("24", "2 years"), ("none", "End not known"))


def _ends(row: AgreementRow) -> Cell:
    if row.ends is None:
        words = "No end" if row.rolling else "Not known"
        return Cell(words, colour="muted", sort=None, tip=RUNS_ON if row.rolling else "")
    return Cell(date_short(row.ends), sort=row.ends)


COLUMNS: list[Column[AgreementRow]] = [
    Column(
        "title",
        "Agreement",
        lambda r: Cell(r.title, r.subtitle),
        "two_line",
        0,
        facts=(
            ("Agreement", lambda r: r.title),
            ("Reference", lambda r: r.reference),
            ("Partners", lambda r: "; ".join(r.partners)),
            ("Figures in doubt", lambda r: r.doubts),
        ),
    ),
    Column("status", "Status", lambda r: Cell(status=r.status, sort=r.status.shape.urgency), "status", 10.4),
    Column("ends", "Ends", _ends, "date", 7.2, from_width=30),
    Column(
        "last_end",
        "Last possible end",
        lambda r: Cell(date_short(r.last_end), sort=r.last_end) if r.last_end else Cell("Not known", colour="muted"),
        "date",
        9,
        shown=False,
    ),
    Column("value", "Value", lambda r: Cell(figure=r.value, sort=r.worth), "figure", 8.5, from_width=48),
    Column("kind", "Kind", lambda r: Cell(r.kind), "text", 15, from_width=64),
]


_LIVES = ("live", "other", "ended")


def _count(shown: Sequence[AgreementRow], rows: Sequence[AgreementRow]) -> str:
    live = sum(1 for row in shown if row.live)
    words = f"{plural(len(shown), 'agreement')}, {live} live"
    return words if len(shown) == len(rows) else f"{len(shown)} of {plural(len(rows), 'agreement')}, {live} live"


class AgreementsPage(ListPage):
    """Agreements and contracts."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._kind = FilterButton("Kind")
        self._life = FilterButton(
            "Show",
            [("live", "Live"), ("other", "Not in force yet"), ("ended", "Ended"), ("archived", "Archived too")],
            anything="Live and ended",
        )
        self._partner = FilterButton("Partner")
        self._within = FilterButton("Ends within", _ENDS, anything="Any time")
        spec = ListSpec(
            page="agreements",
            title="Agreements",
            hint="Search title, reference, partner",
            new="New agreement",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: " ".join((row.title, row.subtitle, row.kind, *row.partners)),
            load=lambda archived: context.office.agreements.rows(archived=archived),
            stale=UNDER_AN_AGREEMENT,
            count=_count,
            split=0.36,
            empty_title="No agreements yet",
            empty_text="Enter one and its ends, notice days, money and KPIs are worked out here.\n"
            "Only a title is needed to begin; what is not known can stay empty.",
        )
        record = AgreementRecord(context)
        super().__init__(
            context, spec, record, filters=(self._kind, self._life, self._partner, self._within), parent=parent
        )
        self._life.changed.connect(self.reload)

    def new_wish(self) -> FormWish:
        """The form of a new agreement, with term, money and lead in one."""
        return wish_for_agreement(self.context.office.agreements)

    def form_kind(self) -> str:
        """Saving the entry form makes an agreement."""
        return AgreementEntry.KIND if self.form.made_kind == AgreementEntry.KIND else "agreement"

    def wants_archived(self) -> bool:
        """Whether archived agreements are listed too."""
        return self._life.value() == "archived"

    def clear_filters(self) -> None:
        """Let go of every filter."""
        for button in (self._kind, self._life, self._partner, self._within):
            button.set_value("")

    def rows_loaded(self, rows: Sequence[AgreementRow]) -> None:
        """Offer the kinds and partners there are."""
        self._kind.set_options([(kind, kind) for kind in sorted({row.kind for row in rows})])
        partners = sorted({partner for row in rows for partner in row.partners})
        self._partner.set_options([(partner, partner) for partner in partners])

    def accept(self) -> Callable[[AgreementRow], bool] | None:
        """All filters together."""
        kind, life, partner, within = (b.value() for b in (self._kind, self._life, self._partner, self._within))
        if not any((kind, life, partner, within)):
            return None
        today = self.context.today
        limit = today + timedelta(days=round(30.44 * int(within))) if within.isdigit() else None

        def accepted(row: AgreementRow) -> bool:
            if kind and row.kind != kind:
                return False
            if partner and partner not in row.partners:
                return False
            if life in _LIVES and life != ("live" if row.live else "ended" if row.ended else "other"):
                return False
            if within == "none":
                return row.ends is None and not row.rolling
            return limit is None or (row.ends is not None and today <= row.ends <= limit)

        return accepted
