"""The services of one desk together: the sample read page by page, as at two days, in words throughout."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from s75desk.domain.findings import Weight
from s75desk.domain.lengths import Length
from s75desk.domain.records import KINDS, Record, Sourced
from s75desk.domain.validation import findings_for
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.working import Figure, Working
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from tests.unit.record_help import TODAY, office_of

DAYS = [TODAY, date(2026, 11, 22)]
# "None recorded" is said of money beside the pool, and question 16.1 asks whether records are "True and made at the
# time"; any other is a Python value that was not worded.
NOT_WORDS = re.compile(
    r"\bNone\b(?! recorded)|\bnan\b|Decimal\(|datetime|<[A-Za-z]|\d\.\d{5}|\bTrue\b(?! and made)|\bFalse\b|[a-z]_[a-z]"
)
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
KEYS = {
    "uid", "kind", "page_kind", "page_uid", "change_id", "service_uid", "agreement_uid", "question_set", "partner",
    "settle",
}  # fmt: skip


@pytest.fixture(params=DAYS, ids=str)
def on_a_day(request: pytest.FixtureRequest, sample_files: dict[date, Path], tmp_path: Path) -> Iterator[Office]:
    """The sample made and read as at each of two days."""
    shutil.copyfile(sample_files[request.param], tmp_path / "a.s75desk")
    with DeskFile.open(tmp_path / "a.s75desk") as desk:
        yield office_of(desk, request.param)


def texts(thing: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text that the services themselves worded, with where it stands.

    What records hold is the papers', and what a question set asks stands in its file.
    """
    if isinstance(thing, Record | Enum | QuestionSetBody | Length):
        return
    if isinstance(thing, str):
        yield where, thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            if field.name not in KEYS:
                yield from texts(getattr(thing, field.name), f"{where}.{field.name}")
        computed = [name for name, value in vars(type(thing)).items() if isinstance(value, property | cached_property)]
        for name in computed:
            yield from texts(getattr(thing, name), f"{where}.{name}")
    elif isinstance(thing, tuple | list | frozenset):
        for number, one in enumerate(thing):
            yield from texts(one, f"{where}[{number}]")
    elif isinstance(thing, dict):
        for one in thing.values():
            yield from texts(one, f"{where}{{}}")


def workings(thing: Any) -> Iterator[Working]:
    if isinstance(thing, Working):
        yield thing
    elif isinstance(thing, tuple | list):
        for one in thing:
            yield from workings(one)
    elif is_dataclass(thing) and not isinstance(thing, type | Record):
        for field in fields(thing):
            yield from workings(getattr(thing, field.name))


def everything_read(office: Office) -> Iterator[tuple[str, Any]]:
    """Every list and every page."""
    yield "overview", office.overview.read()
    yield "checks", office.checks.check()
    for name in ("agreements", "providers", "visits", "kpis", "actions", "briefings", "organisations", "question_sets"):
        service = getattr(office, name)
        rows = service.rows()
        yield name, rows
        page = {"agreements": "dossier", "briefings": "get"}.get(name, "page")
        for row in rows if page != "get" else ():
            yield f"{name} page", getattr(service, page)(row.uid)
    yield "archive", office.archive.rows()
    yield "overdue visits", office.visits.overdue()
    yield "planning", office.visits.planning()
    yield "returns", office.kpis.waiting_returns()
    for kind, cls in KINDS.items():
        yield f"lookup of {kind}", [heading for _, heading in office.records.lookup(kind)]
        for uid, _ in office.records.lookup(kind)[:3]:
            yield f"history of {kind}", office.records.history(cls.KIND, uid)
    for word in ("occupational", "home", "care", "a"):
        yield f"found {word}", office.finder.find(word)


