"""The steps between a file's name and an open desk: what is it, does the key fit, is it whole, of which version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from s75desk.domain.errors import DiskTrouble, NewerDesk, NotADesk, WrongPassphrase
from s75desk.models.backup import Backup, back_up_file, folder_of, line_of, sweep
from s75desk.models.cipher import Key, Look, connect, look
from s75desk.models.engine import OUTSIDE
from s75desk.models.files import real
from s75desk.models.migrations import LATEST
from s75desk.models.schema import Facts, facts
from s75desk.models.seal import Seal
from s75desk.models.trouble import OPENING, code_of, damaged, explained

_NOT_A_DATABASE = 26


class Step(Enum):
    """What is being done while a desk opens, in words for the window."""

    COPY = "Nothing can be written there: copying the desk to read it"
    LOCK = "Taking the desk"
    UNLOCK = "Unlocking"
    CHECK = "Checking the file"
    BACK_UP = "Backing up before the upgrade"
    MIGRATE = "Upgrading the desk"
    READY = "Ready"


@dataclass(frozen=True, slots=True)
class Progress:
    """A step that starts now.

    Attributes:
        step: Which.
        detail: More about it, such as the version that is being made; may be "".
    """

    step: Step
    detail: str = ""


Report = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Report nothing."""


def refuse_missing(path: Path, *, noun: str = "desk") -> None:
    """Say that a file is not there, without opening it.

    Args:
        path: The file.
        noun: What the officer calls it: "desk" or "backup".

    Raises:
        DiskTrouble: There is no such file.
        NotADesk: It is a folder.
    """
    if path.is_dir():
        raise NotADesk(f"{path.name} is a folder, not a {noun}.", "Choose the file in it that ends in .s75desk.")
    if not path.exists():
        raise DiskTrouble(
            f"The {noun} {path.name} is no longer at {path.parent}.",
            "Connect the drive it is on, or find where it was moved, or restore a backup.",
        )


def refuse_what_is_no_desk(path: Path, *, noun: str = "desk") -> Look:
    """Say, without changing anything, that a file cannot be a desk.

    Args:
        path: The file.
        noun: What the officer calls it: "desk" or "backup".

    Returns:
        ``Look.PLAIN`` or ``Look.SEALED``.

    Raises:
        DiskTrouble: There is no such file.
        NotADesk: It is empty, or something else.
    """
    file = real(path)
    refuse_missing(path, noun=noun)
    kind = look(file)
    if kind is Look.EMPTY:
        raise NotADesk(f"{path.name} is empty. Nothing was changed.", "Restore a backup of the desk.")
    if kind is Look.OTHER:
        raise NotADesk(
            f"{path.name} is not a desk, or its beginning is damaged. Nothing was changed.",
            "Choose a file that ends in .s75desk. If this was your desk, restore a backup.",
        )
    return kind


def needs_passphrase(path: Path) -> bool:
    """Whether a file is an encrypted desk, as far as can be told without opening it.

    Raises:
        NotADesk: It is empty, or something else.
        DiskTrouble: It is gone or cannot be read.
    """
    with explained(OPENING):
        return refuse_what_is_no_desk(path) is Look.SEALED


def unlock(path: Path, passphrase: str | None, report: Report = silent, *, mode: str = "mode=rw") -> Key | None:
    """The key of a file, tried on its first page; None for a file without a passphrase.

    Raises:
        WrongPassphrase: It does not fit, or none was given.
    """
    if refuse_what_is_no_desk(path) is Look.PLAIN:
        return None
    if not passphrase:
        raise WrongPassphrase(f"{path.name} has a passphrase.", "Type it to open the desk.")
    report(Progress(Step.UNLOCK))
    key = Key.of_file(path, passphrase)
    connection = connect(path, key, mode=mode)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").close()
    except dbapi2.DatabaseError as error:
        if code_of(error) != _NOT_A_DATABASE:
            raise
        raise WrongPassphrase(
            f"This passphrase does not open {path.name}. Nothing was changed.",
            "Check capitals and the keyboard's language. "
            "If the passphrase is certainly right, the file is damaged: restore a backup.",
        ) from None
    finally:
        connection.close()
    return key


