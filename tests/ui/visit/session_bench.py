"""A bench for the session of a visit: a real desk, the worker's thread, writes that fail, and what the session told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, DiskTrouble, Rejected
from s75desk.domain.records import Action, Provider, Record, Service, Visit, VisitAnswer, VisitPhoto
from s75desk.domain.records.visit_work import Party, PriorGrade
from s75desk.models import drafts, history
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.visit_content import fields_of
from s75desk.ui.bus import Bus
from s75desk.ui.operations import Operations
from s75desk.ui.visit import session as module
from s75desk.ui.visit.session import VisitSession
from s75desk.ui.worker import Worker
from tests.unit.record_help import office_of
from tests.unit.signing import stamped

TODAY = date(2026, 2, 2)
PATIENCE = 20_000
STROKES = "[[[100, 240], [300, 180]]]"
AT = datetime(2026, 2, 2, 15, tzinfo=UTC)
FULL = DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space, then save again.")


@dataclass
class Heard:
    """What the session and the operations told, in order."""

    troubles: list[DeskError | Rejected | None] = field(default_factory=list)
    saved: list[datetime] = field(default_factory=list)
    changed: list[bool] = field(default_factory=list)
    published: list[Changes] = field(default_factory=list)
    wrote: list[Changes] = field(default_factory=list)
    refused: list[Rejected] = field(default_factory=list)
    trouble: list[DeskError] = field(default_factory=list)
    crashed: list[BaseException] = field(default_factory=list)
    rated: int = 0


class Bench:
    """A visit under way on a real desk, with the worker's thread, and a session that can be opened again and again."""

    def __init__(self, desk: DeskFile, qtbot: QtBot) -> None:
        self.desk = desk
        self.office: Office = office_of(desk)
        self.qtbot = qtbot
        self.visit, self.prior = plan(self.office)
        self.heard = Heard()
        self.worker, bus = Worker(), Bus()
        self.operations = Operations(self.office, bus, self.worker)
        bus.changed.connect(self.heard.published.append)
        self.operations.wrote.connect(self.heard.wrote.append)
        self.operations.refused.connect(self.heard.refused.append)
        self.operations.trouble.connect(self.heard.trouble.append)
        self.operations.crashed.connect(self.heard.crashed.append)
        self.parent = QObject()
        self.session = self.open()

    def open(self) -> VisitSession:
        """The session of a window that has just been opened."""
        self.session = VisitSession(self.operations, self.office.visiting.open(self.visit), self.parent)
        self.session.troubled.connect(self.heard.troubles.append)
        self.session.saved.connect(self.heard.saved.append)
        self.session.changed.connect(self.heard.changed.append)
        self.session.rated.connect(self._rated)
        return self.session

    def _rated(self) -> None:
        self.heard.rated += 1

    def close(self) -> None:
        self.session.stop()
        self.worker.stop()

    def until(self, so: Callable[[], Any]) -> None:
        """Let the event loop run, and do nothing else, until something is so."""
        self.qtbot.waitUntil(lambda: bool(so()), timeout=PATIENCE)

    def settled(self) -> None:
        self.session.settle()
        self.until(lambda: not self.session.unsaved and not self.worker.busy)

    # What the desk holds

    def drafts(self) -> dict[str, dict[str, str]]:
        with self.desk.reading() as connection:
            return {one.uid: dict(one.typed) for one in drafts.below(connection, f"visiting:{self.visit}:")}

    def changes_of(self, uid: str) -> list[str]:
        with self.desk.reading() as connection:
            return list(dict.fromkeys(entry.change_id for entry in history.of_records(connection, [uid])))

    def kept(self) -> dict[str, dict[str, str]]:
        """Every record of the visit, with what was being typed, as a window would find it."""
        return {one.uid: fields_of(one) for one in self.office.visiting.open(self.visit).book.records()}

    def recorded(self) -> dict[str, dict[str, str]]:
        """Every record of the visit, without what was being typed."""
        return {one.uid: fields_of(one) for one in self.office.visiting.book(self.visit).records()}

    def shown(self) -> dict[str, dict[str, str]]:
        return {one.uid: fields_of(one) for one in self.session.book.records()}

    # What an officer does

    def answer(self, code: str = "8.3", **said: Any) -> VisitAnswer:
        return replace(self.session.book.answer(code), **said)

    def type(self, words: str, code: str = "8.3") -> VisitAnswer:
        """Letter by letter; the event loop does not run meanwhile."""
        for end in range(1, len(words) + 1):
            self.session.put(self.answer(code, seen=words[:end]), typed=True)
        return self.session.book.answer(code)

    def action(self, uid: str = "new", title: str = "Audit charts", **said: Any) -> Action:
        service = self.session.book.visit.service
        return Action(uid=uid, title=title, visit=self.visit, service=service, questions="8.3", **said)

    def photo(self, uid: str = "photo") -> VisitPhoto:
        """A photo that has been kept, as the photo taker does it."""
        plain = VisitPhoto(uid=uid, visit=self.visit, question="8.3")
        self.office.visiting.attach(plain, uid.encode(), b"small " + uid.encode())
        found = self.office.records.get(VisitPhoto, uid)
        self.session.take_in(found)
        return found

    def failing(self, *faults: BaseException | None) -> Any:
        """Let the service's next writes fail in turn; None lets one pass, and so do all after the last."""
        real, left = self.office.visiting.keep, list(faults)

        def keep(*args: Any, **named: Any) -> Changes:
            fault = left.pop(0) if left else None
            if fault is not None:
                raise fault
            return real(*args, **named)

        return patch.object(self.office.visiting, "keep", keep)

    def sign(self) -> None:
        """Everything answered and both signatures, through the service."""
        book = self.office.visiting.book(self.visit)
        said: list[Record] = [replace(book.answer(q.code), rating=3, seen="ok") for q in book.body.questions]
        said += [replace(book.grading(uid), grade=PriorGrade.MET) for uid in self.prior]
        said += [replace(book.signature(party), role="m", strokes=STROKES, signed=AT) for party in Party]
        self.office.visiting.keep(self.visit, settled=stamped(book, said))
        self.office.visiting.finish(self.visit)


def plan(office: Office) -> tuple[str, list[str]]:
    office.question_sets.house()
    chosen = office.question_sets.rows()[0].uid
    provider = office.records.create(Provider(name="Invented Care")).uid
    service = office.records.create(Service(provider=provider, name="Fernbank House")).uid
    prior = [office.records.create(Action(title=f"Old {n}", service=service)).uid for n in range(2)]
    visit = office.records.create(Visit(service=service, planned=TODAY, question_set=chosen)).uid
    office.visiting.start(visit)
    return visit, prior


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trouble is tried again after a moment: no test waits two seconds for it."""
    monkeypatch.setattr(module, "AGAIN_MS", 20)


@pytest.fixture
def bench(tmp_path: Path, qapp: object, qtbot: QtBot, quick: None) -> Iterator[Bench]:
    with DeskFile.create(tmp_path / "east.s75desk") as desk:
        made = Bench(desk, qtbot)
        yield made
        made.close()
        assert office_of(desk).checks.check().sound
