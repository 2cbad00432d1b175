"""What is not needed for the first window is not paid for before it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ("alembic", "numpy", "pandas", "pikepdf", "reportlab", "xlsxwriter", "mimetypes", "http", "unittest")


@pytest.mark.parametrize("module", ["s75desk.app", "s75desk.commands"])
def test_the_first_window_loads_nothing_that_only_later_work_needs(module: str) -> None:
    source = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", source],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    ).stdout.split()
    assert loaded == []
