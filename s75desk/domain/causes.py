"""Which of two changes could know of the other, without a clock: by the rows of history that each was chained to.

Two copies of a desk share the rows up to the copying; after it each writes a chain of its own. What stands in both
came first. Of two rows of one chain the later knew the earlier; of two rows after the parting neither knew the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Link:
    """A row of history as what it follows.

    Attributes:
        hash: Its own, which no two rows share.
        previous: Of the row that its writer saw last.
        replica: The copy of the desk that wrote it; "" for a row of a version that did not say.
        uid: Record.
        field: Field that changed; "" for the creation of the record.
        parent: Of the row whose value this one replaced; "" for a creation, and where that was not said.
    """

    hash: str
    previous: str
    replica: str
    uid: str
    field: str
    parent: str


class Order(Enum):
    """How one row stands to another."""

    SAME = "the same row"
    BEFORE = "the other was written by someone who had it"
    AFTER = "it was written by someone who had the other"
    BESIDE = "neither knew of the other"


def together(*histories: Sequence[Link]) -> dict[str, Link]:
    """The rows of several copies of a desk, each once, by their hash."""
    return {link.hash: link for history in histories for link in history}


def order(one: str, other: str, links: Mapping[str, Link]) -> Order:
    """How the row of hash ``one`` stands to that of hash ``other``."""
    if one == other:
        return Order.SAME
    if one in _causes(other, links):
        return Order.BEFORE
    return Order.AFTER if other in _causes(one, links) else Order.BESIDE


def _causes(hash_: str, links: Mapping[str, Link]) -> set[str]:
    found: set[str] = set()
    while (link := links.get(hash_)) is not None and link.previous not in found:
        hash_ = link.previous
        found.add(hash_)
    return found


def newest(histories: Sequence[Sequence[Link]]) -> dict[tuple[str, str], set[str]]:
    """The rows that no other row replaced, by record and field: more than one where copies changed it apart."""
    links = together(*histories)
    replaced = {link.parent for link in links.values() if link.field}
    found: dict[tuple[str, str], set[str]] = {}
    for link in links.values():
        if link.field and link.hash not in replaced:
            found.setdefault((link.uid, link.field), set()).add(link.hash)
    return found
