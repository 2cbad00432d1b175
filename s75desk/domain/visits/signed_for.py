"""What a signature stands for: the visit as it was when a party signed, as a fingerprint that goes with the signature.

Whoever signed must not find other ratings above their name. A signature whose fingerprint is not that of the visit any
more has to be given anew before the visit can be locked; putting back what was changed makes it hold again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from s75desk.domain.records import Action, Record, Visit, VisitAnswer, VisitSignature
from s75desk.domain.records.visit_work import ONE_EACH, Party

_COMMENT = frozenset({"comment", "no_comment"})
"""The provider's own words: they stand above the provider's signature and are none of the officer's."""

_COUNTED: Mapping[str, frozenset[str]] = {
    Visit.KIND: frozenset({"service", "kind", "made", "days", "team", "question_set"}) | _COMMENT,
    Action.KIND: frozenset({"title", "why", "kind", "owner", "due", "evidence_wanted", "questions"}),
}
"""Fields that are signed, where not all are: a visit's stage and an action's state go on. The day that a visit was made
may be said before; else it is noted when it is locked, and then nothing is compared any more."""

_OF_BEFORE = frozenset({"title", "owner", "due"})
"""What stands on the sheet of an action from before, beside its grade; the rest of it goes on elsewhere."""

_LEFT_OUT: Mapping[str, frozenset[str]] = {VisitAnswer.KIND: frozenset({"flagged"})}
"""A mark to come back to a question is the officer's own, and is not printed."""

_BESIDE = frozenset({"source", "paragraph", "known", "note", "private", "inferred", "sample"})
"""Where a record comes from; not part of what was found."""


def fingerprint(records: Iterable[Record], party: Party, before: Iterable[Action] = ()) -> str:
    """SHA-256, in hexadecimal, of what a party signs.

    Args:
        records: The visit and everything recorded at it; signatures are left out.
        party: Who signs. The provider signs the provider's comment as well.
        before: The actions from before that are graded: a grade stands beside the words of its action.
    """
    told = {record.uid: said for record in records if (said := _said(record, party))}
    told |= {action.uid: _words(action, _OF_BEFORE) for action in before}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _said(record: Record, party: Party) -> dict[str, str]:
    kind = record.KIND
    if kind == VisitSignature.KIND:
        return {}
    names = _COUNTED.get(kind, record.fields().keys()) - _LEFT_OUT.get(kind, frozenset()) - _BESIDE
    if kind == Visit.KIND and party is Party.OFFICER:
        names -= _COMMENT
    said = _words(record, names)
    if (about := ONE_EACH.get(type(record))) is not None and not said.keys() - {"visit", *about}:
        return {}  # It says nothing of what it is about: it is as good as not there.
    return said


def _words(record: Record, names: Iterable[str]) -> dict[str, str]:
    return {name: str(value) for name in names if not _nothing(value := getattr(record, name))}


def _nothing(value: Any) -> bool:
    """Whether nothing is said; a number of 0 says something."""
    return value is None or value is False or value == ""
