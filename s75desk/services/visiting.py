"""Making a visit: what visit mode reads and writes, from the first answer to a signed version and its amendment.

What is typed is kept at once as a draft, without a line of history for every letter; what is settled (a rating, a field
that was left) becomes a record with its history, and its draft goes in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, NotFound, Rejected
from s75desk.domain.records import (
    PriorGrading,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitPhoto,
    VisitVersion,
)
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.visits.book import VisitBook, writable
from s75desk.domain.visits.differences import Difference, differences
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rating import Rater
from s75desk.models import blobs, drafts, settings
from s75desk.models.connection import Connection
from s75desk.models.drafts import Draft
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService
from s75desk.services.visit_content import book_of, content_of, locked_part, record_of
from s75desk.services.visit_keeping import archived_visit, complete, label_of, refuse_stranger
from s75desk.services.visit_left_open import OPEN
from s75desk.services.visit_reader import VisitReader, draft_key, draft_of, drafted
from s75desk.services.visit_signing import open_for_amendment, refuse_unfinished, refuse_unseen, sign_into
from s75desk.services.visit_withdrawal import withdraw_into
from s75desk.services.workplace import Workplace
from s75desk.services.writer import Change

if TYPE_CHECKING:
    from s75desk.importers.photo import ReadPhoto

MOST_PHOTO_BYTES = 60_000_000
"""The largest file that is read as a photo."""

_PLACE = "visit_place:"
"""Beginning of the key of the setting that says where in a visit the officer was."""

_NOT_WHOLE = "Not withdrawn: not everything can be put back as it was signed. Sign it anew instead."


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit as visit mode opens it.

    Attributes:
        book: As it is recorded, with what was being typed.
        unsettled: Records that were being typed and are not in the history yet.
        place: Where the officer was: code of a question or the name of a page; "" for the start.
        thumbnails: Small pictures of the photos, by fingerprint.
    """

    book: VisitBook
    unsettled: tuple[Record, ...]
    place: str
    thumbnails: dict[str, bytes]


