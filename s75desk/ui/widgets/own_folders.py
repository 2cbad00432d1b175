"""Where a file dialog begins: in the officer's own folders, not wherever the program was started from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths


def documents() -> str:
    """The folder of documents, "" where there is none."""
    return _there(QStandardPaths.StandardLocation.DocumentsLocation)


def pictures() -> str:
    """The folder of pictures, "" where there is none."""
    return _there(QStandardPaths.StandardLocation.PicturesLocation)


def paper_name(title: str, kind: str = "", as_at: date | None = None) -> str:
    """A name for the file of a paper: of what it is and as at which day, so that one does not write over another."""
    said = "" if kind.casefold() in title.casefold() else kind
    words = " ".join(f"{title} {said} {as_at or ''}".split())
    return "".join("-" if each in '<>:"/\\|?*' else each for each in words).strip(". ") + ".pdf"


def _there(kind: QStandardPaths.StandardLocation) -> str:
    place = QStandardPaths.writableLocation(kind)
    return place if place and Path(place).is_dir() else ""
