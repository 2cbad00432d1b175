"""Create, revise, archive and restore any record, with the checks that stand before every write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from s75desk.domain.as_at import as_held
from s75desk.domain.changes import Changes
from s75desk.domain.dated import FromDay, with_what_is_beside
from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.field_text import holds, text_to_value
from s75desk.domain.fields import Field
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.records import KINDS, Agreement, QuestionSet, Record, Sourced, Visit
from s75desk.domain.records.visit import SetState
from s75desk.domain.surroundings import Surroundings
from s75desk.domain.wording import date_long, plural
from s75desk.models import drafts, history
from s75desk.models.connection import Connection
from s75desk.models.drafts import Draft
from s75desk.models.headings import heading_of, names_of, told_apart
from s75desk.models.repository import Repository
from s75desk.services.dated import UNCHANGING, change_from, correct, dated_of, held_on, over_time
from s75desk.services.dated_reads import DatedReads
from s75desk.services.history_lines import HistoryLine, lines_of
from s75desk.services.workplace import Workplace
from s75desk.services.writer import ARCHIVED, Change

__all__ = ["Draft", "HistoryLine", "RecordService", "named_together"]

R = TypeVar("R", bound=Record)
_KEPT = ". Its history is kept."
_UNDONE, _AGAIN = "Undone: ", "Done again: "


class RecordService(DatedReads):
    """What can be done to any record. Areas add what is particular to them."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    # -- reading

    def get(self, cls: type[R], uid: str) -> R:
        """One record as it is recorded, archived or not, with the values that hold on the day; for a form of it.

        Raises:
            NotFound: If it is not in this desk.
        """
        if self.place.another_day:
            return self.seen(cls, uid)
        found = self.stored(cls, uid)
        with self.place.desk.reading() as connection:
            return held_on(Repository(connection), found, self.place.day())

    def seen(self, cls: type[R], uid: str, on: date | None = None) -> R:
        """One record, archived or not, as it was known on a day: the as-at day if none is given.

        What lies ahead of the clock's own day is given as it is recorded: it can be opened before it is so.

        Raises:
            NotFound: If it is not in this desk, or was not there on that day.
        """
        with self.place.desk.reading() as connection:
            found = self.place.records(connection, on).get(cls, uid)
        if found is not None:
            return found
        recorded = self.stored(cls, uid)
        if on is None and self.place.another_day is None:
            return recorded
        day = date_long(on or self.place.day())
        raise NotFound(f"That {cls.NOUN} was not there on {day}.", "Go back to today to see it.")

    def ahead(self, connection: Connection, seen: Iterable[Record], cls: type[R], **equal: Any) -> tuple[R, ...]:
        """Live records of a kind that are dated after today: lists hold them, figures do not. None on another day."""
        if self.place.another_day:
            return ()
        held = {record.uid for record in seen}
        return tuple(one for one in Repository(connection).all(cls, **equal) if one.uid not in held)

    def archived(self, *kinds: str) -> list[Record]:
        """Archived records of these kinds, newest first."""
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            found: list[Record] = []
            for kind in kinds:
                found += [r for r in repository.all(KINDS[kind], archived=True) if r.archived_at is not None]
        return sorted(found, key=lambda record: str(record.archived_at), reverse=True)

    def lookup(self, kind: str) -> list[tuple[str, str]]:
        """Uid and heading of every live record of a kind, by heading, for choosing one in a form."""
        with self.place.desk.reading() as connection:
            found = names_of(self._today(connection), KINDS[kind])
            ahead = {} if self.place.another_day else names_of(Repository(connection), KINDS[kind])
        return sorted(told_apart(ahead | found), key=lambda pair: pair[1].casefold())

    def choices(self, kind: str, record: Record) -> list[tuple[str, str]]:
        """What a form of a record offers for a reference: every live record of the kind, as ``lookup`` gives them.

        Of question sets only those in use, and the one the record names already.
        """
        found = self.lookup(kind)
        if kind != QuestionSet.KIND:
            return found
        with self.place.desk.reading() as connection:
            sets = {one.uid: one for one in Repository(connection).all(QuestionSet)}
        named = {getattr(record, field.name) for field in record.fields().values() if field.refers_to == kind}
        return [
            (uid, f"{heading}, version {sets[uid].version}" if sets[uid].version else heading)
            for uid, heading in found
            if uid in sets and (sets[uid].state is SetState.IN_USE or uid in named)
        ]

    def surroundings(self, cls: type[Record], uid: str = "", owner: tuple[str, str] | None = None) -> Surroundings:
        """What validation looks at besides the record itself; read once when a form opens.

        Args:
            cls: Class of the record that is being entered.
            uid: Its uid, "" for a new one.
            owner: Kind and uid of the record that owns it, if any.
        """
        with self.place.desk.reading() as connection:
            return self._surroundings(Repository(connection), cls, uid, owner)

    def history(self, kind: str, uid: str) -> list[HistoryLine]:
        """The newest changes to a record and to what it owns, newest first."""
        with self.place.desk.reading() as connection:
            return lines_of(connection, kind, uid)

    # -- writing

    def create(self, record: Record) -> Changes:
        """Write a new record.

        Raises:
            Rejected: If a check finds a fault; the first is named.
            DeskError: If the file cannot be written; nothing has changed.
        """
        with self.place.change("") as change:
            self._check(change.records, record)
            made = change.create(record)
            change.label = f"Added: {_named(made, self._today(change.connection))}"
            drafts.drop(change.connection, drafts.key_of(record.KIND, "", _owner_uid(record)))
            self.after_write(change, made)
        return change.result

    def revise(self, record: Record, began: Record | None = None, days: Mapping[str, FromDay] | None = None) -> Changes:
        """Write what was changed of a record; raises as ``create`` does.

        Args:
            record: As it is to be.
            began: As it was when the officer began to change it: only what differs from that is written, and what was
                written elsewhere since then stays. None to write whatever differs from what is shown today.
            days: The fields that changed from a day, and from which; the others were wrong, and are corrected where
                they stand.
        """
        with self.place.change("") as change:
            self._revise(change, record, began, days)
        return change.result

    def _revise(
        self, change: Change, record: Record, began: Record | None = None, days: Mapping[str, FromDay] | None = None
    ) -> None:
        """``revise`` inside a change that may write more."""
        change.main = change.main or record.uid  # and not the value from a day or the deed that keeps it
        if (stored := change.records.get(type(record), record.uid)) is not None:
            dated, today = dated_of(change.records, stored), self.place.today()
            shown = as_held(stored, today, dated)
            changed = _changed(record, began or shown)
            self._check(change.records, replace(shown, **changed))
            change.label = f"Saved: {_named(replace(shown, **changed), self._today(change.connection))}"
            days = with_what_is_beside(record, days or {})
            dated_changes = {name: changed[name] for name in changed.keys() & days.keys()}
            change_from(change, stored, dated_changes, days, today)
            wrong = {name: value for name, value in changed.items() if name not in dated_changes}
            record = replace(stored, **correct(change, stored, wrong, dated, today))
            record = _with_note_decided(record, stored)
        change.revise(record)
        drafts.drop(change.connection, drafts.key_of(record.KIND, record.uid, ""))
        self.after_write(change, record)

    def save(self, record: Record, began: Record | None = None, days: Mapping[str, FromDay] | None = None) -> Changes:
        """Create or revise, by whether the record has a uid."""
        return self.revise(record, began, days) if record.uid else self.create(record)

    def with_newcomers(self, newcomers: Mapping[str, tuple[str, str]], save: Callable[[], Changes]) -> Changes:
        """Save what names records that are not there yet, and write those first, in one change.

        Args:
            newcomers: Kind and name by the uid that each is to have.
            save: Saves the record.
        """
        if not newcomers:
            return save()
        with self.place.change("") as change:
            made: list[Record] = []
            for uid, (kind, name) in newcomers.items():
                cls = KINDS[kind]
                made.append(cls(uid=uid, **{cls.TITLE[0]: name}))  # type: ignore[arg-type]  # every title is a text
                self._check(change.records, made[-1])
                change.create(made[-1])
            change.main = ""  # what was saved, and not what came with it
            save()
            change.label = f"{change.label.rstrip('.')}, and {named_together(made, change.records)}"
        return change.result

    def archive(self, kind: str, *uids: str) -> Changes:
        """Archive records of a kind and what they own, as one change. Undo or restore brings them back."""
        with self.place.change("") as change:
            records = [change.archive(kind, uid) for uid in uids]
            change.label = f"Archived: {named_together(records, change.records).rstrip('.')}{_KEPT}"
        return change.result

    def restore(self, kind: str, uid: str) -> Changes:
        """Bring an archived record back with what was archived together with it.

        Raises:
            Rejected: If its owner is archived, or a unique field has been taken in the meantime.
        """
        with self.place.change("") as change:
            record = change.restore(kind, uid)
            self._check_returned(change)
            change.label = f"Restored: {_named(record, self._today(change.connection))}"
        return change.result

    def undo(self, change_id: str) -> Changes:
        """Take one change back, as a new change. What was created is archived, with all that it owns by now.

        Raises:
            Rejected: If what it changed has been changed again since, or what would come back clashes with what was
                entered meanwhile.
        """
        with self.place.change("") as change:
            entries = history.of_change(change.connection, change_id)
            if not entries:
                raise NotFound("That change is not in this desk's history.")
            change.label = _undone(entries[0].label)
            # Visits and question sets go and come before what hangs under them: what is fixed goes and comes whole.
            backwards = entries[::-1]
            backwards.sort(key=_after_owners)
            for entry in backwards:
                _undo(change, entry)
            if not change.steps:
                raise Rejected("", "There is nothing left of that change to undo.")
            self._check_returned(change)
            came_or_went = {entry.uid for entry in entries if entry.field in ("", ARCHIVED)}
            for kind, uid in sorted(
                {(entry.kind, entry.uid) for entry in entries if entry.field not in ("", ARCHIVED)}
            ):
                record = change.records.get(KINDS[kind], uid)
                if record is not None and not (record.archived_at and uid in came_or_went):
                    self._check(change.records, record)
        return change.result

    def after_write(self, change: Change, record: Record) -> None:
        """What an area does in the same transaction after a record of it was written."""

    # -- drafts

    def keep_draft(self, kind: str, uid: str, owner: str, typed: Mapping[str, str]) -> None:
        """Keep what is being typed; it survives a kill and is offered when the form is opened again."""
        if self.place.desk.read_only:
            return  # saving the form will say so
        with self.place.desk.writing() as connection:
            drafts.keep(connection, drafts.key_of(kind, uid, owner), Draft(kind, uid, typed, self.place.now()))

    def draft(self, kind: str, uid: str, owner: str) -> Draft | None:
        """The draft of this form, or None."""
        with self.place.desk.reading() as connection:
            return drafts.read(connection, drafts.key_of(kind, uid, owner))

    def drop_draft(self, kind: str, uid: str, owner: str) -> None:
        """Forget a draft."""
        if self.place.desk.read_only:
            return
        with self.place.desk.writing() as connection:
            drafts.drop(connection, drafts.key_of(kind, uid, owner))

    # -- parts

    def _today(self, connection: Connection) -> Repository:
        """Records as they are today, for what forms offer and notices say."""
        return Repository(connection, self.place.today())

    def _surroundings(
        self,
        repository: Repository,
        cls: type[Record],
        uid: str,
        owner: tuple[str, str] | None,
        entered: Any = None,
    ) -> Surroundings:
        stored = KINDS[cls.KIND]
        taken = {
            field.name: repository.taken(stored, field.name, uid, entered and getattr(entered, field.name))
            for field in stored.fields().values()
            if field.unique
        }
        siblings: dict[str, list[Record]] = {}
        above = repository.get(KINDS[owner[0]], owner[1]) if owner else None
        above = above and held_on(repository, above, self.place.today())
        if owner and above:
            for record in repository.children(*owner):
                if record.uid != uid:
                    siblings.setdefault(record.KIND, []).append(record)
        if uid:
            for record in repository.children(cls.KIND, uid):
                siblings.setdefault(record.KIND, []).append(record)
        own = uid if stored is Agreement else above.uid if isinstance(above, Agreement) else ""
        terms = over_time(repository, [own], self.place.today()).get(own, UNCHANGING) if own else UNCHANGING
        worth = terms.worth if stored is Agreement else None
        return Surroundings(self.place.today(), taken, siblings, above, worth, terms.history)

    def _check(self, repository: Repository, record: Record) -> None:
        owner = record.owning_field()
        above = next(
            (
                (field.refers_to, getattr(record, field.name))
                for field in record.fields().values()
                if field.parent and getattr(record, field.name)
            ),
            None,
        )
        if owner and owner.required and not getattr(record, owner.name):
            raise Rejected(owner.name, f"This {record.NOUN} must belong to {_article(owner.refers_to)}.")
        around = self._surroundings(repository, type(record), record.uid, above, record)
        if around.owner is not None and around.owner.archived_at is not None:
            raise Rejected("", f"{_short(around.owner)} is archived. Restore it first.")
        for fault in _faults(record, around):
            raise Rejected(fault.field, fault.text)

    def _check_returned(self, change: Change) -> None:
        """Refuse what has come back to life under an archived owner, or clashes with what was entered meanwhile.

        A fault that lies in a record alone stops nothing here: rules may have become stricter since it was written.

        Raises:
            Rejected: The first clash.
        """
        returned = [step.uid for step in change.steps if step.field == ARCHIVED and step.after is None]
        kinds = {step.uid: step.kind for step in change.steps}
        for uid in dict.fromkeys(returned):
            record = change.records.get(KINDS[kinds[uid]], uid)
            if record is None or record.archived_at is not None:
                continue
            owners = [
                (field.refers_to, str(held)) for field in _owning(record) if (held := getattr(record, field.name))
            ]
            for kind, above in owners:
                owner = change.records.get(KINDS[kind], above)
                if owner is not None and owner.archived_at is not None:
                    raise Rejected("", f"{record.heading} belongs to {owner.heading}, which is archived. Restore both.")
            unique = any(field.unique for field in record.fields().values())
            if not unique and any(above in returned for _, above in owners):
                continue  # It stands among what it stood among before.
            around = self._surroundings(change.records, type(record), uid, owners[0] if owners else None, record)
            alone = _faults(record, Surroundings(self.place.today()))
            clash = next((fault for fault in _faults(record, around) if fault not in alone), None)
            if clash is not None:
                raise Rejected(clash.field, f"{_short(record)}: {clash.text}")


