"""Making a visit: what visit mode reads and writes, from the first answer to a signed version and its amendment.

What is typed is kept at once as a draft, without a line of history for every letter; what is settled (a rating, a field
that was left) becomes a record with its history, and its draft goes in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from s75desk.domain.changes import Changes
from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.records import (
    Action,
    Rating,
    Record,
    Service,
    Visit,
    VisitPhoto,
    VisitSignature,
    VisitVersion,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.visits.book import VisitBook, uid_for
from s75desk.domain.visits.completeness import can_finish, missing
from s75desk.domain.visits.differences import Difference, differences
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.visits.rating import Rater
from s75desk.domain.wording import list_words, plural
from s75desk.models import blobs, drafts, settings
from s75desk.models.connection import Connection
from s75desk.models.drafts import Draft
from s75desk.models.repository import Repository
from s75desk.services.records import RecordService
from s75desk.services.visit_content import book_of, content_of, text_of
from s75desk.services.visit_reader import VisitReader, draft_key, draft_of, drafted
from s75desk.services.workplace import Workplace
from s75desk.services.writer import Change

OPEN = "visit_open"
"""Key of the setting that says which visit fills the window; a kill leaves it, leaving the visit clears it."""

_PLACE = "visit_place:"
"""Beginning of the key of the setting that says where in a visit the officer was."""


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

    def left_open(self) -> str:
        """Uid of the visit that filled the window when the program ended without leaving it; "" for none."""
        with self.place.desk.reading() as connection:
            uid = settings.get(connection, OPEN)
            found = Repository(connection).get(Visit, uid) if uid else None
        return uid if found is not None and found.archived_at is None else ""

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

    def start(self, uid: str) -> Changes:
        """Note that a planned visit is under way; nothing is written for one that already is, or is past."""
        with self.place.change("") as change:
            stored = self._visit(change, uid)
            change.label = f"Started: quality visit to {self._service_name(change, stored)}"
            if stored.stage in (VisitStage.PLANNED, None):
                change.revise(replace(stored, stage=VisitStage.UNDER_WAY))
            settings.put(change.connection, OPEN, uid)
        return change.result

    def leave(self, uid: str) -> None:
        """Note that visit mode was left: the next start opens the Overview."""
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
            Rejected: If the visit is signed and not being amended.
            DeskError: If the file cannot be written; nothing has changed.
        """
        drafted_only = [record for record in settled if not _complete(record)]
        writing = [record for record in settled if _complete(record)]
        if not writing and not removed:
            self._keep_typed(visit, [*typed, *drafted_only], place)
            return Changes("")
        with self.place.change("") as change:
            for record in writing:
                self._settle(change, visit, record)
            for record in removed:
                self._remove(change, visit, record)
            self._write_typed(change.connection, visit, [*typed, *drafted_only], place)
            change.label = _label([*writing, *removed])
        return replace(change.result, undoable=False)

    def attach(self, photo: VisitPhoto, picture: bytes, thumbnail: bytes) -> Changes:
        """Keep a photo: its bytes, a small picture, and the record that names them, together or not at all.

        Args:
            photo: With visit, question, width and height; its uid is kept, its fingerprints are made here.
            picture: The photo as JPEG.
            thumbnail: The small picture as JPEG.

        Raises:
            Rejected: If the visit is signed and not being amended.
            DeskError: If the file cannot be written; nothing has changed.
        """
        with self.place.change("Added a photo") as change:
            others = change.records.naming(VisitPhoto, "visit", photo.visit, archived=True)
            change.create(
                replace(
                    photo,
                    number=max((other.number or 0 for other in others), default=0) + 1,
                    sha256=blobs.put(change.connection, picture),
                    thumbnail=blobs.put(change.connection, thumbnail),
                    size=len(picture),
                )
            )
        return replace(change.result, undoable=False)

    # -- signing

    def finish(self, uid: str) -> Changes:
        """Lock a visit as its next signed version, with what follows from it.

        The overall rating becomes its outcome and our assessment of the service; actions from before that were graded
        met are verified.

        Raises:
            Rejected: If something that has to be there is missing, or it is signed already.
            DeskError: If the file cannot be written; nothing has changed.
        """
        with self.place.change("") as change:
            self.sign(change, uid, change.at, self.place.today())
        return replace(change.result, undoable=False)

    def sign(self, change: Change, uid: str, at: datetime, today: date) -> None:
        """Lock a visit inside a change that is under way; as ``finish``. The sample desk signs on days of its own."""
        reader = VisitReader(change.records, self._bodies)
        for record in reader.unsettled(uid):
            if _complete(record):
                self._settle(change, uid, record)
        book = reader.book(uid)
        if book.locked:
            raise Rejected("", "This visit is signed already.")
        found = missing(book.facts())
        if not can_finish(found):
            names = list(dict.fromkeys(gap.title for gap in found if gap.blocks))
            raise Rejected("", f"Not finished: {plural(len(names), 'thing')} missing: {list_words(names[:5])}.")
        change.signing.open(uid)
        rating = book.rate(self.rater(book))
        number = (book.versions[-1].number or 0) + 1 if book.versions else 1
        made = book.visit.made or today
        visit = replace(book.visit, made=made)
        book = replace(book, visit=visit)
        content = text_of(content_of(book, rating)).encode("utf-8")
        because = book.visit.amended_because if number > 1 else None
        outcome = next((value for value in RatingValue if value.value == rating.overall.word), None)
        change.create(
            VisitVersion(
                uid=uid_for(uid, "version", str(number)),
                visit=uid,
                number=number,
                signed=at,
                because=because,
                overall=rating.overall.word,
                sha256=blobs.put(change.connection, content),
                sample=visit.sample,
            )
        )
        change.revise(replace(visit, stage=VisitStage.DRAFT, outcome=outcome, amends=None, amended_because=None))
        self._rate_service(change, visit, outcome, made)
        self._settle_prior(change, book, made)
        for draft in drafts.below(change.connection, draft_key(uid, "")):
            drafts.drop(change.connection, draft_key(uid, draft.uid))
        change.label = f"Signed: quality visit to {book.name}, version {number}"
        change.main = uid

    def amend(self, uid: str, because: str) -> Changes:
        """Open a signed visit for an amendment. What is signed stays as it is; signing again makes the next version.

        Raises:
            Rejected: Without a reason, or if it is not signed.
        """
        if not because.strip():
            raise Rejected("because", "Say why it is amended; the reason is printed with the new version.")
        with self.place.change("") as change:
            book = VisitReader(change.records, self._bodies).book(uid)
            if not book.locked:
                raise Rejected("", "This visit is not signed: it can be changed as it is.")
            change.signing.open(uid)
            change.revise(
                replace(
                    book.visit,
                    stage=VisitStage.UNDER_WAY,
                    amends=book.versions[-1].number,
                    amended_because=because.strip(),
                )
            )
            for signature in book.signatures.values():
                change.revise(_unsigned(signature))
            change.label = f"Amending: quality visit to {book.name}, signed version {book.versions[-1].number} is kept"
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
            change = Change(connection, "", self.place.now())
            if typed and change.signing.locked(visit):
                raise Rejected("", "This visit is signed. Amend it to make another version; the signed one is kept.")
            self._write_typed(connection, visit, typed, place)

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
            if stored.archived_at is not None:
                change.set_archived(record.KIND, record.uid, None)
            change.revise(record)
        drafts.drop(change.connection, draft_key(visit, record.uid))

    def _remove(self, change: Change, visit: str, record: Record) -> None:
        stored = change.records.get(type(record), record.uid)
        if stored is not None and stored.archived_at is None:
            change.archive(record.KIND, record.uid)
        drafts.drop(change.connection, draft_key(visit, record.uid))

    def _rate_service(self, change: Change, visit: Visit, outcome: RatingValue | None, made: date) -> None:
        """Our assessment of the service, one record a visit: an amended visit rates anew."""
        rating = Rating(
            uid=uid_for(visit.uid, "assessment"),
            service=visit.service,
            scheme=RatingScheme.OURS,
            value=outcome,
            published=made,
            source="Quality visit",
            sample=visit.sample,
        )
        stored = change.records.get(Rating, rating.uid)
        if stored is not None:
            change.revise(replace(stored, value=outcome))
        elif outcome is not None:
            change.create(rating)

    def _settle_prior(self, change: Change, book: VisitBook, made: date) -> None:
        """Verify what was graded met; open again what an amended visit no longer grades met."""
        for action in change.records.by_uid(Action, book.gradings).values():
            met = book.grading(action.uid).grade is PriorGrade.MET
            if met and action.state is not ActionState.VERIFIED:
                change.revise(
                    replace(
                        action,
                        state=ActionState.VERIFIED,
                        done=action.done or made,
                        verified=made,
                        verified_by=self.place.who,
                    )
                )
            elif not met and action.state in (ActionState.DONE, ActionState.VERIFIED):
                change.revise(replace(action, state=ActionState.OPEN, done=None, verified=None, verified_by=None))

    def _visit(self, change: Change, uid: str) -> Visit:
        stored = change.records.get(Visit, uid)
        if stored is None:
            raise NotFound("That quality visit is not in this desk.", "It may have been taken out of another desk.")
        return stored

    def _service_name(self, change: Change, visit: Visit) -> str:
        service = change.records.get(Service, visit.service)
        return service.name if service else "a service not known"


def _complete(record: Record) -> bool:
    """Whether a record may stand in the desk: an action has words. What is not complete stays a draft."""
    return not isinstance(record, Action) or bool(record.title.strip())


def _unsigned(signature: VisitSignature) -> VisitSignature:
    return replace(signature, refused=None, reason=None, strokes=None, signed=None)


def _label(written: Sequence[Record]) -> str:
    """What history says of a change: the questions, or the kinds of thing."""
    questions = list(dict.fromkeys(str(q) for one in written if (q := getattr(one, "question", None))))
    others = list(dict.fromkeys(one.NOUN for one in written if not getattr(one, "question", None)))
    what = [f"{'question' if len(questions) == 1 else 'questions'} {list_words(questions[:4])}"] if questions else []
    what += [noun for noun in others if noun != Visit.NOUN]
    return f"At the visit: {list_words(what)}" if what else "At the visit: the provider’s comment"
