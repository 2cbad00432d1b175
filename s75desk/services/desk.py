"""Opening, closing, securing and backing up desks: what the welcome page, the restore screen and the commands use.

Every trouble is a ``DeskError`` with a plain sentence and a remedy; whatever happens, the desk is as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from s75desk.domain.errors import DeskError, ReadOnlyPlace
from s75desk.domain.wording import list_words
from s75desk.models import backup, passphrase, reading_copy, restore
from s75desk.models.backup import Advance, Backup, unseen
from s75desk.models.cipher import Key
from s75desk.models.desk_file import DeskFile
from s75desk.models.files import real
from s75desk.models.lock import DeskLocked, Holder
from s75desk.models.opening import Progress, Report, Step, needs_passphrase, silent, unlock
from s75desk.models.restore import Restored
from s75desk.models.trouble import BACKING_UP, CHANGING_PASSPHRASE, explained, open_to_read
from s75desk.paths import DESK_ENDING, data_folder
from s75desk.services.kept_backups import KeptBackups
from s75desk.services.recent import RecentDesk, RecentDesks

__all__ = [
    "Advance",
    "Backup",
    "DeskFile",
    "DeskLocked",
    "DeskService",
    "DeskStatus",
    "Holder",
    "PassphraseChanged",
    "Progress",
    "RecentDesk",
    "Report",
    "Restored",
    "Step",
    "back_up_to",
    "backup_root",
    "restore_from",
]


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """What the window says about the open desk.

    Attributes:
        path: The file.
        name: Its name without the ending.
        desk_id: UUID in text.
        encrypted: Whether it has a passphrase.
        read_only: Whether it was opened to read, as nothing can be written where it lies.
        size: In bytes, with what still lies in its log.
        schema_version: Version of its tables.
        made_at: When it was made, UTC; None when not known.
        last_backup: The newest of its backups, None when there is none.
        backup_folder: Where its backups go.
        backups: How many there are.
        backups_size: Of all of them, in bytes.
        proven: When one of them was last opened and read whole, UTC; None for never.
        held: How many records, rows of history and files that one held.
        place: Where each backup is kept a second time, None when no such place was chosen.
        place_trouble: Why the last one is not there, in a sentence; "" when it is.
    """

    path: Path
    name: str
    desk_id: str
    encrypted: bool
    read_only: bool
    size: int
    schema_version: int
    made_at: datetime | None
    last_backup: Backup | None
    backup_folder: Path
    backups: int = 0
    backups_size: int = 0
    proven: datetime | None = None
    held: int = 0
    place: Path | None = None
    place_trouble: str = ""


@dataclass(frozen=True, slots=True)
class PassphraseChanged:
    """What a change of passphrase did.

    Attributes:
        encrypted: Whether the desk now has one.
        older_backups: How many backups were made before and keep what they had.
        older_encrypted: How many of those need an earlier passphrase.
    """

    encrypted: bool
    older_backups: int
    older_encrypted: int

    @property
    def sentence(self) -> str:
        """What happened and what it does not reach."""
        said = "The desk now opens with the new passphrase." if self.encrypted else "The desk now has no passphrase."
        open_ones = self.older_backups - self.older_encrypted
        if self.older_backups:
            kept = [
                f"{count} {how}"
                for count, how in ((self.older_encrypted, "with the earlier passphrase"), (open_ones, "with none"))
                if count
            ]
            said += f" Backups made before stay as they are: {list_words(kept)}."
        if self.encrypted and open_ones:
            said += " Remove those with none if others can reach them."
        return said


def backup_root(data_folder: Path) -> Path:
    """The folder of all backups: below it each desk has one, named by the id of the desk."""
    return data_folder / "backups"


def reading_root(data_folder: Path) -> Path:
    """The folder in which desks are copied that can only be read where they lie."""
    return data_folder / "reading"


class DeskService:
    """Keeps at most one desk open. Methods run on the database worker, one at a time.

    Backups of a desk go to ``backups/<id of the desk>`` in the data folder, so that they are found when the desk
    itself is not, and do not go with it on a memory stick.

    Args:
        data_folder: The officer's own folder: ``paths.data_folder()``.
        now: The moment, UTC.
    """

    def __init__(self, data_folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._recent = RecentDesks(data_folder)
        self._root = backup_root(data_folder)
        self._desk: DeskFile | None = None
        self.kept = KeptBackups(self._root, lambda: self.desk, now)

    @property
    def desk(self) -> DeskFile:
        """The open desk.

        Raises:
            RuntimeError: None is open; ask ``is_open`` first.
        """
        if self._desk is None:
            raise RuntimeError("no desk is open")
        return self._desk

    @property
    def is_open(self) -> bool:
        """Whether a desk is open."""
        return self._desk is not None

    def create(self, path: Path, secret: str | None = None, *, remember: bool = True) -> DeskFile:
        """Make a new, empty desk and open it, closing the one that was open.

        Args:
            path: The file to make; ``.s75desk`` is added when it has no such ending.
            secret: Passphrase; None or "" for none.
            remember: Put it on the list of recent desks.

        Raises:
            DeskError: The name is taken, or the folder is gone, read-only or full; no file is left.
        """
        named = path if path.suffix.lower() == DESK_ENDING else path.with_name(path.name + DESK_ENDING)
        return self._take(DeskFile.create(named, secret, now=self._now()), remember)

    def open(
        self,
        path: Path,
        secret: str | None = None,
        *,
        take_over: bool = False,
        report: Report = silent,
        remember: bool = True,
    ) -> DeskFile:
        """Open a desk, closing the one that was open once this one is ready. The one that is open may be named again.

        Where nothing can be written it opens to read: ``DeskFile.read_only``.

        Args:
            path: The file.
            secret: Passphrase; ignored by a desk that has none.
            take_over: Set aside a lock that another computer left, after ``DeskLocked.may_take_over``.
            report: Told of each step as it starts.
            remember: Put it on the list of recent desks.

        Raises:
            DeskLocked: Another window has it.
            WrongPassphrase: The passphrase does not fit, or none was given.
            NotADesk: It is something else.
            NewerDesk: A later version of the program wrote it.
            DeskDamaged: Restore a backup: ``backups_of``.
            DiskTrouble: It is gone, or the disk is full or failing.
        """
        if self._desk is not None and real(path) == self._desk.origin:
            return self._desk
        known = self._recent.at(real(path))
        seal = known.seal if known else None
        try:
            opened = DeskFile.open(path, secret, backups=self._root, take_over=take_over, seal=seal, report=report)
        except ReadOnlyPlace:
            opened = reading_copy.open_to_read(path, secret, reading_root(self._root.parent), report=report)
        return self._take(opened, remember)

    def close(self) -> None:
        """Close the open desk; does nothing when none is."""
        if self._desk is not None:
            self.kept.note_history()
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()
            if not desk.read_only and self._recent.at(desk.path) is not None:
                self._recent.note_closed(desk.path, desk.seal)

    def needs_passphrase(self, path: Path) -> bool:
        """Whether a file is an encrypted desk, as far as can be told without opening it.

        Raises:
            NotADesk: It is something else.
            DiskTrouble: It is gone or cannot be read.
        """
        if self._desk is not None and real(path) == self._desk.origin:
            return self._desk.encrypted
        return needs_passphrase(path)

    def recent(self) -> list[RecentDesk]:
        """The desks opened lately, newest first, whether their files are there or not."""
        return self._recent.all()

    def forget(self, path: Path) -> None:
        """Take a desk off the list of recent ones; its file is not touched."""
        self._recent.forget(path)

    def back_up(self, *, advance: Advance = unseen) -> Backup:
        """Back up the open desk now and thin out its old backups.

        Raises:
            DiskTrouble: Not backed up; the desk and its older backups are as they were.
            DeskDamaged: The copy did not pass SQLite's check.
        """
        made = self.kept.make(even_if_unchanged=True, advance=advance)
        if made is None:
            raise RuntimeError("a backup that was ordered was not made")
        return made

    def back_up_if_changed(self, *, advance: Advance = unseen) -> Backup | None:
        """The automatic backup, on closing and at times: None when the last one holds all of it.

        Raises as ``back_up``.
        """
        if self.desk.read_only:
            return None
        return self.kept.make(advance=advance)

    def back_up_to(self, target: Path, *, advance: Advance = unseen) -> Path:
        """Back up the open desk to a file of the officer's choice, replacing an older backup of it of that name.

        Raises as ``back_up``; also when the file chosen is the desk itself, or anything but a backup of it.
        """
        return _copy_to(self.desk.path, self.desk.key, self.desk.origin, real(target), advance)

    def backups(self) -> list[Backup]:
        """The backups of the open desk, newest first; not those of its copies."""
        return self.kept.all()

    def backups_of(self, path: Path) -> list[Backup]:
        """The backups of a desk that may not open any more, newest first: by its id if that is known, else its name.

        Those of its copies are among them: what is lost in the one may be there in the other.
        """
        known = self._recent.at(real(path))
        if known is not None:
            here = backup.list_backups(backup.folder_of(self._root, known.desk_id))
            away = self.kept.in_place(known.desk_id)
        else:
            here, away = (
                [found for found in there if found.desk_name == path.stem]
                for there in (backup.list_all(self._root), self.kept.all_in_place())
            )
        names = {found.path.name for found in here}
        both = here + [found for found in away if found.path.name not in names]
        return sorted(both, key=lambda found: found.at, reverse=True)

    def restore(
        self,
        chosen: Path,
        target: Path,
        secret: str | None = None,
        *,
        take_over: bool = False,
        advance: Advance = unseen,
    ) -> Restored:
        """Put a backup in a desk's place; the desk it replaces is kept beside it.

        Args:
            chosen: The backup.
            target: The desk to replace, closed; or a new name.
            secret: The passphrase that the desk had when the backup was made.
            take_over: Set aside a lock that another computer left on the target.
            advance: Told the share that is done.

        Raises:
            DeskError: As ``models.restore.restore``; everything is as it was.
        """
        return restore.restore(chosen, target, secret, now=self._now(), take_over=take_over, advance=advance)

    def change_passphrase(self, secret: str | None, *, advance: Advance = unseen) -> PassphraseChanged:
        """Give the open desk a passphrase, another one, or none (None or "").

        Raises:
            DeskError: Not changed; the desk opens as before.
        """
        if self.desk.read_only:
            raise open_to_read(CHANGING_PASSPHRASE)
        older = backup.list_backups(backup.folder_of(self._root, self.desk.desk_id))
        passphrase.change_passphrase(self.desk, secret, advance=advance)
        return PassphraseChanged(self.desk.encrypted, len(older), sum(found.encrypted for found in older))

    def is_passphrase(self, secret: str) -> bool:
        """Whether ``secret`` opens the open desk; for asking the present one before a change."""
        return self.desk.is_passphrase(secret)

    def status(self) -> DeskStatus:
        """What is known about the open desk."""
        desk, line, kept = self.desk, self.kept.line, self.backups()
        return DeskStatus(
            path=desk.origin,
            name=desk.origin.stem,
            desk_id=desk.desk_id,
            encrypted=desk.encrypted,
            read_only=desk.read_only,
            size=desk.size(),
            schema_version=desk.facts.revision,
            made_at=desk.facts.made_at,
            last_backup=next(iter(kept), None),
            backup_folder=self.kept.folder,
            backups=len(kept),
            backups_size=sum(found.size for found in kept),
            proven=line.proven,
            held=line.held,
            place=self.kept.place,
            place_trouble=self.kept.place_trouble,
        )

    def _take(self, desk: DeskFile, remember: bool) -> DeskFile:
        self.close()
        self._desk = desk
        self.kept.begin()
        if remember:
            self._recent.note(desk.origin, desk.desk_id, self._now())
        return desk


def _copy_to(path: Path, key: Key | None, origin: Path, target: Path, advance: Advance = unseen) -> Path:
    with explained(BACKING_UP, near=target):
        if target.exists():
            if target.samefile(origin):
                raise DeskError("Not backed up: that file is the desk itself.", "Choose another name.")
            if not backup.may_replace(target, path, key):
                raise DeskError(
                    f"Not backed up: {target.name} is there already, and is no older backup of this desk. "
                    "It is as it was.",
                    "Choose another name.",
                )
        backup.copy_database(path, key, target, BACKING_UP, advance=advance)
    return target


def back_up_to(path: Path, target: Path | None, secret: str | None = None) -> Path:
    """Back up a desk for the command line, also one that is open in a window.

    Args:
        path: The desk.
        target: The file to write, which replaces only an older backup; None for the desk's own folder of backups.
        secret: The passphrase; ignored by a desk that has none.

    Returns:
        The backup.

    Raises:
        DeskError: The desk does not open, or there is no room; nothing has changed.
    """
    service = DeskService(data_folder())
    try:
        service.open(path, secret, remember=False)
    except DeskLocked as trouble:
        if trouble.may_take_over:
            raise  # SQLite copies beside the writes of this computer alone
        return _back_up_beside(real(path), target, secret)
    try:
        return service.back_up().path if target is None else service.back_up_to(target)
    finally:
        service.close()


def _back_up_beside(path: Path, target: Path | None, secret: str | None) -> Path:
    """Back up a desk that a window has open: SQLite copies it as it is at one moment, beside the window's writes."""
    with explained(BACKING_UP):
        key = unlock(path, secret)
    if target is not None:
        return _copy_to(path, key, path, real(target))
    now = datetime.now(UTC)
    desk_id, root = backup.id_of(path, key), backup_root(data_folder())
    return backup.back_up_file(path, key, desk_id, root, now, backup.line_of(root, path, desk_id, key).mark).path


def restore_from(chosen: Path, target: Path, secret: str | None) -> str:
    """Put a backup in a desk's place, for the command line.

    Returns:
        What was done, in a sentence or two.

    Raises:
        DeskError: Not restored; everything is as it was.
    """
    done = DeskService(data_folder()).restore(chosen, target, secret)
    kept = f" What was there before is now {done.aside.name}." if done.aside else ""
    return f"Restored {done.path.name} from {chosen.name}.{kept}"
