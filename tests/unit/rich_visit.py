"""A quality visit as rich as a real one, made through the services: for tests of what is printed of it and checked.

Everything in it is invented. ``plan`` makes the desk ready, ``record`` answers the questions, ``finish`` signs.
"""

from __future__ import annotations

import io
import json
import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PIL import Image, ImageDraw

from s75desk.domain.records import (
    Action,
    PriorGrading,
    Provider,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitPhoto,
    VisitSignature,
)
from s75desk.domain.records.action import ActionKind
from s75desk.domain.records.provider import ServiceType
from s75desk.domain.records.visit import VisitKind
from s75desk.domain.records.visit_work import Party, PriorGrade, SpokenRole
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.sample import SampleMethod
from s75desk.services.office import Office

MADE = date(2026, 2, 3)
SERVICE = "Fernbank House"
PROVIDER = "Invented Care Limited"

FINDINGS: dict[str, tuple[int, str]] = {
    "8.3": (
        1,
        "Two of nine charts for the morning round had no signature against a dose of warfarin, and nobody had noticed."
        " The count in the trolley showed that one of the two doses had not been given.\n"
        "The nurse on duty rang the surgery while we were there.",
    ),
    "8.6": (2, "The last audit of medicines was in October. It found the same gaps, and no action came of it."),
    "9.1": (
        2,
        "The evacuation plan for the night assumes four staff; the rota has three. The drill in January was held at "
        "two in the afternoon.",
    ),
    "13.4": (2, "Four of twelve care staff have had no supervision since August."),
    "16.1": (2, "Turning charts for two rooms were filled in for the whole night at seven in the morning."),
    "3.6": (2, "Six of ten plans were more than a month past their review date. None had a plan for the end of life."),
}
"""Questions rated below good, with the note made of each."""

PRAISE: dict[str, str] = {
    "1.1": "Every contact we saw in two hours was kind and unhurried; staff knelt to speak to people in their chairs.",
    "4.3": "People choose from plates that are shown to them. A relative said that her mother has put on weight.",
    "15.3": "A book of grumbles and thanks lies in the hall; each entry is answered within the week.",
}
"""Questions rated best, with a note."""

BARE_BEST = ("5.3", "12.2")
NOT_APPLICABLE: dict[str, str] = {
    "9.5": "A care home: nobody is cared for in a home of their own.",
    "12.4": "A care home: no calls are made.",
}
NOT_LOOKED_AT = ("2.4", "14.4")
NOTES = {
    "1.2": "All ten plans are signed by the person or someone they chose.",
    "3.2": "Falls, skin and choking risks are assessed for everyone and were changed after the last two falls.",
    "6.1": "The log shows three referrals since June, each made the same day.",
    "11.1": "Every file seen had its certificate dated before the first shift.",
    "12.1": "The dependency tool asks for 310 hours a week; the rota gave 318 on average over eight weeks.",
    "14.3": "Seven notifications since June match the accident book.",
}


@dataclass(frozen=True)
class RichVisit:
    """Where things are: uids of the visit, of its service, and of the actions from before by place.

    ``name`` tells the uids of its own actions from those of another visit; "" for the one to ``SERVICE``.
    """

    uid: str
    service: str
    prior: tuple[str, ...]
    name: str = ""


def plan(office: Office, *, service: str = SERVICE, made: date = MADE) -> RichVisit:
    """A service with three open actions from before, and a visit planned for ``made``."""
    if not office.question_sets.rows():
        office.question_sets.house()
    question_set = office.question_sets.rows()[0].uid
    provider = office.records.create(Provider(name=PROVIDER)).uid
    place = office.records.create(Service(provider=provider, name=service, type=ServiceType.NURSING_HOME)).uid
    prior = tuple(
        office.records.create(action).uid
        for action in (
            Action(
                title="Lock the sluice on the first floor", service=place, owner="maintenance lead",
                due=date(2025, 9, 30), kind=ActionKind.CORRECTIVE,
            ),
            Action(
                title="Hold a fire drill with night staff", service=place, owner="registered manager",
                due=date(2025, 10, 31), kind=ActionKind.CORRECTIVE,
            ),
            Action(
                title="Offer activities at weekends", service=place, owner="activities lead", due=date(2025, 12, 31),
                kind=ActionKind.DEVELOPMENTAL,
            ),
        )
    )  # fmt: skip
    visit = office.records.create(
        Visit(
            service=place, kind=VisitKind.ANNOUNCED, planned=made, days=2, team="two quality officers",
            question_set=question_set,
        )
    ).uid  # fmt: skip
    return RichVisit(visit, place, prior, "" if service == SERVICE else service)


