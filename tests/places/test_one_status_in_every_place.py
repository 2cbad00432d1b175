"""One status: every kind, every combination of status fields and dates, on several days, alike in every place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from s75desk.domain.as_at import as_known
from s75desk.domain.attention import Group
from s75desk.domain.records import Action, Decision, Extension, KpiReturn, Milestone, Recommendation, Record, Visit
from s75desk.domain.status import Shape, Status
from s75desk.domain.statuses import status_of
from s75desk.domain.statuses.agreement_parts import is_undecided
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from tests.places import shown
from tests.places.desk import fill, name_of
from tests.unit.domain.statuses.every_record import DECIDING, TODAY
from tests.unit.record_help import office_of

DAYS = (TODAY, TODAY - timedelta(days=15), TODAY + timedelta(days=45))
"""Today; a past day, on which what is of today lies ahead; a day to come, by which everything has come."""

NEEDING = {
    Action: Group.ACTIONS,
    Decision: Group.DATES,
    KpiReturn: Group.RETURNS,
    Visit: Group.LATE_VISITS,
}
"""The kinds of which the Overview names every one that is late, and in which group."""

IN_CALENDAR = (Action, Decision, KpiReturn, Milestone, Visit)
"""The kinds whose day goes to a calendar while something is still to be done."""


@dataclass
class Every:
    """The desk, a closed copy of it for the command line, and its records as they are recorded."""

    office: Office
    copy: Path
    kinds: Mapping[type[Record], tuple[Record, ...]] = field(default_factory=dict)

    def due(self, cls: type[Record], day: date) -> dict[str, tuple[Record, Status]]:
        """The records of a kind that are there on a day, with the one judgement of each."""
        return {
            name_of(record): (record, status)
            for record in self.kinds[cls]
            if as_known(record, day) and (status := status_of(record, day)) is not None
        }


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Every]:
    """A desk with every combination."""
    folder = tmp_path_factory.mktemp("places")
    path, copy = folder / "every.s75desk", folder / "copy.s75desk"
    with DeskFile.create(path) as desk:
        kinds = fill(office_of(desk, TODAY))
    shutil.copy(path, copy)
    with DeskFile.open(path) as desk:
        yield Every(office_of(desk, TODAY), copy, kinds)


def _differences(cls: type[Record], pairs: Iterator[tuple[str, Record, object, object]]) -> list[str]:
    """What a place says otherwise than the one judgement, each with the fields that decide."""
    return [
        f"{place} says {said} for {expected}: { {name: getattr(record, name) for name in DECIDING[cls]} }"
        for place, record, said, expected in pairs
        if said != expected
    ]


parametrised = pytest.mark.parametrize("day", DAYS, ids=lambda day: day.isoformat())
of_every_kind = pytest.mark.parametrize("cls", DECIDING, ids=lambda cls: cls.KIND)


@parametrised
@of_every_kind
def test_list_record_finder_and_recent_records_say_the_same(every: Every, cls: type[Record], day: date) -> None:
    office = every.office
    office.place.looks_at(day)
    due = every.due(cls, day)
    # Today the lists hold what lies ahead too, so that it stays in sight; what they say of it is judged alike.
    ahead = {name_of(one): (one, status_of(one, day)) for one in every.kinds[cls]} if day == TODAY else {}

    def pairs() -> Iterator[tuple[str, Record, object, object]]:
        listed, recent = shown.list_of(office, cls), shown.described(office, every.kinds[cls])
        for name, (record, status) in {**ahead, **due}.items():
            words = shown.words_of(status)
            yield "the list", record, listed.get(record.uid), words
            if (chip := shown.chip_of(office, record)) is not None:
                yield "the record", record, chip, words
            found = shown.found_in(office, record, name)
            if found is not None or cls.TITLE in (("title",), ("name",)):
                yield "the finder", record, found, words
            if record.uid in recent:
                yield "the list of recent records", record, recent[record.uid], words

    assert _differences(cls, pairs()) == []


@parametrised
@of_every_kind
def test_exports_and_the_command_line_say_the_same(every: Every, cls: type[Record], day: date, tmp_path: Path) -> None:
    every.office.place.looks_at(day)
    due = every.due(cls, day)

    def pairs() -> Iterator[tuple[str, Record, object, object]]:
        exported = shown.exported(every.office, cls)
        by_command = shown.exported_by_command(every.copy, cls, day, tmp_path)
        there = {record.uid for record, _ in due.values()}
        assert there == {record.uid for record in every.kinds[cls]} & set(exported)
        for record, status in due.values():
            expected = shown.Exported.of(status)
            yield "the export", record, exported.get(record.uid), expected
            yield "the command line", record, by_command.get(record.uid), expected

    assert _differences(cls, pairs()) == []


@parametrised
@pytest.mark.parametrize("cls", [cls for cls in DECIDING if cls.KIND in shown.PAPER_COLUMNS], ids=lambda cls: cls.KIND)
def test_papers_say_the_same(every: Every, cls: type[Record], day: date) -> None:
    every.office.place.looks_at(day)

    def pairs() -> Iterator[tuple[str, Record, object, object]]:
        printed = shown.papers_of(every.office, cls)
        for name, (record, status) in every.due(cls, day).items():
            words = shown.words_of(status)
            if cls is Extension:
                yield "the paper", record, shown.term_of_paper(every.office, f"of-{record.uid}"), words
            elif name in printed or not (cls is Action and status.finished):
                yield "a paper", record, printed.get(name), {words}

    assert _differences(cls, pairs()) == []


@parametrised
@pytest.mark.parametrize("cls", NEEDING, ids=lambda cls: cls.KIND)
def test_the_overview_names_all_that_is_late_with_the_shape_of_its_record(
    every: Every, cls: type[Record], day: date
) -> None:
    every.office.place.looks_at(day)
    due = every.due(cls, day)
    shapes, numbers = shown.needing(every.office)

    def pairs() -> Iterator[tuple[str, Record, object, object]]:
        for name, (record, status) in due.items():
            if status.overdue or name in shapes:
                yield "the Overview", record, shapes.get(name), status.shape
                assert not status.finished, record

    assert _differences(cls, pairs()) == []
    late = sum(status.overdue for _, status in due.values())
    if cls is not Decision:  # Its tile counts the dates of agreements too.
        beside = (Milestone, Recommendation) if cls is Action else ()  # The tile of actions counts these too.
        steps = sum(status.overdue for kind in beside for _, status in every.due(kind, day).values())
        assert numbers[NEEDING[cls]] == late + steps
    if cls is Action:
        assert every.office.actions.overdue() == late


@parametrised
@pytest.mark.parametrize("cls", IN_CALENDAR, ids=lambda cls: cls.KIND)
def test_a_calendar_is_given_what_is_still_to_be_done(every: Every, cls: type[Record], day: date) -> None:
    every.office.place.looks_at(day)
    dates = shown.dated(every.office)
    for name, (record, status) in every.due(cls, day).items():
        on = record.planned if isinstance(record, Visit) else record.due  # type: ignore[attr-defined]
        taken = isinstance(record, Decision) and not is_undecided(record, day)
        begun = isinstance(record, Visit) and status.shape is Shape.INFO
        open_ = not status.finished and on is not None and not taken and not begun
        assert (name in dates) == open_, (record, status)
