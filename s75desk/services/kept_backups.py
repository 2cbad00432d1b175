"""The backups of the open desk: made, proven once a week, and kept a second time in a place of the officer's choice."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from s75desk.domain.errors import DeskDamaged, DeskError, DiskTrouble
from s75desk.models import backup, history, proof, settings
from s75desk.models.backup import Advance, Backup, unseen
from s75desk.models.desk_file import DeskFile
from s75desk.models.files import beside, write_atomically
from s75desk.models.lines import Line, Lines
from s75desk.models.trouble import BACKING_UP, explained

PROVEN_EVERY = timedelta(days=7)
PLACE = "place.json"
DAMAGED = "-damaged"
"""Ending of a backup that was found to be so."""
_PATIENCE = 5.0  # Seconds: a share that does not answer in them is not there.


class KeptBackups:
    """See the module. Methods may be called from any thread, one at a time.

    Args:
        root: Folder of all backups.
        desk: Gives the open desk.
        now: The moment, UTC.

    Attributes:
        place_trouble: Why the second place has not what it should have, in a sentence; "" when it has.
    """

    def __init__(self, root: Path, desk: Callable[[], DeskFile], now: Callable[[], datetime]) -> None:
        self._root = root
        self._desk = desk
        self._now = now
        self.place_trouble = ""

    @property
    def line(self) -> Line:
        """The line of the open desk, with what was last proven of it."""
        desk = self._desk()
        return backup.line_of(self._root, desk.origin, desk.desk_id, desk.key)

    @property
    def folder(self) -> Path:
        """Where the backups of the open desk and of its copies lie on this computer."""
        return backup.folder_of(self._root, self._desk().desk_id)

    def all(self) -> list[Backup]:
        """The backups of the open desk on this computer, newest first; not those of its copies."""
        return backup.list_backups(self.folder, self.line.mark)

    def make(self, *, even_if_unchanged: bool = False, advance: Advance = unseen) -> Backup | None:
        """Back up the open desk if it changed, thin out what is old, and bring the second place up to date.

        Raises:
            DeskError: Nothing was backed up. That the second place is not there is in ``place_trouble`` alone.
        """
        made = backup.make_backup(
            self._desk(), self._root, self._now(), even_if_unchanged=even_if_unchanged, advance=advance
        )
        self.note_history()
        self._fill_place()
        return made

    def begin(self) -> None:
        """A desk was opened: note where it lies, and have it write a chain of history that no other file writes."""
        desk, line = self._desk(), self.line
        if desk.read_only:
            return
        # On a full disk it opens all the same; the chain is parted when there is room for the first word.
        with suppress(DeskError):
            with desk.reading() as connection:
                own = history.is_own(connection, line.replica, line.head)
            if not own:
                with desk.writing() as connection:
                    history.part_from(connection, line.replica, line.head)

    def note_history(self) -> None:
        """Note how far the history of the open desk has come."""
        desk = self._desk()
        if desk.read_only or desk.closed:
            return
        with suppress(DeskError):
            with desk.reading() as connection:
                replica, head = settings.get(connection, history.REPLICA), history.head(connection)
            Lines(self.folder, desk.desk_id).note_history(self.line, replica, head)

    def prove_if_due(self) -> str | None:
        """Open the newest backup and read all of it, if that was last done more than a week ago.

        One that cannot be trusted is followed at once by another, which is proven instead.

        Returns:
            What was wrong and what was done, in a sentence; None when nothing was.

        Raises:
            DeskError: Another could not be made, or could not be trusted either.
        """
        line, kept = self.line, self.all()
        recently = line.proven is not None and timedelta() <= self._now() - line.proven < PROVEN_EVERY
        if recently or not kept or self._desk().read_only:
            return None
        desk, said = self._desk(), None
        newest = kept[0]
        try:
            if not proof.opens(newest, desk.key):  # It keeps the passphrase that the desk had then.
                newest = self._another()
            held = proof.prove(newest, desk.key, desk.desk_id)
        except DeskDamaged as trouble:
            # Kept, but neither offered nor taken for the backup of its day.
            with suppress(OSError):
                newest.path.rename(beside(newest.path, DAMAGED))
            newest = self._another()
            held = proof.prove(newest, desk.key, desk.desk_id)
            said = f"{trouble.what} The desk was backed up again at once, and that backup opens."
        Lines(self.folder, desk.desk_id).note_proven(line, self._now(), held)
        return said

    def _another(self) -> Backup:
        made = self.make(even_if_unchanged=True)
        if made is None:
            raise RuntimeError("a backup that was ordered was not made")
        return made

    # The second place

    @property
    def place(self) -> Path | None:
        """The folder that holds a second copy of every backup; None when none was chosen."""
        try:
            return Path(json.loads((self._root / PLACE).read_bytes())["folder"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def choose_place(self, folder: Path | None) -> None:
        """Keep a second copy of every backup in a folder, on a stick or a share; None for no longer.

        Raises:
            DeskError: It is not there, or is where the first copy lies; nothing has changed.
        """
        with explained(BACKING_UP, near=self._root):
            if folder is None:
                (self._root / PLACE).unlink(missing_ok=True)
                self.place_trouble = ""
                return
            if not _answers(folder):
                raise DiskTrouble(f"{folder} is not a folder, or is not there now.", "Connect it, or choose another.")
            if folder.resolve().is_relative_to(self._root.resolve()):
                raise DeskError("The backups of this computer lie there already.", "Choose a folder on another disk.")
            self._root.mkdir(parents=True, exist_ok=True)
            write_atomically(self._root / PLACE, json.dumps({"folder": str(folder)}).encode())
        self._fill_place()

    def in_place(self, desk_id: str) -> list[Backup]:
        """The backups of a desk and its copies in the second place, newest first; [] while it is not there."""
        place = self.place
        return backup.list_backups(backup.folder_of(place, desk_id)) if place and _answers(place) else []

    def all_in_place(self) -> list[Backup]:
        """The backups of every desk in the second place, newest first; [] while it is not there."""
        place = self.place
        return backup.list_all(place) if place and _answers(place) else []

    def _fill_place(self) -> None:
        """Bring the newest backup to the second place, if one was chosen, and thin that out likewise."""
        place, kept = self.place, self.all()
        self.place_trouble = ""
        if place is None or not kept:
            return
        if not _answers(place):
            self.place_trouble = (
                f"The second place for backups, {place}, is not there: the last one is on this computer only."
            )
            return
        newest, desk = kept[0], self._desk()
        folder = backup.folder_of(place, desk.desk_id)
        target = folder / newest.path.name
        try:
            if target.exists() or not proof.opens(newest, desk.key):
                return
            with explained(BACKING_UP, near=place):
                folder.mkdir(exist_ok=True)
                backup.sweep(folder, newest.mark)
                backup.copy_database(newest.path, desk.key, target, BACKING_UP, mode="immutable=1")
                backup.thin_out(folder, self._now(), newest.mark)
        except (DeskError, OSError) as trouble:
            self.place_trouble = f"The last backup could not be copied to {place}. {trouble}"


def _answers(folder: Path) -> bool:
    """Whether a folder is there; a share that is gone may keep a question for minutes, so it is not waited for."""
    found: list[bool] = []
    asking = Thread(target=lambda: found.append(os.path.isdir(folder)), daemon=True)  # noqa: PTH112 - never raises
    asking.start()
    asking.join(_PATIENCE)
    return bool(found) and found[0]
