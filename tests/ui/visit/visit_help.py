"""A desk with visits in every state, and what a test says at one: made once, copied for every test that asks for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image

from s75desk.domain.records import Action, Provider, Record, Service, Visit, VisitPhoto
from s75desk.domain.records.action import ActionKind
from s75desk.domain.records.provider import ServiceType
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, PriorGrade
from s75desk.domain.visits.book import VisitBook
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from tests.e2e.visit_desk import TODAY, office_of
from tests.unit.signing import stamped

STROKES = "[[[100, 240], [300, 180], [500, 240]]]"
AT = datetime(2026, 2, 2, 15, tzinfo=UTC)
LAST_SEEN = "Gaps in 2 of 5 charts; no weekly audit."
LONG_SEEN = "Records of fridge temperatures were read for the last month. " * 8


@dataclass(frozen=True)
class Visits:
    """Uids of the visits of the desk.

    Attributes:
        today: Planned for today, with three actions from before and a visit before.
        plain: Of a service with neither.
        thirteen: With thirteen actions from before.
        home: Of a home care service, which some questions are not meant for.
        bare: Without a question set.
    """

    today: str
    plain: str
    thirteen: str
    home: str
    bare: str


def make_desk(path: Path) -> Visits:
    """Make the desk and close it."""
    with DeskFile.create(path) as desk:
        office = office_of(desk)
        office.question_sets.house()
        chosen = office.question_sets.rows()[0].uid
        provider = office.records.create(Provider(name="Lindle Care Limited")).uid

        def service(name: str, kind: ServiceType = ServiceType.CARE_HOME) -> str:
            return office.records.create(Service(provider=provider, name=name, type=kind)).uid

        def visit(service: str, **rest: object) -> str:
            return office.records.create(Visit(service=service, planned=TODAY, question_set=chosen, **rest)).uid

        lindle = service("Lindle House")
        for action in _prior(lindle):
            office.records.create(action)
        before = date(2025, 10, 14)
        old = visit(lindle, made=before, stage=VisitStage.FINAL)
        book = office.visiting.book(old)
        said = [
            replace(book.answer("8.3"), rating=2, seen=LAST_SEEN),
            replace(book.answer("4.1"), rating=3, seen=LONG_SEEN),
            replace(book.answer("8.6"), not_applicable=True, reason="No errors in the period."),
        ]
        office.visiting.keep(old, settled=said)
        many = service("Thirteen House")
        for number in range(13):
            office.records.create(Action(title=f"Action {number + 1} of thirteen from before", service=many, due=TODAY))
        return Visits(
            visit(lindle, at="09:30"),
            visit(service("Plain House")),
            visit(many),
            visit(service("Lindle at Home", ServiceType.HOME_CARE)),
            office.records.create(Visit(service=lindle, planned=TODAY)).uid,
        )


def _prior(service: str) -> Sequence[Action]:
    raised = date(2025, 10, 14)
    return (
        Action(
            title="Audit medicines charts every week on both units",
            kind=ActionKind.CORRECTIVE,
            owner="deputy manager",
            due=date(2026, 1, 5),
            raised=raised,
            service=service,
            evidence_wanted="Audit record for four weeks",
        ),
        Action(title="Give night staff a fire drill", due=date(2026, 1, 21), raised=raised, service=service),
        Action(title="Replace two worn hoist slings", service=service),
    )


def picture(colour: str = "steelblue", size: tuple[int, int] = (900, 600)) -> bytes:
    """A photo as JPEG."""
    held = io.BytesIO()
    Image.new("RGB", size, colour).save(held, "JPEG")
    return held.getvalue()


def attach(office: Office, visit: str, question: str, count: int) -> None:
    """Put photos to a question."""
    for number in range(count):
        photo = VisitPhoto(
            uid=f"photo-{question}-{number}", visit=visit, question=question, wide=900, high=600, caption=f"{number}"
        )
        small = picture("tan" if number % 2 else "steelblue", (320, 240))
        office.visiting.attach(photo, picture(size=(900 + number, 600)), small)


def everything(book: VisitBook, rating: int = 3) -> list[Record]:
    """All that has to be there before a visit can be signed, but for what is said already."""
    said: list[Record] = [
        replace(book.answer(question.code), rating=rating, seen="As it should be.")
        for question in book.body.questions
        if question.code not in book.answers or book.answer(question.code).rating is None
    ]
    said += [
        replace(book.grading(action.uid), grade=PriorGrade.MET)
        for action in book.prior
        if book.grading(action.uid).grade is None
    ]
    roles = {Party.OFFICER: "quality officer", Party.PROVIDER: "registered manager"}
    said += [
        replace(book.signature(party), role=role, strokes=STROKES, signed=AT)
        for party, role in roles.items()
        if not book.signature(party).strokes
    ]
    return stamped(book, said)


def sign(office: Office, visit: str) -> None:
    """Sign a visit with everything answered, through the service."""
    office.visiting.start(visit)
    office.visiting.keep(visit, settled=everything(office.visiting.book(visit)))
    office.visiting.finish(visit)
