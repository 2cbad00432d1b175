"""Damage that chance does to a desk: it opens, or opens to read, or says in words why not; ``check`` always finishes.

Forty cases in the suite, half of them encrypted; ``pytest tests/unit/services/test_random_damage.py --damage 2000``
for more.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DeskError
from s75desk.models.cipher import Key, connect
from s75desk.services.desk import DeskService
from s75desk.services.keeper import keeper_of
from s75desk.services.office import Office
from s75desk.services.workplace import Workplace
from tests.unit.models.desk_help import chance
from tests.unit.record_help import TODAY

SECRET = "correct horse"
PAGE = 4096
TOGETHER = 20

Damage = Callable[[Path, "random.Random", str | None], None]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "group" in metafunc.fixturenames:
        metafunc.parametrize("group", range(max(1, metafunc.config.getoption("--damage") // TOGETHER)))


def header(path: Path, by: random.Random, _: str | None) -> None:
    """Some bytes of the first hundred."""
    _write(path, [(by.randrange(100), by.randrange(256)) for _ in range(by.choice((1, 1, 3, 20)))])


def anywhere(path: Path, by: random.Random, _: str | None) -> None:
    """Some bytes anywhere."""
    size = path.stat().st_size
    _write(path, [(by.randrange(size), by.randrange(256)) for _ in range(by.choice((1, 5, 50, 500)))])


def page(path: Path, by: random.Random, _: str | None) -> None:
    """A page of noughts, of noise, or another page."""
    data = bytearray(path.read_bytes())
    at, other = (by.randrange(len(data) // PAGE) * PAGE for _ in range(2))
    data[at : at + PAGE] = by.choice((bytes(PAGE), by.randbytes(PAGE), bytes(data[other : other + PAGE])))
    path.write_bytes(data)


def cut(path: Path, by: random.Random, _: str | None) -> None:
    """Cut short, or longer than it was."""
    data = path.read_bytes()
    path.write_bytes(by.choice((data[: by.randrange(len(data))], data + by.randbytes(by.randrange(1, 9000)), b"")))


def beside(path: Path, by: random.Random, _: str | None) -> None:
    """Something in the place of the log, the lock or the index beside it."""
    path.with_name(path.name + by.choice(("-wal", "-lock", "-shm", "-journal"))).write_bytes(
        by.randbytes(by.choice((0, 7, 32, 5000)))
    )


def cell(path: Path, by: random.Random, secret: str | None) -> None:
    """A single value, of any type, in any table."""
    connection = connect(path, Key.of_file(path, secret) if secret else None)
    try:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if not name.startswith(("sqlite_", "search"))
        ]
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"').close()
        for _ in range(by.choice((1, 1, 3))):
            table = by.choice(tables)
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            rows = [row[0] for row in connection.execute(f'SELECT rowid FROM "{table}"')]  # noqa: S608
            if rows:
                value = by.choice(("not so", "", 5, -1, 2.5, b"\xff\x00\x80", None, "9" * 400, "2026-13-45", "\x00"))
                with suppress(dbapi2.IntegrityError):
                    connection.execute(
                        f'UPDATE "{table}" SET "{by.choice(columns)}" = ? WHERE rowid = ?',  # noqa: S608
                        (value, by.choice(rows)),
                    ).close()
    finally:
        connection.close()


DAMAGES: tuple[Damage, ...] = (header, anywhere, page, cut, beside, cell, cell, cell)


def _write(path: Path, bytes_at: list[tuple[int, int]]) -> None:
    with path.open("r+b") as file:
        for place, value in bytes_at:
            file.seek(place)
            file.write(bytes([value]))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sample_files: dict[object, Path]) -> dict[str | None, Path]:
    """The sample desk, plain and with a passphrase."""
    folder = tmp_path_factory.mktemp("whole")
    plain, sealed = folder / "plain.s75desk", folder / "sealed.s75desk"
    shutil.copyfile(sample_files[TODAY], plain)
    shutil.copyfile(plain, sealed)
    desks = DeskService(folder / "data")
    desks.open(sealed)
    desks.change_passphrase(SECRET)
    desks.close()
    return {None: plain, SECRET: sealed}


def look(office: Office) -> None:
    """Read what the window reads: every list, the Overview and a record of each page."""
    for read in (
        office.overview.read,
        office.agreements.rows,
        office.providers.rows,
        office.visits.rows,
        office.kpis.rows,
        office.actions.rows,
        office.briefings.rows,
    ):
        with suppress(DeskError):
            read()


def test_a_damaged_desk_opens_or_says_why_not(whole: dict[str | None, Path], tmp_path: Path, group: int) -> None:
    for number in range(TOGETHER):
        seed = group * TOGETHER + number
        by = chance(seed)
        secret = SECRET if seed % 4 == 3 else None
        path = tmp_path / f"{seed}.s75desk"
        shutil.copyfile(whole[secret], path)
        damage = by.choice(DAMAGES)
        damage(path, by, secret)
        desks = DeskService(tmp_path / f"data-{seed}")
        try:
            with suppress(DeskError):
                desk = desks.open(path, secret)
                office = Office(Workplace(desk, keeper_of(desk), lambda: TODAY))
                look(office)
                report = office.checks.check()
                assert report.sentence
        except BaseException as trouble:
            trouble.add_note(f"seed {seed}: {damage.__name__}, {'encrypted' if secret else 'plain'}")
            raise
        finally:
            with suppress(DeskError):
                desks.close()