def _faults(record: Record, around: Surroundings) -> list[Finding]:
    from s75desk.domain.validation import findings_for  # with every check behind it: not paid for at the start

    return [finding for finding in findings_for(record, around) if finding.weight is Weight.FAULT]


def _with_note_decided(record: R, stored: Record) -> R:
    """A first note prints, also on a record from a desk on which nobody had decided whether notes do."""
    if not isinstance(record, Sourced) or not isinstance(stored, Sourced):
        return record
    first = record.private is None and record.notes and not stored.notes
    return replace(record, private=False) if first else record


def _changed(record: Record, began: Record) -> dict[str, Any]:
    return {name: value for name in record.fields() if (value := getattr(record, name)) != getattr(began, name)}


def _owning(record: Record) -> list[Field]:
    return [field for field in record.fields().values() if field.parent]


def _owner_uid(record: Record) -> str:
    return next((str(v) for f in record.fields().values() if f.parent and (v := getattr(record, f.name))), "")


def _article(kind: str) -> str:
    noun = KINDS[kind].NOUN
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _named(record: Record, repository: Repository) -> str:
    """What tells a record from its namesakes, for a notice: a visit by its service and date."""
    return _on_a_line(heading_of(record, repository))


def named_together(records: Sequence[Record], repository: Repository) -> str:
    """One record by what tells it from its namesakes, several as a count: "3 actions"."""
    return _named(records[0], repository) if len(records) == 1 else plural(len(records), records[0].NOUN)