def record(office: Office, visit: RichVisit) -> None:
    """Answer the questions, with notes, samples, photos, actions, people and grades; nothing is signed."""
    office.visiting.start(visit.uid)
    book = office.visiting.open(visit.uid).book
    answers = [_answer(book.answer(question.code)) for question in book.body.questions]
    records: list[Record] = [answer for answer in answers if answer.question not in NOT_LOOKED_AT]
    for role, count in (
        (SpokenRole.PEOPLE, 6), (SpokenRole.RELATIVES, 2), (SpokenRole.MANAGER, 1), (SpokenRole.CARE, 4),
    ):  # fmt: skip
        records.append(replace(book.spoken(role), count=count))
    records += grades(office, visit)
    records += [
        Action(
            uid=action_uid(visit, 1), visit=visit.uid,
            title="Check every chart at handover and sign that it was checked",
            service=visit.service, questions="8.3, 8.6", kind=ActionKind.CORRECTIVE, owner="clinical lead",
            due=date(2026, 2, 10), raised=MADE, evidence_wanted="Handover sheets for four weeks",
        ),
        Action(
            uid=action_uid(visit, 2), title="Hold the next fire drill after ten at night", visit=visit.uid,
            service=visit.service, questions="9.1", kind=ActionKind.CORRECTIVE, owner="registered manager",
            due=date(2026, 2, 28), raised=MADE, evidence_wanted="Drill record with times and who took part",
        ),
        Action(
            uid=action_uid(visit, 3), title="Plan supervision for the year", visit=visit.uid, service=visit.service,
            questions="13.4", kind=ActionKind.DEVELOPMENTAL, owner="registered manager", due=date(2026, 3, 31),
            raised=MADE, evidence_wanted="Matrix with dates",
        ),
    ]  # fmt: skip
    records.append(
        replace(
            book.override(LevelKind.STANDARD, "13"),
            rating=2,
            reason="A third of the care staff went half a year without supervision; the average hides it.",
        )
    )
    records.append(
        replace(
            book.visit,
            comment="We accept the finding on medicines. The night drill was already planned for 12 February.",
        )
    )
    office.visiting.keep(visit.uid, settled=records)
    for question, caption, size in (
        ("8.3", "Chart with two gaps on the morning of 3 February", (1200, 900)),
        ("8.3", "", (900, 1200)),
        ("9.1", "Evacuation plan beside the night rota", (1600, 900)),
    ):
        photo = VisitPhoto(visit=visit.uid, question=question, caption=caption or None, wide=size[0], high=size[1])
        office.visiting.attach(photo, jpeg(size, f"{question} {caption}"), jpeg((120, 90), question))
    office.visiting.leave(visit.uid)


def action_uid(visit: RichVisit, number: int) -> str:
    """Uid of an action raised at the visit."""
    return f"action-{number}{visit.name and f' {visit.name}'}"


def grades(office: Office, visit: RichVisit) -> list[PriorGrading]:
    """One action met, one partly and one not."""
    book = office.visiting.book(visit.uid)
    said = (
        (PriorGrade.MET, None),
        (PriorGrade.PARTLY, "A drill was held in January, but by day."),
        (PriorGrade.NOT_MET, "There is still nothing to do at weekends."),
    )
    return [
        replace(book.grading(uid), grade=grade, reason=reason)
        for uid, (grade, reason) in zip(visit.prior, said, strict=True)
    ]


