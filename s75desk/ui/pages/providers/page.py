"""The Providers tab: the list of providers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from s75desk.domain.months import add_months
from s75desk.domain.records import Provider
from s75desk.domain.wording import date_short, number, plural
from s75desk.services.providers import ProviderRow
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.pages.providers.record import ProviderRecord
from s75desk.ui.widgets.filter_button import FilterButton

_UNKNOWN = Cell("Not known", colour="muted")
_LAST_VISIT = (("6", "Within 6 months"), ("12", "Within 12 months"), ("longer", "Longer ago"), ("never", "Never"))


def _actions(row: ProviderRow) -> Cell:
    if not row.open_actions:
        return Cell("None", colour="muted", sort=(0, 0))
    # Sorted downwards, the most overdue stand first.
    place = (row.overdue_actions, row.open_actions)
    if row.overdue_actions:
        return Cell(f"{row.open_actions}, {row.overdue_actions} overdue", sort=place, colour="alert_text")
    return Cell(number(row.open_actions), sort=place)


def _worst(row: ProviderRow) -> tuple[int, int, int]:
    """Where a row stands with the troubled first: how bad, how much of it, how many actions are overdue."""
    return (row.status.shape.urgency, -row.troubles, -row.overdue_actions)


COLUMNS: list[Column[ProviderRow]] = [
    Column(
        "name",
        "Provider",
        lambda r: Cell(r.name, r.subtitle),
        "two_line",
        0,
        facts=(
            ("Provider", lambda r: r.name),
            ("Kind", lambda r: r.kind),
            ("Services", lambda r: r.services),
            ("Capacity", lambda r: r.capacity),
            ("Capacity in", lambda r: r.capacity_unit),
        ),
    ),
    Column(
        "status",
        "Status",
        lambda r: Cell(status=r.status, sort=_worst(r), tip=f"{r.status.word}. {r.status.sentence}"),
        "status",
        15,
        sort_key=lambda r: _worst(r),
    ),
    Column(
        "cqc",
        "CQC overall",
        lambda r: Cell(status=r.cqc, tip=f"{r.cqc.word}, {date_short(r.cqc_on)}" if r.cqc_on else ""),
        "status",
        13,
        from_width=42,
    ),
    Column(
        "actions",
        "Open actions",
        _actions,
        "text",
        8.4,
        from_width=47,
        facts=(("Open actions", lambda r: r.open_actions), ("Overdue actions", lambda r: r.overdue_actions)),
    ),
    Column("ours", "Our assessment", lambda r: Cell(status=r.ours), "status", 13, from_width=62),
    Column(
        "manager", "Manager", lambda r: Cell(status=r.manager, tip=r.manager.sentence), "status", 7.5, from_width=70
    ),
    Column(
        "next",
        "Next visit",
        lambda r: (
            Cell(date_short(r.next_visit), sort=r.next_visit) if r.next_visit else Cell("None planned", colour="muted")
        ),
        "date",
        8.4,
        from_width=78,
    ),
    Column(
        "last",
        "Last visit",
        lambda r: Cell(date_short(r.last_visit), sort=r.last_visit) if r.last_visit else Cell("Never", colour="muted"),
        "date",
        8,
        from_width=86,
    ),
    Column(
        "local_authority",
        "Local authority",
        lambda r: Cell(r.local_authority) if r.local_authority else _UNKNOWN,
        "text",
        11,
        from_width=98,
    ),
    Column(
        "agreements",
        "Agreements",
        lambda r: Cell(number(r.agreements), sort=r.agreements),
        "number",
        7.5,
        from_width=106,
    ),
]


def _count(shown: Sequence[ProviderRow], rows: Sequence[ProviderRow]) -> str:
    services = plural(sum(row.services for row in shown), "service")
    if len(shown) == len(rows):
        return f"{plural(len(shown), 'provider')}, {services}"
    return f"{number(len(shown))} of {plural(len(rows), 'provider')}, {services}"


class ProvidersPage(ListPage):
    """Providers."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._kind = FilterButton("Kind of service")
        self._cqc = FilterButton("CQC overall")
        self._area = FilterButton("Local authority")
        self._last = FilterButton("Last visit", _LAST_VISIT, anything="Any time")
        spec = ListSpec(
            page="providers",
            title="Providers",
            hint="Search name, postcode, CQC id",
            new="New provider",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: f"{row.name} {row.subtitle} {row.search}",
            load=lambda archived: context.office.providers.rows(archived=archived),
            stale=frozenset({"provider", "service", "rating", "visit", "action", "membership", "organisation"}),
            count=_count,
            empty_title="No providers yet",
            empty_text="Enter one and its services; ratings, visits, actions and agreements stand together here.\n"
            "Only a name is needed to begin; what is not known can stay empty.",
            sort=("status", False),
        )
        super().__init__(
            context,
            spec,
            ProviderRecord(context),
            filters=(self._kind, self._cqc, self._area, self._last),
            parent=parent,
        )

    def new_wish(self) -> FormWish:
        """The form of a new provider."""
        return FormWish(Provider(), "New provider", "Only the name is needed. Its services come next.")

    def apply_filter(self, value: str) -> None:
        """Show providers of one kind of service."""
        self._kind.set_value(value)

    def clear_filters(self) -> None:
        """Let go of every filter."""
        for button in (self._kind, self._cqc, self._area, self._last):
            button.set_value("")

    def rows_loaded(self, rows: Sequence[ProviderRow]) -> None:
        """Offer the kinds, ratings and authorities there are."""
        self._kind.set_options([(kind, kind) for kind in sorted({row.kind for row in rows})])
        ratings = {row.cqc.state: row.cqc.shape.urgency for row in rows}
        self._cqc.set_options([(word, word) for word in sorted(ratings, key=lambda word: (ratings[word], word))])
        areas = sorted({row.local_authority for row in rows if row.local_authority})
        unknown = [("-", "Not known")] if any(not row.local_authority for row in rows) else []
        self._area.set_options([(area, area) for area in areas] + unknown)

    def accept(self) -> Callable[[ProviderRow], bool] | None:
        """All filters together."""
        kind, cqc, area, last = (b.value() for b in (self._kind, self._cqc, self._area, self._last))
        if not any((kind, cqc, area, last)):
            return None
        today = self.context.today
        since = add_months(today, -int(last)) if last.isdigit() else add_months(today, -12)

        def accepted(row: ProviderRow) -> bool:
            if (kind and row.kind != kind) or (cqc and row.cqc.state != cqc):
                return False
            if area and (row.local_authority or "-") != area:
                return False
            if not last:
                return True
            if row.last_visit is None:
                return last == "never"
            return last != "never" and (row.last_visit >= since) == last.isdigit()

        return accepted
