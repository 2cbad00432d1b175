"""The status of an agreement: what the term engine says, and how many figures are in doubt."""

from __future__ import annotations

import re
from dataclasses import replace

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses.counts import doubt_count
from s75desk.domain.wording import plural, short_dates


def agreement_status(dossier: AgreementDossier) -> Status:
    """The term's status; one on which nothing presses says how many figures are in doubt: "Ended, 9 doubts"."""
    term, doubts = dossier.term.status, doubt_count(dossier.questions)
    if not doubts or term.shape.loud:
        return term
    return Status(Shape.DOUBT, f"{term.word}, {plural(doubts, 'doubt')}", term.sentence, term.state)


def agreed_late(dossier: AgreementDossier) -> Status | None:
    """That the agreement was agreed after it had begun; None where it was not, or that is not known."""
    found = next((each for each in dossier.term.findings if each.field == "agreed_on"), None)
    return Status(Shape.DOUBT, "Agreed late", found.text) if found else None


def in_few_words(status: Status) -> Status:
    """The same status in the words that a list has room for: short dates, and not which extension."""
    return replace(status, word=re.sub(r"^Decide extension \d+ by", "Decide by", short_dates(status.word)))
