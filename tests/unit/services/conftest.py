"""Desks for the tests of services: an empty one, one with a record of every kind, and the sample."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from s75desk.models.desk_file import DeskFile
from s75desk.paths import resource
from s75desk.services.office import Office
from s75desk.services.sample_desk import fill
from tests.unit.record_help import TODAY, fill_estate, office_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DeskFile]:
    """An empty desk, open."""
    with DeskFile.create(tmp_path / "east.s75desk") as made:
        yield made


@pytest.fixture
def office(desk: DeskFile) -> Office:
    """Its services, as at ``TODAY``."""
    return office_of(desk)


@pytest.fixture(scope="session")
def estate_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A closed desk with one record of every kind, and their uids; copied for every test that asks for one."""
    path = tmp_path_factory.mktemp("estate") / "estate.s75desk"
    with DeskFile.create(path) as made:
        return path, fill_estate(office_of(made))


@pytest.fixture
def estate(estate_file: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[tuple[Office, dict[str, str]]]:
    """The services of a desk with one record of every kind, and the uid of each by kind."""
    path, places = estate_file
    with _opened_copy(path, tmp_path) as copy:
        yield office_of(copy), dict(places)


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> dict[date, Path]:
    """Closed desks filled with the sample as at two days, nine months apart."""
    folder = tmp_path_factory.mktemp("sample")
    made = {day: folder / f"{day}.s75desk" for day in (TODAY, date(2026, 11, 22))}
    for day, path in made.items():
        with DeskFile.create(path) as desk:
            fill(office_of(desk, day).place, resource("sample"))
    return made


@pytest.fixture
def sample(sample_files: dict[date, Path], tmp_path: Path) -> Iterator[Office]:
    """The services of the sample desk, as at ``TODAY``."""
    with _opened_copy(sample_files[TODAY], tmp_path) as copy:
        yield office_of(copy)


def _opened_copy(path: Path, folder: Path) -> DeskFile:
    target = folder / "copy.s75desk"
    shutil.copyfile(path, target)
    return DeskFile.open(target)
