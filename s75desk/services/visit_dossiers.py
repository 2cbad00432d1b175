"""Visits brought together for print, as they stand or as they were signed; and found by what people call them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from s75desk.domain.errors import DeskError, NotFound
from s75desk.domain.records import Action, Record, Service, Visit, VisitVersion
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.completeness import missing
from s75desk.domain.visits.difference_words import Told, told
from s75desk.domain.visits.differences import differences
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.domain.visits.levels import VisitRating
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rating import Rater
from s75desk.domain.wording import date_long, date_short, plural
from s75desk.models import blobs
from s75desk.models.connection import Connection
from s75desk.models.headings import heading_of
from s75desk.models.repository import Repository
from s75desk.services.visit_content import book_of, content_of, fingerprint_of
from s75desk.services.visit_reader import VisitReader, drafted
from s75desk.services.workplace import Workplace

_BEGUN = (VisitStage.UNDER_WAY, VisitStage.DRAFT, VisitStage.FINAL)
"""Stages of a visit about which there is something to print."""

_MOST_NAMED = 6
"""So many visits are named where several could be meant."""


@dataclass(frozen=True, slots=True)
class VisitChoice:
    """A visit that can be printed.

    Attributes:
        uid: The visit.
        title: Service and date: "Fernbank House, 3 Feb 2026".
        versions: Numbers of its signed versions, the first first.
        amending: Whether it is being amended, so that it is not what was signed last.
    """

    uid: str
    title: str
    versions: tuple[int, ...]
    amending: bool


class VisitDossiers:
    """Reads visits for print.

    Args:
        place: The desk.
    """

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self._bodies: dict[str, QuestionSetBody] = {}
        self._raters: dict[str, Rater] = {}

    def dossier(self, uid: str, as_at: date, number: int | None = None, typed: Sequence[Record] = ()) -> VisitDossier:
        """A visit as it is to be printed.

        Args:
            uid: The visit.
            as_at: The day it is printed for.
            number: A signed version; None for the newest one if the visit is signed, else for the visit as it stands,
                with what was being typed when it was last kept.
            typed: What is being typed and is not kept yet.

        Raises:
            NotFound: If the visit or the version is not in this desk.
            DeskError: If it was made after the day, its question set holds no questions, or what was signed is damaged.
        """
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection, as_at)
            reader = VisitReader(repository, self._bodies)
            present = reader.book(uid)
            made = self._made(connection, uid)
            if made is not None and made > as_at:
                raise DeskError(
                    f"That visit was made on {date_long(made)}, after {date_long(as_at)}.", "Print it for a later day."
                )
            if number is None and present.locked:
                number = self._newest(present.versions, as_at)
            because = present.visit.amended_because or ""
            if number is None:
                book = drafted((*reader.unsettled(uid), *typed), present)
                rating = self._rate(book)
                content = content_of(book, rating)
                fingerprint = fingerprint_of(content)
            else:
                version = self._version(repository, uid, number)
                content = self._signed(repository, version)
                book, rating, fingerprint = *self._read(reader, content), version.sha256 or ""
                because = version.because or ""
                book = _private_as_now(book, present)
            amended = _before(present.versions, number)
            changed: tuple[Told, ...] = ()
            if amended is not None:
                earlier = self._signed(repository, amended)
                changed = told(differences(earlier, content), self._read(reader, earlier)[0], book)
            pictures = {photo.sha256: blobs.get(connection, photo.sha256) for photo in book.photos if photo.sha256}
        return VisitDossier(
            book=book,
            rating=rating,
            as_at=as_at,
            content=fingerprint,
            version=number,
            because=because if amended is not None else "",
            changed=changed,
            missing=missing(book.facts()) if number is None else (),
            pictures={name: data for name, data in pictures.items() if data is not None},
            versions=present.versions,
            prepared_by=self.place.who,
        )

    def differences(self, uid: str, earlier: int, later: int) -> tuple[Told, ...]:
        """What a later signed version says differently, in words; raises as ``dossier``."""
        with self.place.desk.reading() as connection:
            repository = Repository(connection)
            reader = VisitReader(repository, self._bodies)
            before, after = (self._signed(repository, self._version(repository, uid, one)) for one in (earlier, later))
            return told(differences(before, after), self._read(reader, before)[0], self._read(reader, after)[0])

    def choices(self) -> tuple[VisitChoice, ...]:
        """Visits that have begun, the newest first."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            visits = repository.all(Visit, stage=_BEGUN)
            titles = _titles(repository, visits)
            versions: dict[str, list[int]] = {}
            for version in repository.all(VisitVersion, order=("number",)):
                versions.setdefault(version.visit, []).append(version.number or 0)
        visits.sort(key=lambda visit: visit.made or visit.planned or date.min, reverse=True)
        return tuple(
            VisitChoice(
                visit.uid, titles[visit.uid], tuple(versions.get(visit.uid, ())), amending=visit.amends is not None
            )
            for visit in visits
        )

    def titles(self, uids: Iterable[str | None]) -> dict[str, str]:
        """Service and date of visits, archived ones too, by uid."""
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            return _titles(repository, list(repository.by_uid(Visit, uids).values()))

    def find(self, reference: str, on: date | None = None) -> str:
        """Uid of the visit that is meant.

        Args:
            reference: Its uid, its heading ("Fernbank House, 3 Feb 2026"), or the name of its service.
            on: The day it was made, or is planned for, where the service has had several.

        Raises:
            NotFound: If no visit is so called.
            DeskError: If several are, naming them.
        """
        wanted = " ".join(reference.split()).casefold()
        with self.place.desk.reading() as connection:
            repository = self.place.records(connection)
            if (exact := repository.get(Visit, reference.strip())) is not None:
                return exact.uid
            visits = repository.all(Visit)
            titles = _titles(repository, visits)
            names = {
                one.uid: one.name for one in repository.by_uid(Service, (visit.service for visit in visits)).values()
            }
            found = [
                visit
                for visit in visits
                if wanted
                in (
                    titles[visit.uid].casefold(),
                    heading_of(visit, repository).casefold(),
                    names.get(visit.service, "").casefold(),
                )
                and on in (None, visit.made or visit.planned)
            ]
        if len(found) == 1:
            return found[0].uid
        when = f" on {date_short(on)}" if on else ""
        if not found:
            raise NotFound(
                f"No quality visit is called {reference}{when}.",
                "Give the name of the service, and the day with --on; “s75desk export visit” lists them.",
            )
        shown = [f"{titles[visit.uid]} ({visit.uid})" for visit in found[:_MOST_NAMED]]
        more = f"; and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise DeskError(
            f"{plural(len(found), 'quality visit')} could be meant by {reference}{when}: {'; '.join(shown)}{more}.",
            "Give the day with --on, or the one in brackets.",
        )

    # -- parts

    @staticmethod
    def _made(connection: Connection, uid: str) -> date | None:
        found = Repository(connection).get(Visit, uid)
        return found.made if found else None

    def _newest(self, versions: Sequence[VisitVersion], as_at: date) -> int | None:
        """The version that was the newest on a day; today's is whatever was signed last, by whichever clock."""
        if as_at >= self.place.today():
            return versions[-1].number
        signed = [one for one in versions if one.signed is None or one.signed.date() <= as_at]
        return (signed or versions)[-1].number

    def _rate(self, book: VisitBook) -> VisitRating:
        rater = self._raters.get(book.set_content)
        if rater is None or rater.body is not book.body:
            rater = self._raters[book.set_content] = Rater(book.body)
        return book.rate(rater)

    def _read(self, reader: VisitReader, content: Mapping[str, Any]) -> tuple[VisitBook, VisitRating]:
        book = book_of(content, reader.body(content["question_set"]["content"]))
        return book, self._rate(book)

    @staticmethod
    def _version(repository: Repository, uid: str, number: int) -> VisitVersion:
        found = repository.all(VisitVersion, visit=uid, number=number, archived=True)
        if not found:
            raise NotFound(f"This visit has no signed version {number}.", "Print it without naming a version.")
        return found[0]

    @staticmethod
    def _signed(repository: Repository, version: VisitVersion) -> dict[str, Any]:
        """What was signed, letter for letter: nothing else is ever printed as signed."""
        data = blobs.get(repository.connection, version.sha256 or "")
        if data is None:
            raise NotFound(
                f"The content of version {version.number} of this visit is not in this desk.",
                "Restore a backup that holds it.",
            )
        if hashlib.sha256(data).hexdigest() != version.sha256:
            raise DeskError(
                f"Version {version.number} of this visit is not what was signed: its content has been changed.",
                "Restore a backup.",
            )
        content: dict[str, Any] = json.loads(data)
        return content


N = TypeVar("N", Visit, Action)


def _private_as_now(book: VisitBook, present: VisitBook) -> VisitBook:
    """A signed version with its notes private or not as they are now: that is no part of what was signed."""
    private = {record.uid: record.private for record in (present.visit, *present.actions)}

    def as_now(record: N) -> N:
        return replace(record, private=private[record.uid]) if record.uid in private else record

    return replace(book, visit=as_now(book.visit), actions=tuple(as_now(action) for action in book.actions))


def _before(versions: Sequence[VisitVersion], number: int | None) -> VisitVersion | None:
    """The version that another amends; None for a first one."""
    before = [version for version in versions if number is None or (version.number or 0) < number]
    return before[-1] if before else None


def _titles(repository: Repository, visits: Sequence[Visit]) -> dict[str, str]:
    services = repository.by_uid(Service, (visit.service for visit in visits))
    found = {}
    for visit in visits:
        service = services.get(visit.service)
        day = visit.made or visit.planned
        name = service.name if service else "Service not known"
        found[visit.uid] = f"{name}, {date_short(day)}" if day else name
    return found
