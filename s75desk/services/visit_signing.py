"""What signing a visit writes, inside a change that is under way: the version, its outcome, old actions, our rating.

A signed version says what was found on a day. Signing an amended one acts on what it says differently from the version
before and on nothing else, so that what has been done since the visit stays done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from s75desk.domain.british_time import british
from s75desk.domain.errors import Rejected
from s75desk.domain.records import Action, Rating, Record, Visit, VisitSignature, VisitVersion
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import PriorGrade
from s75desk.domain.visits.book import VisitBook, uid_for
from s75desk.domain.visits.completeness import can_finish, missing
from s75desk.domain.visits.levels import Level, VisitRating
from s75desk.domain.wording import list_words, plural
from s75desk.models import blobs
from s75desk.services.visit_content import content_of, fields_of, text_of
from s75desk.services.visit_reader import drafted
from s75desk.services.writer import Change

_MOST_NAMED = 5

Grades = Mapping[str, PriorGrade | None]


def refuse_unfinished(book: VisitBook, typing: Iterable[Record]) -> None:
    """Refuse to sign while something that has to be there is missing.

    Args:
        book: The visit as it is recorded.
        typing: What is being typed and cannot be recorded yet: an action without words is missing its words, not gone.

    Raises:
        Rejected: With what is missing, by name.
    """
    found = missing(drafted(typing, book).facts())
    if not can_finish(found):
        names = list(dict.fromkeys(gap.title for gap in found if gap.blocks))
        raise Rejected("", f"Not finished: {plural(len(names), 'thing')} missing: {list_words(names[:_MOST_NAMED])}.")


def refuse_unseen(book: VisitBook, shown: VisitBook) -> None:
    """Refuse to sign anything but what was on the screen.

    Raises:
        Rejected: If what is kept is not what is shown: a disk that was full for a moment, for one.
    """
    if _written(book) != _written(shown):
        raise Rejected("", "Not signed: not everything on the screen is saved yet. Sign again once it is.")


def sign_into(
    change: Change, book: VisitBook, rating: VisitRating, before: Grades, *, at: datetime, today: date, who: str
) -> None:
    """Write the next signed version of a visit and what follows from it.

    Args:
        change: The change.
        book: The visit as it is recorded; nothing is missing.
        rating: Its rating.
        before: How the version before graded actions from before it, by uid; empty for a first version.
        at: When it is signed.
        today: The day on which it is locked.
        who: Who verifies what was graded met.
    """
    uid = book.visit.uid
    change.signing.open(uid)
    number = (book.versions[-1].number or 0) + 1 if book.versions else 1
    made = book.visit.made or _day_made(book, today)
    book = replace(book, visit=replace(book.visit, made=made))
    outcome = next((value for value in RatingValue if value.value == rating.overall.word), None)
    change.create(
        VisitVersion(
            uid=uid_for(uid, "version", str(number)),
            visit=uid,
            number=number,
            signed=at,
            because=book.visit.amended_because if number > 1 else None,
            overall=rating.overall.word,
            sha256=blobs.put(change.connection, text_of(content_of(book, rating)).encode("utf-8")),
            source=book.visit.source,
            sample=book.visit.sample,
        )
    )
    change.revise(replace(book.visit, stage=VisitStage.DRAFT, outcome=outcome, amends=None, amended_because=None))
    _rate_service(change, book.visit, outcome, made, rating.overall)
    _settle_prior(change, book, before, made, who)
    change.label = f"Signed: quality visit to {book.name}, version {number}"
    change.main = uid


def _day_made(book: VisitBook, today: date) -> date:
    """The day on which it was signed first; today where a clock was wrong then.

    A visit may be locked after midnight, or the next morning; the parties sign before the officer goes.
    """
    days = [british(one.signed).date() for one in book.signatures.values() if one.signed and one.strokes]
    return min((day for day in days if (book.visit.planned or day) <= day <= today), default=today)


def open_for_amendment(change: Change, book: VisitBook, because: str) -> None:
    """Let a signed visit be changed again; both parties have to sign anew."""
    newest = book.versions[-1].number
    change.signing.open(book.visit.uid)
    change.revise(replace(book.visit, stage=VisitStage.UNDER_WAY, amends=newest, amended_because=because))
    for signature in book.signatures.values():
        change.revise(_unsigned(signature))
    change.label = f"Amending: quality visit to {book.name}, signed version {newest} is kept"


def _written(book: VisitBook) -> Mapping[str, Mapping[str, str]]:
    return {f"{record.KIND} {record.uid}": fields_of(record) for record in book.records()}


def _rate_service(change: Change, visit: Visit, outcome: RatingValue | None, made: date, overall: Level) -> None:
    """Our assessment of the service and of how much was looked at, one record a visit: an amended visit rates anew."""
    rating = Rating(
        uid=uid_for(visit.uid, "assessment"),
        service=visit.service,
        scheme=RatingScheme.OURS,
        value=outcome,
        published=made,
        asked=overall.total,
        looked_at=overall.answered,
        source="Quality visit",
        sample=visit.sample,
    )
    stored = change.records.get(Rating, rating.uid)
    if stored is not None:
        if stored.archived_at is not None:
            change.set_archived(Rating.KIND, rating.uid, None)
        now = replace(stored, service=visit.service, value=outcome, published=made)
        change.revise(replace(now, asked=rating.asked, looked_at=rating.looked_at))
    elif outcome is not None:
        change.create(rating)


def _settle_prior(change: Change, book: VisitBook, before: Grades, made: date, who: str) -> None:
    """Verify what was graded met; open again what was said to be done and is not, or what is no longer graded met.

    What the version before graded the same is left alone: since then it may have been done, or have lapsed.
    """
    for action in change.records.by_uid(Action, book.gradings).values():
        grade, then = book.grading(action.uid).grade, before.get(action.uid)
        if grade is then or grade is None:
            continue
        if grade is PriorGrade.MET:
            if action.state is not ActionState.VERIFIED:
                done = replace(action, state=ActionState.VERIFIED, done=action.done or made)
                change.revise(replace(done, verified=made, verified_by=who))
        elif _taken_back(action, then, made):
            change.revise(replace(action, state=ActionState.OPEN, done=None, verified=None, verified_by=None))


def _taken_back(action: Action, then: PriorGrade | None, made: date) -> bool:
    """Whether an action that is not graded met is open again: what was done after the visit is not."""
    if action.state is ActionState.VERIFIED:
        return then is PriorGrade.MET
    return action.state is ActionState.DONE and (action.done is None or action.done <= made)


def _unsigned(signature: VisitSignature) -> VisitSignature:
    return replace(signature, refused=None, reason=None, strokes=None, signed=None, content=None)