def _short(record: Record) -> str:
    return _on_a_line(record.heading)


def _on_a_line(words: str, most: int = 80) -> str:
    heading = " ".join(words.split())  # Some titles are paragraphs.
    return heading if len(heading) <= most else heading[: most - 1].rstrip() + "…"


def _undone(label: str) -> str:
    """The label of taking back a change: an undone change that is taken back is done again."""
    done = label.removesuffix(_KEPT)
    if done.startswith(_UNDONE):
        return f"{_AGAIN}{done.removeprefix(_UNDONE)}"
    return f"{_UNDONE}{done.removeprefix(_AGAIN)}"


def _after_owners(entry: history.Entry) -> bool:
    return entry.kind not in (Visit.KIND, QuestionSet.KIND) or entry.field not in ("", ARCHIVED)


def _undo(change: Change, entry: history.Entry) -> None:
    cls = KINDS[entry.kind]
    record = change.records.get(cls, entry.uid)
    if record is None:
        raise NotFound(f"That {cls.NOUN} is not in this desk.")
    if not entry.field:
        change.archive(entry.kind, entry.uid)
        return
    if entry.field == ARCHIVED:
        then, left = (None if text is None else datetime.fromisoformat(text) for text in (entry.before, entry.after))
        if record.archived_at != left:
            since = "restored" if record.archived_at is None else "archived again"
            raise Rejected("", f"{_short(record)} has been {since} since. There is nothing left to undo.")
        change.set_archived(entry.kind, entry.uid, then)
        return
    field = cls.field_named(entry.field)
    assert field is not None
    if not holds(field, getattr(record, field.name), entry.after):
        raise Rejected(field.name, f"{field.label} of {_short(record)} has been changed since. Change it by hand.")
    change.revise(replace(record, **{field.name: text_to_value(field, entry.before)}), keeping=False)
