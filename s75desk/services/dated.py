"""Values that a field has had since a day: what held when, and the two ways to change one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from s75desk.domain.as_at import as_held, follows_days, holding
from s75desk.domain.coming_terms import ComingTerms, coming_terms
from s75desk.domain.dated import Difference, FromDay, Later
from s75desk.domain.field_text import value_to_text
from s75desk.domain.money.yearly import Worth, worth_of
from s75desk.domain.records import KINDS, Agreement, DatedValue, Party, Record, Variation
from s75desk.domain.records.dated import TermInDeed, changed_terms
from s75desk.domain.succession import is_to_be
from s75desk.domain.term_history import UNCHANGED, TermHistory, term_history
from s75desk.models import search
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.writer import Change

R = TypeVar("R", bound=Record)


def dated_of(repository: Repository, *records: Record) -> tuple[DatedValue, ...]:
    """The values of records' fields that hold from a day, those in deeds of variation last."""
    uids = [record.uid for record in records if _follows(type(record))]
    agreements = [record.uid for record in records if isinstance(record, Agreement)]
    values = repository.all(DatedValue, record=uids) if uids else []
    return (*values, *in_deeds(repository.all(Variation, agreement=agreements) if agreements else []))


def _follows(cls: type[Record]) -> bool:
    return any(follows_days(cls, field) for field in cls.fields().values())


def held_on(repository: Repository, record: R, on: date) -> R:
    """A record as it was read for a form, with the values that hold on a day."""
    return as_held(record, on, dated_of(repository, record), asked=True)


def correct(
    change: Change, stored: Record, values: Mapping[str, Any], dated: Iterable[DatedValue], on: date
) -> dict[str, Any]:
    """Correct values where they stand: each that holds from a day in its own record or deed.

    Returns:
        Those that the record itself holds, left to the caller.
    """
    own = {}
    for name, value in values.items():
        field = stored.fields()[name]
        held = holding(dated, stored.uid, name, on) if field.dated else None
        if held is None:
            own[name] = value
        elif (row := change.records.get(DatedValue, held.uid)) is not None:
            change.revise(replace(row, value=value_to_text(field, value)))
        elif (deed := change.records.get(Variation, held.uid)) is not None:
            change.revise(replace(deed, **{name: value}))
    return own


def change_from(
    change: Change, stored: Record, values: Mapping[str, Any], days: Mapping[str, FromDay], today: date
) -> None:
    """Write each value as one that holds from its day; what held before stays as it was.

    One that holds from a day to come is known by ``today``, for it is being said; else nobody would hear of it before.
    """
    existing = {(one.field, one.since): one for one in change.records.all(DatedValue, record=stored.uid)}
    for name, value in values.items():
        day, field = days[name], stored.fields()[name]
        written = DatedValue(
            kind=stored.KIND,
            record=stored.uid,
            field=name,
            value=value_to_text(field, value),
            since=day.since,
            known=day.known or (today if day.since > today else None),
            reason=day.reason,
            source=day.source,
            paragraph=day.paragraph,
        )
        same = existing.get((name, day.since))
        if same is not None:
            change.revise(replace(written, uid=same.uid, archived_at=same.archived_at), same)
        else:
            change.create(written)
    search.index(change.connection, [stored])


def in_deeds(deeds: Iterable[Variation]) -> tuple[TermInDeed, ...]:
    """The terms that deeds of variation change, as values from a day."""
    return tuple(
        TermInDeed(
            uid=deed.uid,
            kind=Agreement.KIND,
            record=deed.agreement,
            field=field.name,
            value=value_to_text(field, value),
            since=deed.since,
            known=deed.made,
            reason=deed.title,
            source=deed.source,
            paragraph=deed.paragraph,
        )
        for deed in deeds
        for field, value in changed_terms(deed)
    )


@dataclass(frozen=True, slots=True)
class OverTime:
    """What of an agreement's terms changes with the days.

    Attributes:
        worth: What a year is worth from which day; None where the terms never changed.
        coming: Terms that are agreed and do not hold yet.
        history: Which notice holds when, and which of end and length was given later.
    """

    worth: Worth | None = None
    coming: tuple[ComingTerms, ...] = ()
    history: TermHistory = UNCHANGED


UNCHANGING = OverTime()


def over_time(repository: Repository, agreements: Iterable[str], known_by: date) -> dict[str, OverTime]:
    """What changes with the days, as known by one; of those agreements alone whose terms ever changed."""
    recorded = repository.recorded()
    stored = recorded.by_uid(Agreement, agreements)
    dated: dict[str, list[DatedValue]] = {}
    for value in dated_of(recorded, *stored.values()):
        dated.setdefault(value.record or "", []).append(value)
    return {
        uid: OverTime(
            worth_of(stored[uid], values, known_by),
            coming_terms(stored[uid], values, known_by),
            term_history(stored[uid], values, known_by),
        )
        for uid, values in dated.items()
    }


def later(found: tuple[Difference, ...], cls: type[Record], uid: str, every: Repository, then: Repository) -> Later:
    """Differences of a record with the names they need, and what it owns that was not there on the day of ``then``."""
    there = {record.uid for record in then.children(cls.KIND, uid)}
    children = [record for record in every.children(cls.KIND, uid) if record.uid not in there]
    if cls is Agreement and then.on is not None and (agreement := then.get(Agreement, uid)) is not None:
        starts, on = agreement.starts, then.on  # who will be in it from its start is shown before it
        children = [one for one in children if not (isinstance(one, Party) and is_to_be(one, starts, on))]
    left_out = Counter(record.KIND for record in children)
    kinds = {one.field.refers_to for one in found if one.field.refers_to}
    uids = [value for one in found if one.field.refers_to for value in (one.then, one.now)]
    others = [other for kind in kinds for other in every.by_uid(KINDS[kind], uids).values()]
    return Later(found, {other.uid: heading_of(other, every) for other in others}, dict(left_out))