class VisitingService(RecordService):
    """Reads and writes one visit at a time."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self._bodies: dict[str, QuestionSetBody] = {}
        self._raters: dict[str, Rater] = {}

    # -- reading

    def open(self, uid: str) -> OpenVisit:
        """A visit with everything visit mode shows.

        Raises:
            NotFound: If it is not in this desk.
            DeskError: If its question set holds no questions.
        """
        with self.place.desk.reading() as connection:
            reader = VisitReader(Repository(connection), self._bodies)
            book, typed = reader.book(uid), reader.unsettled(uid)
            if book.locked:
                typed = ()
            place = settings.get(connection, f"{_PLACE}{uid}")
            small = [photo.thumbnail for photo in book.photos if photo.thumbnail]
            pictures = {one: data for one in small if (data := blobs.get(connection, one)) is not None}
        return OpenVisit(drafted(typed, book), typed, place, pictures)

    def book(self, uid: str) -> VisitBook:
        """A visit as it is recorded, without what is being typed; raises as ``open``."""
        with self.place.desk.reading() as connection:
            return VisitReader(Repository(connection), self._bodies).book(uid)

    def rater(self, book: VisitBook) -> Rater:
        """The rater of a book's question set; made once for each set."""
        found = self._raters.get(book.set_content)
        if found is None or found.body is not book.body:
            found = self._raters[book.set_content] = Rater(book.body)
        return found

    def picture(self, fingerprint: str) -> bytes:
        """The bytes of a photo.

        Raises:
            NotFound: If the desk does not hold them.
        """
        with self.place.desk.reading() as connection:
            found = blobs.get(connection, fingerprint)
        if found is None:
            raise NotFound("That photo is not in this desk.", "Restore a backup that holds it.")
        return found

    # -- writing

    def look(self, uid: str) -> None:
        """Note that visit mode shows a visit, so that the next start after a kill opens it; looking begins nothing.

        Raises:
            Rejected: If it is archived.
        """
        if self.place.desk.read_only:
            return
        with self.place.desk.writing() as connection:
            stored = self._visit(Change(connection, "", self.place.now()), uid)
            if stored.archived_at is not None:
                raise archived_visit(stored)
            settings.put(connection, OPEN, uid)

    def start(self, uid: str) -> Changes:
        """Note that a planned visit is under way; nothing is written for one that already is, or is past.

        Raises:
            Rejected: If it is archived.
            NotFound: If it is not in this desk.
            DeskError: If its question set holds no questions.
        """
        with self.place.change("") as change:
            stored = self._visit(change, uid)
            if stored.archived_at is not None:
                raise archived_visit(stored)
            change.label = self._begin(change, stored)
            settings.put(change.connection, OPEN, uid)
        return change.result

    def leave(self, uid: str) -> None:
        """Note that visit mode was left: the next start opens the Overview."""
        if self.place.desk.read_only:
            return
        with self.place.desk.writing() as connection:
            if settings.get(connection, OPEN) == uid:
                settings.put(connection, OPEN, "")

    def keep(
        self,
        visit: str,
        settled: Sequence[Record] = (),
        typed: Sequence[Record] = (),
        removed: Sequence[Record] = (),
        place: str | None = None,
    ) -> Changes:
        """Keep what was said at a visit; all of it together, and safely on the disk when this returns.

        Args:
            visit: Uid of the visit.
            settled: Records as they now are: they become part of the record, with history.
            typed: Records that are still being typed: they are kept as drafts.
            removed: Photos, actions and overrides to take out.
            place: Where the officer now is, None to leave it as it was.

        Raises:
            Rejected: If the visit is signed and not being amended, or archived.
            DeskError: If the file cannot be written; nothing has changed.
            ValueError: If a record is of another visit.
        """
        settled, typed = [writable(record) for record in settled], [writable(record) for record in typed]
        for record in (*settled, *typed, *removed):
            refuse_stranger(visit, record)
        writing = [record for record in settled if complete(record)]
        typed += [record for record in settled if not complete(record)]
        if not writing and not removed and not (typed and self._to_begin(visit)):
            self._keep_typed(visit, typed, place)
            return Changes("")
        with self.place.change("") as change:
            started = self._begin(change, self._refuse_closed(change, visit))
            for record in writing:
                self._settle(change, visit, record)
            for record in removed:
                self._remove(change, visit, record)
            self._write_typed(change.connection, visit, typed, place)
            change.label = label_of([*writing, *removed]) if writing or removed else started
        return replace(change.result, undoable=False)

    def attach(self, photo: VisitPhoto, picture: bytes, thumbnail: bytes) -> Changes:
        """Keep a photo: its bytes, a small picture, and the record that names them, together or not at all.

        Args:
            photo: With visit, question, width and height; its uid is kept, its fingerprints are made here. One that is
                there already is not added twice.
            picture: The photo as JPEG.
            thumbnail: The small picture as JPEG.

        Raises:
            Rejected: If the visit is signed and not being amended, or archived.
            DeskError: If the file cannot be written; nothing has changed.
        """
        with self.place.change("Added a photo") as change:
            self._begin(change, self._refuse_closed(change, photo.visit))
            if not photo.uid or change.records.get(VisitPhoto, photo.uid) is None:
                others = change.records.naming(VisitPhoto, "visit", photo.visit, archived=True)
                change.create(
                    replace(
                        writable(photo),
                        number=max((other.number or 0 for other in others), default=0) + 1,
                        sha256=blobs.put(change.connection, picture),
                        thumbnail=blobs.put(change.connection, thumbnail),
                        size=len(picture),
                    )
                )
        return replace(change.result, undoable=False)

    def read_photo(self, source: Path | bytes) -> ReadPhoto:
        """A photo ready to be kept: checked, turned upright, scaled down, and without the place it was taken at.

        It needs no desk, so that it can run on a thread of its own.

        Raises:
            DeskError: If it cannot be read, or is no photo; in words.
        """
        from s75desk.importers.photo import read_photo

        if isinstance(source, bytes):
            return read_photo(source)
        try:
            if source.stat().st_size > MOST_PHOTO_BYTES:
                raise DeskError(
                    f"Not added: {source.name} is larger than {MOST_PHOTO_BYTES // 1_000_000} MB.",
                    "Choose a smaller copy.",
                )
            data = source.read_bytes()
        except OSError as trouble:
            raise DeskError(f"Not added: {source.name} cannot be read.", "Check that it is still there.") from trouble
        return read_photo(data, source.name)

    def described(self, photo: VisitPhoto, found: ReadPhoto) -> VisitPhoto:
        """A photo's record with the size of its picture."""
        return replace(photo, wide=found.wide, high=found.high)

    # -- signing

    def finish(self, uid: str, shown: VisitBook | None = None) -> Changes:
        """Lock a visit as its next signed version, with what follows from it.

        The overall rating becomes its outcome and our assessment of the service; actions from before that were graded
        met are verified.

        Args:
            uid: Uid of the visit.
            shown: The visit as it is on the screen: nothing else is signed. None for whatever is kept.

        Raises:
            Rejected: If something that has to be there is missing, it is signed already or archived, or what is kept
                is not what is shown.
            DeskError: If the file cannot be written; nothing has changed.
        """
        with self.place.change("") as change:
            self.sign(change, uid, change.at, self.place.today(), shown)
        return replace(change.result, undoable=False)

    def sign(self, change: Change, uid: str, at: datetime, today: date, shown: VisitBook | None = None) -> None:
        """Lock a visit inside a change that is under way; as ``finish``. The sample desk signs on days of its own."""
        reader = VisitReader(change.records, self._bodies)
        if (stored := self._visit(change, uid)).archived_at is not None:
            raise archived_visit(stored)
        if change.signing.locked(uid):
            raise Rejected("", "This visit is signed already.")
        unsettled = reader.unsettled(uid)
        for record in unsettled:
            if complete(record):
                self._settle(change, uid, record)
        book = reader.book(uid)
        typing = [record for record in unsettled if not complete(record)]
        if shown is not None:
            refuse_unseen(book, shown)
        refuse_unfinished(book, typing)
        before = self._grades(change, book)
        sign_into(change, book, book.rate(self.rater(book)), before, at=at, today=today, who=self.place.who)

    def amend(self, uid: str, because: str) -> Changes:
        """Open a signed visit for an amendment. What is signed stays as it is; signing again makes the next version.

        Raises:
            Rejected: Without a reason, or if it is not signed, or archived.
        """
        if not because.strip():
            raise Rejected("because", "Say why it is amended; the reason is printed with the new version.")
        with self.place.change("") as change:
            book = VisitReader(change.records, self._bodies).book(uid)
            if book.visit.archived_at is not None:
                raise archived_visit(book.visit)
            if not book.locked:
                raise Rejected("", "This visit is not signed: it can be changed as it is.")
            open_for_amendment(change, book, because.strip())
        return replace(change.result, undoable=False)

    def withdraw(self, uid: str) -> Changes:
        """Give an amendment up: everything changed since it was begun is taken back, and the signed version stands.

        Raises:
            Rejected: If it is not being amended, or archived, or not all of it can be taken back; nothing has changed.
        """
        with self.place.change("") as change:
            reader = VisitReader(change.records, self._bodies)
            book = reader.book(uid)
            if book.visit.archived_at is not None:
                raise archived_visit(book.visit)
            if not book.versions or book.locked:
                raise Rejected("", "This visit is not being amended: there is nothing to withdraw.")
            signed = self.content(change.connection, uid, book.versions[-1].number or 0)
            withdraw_into(change, book)
            stands = reader.book(uid)
            if differences(locked_part(signed), locked_part(content_of(stands, stands.rate(self.rater(stands))))):
                raise Rejected("", _NOT_WHOLE)
        return replace(change.result, undoable=False)

    # -- versions

    def version(self, uid: str, number: int) -> VisitBook:
        """A visit as it was signed.

        Raises:
            NotFound: If there is no such version.
        """
        with self.place.desk.reading() as connection:
            reader = VisitReader(Repository(connection), self._bodies)
            content = self.content(connection, uid, number)
            return book_of(content, reader.body(content["question_set"]["content"]))

    def content(self, connection: Connection, uid: str, number: int) -> dict[str, Any]:
        """The content of a signed version, inside a transaction; raises as ``version``."""
        found = Repository(connection).all(VisitVersion, visit=uid, number=number, archived=True)
        data = blobs.get(connection, found[0].sha256 or "") if found else None
        if data is None:
            raise NotFound(f"Version {number} of this visit is not in this desk.", "Restore a backup that holds it.")
        content: dict[str, Any] = json.loads(data)
        return content

    def compare(self, uid: str, earlier: int, later: int) -> tuple[Difference, ...]:
        """What a later signed version says differently, field by field; raises as ``version``."""
        with self.place.desk.reading() as connection:
            return differences(self.content(connection, uid, earlier), self.content(connection, uid, later))

    # -- parts

    def _keep_typed(self, visit: str, typed: Sequence[Record], place: str | None) -> None:
        with self.place.desk.writing() as connection:
            if typed:
                self._refuse_closed(Change(connection, "", self.place.now()), visit)
            self._write_typed(connection, visit, typed, place)

    def _to_begin(self, visit: str) -> bool:
        with self.place.desk.reading() as connection:
            stored = Repository(connection).get(Visit, visit)
        return stored is not None and stored.stage in (VisitStage.PLANNED, None)

    def _begin(self, change: Change, visit: Visit) -> str:
        """A planned visit is under way with the first thing that is said at it; the label of that."""
        if visit.stage in (VisitStage.PLANNED, None):
            change.revise(replace(visit, stage=VisitStage.UNDER_WAY))
            self._leave_out(change, visit.uid)
        return f"Started: quality visit to {self._service_name(change, visit)}"

    def _refuse_closed(self, change: Change, visit: str) -> Visit:
        """Refuse to write to a visit that is archived or signed; also what may else live on, such as an action."""
        stored = self._visit(change, visit)
        if stored.archived_at is not None:
            raise archived_visit(stored)
        change.signing.refuse_signed(visit)
        return stored

    def _write_typed(self, connection: Connection, visit: str, typed: Iterable[Record], place: str | None) -> None:
        now = self.place.now()
        for record in typed:
            drafts.keep(connection, draft_key(visit, record.uid), Draft(record.KIND, record.uid, draft_of(record), now))
        if place is not None:
            settings.put(connection, f"{_PLACE}{visit}", place)

    def _settle(self, change: Change, visit: str, record: Record) -> None:
        if isinstance(record, Visit):
            planned = self._visit(change, record.uid)
            change.revise(replace(planned, comment=record.comment or None, no_comment=record.no_comment))
        elif (stored := change.records.get(type(record), record.uid)) is None:
            change.create(record)
        else:
            refuse_stranger(visit, stored)
            if stored.archived_at is not None:
                change.set_archived(record.KIND, record.uid, None)
                stored = replace(stored, archived_at=None)
            change.revise(record, stored)
        drafts.drop(change.connection, draft_key(visit, record.uid))

    def _remove(self, change: Change, visit: str, record: Record) -> None:
        stored = change.records.get(type(record), record.uid)
        if stored is not None and stored.archived_at is None:
            refuse_stranger(visit, stored)
            change.archive(record.KIND, record.uid)
        drafts.drop(change.connection, draft_key(visit, record.uid))

    def _grades(self, change: Change, book: VisitBook) -> dict[str, PriorGrade | None]:
        """How the newest signed version graded actions from before it, by uid."""
        if not book.versions:
            return {}
        content = self.content(change.connection, book.visit.uid, book.versions[-1].number or 0)
        graded = [record_of(PriorGrading, fields) for fields in content["gradings"]]
        return {grading.action or "": grading.grade for grading in graded}

    def _leave_out(self, change: Change, uid: str) -> None:
        """Note of questions that are not meant for this type of service that they do not apply, and why."""
        book = VisitReader(change.records, self._bodies).book(uid)
        out = book.left_out()
        gone = change.records.by_uid(VisitAnswer, [answer.uid for answer in out])  # the start was undone
        change.create_many([answer for answer in out if answer.uid not in gone])
        for answer in out:
            if answer.uid in gone:
                change.set_archived(VisitAnswer.KIND, answer.uid, None)
                change.revise(answer, replace(gone[answer.uid], archived_at=None))

    def _visit(self, change: Change, uid: str) -> Visit:
        stored = change.records.get(Visit, uid)
        if stored is None:
            raise NotFound("That quality visit is not in this desk.", "It may have been taken out of another desk.")
        return stored

    def _service_name(self, change: Change, visit: Visit) -> str:
        service = change.records.get(Service, visit.service)
        return service.name if service else "a service not known"
