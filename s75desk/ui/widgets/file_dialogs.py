"""Asks for files and folders: each purpose begins where it was last used, and first in the officer's own folders."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from s75desk.services.opened_copies import safe_name

PDF = "PDF (*.pdf)"


class Purpose(StrEnum):
    """What a file is for; the folder last used for it is kept among the preferences of the program."""

    DESK = "desk"
    BACKUP = "backup"
    SECOND_PLACE = "second place"
    DOCUMENT = "document"
    PAPER = "paper"
    EXPORT = "export"
    PHOTO = "photo"
    CALENDAR = "calendar"


def ask_save(
    parent: QWidget, purpose: Purpose, title: str, name: str, kinds: str = "", ending: str = ""
) -> Path | None:
    """Ask where a file goes.

    Args:
        parent: Who asks.
        purpose: What the file is for.
        title: Of the dialog.
        name: Suggested; made such that every system takes it.
        kinds: Filters, as Qt writes them.
        ending: Put behind a name without it: ".pdf"; "" to leave the name as typed.

    Returns:
        The file, or None if the officer thinks better of it.
    """
    begin = str(Path(_folder(parent, purpose)) / safe_name(name))
    chosen, _ = QFileDialog.getSaveFileName(parent, title, begin, kinds)
    if not chosen:
        return None
    file = Path(chosen if not ending or chosen.lower().endswith(ending) else f"{chosen}{ending}")
    _keep(parent, purpose, file.parent)
    return file


def ask_open(parent: QWidget, purpose: Purpose, title: str, kinds: str = "") -> Path | None:
    """Ask for a file that is there; None if the officer thinks better of it."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _folder(parent, purpose), kinds)
    if not chosen:
        return None
    _keep(parent, purpose, Path(chosen).parent)
    return Path(chosen)


def ask_open_several(parent: QWidget, purpose: Purpose, title: str, kinds: str = "") -> list[Path]:
    """Ask for files that are there; [] if the officer thinks better of it."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, _folder(parent, purpose), kinds)
    if chosen:
        _keep(parent, purpose, Path(chosen[0]).parent)
    return [Path(name) for name in chosen]


def ask_folder(parent: QWidget, purpose: Purpose, title: str) -> Path | None:
    """Ask for a folder; None if the officer thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, _folder(parent, purpose))
    if not chosen:
        return None
    _keep(parent, purpose, Path(chosen))
    return Path(chosen)


def paper_name(title: str, kind: str = "", as_at: date | None = None) -> str:
    """A name for the file of a paper: of what it is and as at which day, so that one does not write over another."""
    said = "" if kind.casefold() in title.casefold() else kind
    return safe_name(" ".join(f"{title} {said} {as_at or ''}".split()) + ".pdf")


def _folder(parent: QWidget, purpose: Purpose) -> str:
    kept = _kept(parent, purpose)
    if kept and Path(kept).is_dir():
        return kept
    places = QStandardPaths.StandardLocation
    own = QStandardPaths.writableLocation(
        places.PicturesLocation if purpose is Purpose.PHOTO else places.DocumentsLocation
    )
    return own if own and Path(own).is_dir() else str(Path.home())


def _kept(parent: QWidget, purpose: Purpose) -> str:
    preferences = getattr(parent.window(), "preferences", None)
    if preferences is None:
        return str(parent.window().property(f"folder of {purpose}") or "")
    return str(preferences.value(f"folder.{purpose}", ""))


def _keep(parent: QWidget, purpose: Purpose, folder: Path) -> None:
    preferences = getattr(parent.window(), "preferences", None)
    if preferences is None:
        parent.window().setProperty(f"folder of {purpose}", str(folder))
    else:
        preferences.keep(f"folder.{purpose}", str(folder))
