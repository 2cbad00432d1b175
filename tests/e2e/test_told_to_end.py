"""What happens to a window that the system asks to end: it closes as the officer would close it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from s75desk.models.desk_file import DeskFile
from tests.unit.models.desk_help import ROOT, names


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the window itself")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_session_that_ends_closes_the_desk_properly(tmp_path: Path, name: str) -> None:
    path = tmp_path / "east.s75desk"
    DeskFile.create(path).close()
    home = {"S75DESK_DATA": str(tmp_path / "data"), "S75DESK_LOGS": str(tmp_path / "logs")}
    process = subprocess.Popen(
        [sys.executable, "-m", "s75desk", str(path)],
        cwd=ROOT,
        env=os.environ | home | {"QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        until = time.monotonic() + 60
        while not list((tmp_path / "data" / "open").glob("*.lock")) and time.monotonic() < until:
            time.sleep(0.1)  # The window takes calls to its desk once it is on show.
        process.send_signal(getattr(signal, name))
        assert process.wait(20) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    assert {one for one in names(tmp_path) if one.startswith("east")} == {"east.s75desk"}, "no lock and no log is left"