def test_every_page_of_the_sample_speaks_in_words(on_a_day: Office) -> None:
    said = 0
    for name, thing in everything_read(on_a_day):
        for where, text in texts(thing, name):
            assert not NOT_WORDS.search(text), f"{where}: {text}"
            assert UID.fullmatch(text) or not UID.search(text), f"{where}: {text}"
            assert text == text.rstrip(" "), f"{where}: {text!r}"
            said += bool(text)
    assert said > 5000


def test_every_working_can_be_redone_by_hand(on_a_day: Office) -> None:
    seen = 0
    for name, thing in everything_read(on_a_day):
        for working in workings(thing):
            assert working.title, name
            assert working.lines, f"{name}: {working.title}"
            assert working.source, f"{name}: {working.title}"
            assert all(line.label and line.value for line in working.lines), f"{name}: {working.title}"
            assert working.as_text().startswith(working.title)
            seen += 1
    assert seen > 200


def test_no_record_of_the_sample_is_at_fault(on_a_day: Office) -> None:
    """What the form of each record would say of it: doubts that the papers hold, never a fault."""
    seen = 0
    with on_a_day.place.desk.reading() as connection:
        repository = Repository(connection)
        for cls in KINDS.values():
            for record in repository.all(cls):
                owners = (
                    (field.refers_to, getattr(record, field.name)) for field in cls.fields().values() if field.parent
                )
                above = next((pair for pair in owners if pair[1]), None)
                around = on_a_day.records._surroundings(repository, cls, record.uid, above)
                found = [each for each in findings_for(record, around) if each.weight is Weight.FAULT]
                assert found == [], f"{record.heading}: {found}"
                seen += 1
    assert seen > 700


def test_every_record_of_the_sample_can_be_saved_as_it_is(sample: Office) -> None:
    for cls in KINDS.values():
        for uid, _ in sample.records.lookup(cls.KIND)[:8]:
            assert not sample.records.save(sample.records.get(cls, uid)).undoable


def test_the_sample_is_one_change_that_can_be_undone(sample: Office) -> None:
    lines = sample.records.history("provider", sample.providers.rows()[0].uid)
    assert {line.label for line in lines} == {"Sample desk filled from five published reports"}
    (change_id,) = {line.change_id for line in lines}
    undone = sample.records.undo(change_id)
    assert sample.overview.read().empty
    assert sample.finder.find("care") == ()
    assert len(sample.archive.rows()) == len(undone.touched) > 700
    sample.records.undo(undone.change_id)
    assert not sample.overview.read().empty
    assert sample.checks.check().sound


def test_a_published_figure_says_where_it_stands(sample: Office) -> None:
    with sample.place.desk.reading() as connection:
        for cls in KINDS.values():
            for record in Repository(connection).all(cls):
                assert isinstance(record, Sourced)
                assert record.source
                assert record.sample or record.paragraph or record.KIND in ("organisation",), record.heading


@pytest.mark.parametrize("secret", [None, "correct horse"], ids=["plain", "encrypted"])
def test_an_empty_desk_answers_everything(tmp_path: Path, secret: str | None) -> None:
    with DeskFile.create(tmp_path / "a.s75desk", secret) as desk:
        office = office_of(desk)
        for name, thing in everything_read(office):
            for where, text in texts(thing, name):
                assert not NOT_WORDS.search(text), f"{where}: {text}"
        overview = office.overview.read()
        assert (overview.empty, overview.items, overview.pending) == (True, (), ())
        assert overview.heading == "Nothing in this desk yet"
        assert {count.number for count in overview.counts} == {0}


def test_a_service_is_made_once() -> None:
    names = [name for name, value in vars(Office).items() if isinstance(value, cached_property)]
    assert {"records", "agreements", "providers", "visits", "kpis", "actions", "overview", "finder", "exports"} <= set(
        names
    )


def test_a_figure_typed_in_stands_for_itself(sample: Office) -> None:
    """Whatever is computed shows its working; what is stated has none to show."""
    for row in sample.agreements.rows():
        assert isinstance(row.value, Figure)
        assert row.value.working is not None or row.value.text == "Not known" or row.worth is not None
