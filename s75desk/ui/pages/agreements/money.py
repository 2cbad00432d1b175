"""The money of an agreement: its budget, shares by partner, and every line recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.money.ledger import counted
from s75desk.domain.records import Agreement, Contribution
from s75desk.domain.wording import financial_year, list_words, plural
from s75desk.domain.working import Figure, Known
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.agreement_columns import money_state
from s75desk.ui.pages.agreements.budget import Budget, figure_cell
from s75desk.ui.pages.agreements.lists import names_of
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection, ChildTable
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish, wish_for_new
from s75desk.ui.pages.record_view import SubPage
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column, row


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One partner's share of one year, or the year's total."""

    uid: str
    year: str
    partner: str
    pooled: Figure
    of_pool: Figure
    aligned: Figure
    of_all: Figure
    total: bool = False


SHARES: list[Column[ShareLine]] = [
    Column("year", "Year", lambda r: Cell(r.year, bold=r.total), "text", 6.5, sortable=False),
    Column("partner", "Partner", lambda r: Cell(r.partner, bold=r.total), "text", 0, sortable=False),
    Column("pooled", "In the pool", lambda r: figure_cell(r.pooled, r.total), "figure", 9.6, sortable=False),
    Column("of_pool", "Of the pool", lambda r: figure_cell(r.of_pool, r.total), "figure", 8.5, sortable=False),
    Column("aligned", "Beside it", lambda r: figure_cell(r.aligned, r.total), "figure", 8.5, sortable=False),
    Column("of_all", "Of both", lambda r: figure_cell(r.of_all, r.total), "figure", 8.5, sortable=False),
]


_BLANK = Figure("", known=Known.NOT_APPLICABLE)


class MoneyPage(SubPage):
    """See the module.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, agreement: Callable[[], Agreement], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.context = context
        self._agreement = agreement
        self._words: dict[str, str] = {}
        self._counted: frozenset[str] = frozenset()
        self.budget = Budget(context, self)
        self._share_caption = ElidedLabel("", colour="muted", parent=self)
        self.shares = ChildTable(
            "Contributions by partner", SHARES, lambda r: r.uid, settings=context.settings, multiple=False, parent=self
        )
        self.shares.figure_requested.connect(self._figure)
        self.lines = ChildSection(
            context,
            "Money lines",
            self._columns(),
            name="agreement money lines",
            wish=self._new_line,
            add="Add a money line",
            of=lambda: agreement().title,
            parent=self,
        )
        self.lines.form_asked.connect(self.form_asked)
        self._share_box = boxed(
            column(
                row(Label("Contributions", "heading", bold=True, parent=self), (self._share_caption, 1), gap=8),
                self.shares,
                gap=4,
            ),
            self,
        )
        self.put(self.budget, self._share_box, self.lines)

    def show_dossier(self, dossier: AgreementDossier) -> None:
        """Show the money of a dossier."""
        self._words.clear()
        self._words.update(names_of(dossier).by_uid)
        self.budget.show_dossier(dossier)
        shares = _share_lines(dossier)
        self.shares.set_rows(shares)
        self.shares.fit_height(fill=False)
        self._share_box.setVisible(bool(shares))
        self._share_caption.setText(_caption(dossier))
        self._counted = frozenset(line.uid for line in counted(dossier.contributions))
        lines = dossier.listed(dossier.contributions, Contribution)
        self.lines.set_rows(lines, "every amount with its state and source; the latest state counts")

    def _columns(self) -> list[Column[Contribution]]:
        """The columns of money lines; under its state each says whether it is left out of the totals."""

        def state(line: Contribution) -> Cell:
            cell = money_state(line)
            return cell if line.uid in self._counted else replace(cell, sub="not in the totals", colour="muted")

        columns = columns_of(Contribution, Names(self._words, self.context.today))
        return [replace(each, value=state) if each.key == "state" else each for each in columns]

    def _new_line(self) -> FormWish:
        """The form of a new money line; one of a contract is not asked whether it is in a pool."""
        agreement = self._agreement()
        wish = wish_for_new(Contribution(agreement=agreement.uid), agreement.title)
        if agreement.kind is None or agreement.kind.section_75:
            return wish
        asked = [name for name, field in Contribution.fields().items() if not field.hidden and name != "line"]
        return replace(wish, only=tuple(asked))

    def _figure(self, figure: Figure, where: QRect) -> None:
        if figure.working is not None:
            self.context.show_working(figure.working, where)


def _caption(dossier: AgreementDossier) -> str:
    """What the table of shares holds, and what of it is in doubt."""
    pool = dossier.money.pool
    said = ["pooled and aligned money apart, shares on either base" if pool else "what is paid in, and each share"]
    incomplete = sum(1 for fund in dossier.funds if fund.incomplete)
    said.append(f"sums of what is known in {plural(incomplete, 'year')}" if incomplete else "")
    said += [
        f"{financial_year(fund.year)}: {list_words(fund.made_of)}"
        for fund in dossier.funds
        if fund.made_of and fund.shares
    ]
    return "; ".join(filter(None, said))


def _share_lines(dossier: AgreementDossier) -> list[ShareLine]:
    lines = []
    for fund in dossier.funds:
        if not any(share.pooled is not None or share.aligned is not None for share in fund.shares):
            continue
        year = financial_year(fund.year)
        lines += [
            ShareLine(
                f"{year}{share.partner}", year, share.name, share.in_pool, share.of_pool, share.beside, share.of_all
            )
            for share in fund.shares
        ]
        whole = (fund.paid_in, fund.shared_of_pool, fund.aligned, fund.shared_of_all)
        lines.append(ShareLine(f"{year} total", year, "All partners", *whole, total=True))
        if fund.carried.known.valued:
            held = (fund.pooled, _BLANK, fund.aligned, _BLANK)
            lines.append(ShareLine(f"{year} carried", year, "Carried forward", fund.carried, _BLANK, _BLANK, _BLANK))
            lines.append(ShareLine(f"{year} held", year, "Held in the pool", *held, total=True))
    return lines
