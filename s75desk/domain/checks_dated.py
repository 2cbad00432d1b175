"""Checks of what changes from a day: deeds of variation, and bodies whose place is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from s75desk.domain.findings import Finding
from s75desk.domain.records import Agreement, Record, Succession, Variation
from s75desk.domain.records.dated import TERMS
from s75desk.domain.succession import share_fault, shares_of
from s75desk.domain.surroundings import Surroundings, doubt, use
from s75desk.domain.wording import date_long


def variation_findings(deed: Variation, around: Surroundings) -> list[Finding]:
    """A deed changes something, from a day on which the agreement runs, and is made before its terms hold."""
    found = []
    if not deed.why and all(getattr(deed, term) is None for term in TERMS):
        found.append(doubt("why", "It changes no term. Say in words what it changes."))
    owner = around.owner
    if isinstance(owner, Agreement) and owner.starts and deed.since and deed.since < owner.starts:
        found.append(doubt("since", f"This is before the agreement starts, on {date_long(owner.starts)}."))
    if deed.made and deed.since and deed.made > deed.since:
        text = f"Made after its terms hold: what is as at a day before {date_long(deed.made)} has the terms before."
        found.append(doubt("made", text))
    return found


def succession_findings(succession: Succession, around: Surroundings) -> list[Finding]:
    """A body does not follow itself, and the shares of its successors make up the whole."""
    if succession.successor and succession.successor == succession.organisation:
        return [doubt("successor", "A body cannot take its own place.")]
    others = [
        one
        for one in around.others(Succession)
        if one.organisation == succession.organisation and one.since == succession.since
    ]
    if any(one.successor == succession.successor for one in others):
        return [doubt("successor", "This body takes its place already.")]
    if succession.share is None:
        return []
    shares = shares_of([*others, succession])
    trouble = share_fault(shares)
    if not trouble:
        return []
    left = succession.share + 100 - sum(shares)
    return [doubt("share", trouble, use(succession, "share", left) if 0 < left <= 100 else None)]


CHECKS: Mapping[type[Record], Callable[[Any, Surroundings], Iterable[Finding]]] = {
    Variation: variation_findings,
    Succession: succession_findings,
}
"""What is particular to each kind."""
