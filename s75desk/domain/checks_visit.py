"""Checks of what is recorded at a visit: one record for each thing, and none that is about nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from s75desk.domain.findings import Finding
from s75desk.domain.records import Record
from s75desk.domain.records.visit_work import ONE_EACH
from s75desk.domain.surroundings import Surroundings, fault


def one_each(record: Record, around: Surroundings) -> list[Finding]:
    """A visit has one answer to a question, one signature of a party: a second would be counted, or hide the first."""
    names = ONE_EACH[type(record)]
    field = record.fields()[names[0]]
    about = tuple(getattr(record, name) or None for name in names)
    for other in around.siblings.get(record.KIND, ()):
        if other.uid != record.uid and tuple(getattr(other, name) or None for name in names) == about:
            return [fault(field.name, f"This visit has {_article(record)} for that already.")]
    return []


def _article(record: Record) -> str:
    noun = record.NOUN
    if noun == record.PLURAL:
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


CHECKS: Mapping[type[Record], Callable[[Any, Surroundings], Iterable[Finding]]] = dict.fromkeys(ONE_EACH, one_each)
"""The check of each kind of record that has one."""
