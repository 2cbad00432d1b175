"""Drafts that wait to be gone on with: what each is of, and the record on whose page it is met again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from s75desk.domain.records import KINDS, Record
from s75desk.models import drafts
from s75desk.models.headings import heading_of
from s75desk.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A form that was left with something typed in it.

    Attributes:
        kind: Kind of the record.
        uid: The record, "" for a new one.
        about: What a new record belongs to or is about, as a uid; "" if nothing.
        words: What it is: "New action “Mend the call bell”", "Edit agreement “Occupational therapy”".
        kept_at: When it was kept, UTC.
        record: What the form starts from; None where only the page it was begun on can say.
    """

    kind: str
    uid: str
    about: str
    words: str
    kept_at: datetime
    record: Record | None


def kept_drafts(place: Workplace, kind: str, uid: str = "") -> tuple[KeptDraft, ...]:
    """The drafts of a list, or those met again on the page of one record; newest first.

    Args:
        place: The open desk.
        kind: Kind of the list, or of the record.
        uid: The record; "" for the list: new records that belong to nothing, and edits.
    """
    found = []
    with place.desk.reading() as connection:
        repository = place.records(connection)
        for key, draft in drafts.kept(connection):
            about = key.split(":", 2)[2] if not draft.uid and key.count(":") >= 2 else ""
            if draft.kind not in KINDS or key != drafts.key_of(draft.kind, draft.uid, about) or "," in about:
                continue  # At a visit what is typed is kept under keys of its own.
            cls = KINDS[draft.kind]
            record = repository.get(cls, draft.uid) if draft.uid else _new(cls, kind, about)
            owners = (
                {getattr(record, field.name) for field in cls.fields().values() if field.parent} if record else set()
            )
            here = uid in (draft.uid, about, *owners) if uid else draft.kind == kind and not about
            if not here or (draft.uid and record is None):
                continue
            title = heading_of(record, repository) if draft.uid and record else draft.typed.get(cls.TITLE[0], "")
            words = f"{'Edit' if draft.uid else 'New'} {cls.NOUN}" + (
                f" “{' '.join(title.split())[:60]}”" if title else ""
            )
            found.append(KeptDraft(draft.kind, draft.uid, about, words, draft.kept_at, record))
    return tuple(found)


def _new(cls: type[Record], owner_kind: str, owner: str) -> Record | None:
    """A blank record that belongs to an owner of a kind; None if it cannot belong to one, and is only about it."""
    if not owner:
        return None
    blank: Any = cls()
    field = next((one for one in cls.fields().values() if one.parent and one.refers_to == owner_kind), None)
    return replace(blank, **{field.name: owner}) if field is not None else None
