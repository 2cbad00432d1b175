"""None, True and False outlive any number of Qt calls."""

from __future__ import annotations

import subprocess
import sys

from s75desk.ui.lasting import make_lasting

PROGRAM = """
{first}
from PySide6.QtCore import QObject
thing = QObject()
for _ in range({calls}):
    thing.setObjectName("x")
print("alive")
"""


def run(first: str, calls: int) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(first=first, calls=calls)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


def test_half_a_million_calls_do_not_use_them_up() -> None:
    done = run("import s75desk.ui", 500_000)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "alive"


def test_it_is_still_needed_here() -> None:
    """When this fails, PySide6 or Python is mended: take ``lasting.py`` out, and this file with it."""
    if sys.version_info < (3, 12):
        done = run("", 500_000)
        assert "none_dealloc" in done.stderr


def test_it_can_be_repeated() -> None:
    make_lasting()
    before = sys.getrefcount(None)
    make_lasting()
    assert abs(sys.getrefcount(None) - before) < 1000
