"""Tags: put on one record or many, taken off, listed for completion and for the filters of lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from s75desk.domain.changes import Changes
from s75desk.domain.errors import Rejected
from s75desk.domain.records import KINDS, Tag, Tagged
from s75desk.domain.records.tag import MOST_LETTERS
from s75desk.domain.wording import plural
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService


class TagService(RecordService):
    """Reads and writes tags."""

    def names(self) -> tuple[str, ...]:
        """Every tag that some record has, in the order of the alphabet."""
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            used = {tagged.tag for tagged in repository.all(Tagged)}
            return _in_order(tag.name for tag in repository.all(Tag) if tag.uid in used)

    def of(self, kind: str, uid: str) -> tuple[str, ...]:
        """The tags of a record, in the order of the alphabet."""
        return self.by_record(kind, [uid]).get(uid, ())

    def by_record(self, kind: str, uids: Sequence[str] | None = None) -> Mapping[str, tuple[str, ...]]:
        """The tags of each record of a kind that has some, by its uid.

        Args:
            kind: Kind of record.
            uids: Only these; every one if None.
        """
        found: dict[str, list[str]] = {}
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            tags = {tag.uid: tag.name for tag in repository.all(Tag)}
            some: dict[str, Any] = {} if uids is None else {kind: list(uids)}
            for tagged in repository.all(Tagged, **some):
                owner = getattr(tagged, kind)
                if owner and tagged.tag in tags:
                    found.setdefault(owner, []).append(tags[tagged.tag])
        return {uid: _in_order(names) for uid, names in found.items()}

    def add(self, kind: str, uids: Sequence[str], name: str) -> Changes:
        """Put a tag on records that have not got it, in one change; a tag that is new is made.

        Raises:
            Rejected: If the name is empty or too long, or a record is archived.
        """
        words = _clean(name)
        with self.place.change("") as change:
            tag = next((t for t in change.records.all(Tag) if t.name.casefold() == words.casefold()), None)
            tag = tag or change.create(Tag(name=words))
            has = {getattr(each, kind) for each in change.records.all(Tagged, tag=tag.uid)}
            wanted = [uid for uid in dict.fromkeys(uids) if uid not in has]
            for uid in wanted:
                tagged = replace(Tagged(tag=tag.uid), **{kind: uid})  # type: ignore[arg-type]
                self._refuse_archived(change.records, kind, uid)
                change.create(tagged)
            change.label = f"Tagged “{tag.name}”: {_what(change.records, kind, wanted)}"
        return change.result if wanted else Changes(f"Tagged “{tag.name}” already")

    def remove(self, kind: str, uids: Sequence[str], name: str) -> Changes:
        """Take a tag off records, in one change."""
        with self.place.change("") as change:
            tag = next((t for t in change.records.all(Tag) if t.name.casefold() == name.casefold()), None)
            some: dict[str, Any] = {kind: list(uids)}
            having = change.records.all(Tagged, tag=tag.uid, **some) if tag else []
            for tagged in having:
                change.archive(Tagged.KIND, tagged.uid)
            of = _what(change.records, kind, [str(getattr(each, kind)) for each in having])
            change.label = f"Tag “{name}” taken off: {of}"
        return change.result

    def _refuse_archived(self, repository: Repository, kind: str, uid: str) -> None:
        owner = repository.get(KINDS[kind], uid)
        if owner is None or owner.archived_at is not None:
            raise Rejected("", "A record that is archived has no new tags. Restore it first.")


def _clean(name: str) -> str:
    """A name as it is kept: on one line, nothing unseen in it.

    Raises:
        Rejected: If nothing is left, or it is too long.
    """
    words = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    if not words:
        raise Rejected("name", "A tag needs a word.")
    if len(words) > MOST_LETTERS:
        raise Rejected("name", f"A tag has at most {MOST_LETTERS} letters; this has {len(words)}.")
    return words


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names), key=lambda name: (name.casefold(), name)))


def _what(repository: Repository, kind: str, uids: Sequence[str]) -> str:
    if len(uids) != 1:
        return plural(len(uids), KINDS[kind].NOUN, KINDS[kind].PLURAL)
    record = repository.get(KINDS[kind], uids[0])
    return heading_of(record, repository) if record else KINDS[kind].NOUN
