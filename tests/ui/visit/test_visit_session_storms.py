"""Whatever is done in the session of a visit, in any order, and whatever fails: the desk holds the book in the end."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from PySide6.QtCore import QCoreApplication

from s75desk.domain.records import Action, Record, VisitPhoto
from s75desk.domain.records.visit_work import PriorGrade, SpokenRole
from s75desk.domain.visits.rule import LevelKind
from s75desk.services.visit_content import fields_of
from tests.ui.visit import session_bench
from tests.ui.visit.session_bench import FULL, Bench
from tests.unit.models.desk_help import chance

bench, quick = session_bench.bench, session_bench.quick


class Officer:
    """Works a visit at random, and remembers what there is in the simplest way: the last of each, unless taken out."""

    def __init__(self, bench: Bench, luck: Random) -> None:
        self.bench, self.luck = bench, luck
        self.model: dict[str, Record] = {}
        self.photos = [bench.photo(f"photo-{n}") for n in range(2)]
        for photo in self.photos:
            self.model[photo.uid] = photo

    def step(self) -> None:
        bench, luck = self.bench, self.luck
        record = self._any()
        if luck.random() < 0.25 and isinstance(record, (Action, VisitPhoto)) | (record.KIND == "visit_override"):
            bench.session.take_out(record)
            self.model.pop(record.uid, None)
        else:
            bench.session.put(record, typed=luck.random() < 0.5)
            self.model[record.uid] = record
        match luck.randrange(6):
            case 0:
                bench.session.go(luck.choice(["8.3", "8.4", "people"]))
            case 1:
                bench.session.settle()
            case 2:
                bench.session.flush()
            case 3:
                QCoreApplication.processEvents()
            case 4:
                bench.until(lambda: not bench.worker.busy)

    def _any(self) -> Record:
        book, luck = self.bench.session.book, self.luck
        words = luck.choice(["", "Two charts", "ŷd 🩺", "gaps on unit 2"])
        match luck.randrange(7):
            case 0 | 1:
                answer = book.answer(luck.choice(["1.1", "8.3"]))
                return replace(answer, rating=luck.choice([None, 1, 4]), seen=words or None)
            case 2:
                return self.bench.action(
                    luck.choice(["a", "b"]), luck.choice(["", "Audit", "Drill"]), owner=words or None
                )
            case 3:
                return replace(luck.choice(self.photos), caption=words or None)
            case 4:
                override = book.override(LevelKind.AREA, "A")
                return replace(override, rating=luck.choice([1, 2]), reason=words or None)
            case 5:
                return replace(book.spoken(SpokenRole.CARE), count=luck.randrange(5))
            case _:
                grading = book.grading(luck.choice(self.bench.prior))
                return replace(grading, grade=luck.choice(list(PriorGrade)), reason=words or None)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_and_whatever_fails_the_desk_holds_the_book_in_the_end(bench: Bench, seed: int) -> None:
    luck = chance(seed)
    officer = Officer(bench, luck)
    faults = [luck.choice([None, FULL, None, RuntimeError("ours")]) if seed % 3 else None for _ in range(60)]
    with bench.failing(*faults):
        for _ in range(70):
            officer.step()
        bench.settled()
    model = {uid: fields_of(record) for uid, record in officer.model.items()}
    assert {uid: one for uid, one in bench.shown().items() if uid != bench.visit} == model
    assert bench.kept() == bench.shown()
    wordless = {uid for uid, one in officer.model.items() if isinstance(one, Action) and not one.title}
    assert bench.drafts().keys() == wordless
    recorded = bench.recorded()
    for uid, one in bench.shown().items():
        assert uid in wordless or recorded[uid] == one
    bench.session.stop()
    bench.open()
    bench.settled()
    assert bench.kept() == bench.shown()
    assert {uid: one for uid, one in bench.shown().items() if uid != bench.visit} == model
