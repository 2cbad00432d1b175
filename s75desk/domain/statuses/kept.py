"""The status of what is kept rather than done: documents, briefings, question sets, organisations."""

from __future__ import annotations

from datetime import date

from s75desk.domain.records import Document, QuestionSet
from s75desk.domain.records.visit import SetState
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import date_long, plural, sentence_case

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
