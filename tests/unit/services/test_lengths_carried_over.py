"""Months that older desks kept are lengths now, and their history still reads and can be undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, Extension, Service
from s75desk.models import history
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from tests.unit.models.desk_help import ROOT
from tests.unit.record_help import office_of

VERSION_4 = ROOT / "tests" / "data" / "desks" / "schema-0004.s75desk"


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "four.s75desk"
    shutil.copy(VERSION_4, path)
    with DeskFile.open(path, backups=tmp_path / "backups") as desk:
        yield office_of(desk)


def test_months_of_version_4_are_lengths(upgraded: Office) -> None:
    found = upgraded.agreements.by_reference("S75-2024-OT")
    assert found is not None
    assert (found.first_term, found.notice) == (Length(years=3), Length(months=12))
    term = upgraded.agreements.dossier(found.uid).term
    assert term.summary == "3 + 1 + 1 years, 12 months’ notice"
    with upgraded.place.desk.reading() as connection:
        repository = Repository(connection)
        assert {one.length for one in repository.all(Extension)} == {Length(years=1), Length(years=2)}
        assert {one.visit_every for one in repository.all(Service)} == {Length(months=12), None}


def test_history_under_the_old_names_is_read_and_undone(upgraded: Office) -> None:
    found = upgraded.agreements.by_reference("S75-2024-OT")
    assert found is not None
    steps = [
        history.Step("agreement", found.uid, name, before, after)
        for name, before, after in (("initial_months", "24", "36"), ("notice_months", None, "12"))
    ]
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    with upgraded.place.change("Later") as change:
        history.append(change.connection, steps, change_id="old", at=at, who="Officer", label="Changed: term")
    lines = [line for line in upgraded.records.history("agreement", found.uid) if line.change_id == "old"]
    assert {(line.field, line.before, line.after) for line in lines} == {
        ("First term", "24 months", "36 months"),
        ("Notice", "", "12 months"),
    }
    upgraded.records.undo("old")
    undone = upgraded.records.get(Agreement, found.uid)
    assert (undone.first_term, undone.notice) == (Length(months=24), None)
