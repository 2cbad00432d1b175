"""The form of a body that goes: a merger, a split or another in its place, with every amount to the penny."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from s75desk.domain.body_entry import ASKED, Amount, BodyEntry, findings_for_going, successors_said
from s75desk.domain.changes import Changes
from s75desk.domain.findings import Finding
from s75desk.services.bodies import BodyService
from s75desk.ui.pages.form_pane import Check, FormWish


def wish_for_going(bodies: BodyService, body: str, name: str = "") -> FormWish:
    """The form of what takes the place of a body; what it is divided into is read when the form opens."""

    def reads() -> Check:
        return partial(_found, bodies.amounts(body))

    def save(entry: BodyEntry) -> Changes:
        return bodies.replace_body(
            body,
            successors_said(entry),
            entry.since,
            share_by=entry.share_by,
            source=entry.source,
            known=entry.known,
        )

    return FormWish(
        BodyEntry(organisation=body),
        f"What takes the place of {name}" if name else "What takes its place",
        "Planned until its day. What was before keeps its name, its papers and its amounts.",
        save=save,
        reads=reads,
        sections=(("", ASKED[:-2]),),
        only=ASKED,
    )


def _found(amounts: Sequence[Amount], entry: BodyEntry, _: object) -> tuple[Finding, ...]:
    return findings_for_going(entry, amounts)
