"""The term engine: every end, every last notice day, and what must be decided by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.findings import Finding
from s75desk.domain.records import Agreement, Extension
from s75desk.domain.status import Status
from s75desk.domain.working import Figure, Working


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of the term: the first term or an extension.

    Attributes:
        label: "First term, 3 years", "Extension 1: undecided".
        starts: First day.
        ends: Last day (inclusive).
        notice_by: Last day on which notice can be given so that the agreement ends with this span; None if the
            notice period is not known.
        extension: The extension behind it, None for the first term.
        certain: Whether it is running or will run (first term, exercised extension).
        declined: Whether the extension was declined.
    """

    label: str
    starts: date
    ends: date
    notice_by: date | None
    extension: Extension | None
    certain: bool
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """The whole term of an agreement as at a day.

    Attributes:
        spans: First term and extensions in order; () when start or length is not known.
        starts: First day or None.
        ends: The end as things stand (exercised extensions included), or None when not known.
        last_end: The last possible end with every extension not declined, or None.
        notice_by: Last day to give notice for ``ends``, or None.
        next_date: The next date that cannot be moved (last notice day or extension decision), or None.
        next_what: What must be done by ``next_date``: "Notice by 31 March 2026", or "".
        summary: "3 + 1 + 1 years, 12 months' notice", or what is known of it.
        year_now: Which year of the term today falls in, from 1; None before the start, after the end or unknown.
        years: Possible length in whole years (rounded up) with every extension, or None.
        status: Chip and sentence.
        ends_figure: ``ends`` as a figure with its working.
        notice_figure: ``notice_by`` as a figure with its working.
        working: Every end and every last notice day with the rule.
        findings: Doubts, for instance an extension decided after expiry.
    """

    spans: tuple[Span, ...]
    starts: date | None
    ends: date | None
    last_end: date | None
    notice_by: date | None
    next_date: date | None
    next_what: str
    summary: str
    year_now: int | None
    years: int | None
    status: Status
    ends_figure: Figure
    notice_figure: Figure
    working: Working
    findings: tuple[Finding, ...] = ()


def term_of(agreement: Agreement, extensions: Sequence[Extension], today: date) -> Term:
    """Work out the term as at ``today``. Archived extensions must already be left out."""
    raise NotImplementedError
