"""Makes the pictures in docs/pictures: every tab, sub-page, form and dialog, light and dark, at two sizes.

    python docs/make_pictures.py                     all of them, a few minutes
    python docs/make_pictures.py --only finder       those whose name begins so
    python docs/make_pictures.py --theme dark --size 1920 --out /tmp/look

The day is 2 February 2026 and the clock stands at 09:41, so that what changes between two runs is what changed in the
program.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docs.studio import Scene, Studio, studio

OUT = Path(__file__).resolve().parent / "pictures"
SIZES = {"1366": (1366, 768), "1920": (1920, 1080)}
THEMES = ("light", "dark")


def make(out: Path, only: str, themes: tuple[str, ...], sizes: tuple[str, ...]) -> int:
    """Take every picture wanted; how many."""
    from PySide6.QtWidgets import QApplication

    from docs.scenes import SCENES

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    taken = 0
    for size in sizes:
        for theme in themes:
            wanted = [s for s in SCENES if s.name.startswith(only) and (size == "1366" or s.wide)]
            with studio(application, theme, SIZES[size]) as room:
                taken += _take(room, wanted, out, "" if size == "1366" else f"-{size}")
    return taken


def _take(room: Studio, scenes: list[Scene], out: Path, suffix: str) -> int:
    for desk in ("", "sample", "empty"):
        here = [scene for scene in scenes if scene.desk == desk]
        if not here:
            continue
        if desk:
            room.open_sample() if desk == "sample" else room.open_empty()
        for scene in here:
            scene.play(room)
            room.take(out / f"{scene.name}{suffix}-{room.theme}.png")
            room.clear()
            if scene.tidy is not None:
                scene.tidy(room)
        if desk:
            room.close_desk()
    return len(scenes)


def main() -> int:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="names that begin so")
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", choices=tuple(SIZES))
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    themes = (asked.theme,) if asked.theme else THEMES
    sizes = (asked.size,) if asked.size else tuple(SIZES)
    taken = make(asked.out, asked.only, themes, sizes)
    total = sum(file.stat().st_size for file in asked.out.glob("*.png"))
    print(f"{taken} pictures in {asked.out.name}, {total / 1e6:.1f} MB", flush=True)
    # A window system that is taken down piece by piece can crash after all is done; every file is on disk by now.
    os._exit(0)


if __name__ == "__main__":
    main()
