"""Does things to a desk, and says after each that it is done and what the desk holds: run as a process of its own.

What it says is ``ACK`` and a line of JSON, for the record of its calls. Arguments: what to do, and the desk; it works
in the folder that it is started in.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from s75desk.domain.records import Agreement
from s75desk.models import passphrase, restore
from s75desk.models.backup import make_backup
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from tests.unit.record_help import office_of
from tests.unit.services.visit_desks import everything, signatures

SECRET, OTHER = "correct horse", "battery staple"
BACKUPS = Path("backups")
NOW = datetime(2026, 2, 2, 9, 41, tzinfo=UTC)


def held(desk: DeskFile, *, counted: bool = False) -> str:
    """A fingerprint of everything that a desk holds, or of how much of each kind where an upgrade makes new ids."""
    if counted:
        return json.dumps({name: len(rows) for name, rows in sorted(everything(desk).items()) if rows})
    return hashlib.sha256(repr(sorted(everything(desk).items())).encode()).hexdigest()[:16]


def say(desk: DeskFile, *, counted: bool = False, **more: object) -> None:
    """What was last asked for is saved."""
    print("ACK " + json.dumps({"held": held(desk, counted=counted), **more}), flush=True)


def visit(office: Office) -> Iterator[object]:
    """A visit by its operations: words typed and settled, a rating, a photo, signatures, the end, an amendment."""
    from tests.e2e.visit_killed import DEEDS

    (found,) = office.visits.rows()
    uid = found.uid
    for number in range(12):
        book = office.visiting.book(uid)
        words = f"Typed and typed again, {number}. " * (1 + number * 40 % 97)
        yield office.visiting.keep(uid, typed=[replace(book.answer("8.4"), seen=words)])
        yield office.visiting.keep(uid, settled=[replace(book.answer("8.3"), rating=1 + number % 4, seen=words)])
    yield office.visiting.keep(uid, settled=signatures(office, uid))
    yield office.visiting.finish(uid)
    yield office.visiting.amend(uid, "The chart was found.")
    yield DEEDS["attach"](office, Path(), {"visit": uid})
    yield DEEDS["keep"](office, Path(), {"visit": uid})
    for number in range(6):
        yield office.records.create(Agreement(title=f"Community beds {number}", note="As agreed. " * 30 * number))


def save(name: str) -> None:
    """A visit, on a desk that may have a passphrase."""
    with DeskFile.open(Path(name), SECRET) as desk:
        say(desk)
        for _ in visit(office_of(desk)):
            say(desk)


def back_up(name: str) -> None:
    """Backups between changes, more than are kept of one day."""
    with DeskFile.open(Path(name)) as desk:
        office = office_of(desk)
        say(desk, backups=[])
        made: list[str] = []
        for number in range(4):
            office.records.create(Agreement(title=f"Community beds {number}"))
            say(desk, backups=made)
            found = make_backup(desk, BACKUPS, NOW.replace(hour=10 + number))
            assert found is not None
            made = [*made, found.path.name]
            say(desk, backups=made)


def migrate(name: str) -> None:
    """An older desk is opened, which backs it up and brings it to today's version."""
    with DeskFile.open(Path(name), backups=BACKUPS) as desk:
        say(desk, counted=True)


def put_back(name: str) -> None:
    """A backup takes the place of a desk."""
    path = Path(name)
    with DeskFile.open(path) as desk:
        say(desk)
    restore.restore(Path("kept.s75desk"), path, None, now=NOW)
    with DeskFile.open(path) as desk:
        say(desk)


def change(name: str) -> None:
    """A passphrase is given, changed and taken away."""
    for old, new in ((None, SECRET), (SECRET, OTHER), (OTHER, None)):
        with DeskFile.open(Path(name), old) as desk:
            say(desk, secret=old)
            passphrase.change_passphrase(desk, new)
            say(desk, secret=new)


DEEDS: dict[str, Callable[[str], None]] = {
    "save": save,
    "back_up": back_up,
    "migrate": migrate,
    "restore": put_back,
    "passphrase": change,
}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](sys.argv[2])
