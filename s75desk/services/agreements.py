"""Agreements: the list, one agreement with everything the rules say of it, and every write under an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from s75desk.domain.changes import Changes
from s75desk.domain.errors import Rejected
from s75desk.domain.findings import Weight
from s75desk.domain.records import KINDS, Agreement, BreakClause, Contribution, Extension, Organisation, Record
from s75desk.domain.records.agreement import PartyRole
from s75desk.domain.refusals import NotUnderstood
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses.agreements import agreement_status, in_few_words
from s75desk.domain.statuses.counts import doubt_count
from s75desk.domain.term import Term, term_of
from s75desk.domain.working import Figure
from s75desk.models import drafts
from s75desk.models.dossier_reader import DossierReader
from s75desk.models.queries.agreements import last_activity
from s75desk.models.repository import Repository
from s75desk.services.bank_holidays import bank_holidays
from s75desk.services.dated import UNCHANGING, over_time
from s75desk.services.records import RecordService

if TYPE_CHECKING:
    from s75desk.domain.agreement_entry import AgreementEntry
    from s75desk.domain.dated import FromDay
    from s75desk.domain.dossier import AgreementDossier


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One row of the Agreements list.

    Attributes:
        uid: The agreement.
        title: Its title.
        subtitle: Reference and partners.
        kind: Legal form as a word, "Not known" if it is not.
        partners: Names of the parties.
        status: Chip of the term, or the doubts where those are all there is to say.
        ends: End as things stand.
        rolling: Whether it has none, and runs on until ended.
        last_end: Last possible end.
        next_date: Next date that cannot be moved.
        value: Value over the possible term, or the value a year as stated.
        worth: The same as a number for sorting.
        ended: Whether it is over.
        doubts: How many figures are in doubt.
        archived: Whether it is archived.
        live: Whether it is in force.
        reference: Its reference.
    """

    uid: str
    title: str
    subtitle: str
    kind: str
    partners: tuple[str, ...]
    status: Status
    ends: date | None
    rolling: bool
    last_end: date | None
    next_date: date | None
    value: Figure
    worth: Decimal | None
    ended: bool
    doubts: int
    archived: bool
    live: bool
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class LiveTerm:
    """An agreement and what the term engine says of it."""

    agreement: Agreement
    term: Term


class AgreementService(RecordService):
    """Reads agreements with their workings. The rules behind a dossier are imported when one is first read."""

    def rows(self, *, archived: bool = False) -> tuple[AgreementRow, ...]:
        """Every live agreement (archived ones too if asked), by title."""
        from s75desk.services.dossiers import dossiers_of

        today = self.place.day()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            agreements = repository.all(Agreement, archived=archived)
            dossiers = dossiers_of(repository, agreements, today)
        rows = [_row(dossier) for dossier in dossiers]
        return tuple(sorted(rows, key=_by_need))

    def dossier(self, uid: str, as_at: date | None = None) -> AgreementDossier:
        """One agreement with all that hangs under it, worked out as at a day (today if none is given).

        Raises:
            NotFound: If it is not in this desk.
        """
        from s75desk.services.dossiers import dossiers_of

        on = as_at or self.place.day()
        agreement = self.seen(Agreement, uid, on)
        with self.place.desk.reading() as connection:
            dossier = dossiers_of(self.place.records(connection, on), [agreement], on)[0]
            return dossier if as_at or self.place.another_day else _with_ahead(dossier, Repository(connection))

    def dossiers(self, as_at: date | None = None, *, uids: Sequence[str] | None = None) -> tuple[AgreementDossier, ...]:
        """Live agreements' dossiers, by title; for the Overview and the checks.

        Args:
            as_at: The day everything is worked out for; today if none is given.
            uids: Only these agreements; every one if None.
        """
        from s75desk.services.dossiers import dossiers_of

        with self.place.desk.reading() as connection:
            on = as_at or self.place.day()
            repository = self.place.records(connection, on)
            some: dict[str, Any] = {} if uids is None else {"uid": list(uids)}
            found = repository.all(Agreement, order=("title",), **some)
            return dossiers_of(repository, found, on)

    def enter(self, entry: AgreementEntry) -> Changes:
        """Write a new agreement with its extensions, parties and yearly contributions in one change.

        Raises:
            Rejected: If the entry has a fault; nothing is written.
        """
        from s75desk.domain import agreement_entry as entering

        with self.place.change(f"Added: {entry.title}") as change:
            around = self._surroundings(change.records, Agreement, "", None)
            for finding in entering.findings_for_entry(entry, around):
                if finding.weight is Weight.FAULT:
                    raise Rejected(finding.field, finding.text)
            agreement = change.create(entering.agreement_of(entry))
            _, options = entering.lengths_of(entry.term)
            change.create_many(entering.extensions_of(options, agreement.uid))
            change.create_many(entering.parties_of(entry, agreement.uid))
            change.create_many(entering.contributions_of(entry, agreement.uid))
            drafts.drop(change.connection, drafts.key_of(Agreement.KIND, "", ""))
        return change.result

    def amend(self, entry: AgreementEntry, began: AgreementEntry, days: Mapping[str, FromDay] | None = None) -> Changes:
        """Write what was changed in the form of an agreement that is there, in one change.

        Args:
            entry: The form as it is to be.
            began: The form as it was read; what was written elsewhere since stays.
            days: The fields that changed from a day, and from which.

        Raises:
            Rejected: If the entry has a fault; nothing is written.
        """
        from s75desk.domain import agreement_entry as entering
        from s75desk.services.dossiers import dossiers_of

        with self.place.change("") as change:
            today = self.place.today()
            records = self.place.records(change.connection, today)
            shown = records.get(Agreement, entry.uid)
            if shown is None:
                raise Rejected("", "This agreement is not in this desk any more.")
            (dossier,) = dossiers_of(records, [shown], today)
            self._revise(change, entering.agreement_of(entry), entering.agreement_of(began), days)
            if entry.term != began.term:
                try:
                    options = entering.lengths_of(entry.term)[1]
                    kept, gone = entering.extensions_after(options, dossier.extensions, entry.uid)
                except NotUnderstood as trouble:
                    raise Rejected("term", trouble.reason) from trouble
                for extension in kept:
                    change.revise(extension) if extension.uid else change.create(extension)
                for extension in gone:
                    change.archive(Extension.KIND, extension.uid)
            for record in (
                *entering.parties_after(entry, began, dossier),
                *entering.contributions_after(entry, began, dossier),
            ):
                change.revise(record) if record.uid else change.create(record)
        return change.result

    def terms(self) -> tuple[LiveTerm, ...]:
        """Every live agreement with its term alone, by title: what must be decided by when."""
        today = self.place.day()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            found = repository.all(Agreement, order=("title",))
            read, uids = DossierReader(repository), [agreement.uid for agreement in found]
            extensions = read.under(Extension, uids, ("number",))
            breaks = read.under(BreakClause, uids, ("on",))
            active = last_activity(connection, uids, today)
            terms = over_time(repository, uids, today)
        calendar = bank_holidays()
        return tuple(
            LiveTerm(
                agreement,
                term_of(
                    agreement,
                    extensions.get(agreement.uid, ()),
                    today,
                    breaks=breaks.get(agreement.uid, ()),
                    calendar=calendar,
                    active=active.get(agreement.uid),
                    to_come=terms.get(agreement.uid, UNCHANGING).coming,
                    history=terms.get(agreement.uid, UNCHANGING).history,
                ),
            )
            for agreement in found
        )

    def by_reference(self, reference: str) -> Agreement | None:
        """The live agreement with this reference, ignoring case, or None."""
        with self.place.desk.reading() as connection:
            for agreement in self.place.records(connection).all(Agreement):
                if agreement.reference and agreement.reference.casefold() == reference.casefold():
                    return agreement
        return None


