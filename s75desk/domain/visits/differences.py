"""What differs between two versions of anything written as mappings: field by field, with before and after.

Rows of a list are told apart by their ``uid``, ``code`` or ``question``, so that a row put in between is one addition
and not a change of all that follow. What is None and what is not there at all are the same: not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

NAMES = ("uid", "code", "question")
"""The fields that tell the rows of a list apart, the first that every row has."""


class Turn(Enum):
    """What happened to a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs.

    Attributes:
        path: The way to it: ("answers", "8.3", "note"). Rows stand by their name, or by their place, from 1.
        before: Its value before, None if it was not known.
        after: Its value after, None if it is not known.
    """

    path: tuple[str, ...]
    before: Any
    after: Any

    @property
    def turn(self) -> Turn:
        """Added, removed or changed."""
        if self.before is None:
            return Turn.ADDED
        return Turn.REMOVED if self.after is None else Turn.CHANGED


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Every field that differs, in the order of ``before``, what is new last. Empty if nothing does.

    Mappings are gone into, and lists of mappings; a mapping or list that is wholly new or gone is told field by field
    too. Any other value is compared whole.
    """
    return tuple(_between((), before, after))


def _between(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Difference]:
    rows = _rows(before, after)
    if rows is None:
        if _differ(before, after):
            yield Difference(path, before, after)
        return
    old, new = rows
    for key in dict.fromkeys((*old, *new)):
        yield from _between((*path, key), old.get(key), new.get(key))


def _differ(before: Any, after: Any) -> bool:
    if _is_list(before) and _is_list(after):
        return list(before) != list(after)
    # True is not 1 here: a field that changed its type has changed.
    return type(before) is not type(after) or bool(before != after)


def _rows(before: Any, after: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """Both sides as named rows; None if they are to be compared whole."""
    there = [side for side in (before, after) if side is not None]
    if there and all(isinstance(side, Mapping) for side in there):
        return before or {}, after or {}
    if not there or not all(_is_list(side) for side in there):
        return None
    rows = [row for side in there for row in side]
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        return None
    name = next((name for name in NAMES if all(_tells_apart(side, name) for side in there)), None)
    return _named(before or (), name), _named(after or (), name)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))


def _tells_apart(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    names = [row.get(name) for row in rows]
    return None not in names and len({str(each) for each in names}) == len(names)


def _named(rows: Sequence[Mapping[str, Any]], name: str | None) -> Mapping[str, Any]:
    return {str(place if name is None else row[name]): row for place, row in enumerate(rows, 1)}
