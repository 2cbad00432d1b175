"""The lock: one window a desk, who has it, and what a crash or another computer leaves."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from s75desk.domain.errors import DeskInUse
from s75desk.models import lock
from s75desk.models.desk_file import DeskFile
from s75desk.models.lock import DeskLock, DeskLocked, Holder
from tests.unit.models.desk_help import ROOT, held_by_child, names, put, values


def note(path: Path, **changes: object) -> None:
    """A lock file as a window would leave it."""
    contents = {"who": "jo", "host": platform.node(), "pid": 1, "since": "2026-04-01T09:30:00+00:00"} | changes
    path.with_name(path.name + "-lock").write_text(json.dumps(contents))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.s75desk"
    DeskFile.create(path).close()
    return path


def test_a_second_window_is_refused_with_who_and_since_when(path: Path) -> None:
    with held_by_child(path) as other, pytest.raises(DeskLocked) as caught:
        DeskFile.open(path)
    holder = caught.value.holder
    assert (holder.pid, holder.host, holder.here) == (other.pid, platform.node(), True)
    assert holder.who
    assert holder.since is not None
    assert abs((datetime.now(UTC) - holder.since).total_seconds()) < 60
    assert not caught.value.may_take_over
    assert holder.who in caught.value.what
    assert "already open in another window" in caught.value.what
    assert caught.value.remedy == "Use that window, or close it first."
    assert isinstance(caught.value, DeskInUse)
    DeskFile.open(path).close()


def test_a_living_window_cannot_be_taken_over(path: Path) -> None:
    with held_by_child(path), pytest.raises(DeskLocked):
        DeskFile.open(path, take_over=True)


def test_a_second_opening_in_the_same_process_is_refused(path: Path) -> None:
    with DeskFile.open(path) as desk:
        with pytest.raises(DeskLocked):
            DeskFile.open(path)
        put(desk, "test", "x")
        assert (path.parent / "a.s75desk-lock").exists(), "the refused one must not remove the lock"


def test_the_lock_of_a_killed_window_is_taken_over(path: Path) -> None:
    with held_by_child(path, "os.kill(os.getpid(), signal.SIGKILL)") as other:
        other.wait(timeout=60)
    assert (path.parent / "a.s75desk-lock").exists()
    with DeskFile.open(path) as desk:
        put(desk, "test", "x")
    assert names(path.parent) == {"a.s75desk"}


@pytest.mark.parametrize("pid", [1, "ours", 2**31 - 1, -1, 0])
def test_a_number_that_another_process_has_now_does_not_keep_the_officer_out(path: Path, pid: int | str) -> None:
    note(path, pid=os.getpid() if pid == "ours" else pid)
    DeskFile.open(path).close()


def test_the_lock_of_another_computer_is_asked_about(path: Path) -> None:
    note(path, host="ward-laptop-7")
    with pytest.raises(DeskLocked) as caught:
        DeskFile.open(path)
    assert caught.value.may_take_over
    assert "open on another computer: jo on ward-laptop-7 since 1 Apr 2026" in caught.value.what
    assert "take the desk over" in caught.value.remedy
    assert json.loads((path.parent / "a.s75desk-lock").read_text())["host"] == "ward-laptop-7"
    with DeskFile.open(path, take_over=True) as desk:
        assert json.loads((path.parent / "a.s75desk-lock").read_text())["host"] == platform.node()
        assert values(desk) == {}
    assert names(path.parent) == {"a.s75desk"}


@pytest.mark.parametrize("contents", [b"", b"{", b"[]", b"null", b'{"who": 1}', b"\xff\xfe", b'{"since": "yesterday"}'])
def test_a_lock_that_a_crash_left_unreadable_is_taken_over(path: Path, contents: bytes) -> None:
    (path.parent / "a.s75desk-lock").write_bytes(contents)
    DeskFile.open(path).close()
    assert names(path.parent) == {"a.s75desk"}


def test_of_many_windows_that_open_at_once_one_gets_it(path: Path) -> None:
    note(path)
    code = """
import sys
from pathlib import Path
from s75desk.models.lock import DeskLock, DeskLocked
sys.stdin.readline()
for _ in range(100):
    try:
        held = DeskLock.take(Path(sys.argv[1]))
    except DeskLocked:
        continue
    with open(sys.argv[1] + ".inside", "x"):
        pass
    Path(sys.argv[1] + ".inside").unlink()
    held.release()
print("done")
"""
    command = [sys.executable, "-c", code, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    windows = [subprocess.Popen(command, cwd=ROOT, text=True, **pipes) for _ in range(4)]
    for window in windows:
        assert window.stdin is not None
        window.stdin.write("\n")
        window.stdin.flush()
    ends = [window.communicate(timeout=60) for window in windows]
    assert ends == [("done\n", "")] * 4
    assert names(path.parent) == {"a.s75desk"}


def test_release_twice_and_after_the_file_is_gone(tmp_path: Path) -> None:
    held = DeskLock.take(tmp_path / "a.s75desk")
    (tmp_path / "a.s75desk-lock").unlink()
    held.release()
    held.release()
    assert names(tmp_path) <= {"home"}


def test_a_released_lock_does_not_remove_another_windows_file(tmp_path: Path) -> None:
    held = DeskLock.take(tmp_path / "a.s75desk")
    (tmp_path / "a.s75desk-lock").unlink()
    other = DeskLock.take(tmp_path / "a.s75desk")
    held.release()
    assert (tmp_path / "a.s75desk-lock").exists()
    other.release()


class TestWhereTheFolderKnowsNoLocks:
    """Some network folders: the number of the process tells whether it lives."""

    @pytest.fixture(autouse=True)
    def no_locks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(lock, "_seize", lambda handle: None)

    def test_a_living_process_is_respected(self, path: Path) -> None:
        note(path, pid=os.getpid())
        with pytest.raises(DeskLocked, match="already open"):
            DeskFile.open(path)

    def test_a_dead_one_is_taken_over(self, path: Path) -> None:
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        note(path, pid=gone.pid)
        DeskFile.open(path).close()
        assert names(path.parent) == {"a.s75desk"}

    def test_another_computers_is_asked_about(self, path: Path) -> None:
        note(path, host="ward-laptop-7", pid=1)
        with pytest.raises(DeskLocked, match="ward-laptop-7"):
            DeskFile.open(path)


def test_what_is_not_known_about_a_holder_is_said_so() -> None:
    assert Holder("", "", 0, None).words == "an account that is not known"
