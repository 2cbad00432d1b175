"""Where a file dialog begins: in the officer's own folders, not wherever the program was started from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def documents() -> str:
    """The folder of documents, "" where there is none."""
    return _there(QStandardPaths.StandardLocation.DocumentsLocation)


def pictures() -> str:
    """The folder of pictures, "" where there is none."""
    return _there(QStandardPaths.StandardLocation.PicturesLocation)


def _there(kind: QStandardPaths.StandardLocation) -> str:
    place = QStandardPaths.writableLocation(kind)
    return place if place and Path(place).is_dir() else ""
