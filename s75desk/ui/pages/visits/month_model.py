"""The weeks of a month as a table of seven columns: an adapter between visits, services that are due one, and Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from s75desk.domain.months import add_months
from s75desk.domain.wording import WEEKDAYS, plural, weekday_date
from s75desk.services.visit_rows import VisitRow
from s75desk.services.visits import OverdueVisit

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class MonthModel(QAbstractTableModel):
    """Weeks from Monday to Sunday that together hold one month; days of the months beside it fill them up.

    Args:
        today: The as-at date.
        parent: Owner.
    """

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self._month = today.replace(day=1)
        self._by_day: dict[date, list[VisitRow]] = {}
        self._due: dict[date, list[OverdueVisit]] = {}

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        return self._month

    @property
    def first(self) -> date:
        """The Monday of the first week."""
        return self._month - timedelta(days=self._month.weekday())

    def set_month(self, day: date) -> None:
        """Show the month that holds ``day``."""
        self.beginResetModel()
        self._month = day.replace(day=1)
        self.endResetModel()

    def set_visits(self, visits: Sequence[VisitRow]) -> None:
        """Show other visits; those without a date have no place here."""
        self.beginResetModel()
        self._by_day = {}
        for visit in visits:
            if visit.day is not None:
                self._by_day.setdefault(visit.day, []).append(visit)
        for found in self._by_day.values():
            found.sort(key=lambda visit: (visit.at or "24", visit.service.casefold()))
        self.endResetModel()

    def set_due(self, due: Sequence[OverdueVisit]) -> None:
        """Show other services that are due a visit and have none booked; those without a date have no place here."""
        self.beginResetModel()
        self._due = {}
        for one in due:
            if one.due is not None:
                self._due.setdefault(one.due, []).append(one)
        self.endResetModel()

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; an invalid one if the weeks do not hold it."""
        place = (day - self.first).days
        return self.index(place // 7, place % 7) if 0 <= place < self.rowCount() * 7 else QModelIndex()

    def day_at(self, index: Index) -> date:
        """The day of a cell."""
        return self.first + timedelta(days=index.row() * 7 + index.column())

    def visits_on(self, day: date) -> tuple[VisitRow, ...]:
        """The visits of a day, by time."""
        return tuple(self._by_day.get(day, ()))

    def due_on(self, day: date) -> tuple[OverdueVisit, ...]:
        """The services that are due a visit by a day and have none booked."""
        return tuple(self._due.get(day, ()))

    def due_in_month(self) -> tuple[OverdueVisit, ...]:
        """The services that are due a visit by a day of the month."""
        after = add_months(self._month, 1)
        return tuple(one for day, found in self._due.items() if self._month <= day < after for one in found)

    def in_month(self) -> tuple[VisitRow, ...]:
        """The visits of the month, without those of the days that fill up its weeks."""
        after = add_months(self._month, 1)
        return tuple(visit for day, found in self._by_day.items() if self._month <= day < after for visit in found)

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Weeks: four to six."""
        if parent.isValid():
            return 0
        last = add_months(self._month, 1) - timedelta(days=1)
        return (last - self.first).days // 7 + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Days of a week."""
        return 0 if parent.isValid() else len(WEEKDAYS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The day's number, its visits, and all of it in words."""
        if not index.isValid():
            return None
        day = self.day_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(day, tip=role == Qt.ItemDataRole.ToolTipRole)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the days."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(WEEKDAYS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return WEEKDAYS[section][:3]
        return WEEKDAYS[section] if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _words(self, day: date, *, tip: bool) -> str | None:
        said = [visit_words(visit) for visit in self.visits_on(day)]
        due = [due_words(one) for one in self.due_on(day)]
        if tip:
            return "\n".join((*said, *due)) or None
        named = weekday_date(day) + (", today" if day == self.today else "")
        visits = f"{named}: {plural(len(said), 'visit')}: {'; '.join(said)}" if said else f"{named}: no visits"
        return "; ".join((visits, *due))


def due_words(one: OverdueVisit) -> str:
    """A service that is due a visit in a phrase: "Alder House is due a visit: rated Poor on 3 November 2025"."""
    return f"{one.name} is due a visit: {one.because}"


def visit_words(visit: VisitRow) -> str:
    """A visit in a phrase: "09:30 Pellgate House, announced assessment, tomorrow 09:30"."""
    state = visit.short.word
    kind = visit.kind[:1].lower() + visit.kind[1:]
    return ", ".join(part for part in (f"{visit.at} {visit.service}".strip(), kind, state) if part)
