"""``--self-test``: tries on a throw-away desk, offscreen, all that an installation has to be able to do.

It runs in the frozen program too, where there is no test suite. It says what it did, a line a step, and exits 1 at
the first step that fails. Part of the composition root: it may see every room.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from s75desk import __version__
from s75desk.selftest import desk, papers, photo, visit, window


def self_test() -> int:
    """Run every step; returns the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"s75desk {__version__} self-test", flush=True)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="s75desk-self-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with _own_folders(folder):
            for number, (words, step) in enumerate(_STEPS, start=1):
                try:
                    said = step(folder)
                except Exception as fault:  # noqa: BLE001 - whatever it is, it is said and ends the test
                    print(f"{number}. {words}: FAILED. {fault}", flush=True)
                    traceback.print_exc(file=sys.stdout)
                    return 1
                print(f"{number}. {words}: {said}", flush=True)
    print(f"Self-test passed: {len(_STEPS)} steps in {time.perf_counter() - started:.1f} s", flush=True)
    return 0


@contextmanager
def _own_folders(folder: Path) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in ("S75DESK_DATA", "S75DESK_LOGS")}
    os.environ["S75DESK_DATA"] = str(folder / "data")
    os.environ["S75DESK_LOGS"] = str(folder / "logs")
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


_STEPS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("Create a desk from the five reports", desk.create),
    ("Encrypt it", desk.encrypt),
    ("Migrate a desk of an older version", desk.migrate),
    ("Edit", desk.edit),
    ("Print", papers.print_briefing),
    ("Read the PDF back", papers.read_back),
    ("Read photos", photo.read_photos),
    ("Make a quality visit", visit.make_visit),
    ("Print its sheet and report", visit.print_visit),
    ("Back up", desk.back_up),
    ("Restore", desk.restore),
    ("Open the window", window.draw_window),
)
