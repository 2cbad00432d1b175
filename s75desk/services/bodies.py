"""Bodies that are merged, split or replaced on a day: recorded in one change, and shown to the penny beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from s75desk.domain.body_entry import Amount
from s75desk.domain.changes import Changes
from s75desk.domain.errors import Rejected
from s75desk.domain.records import Agreement, Contribution, Organisation, Party, Succession
from s75desk.domain.records.dated import Going
from s75desk.domain.succession import Division, begins, divided_after, earlier_quarters, share_fault, shares_of
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService


@dataclass(frozen=True, slots=True)
class AmountDivided:
    """A money line of a body that goes, and what of it falls to each successor."""

    agreement: Agreement
    line: Contribution
    division: Division


@dataclass(frozen=True, slots=True)
class BodyThatGoes:
    """A body that goes, or has gone, with what takes its place.

    Attributes:
        body: As it is called on the as-at day.
        going: What happens.
        since: The day; None while that is not known.
        successors: The bodies with their shares, in the order recorded.
        agreements: The agreements it is a party to.
        planned: Whether the day is still to come, or not known.
    """

    body: Organisation
    going: Going | None
    since: date | None
    successors: tuple[tuple[Organisation, Decimal], ...]
    agreements: tuple[Agreement, ...]
    planned: bool


class BodyService(RecordService):
    """Records what becomes of bodies; their names change like any other value, from a day."""

    def going(self) -> tuple[BodyThatGoes, ...]:
        """Every body that goes or has gone, the nearest day first, those without one last."""
        on = self.place.day()
        with self.place.desk.reading() as connection:
            recorded, seen = Repository(connection), self.place.records(connection)
            groups: dict[tuple[str, date | None], list[Succession]] = {}
            for one in (recorded if self.place.another_day is None else seen).all(Succession):
                groups.setdefault((one.organisation, one.since), []).append(one)
            bodies = seen.by_uid(Organisation, (uid for (body, _), those in groups.items()
                                                for uid in (body, *(one.successor for one in those))))  # fmt: skip
            found = []
            for (body, since), those in groups.items():
                parties = seen.all(Party, organisation=body)
                agreements = seen.by_uid(Agreement, (party.agreement for party in parties)).values()
                found.append(
                    BodyThatGoes(
                        body=bodies[body],
                        going=those[0].going,
                        since=since,
                        successors=tuple(zip((bodies[one.successor] for one in those), shares_of(those), strict=True)),
                        agreements=tuple(one for one in agreements if one.archived_at is None),
                        planned=since is None or since > on,
                    )
                )
        return tuple(sorted(found, key=lambda one: (one.since or date.max, one.body.name.casefold())))

    def amounts(self, body: str) -> tuple[Amount, ...]:
        """Every money line of a body with the title of its agreement, for what a split would make of them."""
        with self.place.desk.reading() as connection:
            records = self.place.records(connection, self.place.today())
            lines = records.all(Contribution, partner=body)
            agreements = records.by_uid(Agreement, (line.agreement for line in lines))
        found = (Amount(agreements[line.agreement].title, line) for line in lines if line.agreement in agreements)
        return tuple(sorted(found, key=lambda one: (one.agreement, one.line.year or 0, one.line.quarter or 0)))

    def preview(self, body: str, shares: Sequence[Decimal], since: date) -> tuple[AmountDivided, ...]:
        """Each amount that would be divided from a day, with what falls to each share and where the odd pennies go.

        Raises:
            Rejected: If the shares do not make up the whole.
        """
        _refuse_shares(shares)
        day = self.place.today()
        with self.place.desk.reading() as connection:
            records = self.place.records(connection, day)
            lines = [line for line in records.all(Contribution, partner=body) if _from(line, since)]
            agreements = records.by_uid(Agreement, (line.agreement for line in lines))
        before = earlier_quarters(lines)
        return tuple(
            AmountDivided(
                agreements[line.agreement], line, divided_after(before.get(id(line), Decimal(0)), line.amount, shares)
            )
            for line in lines
            if line.amount is not None
        )

    def replace_body(
        self,
        body: str,
        successors: Sequence[tuple[str, Decimal]],
        since: date | None,
        *,
        share_by: str | None = None,
        source: str | None = None,
        known: date | None = None,
    ) -> Changes:
        """Record that a body's place is taken from a day, in one change; one undo takes it back.

        Args:
            body: The body that goes.
            successors: Who takes its place, with shares in per cent; one successor of several bodies is a merger.
            since: The day; None while it is not known.
            share_by: By what it is shared: population.
            source: The order or paper.
            known: Since when that is known, if later than ``since``.

        Raises:
            Rejected: If the shares do not make up the whole, or a body would follow itself.
        """
        _refuse_shares([share for _, share in successors])
        uids = [uid for uid, _ in successors]
        if body in uids or len(set(uids)) < len(uids):
            raise Rejected("successor", "A body cannot follow itself, and each successor is named once.")
        with self.place.change("") as change:
            stored = change.records.all(Succession)
            if since is not None and any(body in _line_of(stored, uid) for uid in uids):
                raise Rejected("successor", "That body is followed by this one already.")
            others = {one.organisation for one in stored if one.successor in uids}
            going = Going.SPLIT if len(uids) > 1 else Going.MERGED if others else Going.REPLACED
            for uid, share in successors:
                record = Succession(
                    organisation=body, successor=uid, going=going, since=since, share=share, share_by=share_by,
                    source=source, known=known,
                )  # fmt: skip
                self._check(change.records, record)
                change.create(record)
            found = change.records.get(Organisation, body)
            change.label = f"{going.word}: {found.name if found else 'a body'}"
        return change.result


def _refuse_shares(shares: Sequence[Decimal]) -> None:
    if not shares:
        raise Rejected("successor", "Name the body that takes its place.")
    if fault := share_fault(shares):
        raise Rejected("share", fault)


def _from(line: Contribution, since: date) -> bool:
    """Whether the period of a money line begins on a day or later."""
    starts = begins(line)
    return starts is not None and starts >= since


def _line_of(successions: Sequence[Succession], body: str) -> set[str]:
    """Every body that follows a body, and that one itself."""
    found, waiting = set(), [body]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [each.successor for each in successions if each.organisation == one]
    return found
