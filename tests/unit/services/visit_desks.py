"""What the tests of visits share: desks with one visit, all that lies in a desk, hands that sign, a disk that fails."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records import VisitSignature, VisitVersion
from s75desk.domain.records.visit_work import Party
from s75desk.models import blobs, drafts, history, settings
from s75desk.models.desk_file import DeskFile
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.services.visit_content import content_of, locked_part, text_of
from tests.unit import rich_visit
from tests.unit.record_help import office_of
from tests.unit.rich_visit import RichVisit

Planned = tuple[Office, RichVisit]

AT = datetime(2026, 2, 2, 15, 30, tzinfo=UTC)
STROKES = "[[[100, 240], [300, 180], [500, 260]]]"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, RichVisit]]:
    """Closed desks with one visit: planned, recorded but not signed, and signed."""
    folder = tmp_path_factory.mktemp("visits")
    made = {}
    for name in ("planned", "recorded", "signed"):
        path = folder / f"{name}.s75desk"
        with DeskFile.create(path) as desk:
            office = office_of(desk)
            visit = rich_visit.plan(office)
            if name != "planned":
                rich_visit.record(office, visit)
            if name == "signed":
                rich_visit.finish(office, visit)
        made[name] = (path, visit)
    return made


def opened(files: dict[str, tuple[Path, RichVisit]], name: str, folder: Path) -> Iterator[Planned]:
    path, visit = files[name]
    copy = folder / path.name
    shutil.copyfile(path, copy)
    with DeskFile.open(copy) as desk:
        yield office_of(desk), visit


@pytest.fixture
def planned(files: dict[str, tuple[Path, RichVisit]], tmp_path: Path) -> Iterator[Planned]:
    yield from opened(files, "planned", tmp_path)


@pytest.fixture
def recorded(files: dict[str, tuple[Path, RichVisit]], tmp_path: Path) -> Iterator[Planned]:
    yield from opened(files, "recorded", tmp_path)


@pytest.fixture
def signed(files: dict[str, tuple[Path, RichVisit]], tmp_path: Path) -> Iterator[Planned]:
    yield from opened(files, "signed", tmp_path)


def desk_of(office: Office) -> DeskFile:
    desk = office.place.desk
    assert isinstance(desk, DeskFile)
    return desk


def setting(office: Office, key: str) -> str:
    with office.place.desk.reading() as connection:
        return settings.get(connection, key)


def small(words: str = "x") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 6), (len(words) * 40 % 255, 90, 120)).save(kept, "JPEG")
    return kept.getvalue() + words.encode()


def everything(desk: DeskFile) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in order."""
    with desk.reading() as connection:
        names = connection.execute(
            text(
                "SELECT name FROM sqlite_schema WHERE type = 'table' "
                "AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search\\_%' ESCAPE '\\' ORDER BY name"
            )
        ).scalars()
        return {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608 - a table's name
            for name in names.all()
        }


def sign(office: Office, visit: str, *, finish: bool = True) -> None:
    """Both parties sign, and the visit is locked."""
    office.visiting.keep(visit, settled=signatures(office, visit))
    if finish:
        office.visiting.finish(visit)


def signatures(office: Office, visit: str) -> list[VisitSignature]:
    """Both signatures, given for the visit with what is being typed, as it is on the screen."""
    book = office.visiting.open(visit).book
    given = [replace(book.signature(party), role="manager", strokes=STROKES, signed=AT) for party in Party]
    return [replace(book, signatures={}).stamped(signature) for signature in given]


def draft_keys(office: Office, visit: str) -> list[str]:
    """Uids of the records of a visit that are being typed."""
    with office.place.desk.reading() as connection:
        return [draft.uid for draft in drafts.below(connection, f"visiting:{visit}:")]


def changes_of(office: Office, *uids: str) -> list[str]:
    """The changes that history tells of these records, each once, the newest first."""
    with office.place.desk.reading() as connection:
        entries = history.of_records(connection, uids)
    return list(dict.fromkeys(entry.change_id for entry in entries))


def history_length(office: Office) -> int:
    with office.place.desk.reading() as connection:
        return history.length(connection)


def signed_content(office: Office, visit: str) -> list[tuple[Any, ...]]:
    """Every signed version of a visit: its row and the bytes that it names, archived or not."""
    with office.place.desk.reading() as connection:
        versions = Repository(connection).all(VisitVersion, visit=visit, archived=True, order=("number",))
        return [
            (
                tuple(getattr(version, name) for name in VisitVersion.fields()),
                version.uid,
                blobs.get(connection, version.sha256 or ""),
            )
            for version in versions
        ]


def locked_now(office: Office, visit: str) -> str:
    """What is locked with a visit, as the records have it now."""
    book = office.visiting.book(visit)
    return text_of(locked_part(content_of(book, book.rate(office.visiting.rater(book)))))


def fails_at(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, times: Sequence[int]) -> list[int]:
    """Let a function fail as a full disk does, the first, second or whichever time it is called; counts the calls."""
    real: Callable[..., Any] = getattr(module, name)
    calls: list[int] = []

    def now_and_then(*args: Any, **named: Any) -> Any:
        calls.append(len(calls) + 1)
        if len(calls) in times:
            raise DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space.")
        return real(*args, **named)

    monkeypatch.setattr(module, name, now_and_then)
    return calls
