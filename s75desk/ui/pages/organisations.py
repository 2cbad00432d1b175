"""The page of organisations: councils, NHS bodies and companies, what they are party to and what they own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import Organisation, Party, Provider, Succession
from s75desk.domain.wording import number, plural
from s75desk.services.organisations import OrganisationPage, OrganisationRow
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import FieldSheet, noted
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit
from s75desk.ui.pages.going import wish_for_going
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.pages.record_view import RecordView, SubPage
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, column

COLUMNS: list[Column[OrganisationRow]] = [
    Column("name", "Organisation", lambda r: Cell(r.name, r.subtitle), "two_line", 0, second="Short name and codes"),
    Column("kind", "Type", lambda r: Cell(r.kind, colour="muted" if r.kind == "Not known" else ""), "text", 10.5),
    Column("agreements", "Agreements", lambda r: Cell(number(r.agreements), sort=r.agreements), "number", 7.4),
    Column(
        "providers", "Providers", lambda r: Cell(number(r.providers), sort=r.providers), "number", 6.6, from_width=40
    ),
]

_USES = (("party", "Party to an agreement"), ("owner", "Owner of a provider"), ("none", "Not used"))


class OrganisationSheet(SubPage):
    """What is known of an organisation and where it stands.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._body = Organisation()
        self._words: dict[str, str] = {}
        names = Names(self._words, context.today)
        self.facts = FieldSheet(label_width=9, parent=self)
        agreement: Column[Party] = Column("agreement", "Agreement", lambda r: names(r.agreement), "text", 0)
        self.parties = ChildSection(
            context,
            "Agreements it is party to",
            [agreement, *(c for c in columns_of(Party, names) if c.key not in ("organisation", "source"))],
            name="organisation parties",
            make=lambda: Party(organisation=self._body.uid),
            add="Add as a party",
            of=lambda: self._body.name,
            page_of=lambda party: ("agreement", party.agreement),
            empty="Party to no agreement.",
            parent=self,
        )
        self.providers = ChildSection(
            context,
            "Providers it owns",
            columns_of(Provider, names),
            name="organisation providers",
            make=lambda: Provider(company=self._body.uid),
            add="Add a provider",
            of=lambda: self._body.name,
            page_kind="provider",
            fixed=True,
            empty="Owns no provider in this desk.",
            parent=self,
        )
        self.successions = ChildSection(
            context,
            "What takes its place",
            columns_of(Succession, names),
            name="organisation successions",
            wish=lambda: wish_for_going(context.office.bodies, self._body.uid, self._body.name),
            add="Record what takes its place",
            of=lambda: self._body.name,
            empty="Nothing is recorded: it stays as it is.",
            parent=self,
        )
        self.successions.form_asked.connect(self.form_asked)
        for section in (self.parties, self.providers):
            section.form_asked.connect(self.form_asked)
            section.opened.connect(context.navigator.open)
        known = column(Label("Organisation", "heading", bold=True, parent=self), self.facts, gap=8)
        self.put(boxed(known, self), self.parties, self.providers, self.successions)

    def show_organisation(self, page: OrganisationPage) -> None:
        """Show an organisation."""
        body = self._body = page.organisation
        self._words.clear()
        self._words.update({uid: agreement.title for uid, agreement in page.agreements.items()})
        self._words.update(page.names)
        pairs = [
            ("Short name", body.short_name or ""),
            ("Type", body.type.word if body.type else ""),
            ("ODS code", body.ods_code or ""),
            ("CQC provider id", body.cqc_provider_id or ""),
            ("Company number", body.company_number or ""),
            ("Source", body.cited if body.source or body.paragraph else ""),
        ]
        self.facts.set_pairs([*pairs, *noted(body)])
        self.parties.set_rows(page.parties, "roles by date" if page.parties else "")
        self.successions.set_rows(page.successions, "from the day its agreements follow" if page.successions else "")
        self.providers.set_rows(page.providers, plural(len(page.providers), "provider") if page.providers else "")


class OrganisationRecord(RecordView):
    """The page of one organisation."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context, "organisation", ("party", "agreement", "provider", "succession", "dated_value"), parent
        )
        self.page: OrganisationPage | None = None
        self.sheet = OrganisationSheet(context, self)
        self.history = HistoryPage(context, self)
        self.add_sub_page("Organisation", self.sheet)
        self.add_sub_page("History", self.history)
        self.sheet.form_asked.connect(self.form_asked)

    def read(self, uid: str) -> OrganisationPage:
        """The organisation with where it stands."""
        return self.context.office.organisations.page(uid)

    def show_page(self, page: OrganisationPage) -> None:
        """Show an organisation on every sub-page."""
        self.page = page
        body = page.organisation
        parts = (body.type.word if body.type else "Type not known", body.short_name or "")
        self.set_header(body.name, "  ·  ".join(part for part in parts if part), page.status)
        self.set_steps(
            (
                ("Edit organisation", "pencil", "F2", self.ask_edit),
                ("Add as a party", "agreement", "", self.sheet.parties.add),
                ("Add a provider", "provider", "", self.sheet.providers.add),
            )
        )
        self.sheet.show_organisation(page)
        self.history.show_history("organisation", body.uid)

    def edit_wish(self) -> FormWish | None:
        """The form of this organisation."""
        return wish_for_edit(self.page.organisation) if self.page else None


def _count(shown: Sequence[OrganisationRow], rows: Sequence[OrganisationRow]) -> str:
    whole = plural(len(rows), "organisation")
    return whole if len(shown) == len(rows) else f"{number(len(shown))} of {whole}"


class OrganisationsPage(ListPage):
    """Organisations."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._kind = FilterButton("Type")
        self._use = FilterButton("Use", _USES)
        spec = ListSpec(
            page="organisations",
            title="Organisations",
            hint="Search name, short name, code",
            new="New organisation",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: f"{row.name} {row.subtitle} {row.kind}",
            load=lambda archived: context.office.organisations.rows(),
            stale=frozenset({"organisation", "party", "agreement", "provider", "succession", "dated_value"}),
            count=_count,
            empty_title="No organisations yet",
            empty_text="Councils, NHS bodies and companies, entered once and named by agreements and providers.\n"
            "Only a name is needed to begin; what is not known can stay empty.",
            sort=("name", False),
            split=0.42,
        )
        super().__init__(context, spec, OrganisationRecord(context), filters=(self._kind, self._use), parent=parent)

    def new_wish(self) -> FormWish:
        """The form of a new organisation."""
        return FormWish(Organisation(), "New organisation", "Only the name is needed.")

    def apply_filter(self, value: str) -> None:
        """Show organisations of one type."""
        self._kind.set_value(value)

    def clear_filters(self) -> None:
        """Let go of both filters."""
        self._kind.set_value("")
        self._use.set_value("")

    def rows_loaded(self, rows: Sequence[OrganisationRow]) -> None:
        """Offer the types there are."""
        self._kind.set_options([(kind, kind) for kind in sorted({row.kind for row in rows})])

    def accept(self) -> Callable[[OrganisationRow], bool] | None:
        """Both filters together."""
        kind, use = self._kind.value(), self._use.value()
        if not kind and not use:
            return None

        def accepted(row: OrganisationRow) -> bool:
            used = {"party": row.agreements > 0, "owner": row.providers > 0}
            fits = not use or (not any(used.values()) if use == "none" else used[use])
            return fits and (not kind or row.kind == kind)

        return accepted