def signed(office: Office, visit: RichVisit, *, refused: str = "") -> list[VisitSignature]:
    """Both signatures; the provider's refused if a reason is given."""
    book = office.visiting.book(visit.uid)
    officer = replace(
        book.signature(Party.OFFICER), role="quality officer", strokes=strokes(3), signed=at(10, 42), refused=None
    )
    provider = replace(
        book.signature(Party.PROVIDER), role="registered manager", strokes=strokes(5), signed=at(10, 44), refused=None
    )
    if refused:
        provider = replace(provider, strokes=None, signed=None, refused=True, reason=refused)
    return [replace(book, signatures={}).stamped(given) for given in (officer, provider)]


def finish(office: Office, visit: RichVisit, *, refused: str = "") -> None:
    """Sign it and lock it."""
    office.visiting.keep(visit.uid, settled=signed(office, visit, refused=refused))
    office.visiting.finish(visit.uid)


def amend(office: Office, visit: RichVisit) -> None:
    """Make and sign the next version: one rating, one note, one sample and one due date differ, an action is new."""
    office.visiting.amend(visit.uid, "The clinical lead sent the chart that was missing on the day.")
    book = office.visiting.book(visit.uid)
    office.visiting.keep(
        visit.uid,
        settled=[
            replace(
                book.answer("8.3"), rating=2, looked_at=10,
                seen="Two of ten charts for the morning round had no signature against a dose of warfarin.",
            ),
            replace(book.answer("2.4"), rating=3, seen="Decisions on resuscitation lie at the front of every file."),
            replace(next(one for one in book.actions if one.uid == action_uid(visit, 1)), due=date(2026, 2, 17)),
            Action(
                uid=action_uid(visit, 4), title="Audit medicines every month", visit=visit.uid, service=visit.service,
                questions="8.6", kind=ActionKind.DEVELOPMENTAL, owner="clinical lead", due=date(2026, 3, 31),
            ),
        ],
    )  # fmt: skip
    finish(office, visit)


def rich_visit(office: Office) -> RichVisit:
    """A visit recorded, signed, amended and signed again."""
    visit = plan(office)
    record(office, visit)
    finish(office, visit)
    amend(office, visit)
    return visit


def _answer(blank: VisitAnswer) -> VisitAnswer:
    code = blank.question
    if code in NOT_APPLICABLE:
        return replace(blank, not_applicable=True, reason=NOT_APPLICABLE[code])
    if code in PRAISE or code in BARE_BEST:
        return replace(blank, rating=4, seen=PRAISE.get(code), evidence="observation, person")
    rating, seen = FINDINGS.get(code, (3, NOTES.get(code)))
    answer = replace(blank, rating=rating, seen=seen, evidence="file, staff" if seen else None)
    if code == "8.3":
        return replace(
            answer, sample_of="medicines charts", population=45, looked_at=9, method=SampleMethod.RANDOM,
            codes="CP1, CP2, CP7",
        )  # fmt: skip
    if code == "3.6":
        return replace(answer, sample_of="plans", population=45, looked_at=10, method=SampleMethod.EVERY_NTH)
    return answer


def at(hour: int, minute: int) -> datetime:
    """A moment on the day of the visit, UTC."""
    return datetime(MADE.year, MADE.month, MADE.day, hour, minute, tzinfo=UTC)


def strokes(loops: int) -> str:
    """A signature of loops that climb and fall, and a dot."""
    line = [
        [round(120 + 5.2 * step), round(240 - 90 * math.sin(step / 140 * math.pi * loops) * math.cos(step / 30))]
        for step in range(141)
    ]
    return json.dumps([line, [[880, 180], [760, 300], [900, 290]], [[930, 120]]])


def jpeg(size: tuple[int, int], words: str) -> bytes:
    """A picture that one can tell from another."""
    picture = Image.new("RGB", size, (226, 221, 210))
    draw = ImageDraw.Draw(picture)
    for place in range(0, size[0], 90):
        draw.line((place, 0, place, size[1]), fill=(190, 182, 168), width=3)
    draw.rectangle((size[0] // 8, size[1] // 6, size[0] * 7 // 8, size[1] * 5 // 6), outline=(70, 84, 104), width=9)
    draw.text((size[0] // 6, size[1] // 4), words, fill=(30, 40, 60), font_size=size[1] // 18)
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()