_AHEAD = (
    "party", "variation", "membership", "meeting", "recommendation", "risk", "document", "decision", "milestone",
    "contribution",
)  # fmt: skip


def _with_ahead(dossier: AgreementDossier, recorded: Repository) -> AgreementDossier:
    """The dossier with what is recorded for a day to come, so that the lists of the window hold it."""
    held = {record.uid for name in dossier.__slots__ for record in _records(getattr(dossier, name))}
    found = [
        record
        for kind in _AHEAD
        for record in recorded.all(KINDS[kind], agreement=dossier.agreement.uid)
        if record.uid not in held
    ]
    bodies = recorded.by_uid(Organisation, (_body_of(record) for record in found))
    return replace(dossier, ahead=tuple(found), organisations={**bodies, **dossier.organisations})


def _body_of(record: Record) -> str | None:
    return record.partner if isinstance(record, Contribution) else getattr(record, "organisation", None)


def _records(value: object) -> Iterable[Record]:
    return (one for one in value if isinstance(one, Record)) if isinstance(value, tuple) else ()


def _row(dossier: AgreementDossier) -> AgreementRow:
    agreement, term = dossier.agreement, dossier.term
    partners = tuple(_partners(dossier))
    subtitle = " · ".join(part for part in (agreement.reference or "", " and ".join(partners[:2])) if part)
    value, worth = _worth(dossier)
    return AgreementRow(
        uid=agreement.uid,
        title=agreement.title,
        subtitle=subtitle,
        kind=agreement.kind.word if agreement.kind else "Not known",
        partners=partners,
        status=in_few_words(agreement_status(dossier)),
        ends=term.ends,
        rolling=term.rolling,
        last_end=term.last_end,
        next_date=term.next_date,
        value=value,
        worth=worth,
        ended=term.over,
        live=term.live,
        doubts=doubt_count(dossier.questions),
        archived=agreement.archived_at is not None,
        reference=agreement.reference,
    )


def _by_need(row: AgreementRow) -> tuple[bool, bool, date, str]:
    """Live ones first; among them those with a date that presses, the nearest first; then by title."""
    presses = row.status.shape is Shape.WATCH and row.next_date is not None
    return row.ended, not presses, (row.next_date or date.max) if presses else date.max, row.title.casefold()


def _partners(dossier: AgreementDossier) -> list[str]:
    seen: list[str] = []
    order = list(PartyRole)
    for party in sorted(dossier.parties, key=lambda p: order.index(p.role) if p.role else len(order)):
        body = dossier.organisations.get(party.organisation)
        name = (body.short_name or body.name) if body else ""
        if name and name not in seen:
            seen.append(name)
    return seen


def _worth(dossier: AgreementDossier) -> tuple[Figure, Decimal | None]:
    found, _ = dossier.money.headline
    return found, found.value if isinstance(found.value, Decimal) else None
