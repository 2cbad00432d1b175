"""A random hand at the window finds no fault: the log stays clean, the window alive and the desk sound.

``--hands 20`` plays as many seeds, ``--actions 2000`` so many actions each. A hand plays in a process of its own: Qt
keeps what it pressed and did not let go. ``tests/e2e/hand_at_a_real_window.py`` does the same in a real window.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PLAYED = Path(__file__).with_name("played_hand.py")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("seed", range(1, 1 + metafunc.config.getoption("--hands")))


@pytest.mark.timeout(900)
def test_a_random_hand_finds_no_fault(seed: int, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    actions = pytestconfig.getoption("--actions")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "played")]
    played = subprocess.run(
        [*command, f"--hands={seed}", f"--actions={actions}", str(PLAYED)],
        cwd=PLAYED.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert played.returncode == 0, played.stdout[-6000:] + played.stderr[-2000:]
    assert "1 passed" in played.stdout
