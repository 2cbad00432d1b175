"""The status of what is kept rather than done: documents, briefings, question sets, organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from s75desk.domain.records import Document, QuestionSet, Succession
from s75desk.domain.records.visit import SetState
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import NOT_KNOWN as NOT_KNOWN_WORDS
from s75desk.domain.wording import date_long, list_words, plural, sentence_case

ARCHIVED = Status(Shape.NONE, "Archived")

_SETS = {
    SetState.IN_USE: Status(Shape.GOOD, "In use"),
    SetState.DRAFT: Status(Shape.PLAN, "Draft"),
    SetState.RETIRED: Status(Shape.DONE, "Retired"),
}


def document_status(document: Document, today: date) -> Status:
    """Whether the file itself is kept in the desk or only named."""
    return Status(Shape.DONE, "File kept") if document.sha256 else Status(Shape.NONE, "No file kept")


def question_set_status(question_set: QuestionSet, today: date) -> Status:
    """Draft, in use or retired."""
    if question_set.state is None:
        return NOT_KNOWN
    since = question_set.since
    if question_set.state is SetState.IN_USE and since is not None and since > today:
        return Status(Shape.PLAN, "Not yet in use", f"In use from {date_long(since)}.")
    return _SETS[question_set.state]


def briefing_status(how: str, when: str) -> Status:
    """That a briefing is filed, with how and when it was made in words."""
    return Status(Shape.DONE, "Filed", f"{sentence_case(how)}, {when}. It cannot change.")


def organisation_status(agreements: int, providers: int) -> Status:
    """Whether anything in the desk stands on an organisation."""
    uses = []
    if agreements:
        uses.append(f"party to {plural(agreements, 'agreement')}")
    if providers:
        uses.append(f"owner of {plural(providers, 'provider')}")
    if not uses:
        return Status(Shape.NONE, "Not used", "No agreement and no provider names it.")
    return Status(Shape.INFO, "In use", f"{sentence_case(' and '.join(uses))}.")


def archived_status(sentence: str) -> Status:
    """That a record is archived, and what restoring it brings back."""
    return Status(ARCHIVED.shape, ARCHIVED.word, sentence)


def going_status(successions: Sequence[Succession], names: Mapping[str, str], on: date) -> Status | None:
    """That a body has gone, or goes, and what takes its place; None if nothing is recorded of that.

    Args:
        successions: What takes its place.
        names: Names of bodies by uid.
        on: The as-at day.
    """
    if not successions:
        return None
    since = min((one.since for one in successions if one.since), default=None)
    to = list_words([names.get(one.successor, NOT_KNOWN_WORDS) for one in successions])
    if since is None:
        return Status(Shape.WATCH, "Goes", f"Its place is taken by {to}, on a day not known.")
    if since <= on:
        return Status(Shape.NONE, "Gone", f"Its place was taken by {to} on {date_long(since)}.")
    return Status(Shape.WATCH, "Goes", f"Its place is taken by {to} on {date_long(since)}.")
