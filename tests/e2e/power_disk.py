"""A disk that loses its power: what a recorded program wrote, as it could be found after a cut at any moment.

The record is one of system calls (``strace``). A file is what was synced of it; what was written since may be there in
part, out of order, or torn at a sector. A name is where its folder was last synced; what was renamed, made or removed
since has happened up to some moment and no further, as file systems with a journal have it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

CALLS = (
    "openat,open,creat,close,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,"
    "rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,dup,dup2,dup3,lseek,fcntl"
)
SECTOR = 512
SAID = re.compile(rb"^ACK (.*)$")
_LINE = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FD = re.compile(r"^(-?\d+|AT_FDCWD)(?:<((?:\\x[0-9a-f]{2})*)>)?")


def can_record() -> bool:
    """Whether this machine lets one program look at the calls of another."""
    found = shutil.which("strace")
    return found is not None and subprocess.run([found, "-o", os.devnull, "true"], check=False).returncode == 0


@dataclass(slots=True)
class File:
    """What one file holds: on the disk for certain, and written since."""

    synced: bytearray = field(default_factory=bytearray)
    later: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Place and bytes of each write; a length and None where it was cut short."""

    def sync(self) -> None:
        for place, data in self.later:
            _apply(self.synced, place, data)
        self.later.clear()

    def found(self, chance: Random, way: str) -> bytes:
        """What could be found after a cut."""
        whole = bytearray(self.synced)
        later = [] if way == "lost" else list(self.later)
        if way == "some":
            later = [one for one in later if one[1] is None or chance.random() < 0.5]
        for number, (place, data) in enumerate(later):
            kept = data
            if way == "torn" and data is not None and number == len(later) - 1:
                kept = data[: chance.randrange(len(data) // SECTOR + 1) * SECTOR]
            _apply(whole, place, kept)
        return bytes(whole)


def _apply(whole: bytearray, place: int, data: bytes | None) -> None:
    if data is None:
        del whole[place:]
        whole.extend(bytes(place - len(whole)))
    else:
        whole.extend(bytes(max(0, place - len(whole))))
        whole[place : place + len(data)] = data


WAYS = ("lost", "some", "all", "torn")


class Disk:
    """The files below one folder, while a recorded program works on them.

    Args:
        before: A copy of the folder as it was before.
        forgets: Whether it says that it has synced a file and has not: to see that a test notices.
    """

    def __init__(self, before: Path, *, forgets: bool = False) -> None:
        self.forgets = forgets
        self.said: list[str] = []
        self._files: dict[str, File] = {}
        self._pending: list[tuple[str, str, File | None]] = []
        for path in sorted(before.rglob("*")):
            if path.is_file():
                self._files[path.relative_to(before).as_posix()] = File(bytearray(path.read_bytes()))
        self._durable = dict(self._files)

    def file(self, name: str, *, make: bool = False, empty: bool = False) -> File | None:
        """The file of a name as the program sees it now."""
        found = self._files.get(name)
        if found is None and make:
            found = self._name(name, File())
        elif found is not None and empty:
            found.later.append((0, None))
        return found

    def rename(self, old: str, new: str, *, keep: bool = False) -> None:
        found = self._files.get(old)
        if found is not None:
            self._name(new, found)
            if not keep:
                self.remove(old)

    def remove(self, name: str) -> None:
        if self._files.pop(name, None) is not None:
            self._pending.append(("remove", name, None))

    def sync_folder(self, folder: str) -> None:
        """The names in a folder are on the disk now, and whatever happened to names before that."""
        last = max((n for n, (_, name, _) in enumerate(self._pending) if _folder(name) == folder), default=-1)
        for done in self._pending[: last + 1]:
            _happen(self._durable, done)
        del self._pending[: last + 1]

    def leave(self, folder: Path, chance: Random) -> None:
        """Write what could be found after a cut into an empty folder."""
        names = dict(self._durable)
        way = chance.choice(WAYS)
        for done in self._pending[: chance.randrange(len(self._pending) + 1)]:
            _happen(names, done)
        for name, found in names.items():
            if name.endswith("-shm"):
                continue  # never synced, and made anew from the log by whoever opens the desk first
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found.found(chance, way))

    def _name(self, name: str, found: File) -> File:
        self._files[name] = found
        self._pending.append(("name", name, found))
        return found


def _happen(names: dict[str, File], done: tuple[str, str, File | None]) -> None:
    what, name, found = done
    if what == "remove":
        names.pop(name, None)
    elif found is not None:
        names[name] = found


# --- recording and playing ----------------------------------------------------------------------------------------


def record(folder: Path, log: Path, command: list[str], environment: dict[str, str]) -> int:
    """Run a program on the files of a folder and write its calls to ``log``; its exit status."""
    watched = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", str(log)]
    return subprocess.run(
        [*watched, *command], env=environment, cwd=folder, stdout=subprocess.DEVNULL, timeout=300, check=False
    ).returncode


def play(log: Path, folder: Path, disk: Disk) -> Iterator[str]:
    """Let what was recorded happen on the disk, one call after the other; the name of each that changed something."""
    program = _Program(str(folder.resolve()) + "/", disk)
    for call in _calls(log):
        if program.did(call):
            yield call.name


@dataclass(frozen=True, slots=True)
class _Call:
    """One call that succeeded: its name, what it was given, its first descriptor with its path, what it returned."""

    name: str
    given: str
    fd: str
    shown: str
    texts: tuple[bytes, ...]
    result: int

    @property
    def last_number(self) -> int:
        return int(self.given.rsplit(",", 1)[1])


def _calls(log: Path) -> Iterator[_Call]:
    begun: dict[str, str] = {}
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            process, _, rest = line.partition(" ")
            rest = rest.strip()
            if rest.endswith("<unfinished ...>"):
                begun[process] = rest.split("<unfinished")[0].rstrip().rstrip(",")
                continue
            if rest.startswith("<..."):
                rest = begun.pop(process, "") + rest.split("resumed>", 1)[1]
            match = _LINE.match(rest)
            if match is not None and int(match[3]) >= 0:
                number = _FD.match(match[2])
                shown = _bytes(number[2] or "").decode(errors="replace") if number else ""
                texts = tuple(_bytes(text) for text in _TEXT.findall(match[2]))
                yield _Call(match[1], match[2], number[1] if number else "", shown, texts, int(match[3]))


class _Program:
    """What the recorded program has open, and what its calls do to the disk."""

    def __init__(self, top: str, disk: Disk) -> None:
        self._top = top
        self._disk = disk
        self._open: dict[str, File] = {}
        self._place: dict[str, int] = {}
        self._out = b""

    def did(self, call: _Call) -> bool:
        """Whether the call changed something below the folder."""
        match call.name:
            case "openat" | "open" | "creat":
                return self._opened(call)
            case "write" | "pwrite64":
                return self._wrote(call)
            case "fsync" | "fdatasync":
                return self._synced(call)
            case "rename" | "renameat" | "renameat2" | "link" | "linkat" | "unlink" | "unlinkat":
                return self._named(call)
            case "ftruncate" if call.fd in self._open:
                self._open[call.fd].later.append((call.last_number, None))
                return True
            case "close":
                self._open.pop(call.fd, None)
            case "lseek" if call.fd in self._open:
                self._place[call.fd] = call.result
            case "dup" | "dup2" | "dup3" | "fcntl" if call.fd in self._open and call.name != "fcntl":
                self._open[str(call.result)], self._place[str(call.result)] = self._open[call.fd], self._place[call.fd]
            case "writev" | "pwritev" if call.fd in self._open:
                raise AssertionError(f"{call.name} is not played")
        return False

    def _opened(self, call: _Call) -> bool:
        self._open.pop(str(call.result), None)
        name = self._inside(call.texts[0]) if call.texts else None
        if name is None or "O_DIRECTORY" in call.given:
            return False
        makes = "O_CREAT" in call.given or call.name == "creat"
        found = self._disk.file(name, make=makes, empty="O_TRUNC" in call.given or call.name == "creat")
        if found is None:
            return False
        self._open[str(call.result)], self._place[str(call.result)] = found, 0
        return makes

    def _wrote(self, call: _Call) -> bool:
        data = (call.texts[0] if call.texts else b"")[: call.result]
        if call.name == "write" and call.fd == "1":
            *lines, self._out = (self._out + data).split(b"\n")
            self._disk.said += [found[1].decode() for found in map(SAID.match, lines) if found]
            return False
        if call.fd not in self._open:
            return False
        at = call.last_number if call.name == "pwrite64" else self._place[call.fd]
        self._open[call.fd].later.append((at, data))
        if call.name == "write":
            self._place[call.fd] = at + call.result
        return True

    def _synced(self, call: _Call) -> bool:
        if call.fd in self._open:
            if not self._disk.forgets:
                self._open[call.fd].sync()
            return True
        folder = call.shown + "/"
        if folder.startswith(self._top):
            self._disk.sync_folder(folder[len(self._top) :].rstrip("/"))
            return True
        return False

    def _named(self, call: _Call) -> bool:
        names = [self._inside(text) for text in call.texts]
        if call.name.startswith("unlink"):
            if names and names[0] is not None:
                self._disk.remove(names[0])
                return True
        elif len(names) == 2 and names[0] is not None and names[1] is not None:
            self._disk.rename(names[0], names[1], keep=call.name.startswith("link"))
            return True
        return False

    def _inside(self, name: bytes) -> str | None:
        """The name below the folder; a program that works in the folder may name it from there."""
        whole = os.path.normpath(Path(self._top) / name.decode(errors="replace"))
        return whole[len(self._top) :] if whole.startswith(self._top) else None


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
