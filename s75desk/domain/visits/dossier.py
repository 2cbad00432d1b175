"""A visit brought together for print: what it says, its rating, its pictures, what differs from the version before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from s75desk.domain.records import VisitVersion
from s75desk.domain.status import Status
from s75desk.domain.statuses.visits import VisitProgress, outcome_of_visit
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.completeness import Missing
from s75desk.domain.visits.difference_words import Told
from s75desk.domain.visits.levels import VisitRating


@dataclass(frozen=True, slots=True)
class VisitDossier:
    """Everything a feedback sheet or a report is made from.

    Attributes:
        book: The visit as it is, or as it was signed.
        rating: Its rating.
        as_at: The day it is printed for.
        content: SHA-256 of the content, which stands at the foot of every page.
        version: Number of the signed version; None for one that is not signed, or is being amended.
        because: Why this version amends the one before; "" for a first version.
        changed: What it says differently from the version it amends.
        missing: What is not there yet; nothing that blocks for a signed version.
        pictures: Photos as JPEG by fingerprint.
        versions: Every signed version of the visit, the first first.
        prepared_by: The role that prepared it.
    """

    book: VisitBook
    rating: VisitRating
    as_at: date
    content: str
    version: int | None = None
    because: str = ""
    changed: tuple[Told, ...] = ()
    missing: tuple[Missing, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    versions: tuple[VisitVersion, ...] = ()
    prepared_by: str = ""

    @property
    def signed(self) -> datetime | None:
        """When this version was signed, UTC; None for one that is not signed."""
        return next((one.signed for one in self.versions if one.number == self.version), None)

    @property
    def amends(self) -> VisitVersion | None:
        """The version that this one amends, or would amend once it is signed; None for a first version."""
        before = [one for one in self.versions if self.version is None or (one.number or 0) < self.version]
        return before[-1] if before else None

    @property
    def replaced_by(self) -> VisitVersion | None:
        """The newest signed version, if it is newer than this signed one."""
        newest = self.versions[-1] if self.versions else None
        if self.version is None or newest is None or newest.number == self.version:
            return None
        return newest

    @property
    def day(self) -> date | None:
        """The day it was made, or is planned for."""
        return self.book.visit.made or self.book.visit.planned

    @property
    def recorded(self) -> Status | None:
        """The outcome of a visit that was recorded without answers, with its reservation; None for any other."""
        answered, not_meant = self.book.progress
        if self.book.visit.outcome is None or answered:
            return None
        progress = VisitProgress(self.version or 0, answered, len(self.book.body.questions), not_meant)
        return outcome_of_visit(self.book.visit, progress)
