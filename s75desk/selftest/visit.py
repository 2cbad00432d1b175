"""A quality visit: started as planned, answered, signed, locked, printed; and every fingerprint of it checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from s75desk.selftest.ground import SECRET, TODAY, SelfTestFault, must
from s75desk.selftest.photo import PICTURE

if TYPE_CHECKING:
    from s75desk.domain.records import Record, VisitSignature
    from s75desk.domain.records.visit_work import Party
    from s75desk.domain.visits.book import VisitBook
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.office import Office

SERVICE = "Pellgate House"
"""The service of the sample desk that has a visit planned for today."""

_LOW, _PARTLY = "8.3", 1
"""The question rated below good, and which of the actions from before is half done."""

_SEEN = "Two of nine charts had no signature against a dose."
_COMMENT = "Fair. The audit starts on Monday."
_STROKES = "[[[120, 240], [300, 180], [480, 250]], [[700, 200], [720, 210]]]"


def make_visit(folder: Path) -> str:
    """Make the planned visit and lock it."""
    from s75desk.domain.errors import Rejected
    from s75desk.domain.records.visit_work import Party
    from s75desk.models.desk_file import DeskFile

    with DeskFile.open(folder / "secret.s75desk", SECRET) as desk:
        office = _office(desk)
        visiting = office.visiting
        uid = planned(office)
        visiting.start(uid)
        book = visiting.open(uid).book
        must(len(book.prior) > _PARTLY, f"there are {len(book.prior)} actions from before to grade")
        visiting.keep(uid, settled=list(_found(book)), place=_LOW)
        _attach(office, uid, folder / PICTURE)
        book = visiting.book(uid)
        roles = {Party.OFFICER: "quality officer", Party.PROVIDER: "registered manager"}
        visiting.keep(uid, settled=[_signed(office, book, party, role) for party, role in roles.items()])
        opened = visiting.open(uid)
        must(opened.place == _LOW and not opened.unsettled, "the visit does not open where it was left, all of it kept")
        visiting.finish(uid, opened.book)
        visiting.leave(uid)
        book = visiting.book(uid)
        must(book.locked and book.visit.outcome is not None, "the visit is not locked, or has no outcome")
        must(visiting.version(uid, 1).answer(_LOW).seen == _SEEN, "what was signed is not what was seen")
        try:
            visiting.keep(uid, settled=[replace(book.answer(_LOW), rating=4)])
        except Rejected:
            pass
        else:
            raise SelfTestFault("a signed visit was changed")
        must(visiting.book(uid).answer(_LOW).rating == 2, "a signed visit was changed")
        assert book.visit.outcome is not None
    answers = len(book.answers)
    return f"{answers} answers, {len(book.prior)} actions graded, a photo, signed: {book.visit.outcome.value}; locked"


def print_visit(folder: Path) -> str:
    """Make the feedback sheet and the report of the signed visit, read them back, and check every hash."""
    from s75desk.domain.records.briefing import BriefingKind
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.briefings import VisitWish
    from s75desk.ui.self_check import read_pdf

    told = []
    with DeskFile.open(folder / "secret.s75desk", SECRET) as desk:
        office = _office(desk)
        book = signed_today(office)
        uid, (version,) = book.visit.uid, book.versions
        for kind, words in (
            (BriefingKind.FEEDBACK_SHEET, (SERVICE, _SEEN, _COMMENT)),
            (BriefingKind.VISIT_REPORT, (SERVICE, _SEEN, _COMMENT, "registered manager")),
        ):
            made = office.briefings.make(VisitWish(uid, kind, TODAY))
            must((made.version, made.content) == (1, version.sha256), f"the {kind.value} is not of what was signed")
            file = folder / f"{kind.value}.pdf"
            office.briefings.save_as(made, file)
            must(hashlib.sha256(file.read_bytes()).hexdigest() == made.sha256, f"the {kind.value} is not whole")
            pages, text = read_pdf(file)
            said = " ".join(text.split())
            for wanted in (*words, f"content {made.content}"[:20]):
                must(wanted in said, f"the {kind.value} does not say {wanted}")
            told.append(f"{kind.word.lower()} of {pages} pages")
        report = office.checks.check()
        must(report.sound, " ".join((report.sentence, *report.visits)))
    return f"{' and '.join(told)}; every fingerprint holds"


def planned(office: Office) -> str:
    """Uid of the visit that is planned for today."""
    for row in office.visits.rows(coming=True):
        if row.service == SERVICE and row.day == TODAY and row.with_questions:
            return row.uid
    raise SelfTestFault(f"the sample desk plans no visit to {SERVICE} for today")


def signed_today(office: Office) -> VisitBook:
    """The visit that the self-test has made and signed."""
    (uid,) = [row.uid for row in office.visits.rows() if row.service == SERVICE and row.day == TODAY]
    return office.visiting.book(uid)


def _office(desk: DeskFile) -> Office:
    from s75desk.services.office import Office
    from s75desk.services.workplace import Workplace

    return Office(Workplace(desk, "self-test", lambda: TODAY))


def _found(book: VisitBook) -> Iterator[Record]:
    """All that is found: an answer to every question asked, a grade for every action from before, the comment."""
    from s75desk.domain.records.visit_work import PriorGrade, SpokenRole

    first = {standard.questions[0].code for standard in book.body.standards}
    for question in book.body.questions:
        answer = book.answer(question.code)
        if question.code == _LOW:
            yield replace(answer, rating=2, seen=_SEEN, evidence="file", population=45, looked_at=9)
        elif not answer.not_applicable:
            yield replace(answer, rating=3, seen="As it should be." if question.code in first else None)
    for number, action in enumerate(book.prior):
        half = number == _PARTLY
        reason = "By day only, so far." if half else None
        yield replace(book.grading(action.uid), grade=PriorGrade.PARTLY if half else PriorGrade.MET, reason=reason)
    yield replace(book.spoken(SpokenRole.PEOPLE), count=4)
    yield replace(book.visit, comment=_COMMENT)


def _attach(office: Office, visit: str, file: Path) -> None:
    from s75desk.domain.records import VisitPhoto

    read = office.visiting.read_photo(file)
    photo = office.visiting.described(VisitPhoto(visit=visit, question=_LOW, caption="Chart with two gaps"), read)
    office.visiting.attach(photo, read.picture, read.thumbnail)
    (kept,) = office.visiting.book(visit).photos_of(_LOW)
    must(
        office.visiting.picture(kept.sha256 or "") == read.picture,
        "the photo kept is not the one that was read",
    )


def _signed(office: Office, book: VisitBook, party: Party, role: str) -> VisitSignature:
    """The signature of a party to the visit as the book has it. The only place where the self-test signs."""
    return book.stamped(replace(book.signature(party), role=role, strokes=_STROKES, signed=office.place.now()))