@dataclass(frozen=True, slots=True)
class Ready:
    """A desk that is fit for use.

    Attributes:
        facts: What it says about itself.
        upgraded_from: The version its tables had before, None when they were of this version.
        backup: The backup made before the upgrade, None when there was none.
        checked_at: When SQLite last looked at every page, UTC.
    """

    facts: Facts
    checked_at: datetime
    upgraded_from: int | None = None
    backup: Backup | None = None


def make_ready(
    path: Path, key: Key | None, engine: Engine, backups: Path | None, seal: Seal | None, report: Report
) -> Ready:
    """Check an unlocked desk and bring it to the version of this program, after a backup.

    Args:
        path: The desk.
        key: Its key.
        engine: On it.
        backups: Folder of all backups; None for a folder beside the desk.
        seal: How it lay when it was last closed, if that is known; the check is left out while it lies so.
        report: Told of each step as it starts.

    Raises:
        NotADesk: It is a database of our kind in name only.
        NewerDesk: A later version wrote it.
        DeskDamaged: SQLite's check found damage, or an upgrade would leave a record without its owner.
        DiskTrouble: The disk is read-only, full or failing.
    """
    now = datetime.now(UTC)
    if seal is None or not seal.holds(path, now):
        seal = None
        report(Progress(Step.CHECK))
    quick_check(engine, every_page=seal is None)
    found = read_facts(engine, path)
    refuse_newer(found, path)
    checked_at = now if seal is None else seal.checked_at
    if backups is not None:
        sweep(folder_of(backups, found.desk_id), line_of(backups, path, found.desk_id, key).mark)
    backup = None
    if found.revision < LATEST:
        report(Progress(Step.BACK_UP))
        root = backups if backups is not None else path.with_name(f"{path.stem} backups")
        backup = back_up_file(path, key, found.desk_id, root, now, line_of(root, path, found.desk_id, key).mark)
        _upgrade(engine, found.revision, report)
    report(Progress(Step.READY))
    if backup is None:
        return Ready(found, checked_at)
    return Ready(replace(found, revision=LATEST), checked_at, found.revision, backup)


def _upgrade(engine: Engine, revision: int, report: Report) -> None:
    # Alembic costs 0.3 s, which only an upgrade should pay.
    from s75desk.models.migrations.runner import migrate

    migrate(engine, revision, lambda leads_to: report(Progress(Step.MIGRATE, f"version {leads_to} of {LATEST}")))


def quick_check(engine: Engine, *, every_page: bool = True) -> None:
    """Have SQLite read the definitions, see that the file can be written, and look at every page.

    Raises:
        DeskDamaged: If it finds anything; its own words are the cause.
    """
    with engine.connect().execution_options(**OUTSIDE) as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        # A file that may not be written would otherwise open, and fail at the first word that is typed.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.exec_driver_sql("ROLLBACK")
        result = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() if every_page else "ok"
    if result != "ok":
        raise damaged(OPENING) from RuntimeError(str(result))


def refuse_newer(found: Facts, path: Path) -> None:
    """Leave alone what a later version of the program wrote.

    Raises:
        NewerDesk: If it did.
    """
    if found.revision > LATEST:
        raise NewerDesk(
            f"{path.name} was written by a later version of the program. Nothing was changed.",
            "Install that version, then open the desk again.",
        )


def read_facts(engine: Engine, path: Path) -> Facts:
    """What a desk says about itself; ``path`` is the name to speak of.

    Raises:
        NotADesk: If it says nothing.
    """
    with engine.connect() as connection:
        found = facts(connection)
    if found is None:
        raise NotADesk(
            f"{path.name} holds no desk. Nothing was changed.", "Choose another file, or restore a backup of the desk."
        )
    return found
