"""Decisions taken where the alert stands: one change writes the decision and all that it moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from s75desk.domain.changes import Changes
from s75desk.domain.dated import FromDay
from s75desk.domain.deciding import DecidedEntry, matter_of, reminded, settle
from s75desk.domain.errors import Rejected
from s75desk.domain.records import Agreement, Record
from s75desk.domain.wording import date_long
from s75desk.services.dated import change_from
from s75desk.services.records import RecordService

if TYPE_CHECKING:
    from s75desk.domain.dossier import AgreementDossier
    from s75desk.services.writer import Change

_NOTHING = "Nothing is asked of this agreement any more. Look at its decisions."


class DecidingService(RecordService):
    """Settles what a term asks."""

    def decide(self, uid: str, *, goes_on: bool, entry: DecidedEntry) -> Changes:
        """Write the decision, and the extension, break, end or stage that it moves, in one change.

        Raises:
            Rejected: If the day lies ahead, a length is missing, or nothing is asked any more; nothing is written.
            NotFound: If the agreement is not in this desk.
        """
        today = self.place.today()
        if entry.when is not None and entry.when > today:
            raise Rejected("when", f"A decision is recorded once it is taken; today is {date_long(today)}.")
        title = self.get(Agreement, uid).title
        with self.place.change(f"Decided: {title}") as change:
            dossier = self._dossier(change, uid)
            matter = matter_of(dossier)
            if matter is None:
                raise Rejected("", _NOTHING)
            if goes_on and matter.asks_length and not entry.length:
                raise Rejected("length", "Say for how long: no option of the agreement does.")
            found = settle(dossier, matter, goes_on=goes_on, entry=replace(entry, when=entry.when or today))
            known = {each.uid: each for each in (dossier.agreement, *dossier.extensions, *dossier.breaks)}
            for record in found.revised:
                _revise(change, known[record.uid], record)
            change.create_many(found.made)
            if found.stage is not None:
                stored = change.records.get(Agreement, uid)
                assert stored is not None
                day = FromDay(since=entry.when or today, reason=found.label)
                change_from(change, stored, {"stage": found.stage}, {"stage": day}, today)
        return change.result

    def remind(self, uid: str, on: date) -> Changes:
        """Let the question rest until a day.

        Raises:
            Rejected: If the day does not lie between today and the last day to decide.
        """
        today = self.place.today()
        if on <= today:
            raise Rejected("remind", f"Choose a day after today, {date_long(today)}.")
        with self.place.change(f"Reminder on {date_long(on)}") as change:
            dossier = self._dossier(change, uid)
            matter = matter_of(dossier)
            if matter is None:
                raise Rejected("", _NOTHING)
            if matter.last is not None and on > matter.last:
                raise Rejected("remind", f"Choose a day by {date_long(matter.last)}, the last one to decide.")
            _revise(change, dossier.agreement, reminded(dossier.agreement, on))
        return change.result

    def _dossier(self, change: Change, uid: str) -> AgreementDossier:
        from s75desk.services.dossiers import dossiers_of

        today = self.place.today()
        records = self.place.records(change.connection, today)
        agreement = records.get(Agreement, uid)
        assert agreement is not None
        return dossiers_of(records, [agreement], today)[0]


def _revise(change: Change, read: Record, wanted: Record) -> None:
    """Change only what differs from what was read: values that hold from a day stay where they are."""
    stored = change.records.get(type(read), read.uid)
    assert stored is not None
    values = {name: getattr(wanted, name) for name in wanted.fields() if getattr(wanted, name) != getattr(read, name)}
    change.revise(replace(stored, **values), stored)
