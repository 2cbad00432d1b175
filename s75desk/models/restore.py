"""Putting a backup in a desk's place: checked first, then in one step, and what it replaces is kept aside."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from s75desk.models.backup import Advance, copy_database, unseen
from s75desk.models.cipher import Key
from s75desk.models.engine import make_engine
from s75desk.models.files import SIDE_FILES, beside, put_in_place, real, remove_database, sync_file
from s75desk.models.lock import DeskLock
from s75desk.models.opening import read_facts, refuse_newer, refuse_what_is_no_desk, unlock
from s75desk.models.schema import Facts
from s75desk.models.trouble import RESTORING, explained

_RESTORED = "-restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Attributes:
        path: The desk, ready to be opened with the passphrase of the backup.
        aside: Where the desk that was replaced now lies; None when there was none.
        facts: What the restored desk says about itself.
        encrypted: Whether it has a passphrase.
    """

    path: Path
    aside: Path | None
    facts: Facts
    encrypted: bool


def restore(
    backup: Path,
    target: Path,
    passphrase: str | None,
    *,
    now: datetime,
    take_over: bool = False,
    advance: Advance = unseen,
) -> Restored:
    """Make a backup the desk at ``target``.

    The desk that is there is kept beside it as ``NAME before restore TIME.s75desk``, with its write-ahead log. It need
    not open: a damaged desk is the usual reason to restore.

    Args:
        backup: The backup, or any other desk file.
        target: The desk to replace, or a new name.
        passphrase: The one the backup was made with.
        now: The moment, UTC; part of the name of what is kept.
        take_over: Set aside a lock that another computer left on the target.
        advance: Told the share that is done. What it raises leaves everything as it was.

    Returns:
        What was done.

    Raises:
        DeskLocked: A window has the target open.
        WrongPassphrase: It does not open the backup.
        NotADesk: The backup is something else.
        NewerDesk: A later version of the program wrote it.
        DeskDamaged: The backup did not pass SQLite's check.
        DiskTrouble: The disk is full, read-only, gone or failing; everything is as it was.
    """
    backup, target = real(backup), real(target)
    with explained(RESTORING, near=target):
        refuse_what_is_no_desk(backup, noun="backup")
        # A backup has no log and may lie where nothing can be written; a desk that was copied here may have one.
        log = beside(backup, "-wal")
        mode = "mode=rw" if log.exists() and log.stat().st_size else "immutable=1"
        key = unlock(backup, passphrase, mode=mode)
        lock = DeskLock.take(target, take_over=take_over)
        made = beside(target, _RESTORED)
        try:
            copy_database(backup, key, made, RESTORING, mode=mode, advance=advance)
            found = _facts(made, key, backup)
            aside = _replace(made, target, now)
        finally:
            with suppress(OSError):
                remove_database(made)
            lock.release()
    return Restored(target, aside, found, key is not None)


def _facts(made: Path, key: Key | None, backup: Path) -> Facts:
    engine = make_engine(made, lambda: key)
    try:
        found = read_facts(engine, backup)
        refuse_newer(found, backup)
    finally:
        engine.dispose()
    return found


def _replace(made: Path, target: Path, now: datetime) -> Path | None:
    """Put ``made`` at ``target`` after giving what is there a second name."""
    moment = now.astimezone(UTC).strftime("%Y-%m-%d %H%M%S.%f")[:-3]
    aside = target.with_name(f"{target.stem} before restore {moment}Z{target.suffix}")
    there = [ending for ending in ("", *SIDE_FILES) if beside(target, ending).exists()]
    try:
        for ending in there:
            _second_name(beside(target, ending), beside(aside, ending))
    except BaseException:
        for ending in there:
            beside(aside, ending).unlink(missing_ok=True)
        raise
    # The old log must not be read into the new file, so it goes first: it is whole under its second name.
    for ending in SIDE_FILES:
        beside(target, ending).unlink(missing_ok=True)
    put_in_place(made, target)
    return aside if "" in there else None


def _second_name(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # Memory sticks often know no links.
        shutil.copy2(path, other)
        sync_file(other)
