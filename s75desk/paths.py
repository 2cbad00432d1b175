"""Where data, backups, logs and resources are, also when the program is frozen or installed as a package."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_APP = "s75desk"

DESK_ENDING = ".s75desk"
"""Ending of a desk's file name."""


def resources() -> Path:
    """The folder of fonts, tokens, question sets and the sample desk.

    Frozen, it lies in the bundle; installed, inside the package; in a checkout, beside the package.

    Raises:
        FileNotFoundError: If the installation is incomplete.
    """
    here = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    places = [Path(bundle) / "resources"] if bundle else []
    places += [here / "resources", here.parent / "resources"]
    for place in places:
        if (place / "look" / "tokens.json").is_file():
            return place
    raise FileNotFoundError("The program's resources are missing; install it again.")


def resource(*parts: str) -> Path:
    """A file or folder below ``resources()``."""
    return resources().joinpath(*parts)


class NoFolder(OSError):
    """A folder of the program's own cannot be made; the text says which, why, and what to do."""


def data_folder() -> Path:
    """The officer's own folder for this program: settings, recent desks, default place for desks.

    Raises:
        NoFolder: It is not there and cannot be made.
    """
    return _folder("S75DESK_DATA", "user_data_dir")


def log_folder() -> Path:
    """Where logs and crash reports are kept: among temporary files where no folder can be made for them.

    Logs hold no personal data.

    Raises:
        NoFolder: Not even there.
    """
    try:
        return _folder("S75DESK_LOGS", "user_log_dir")
    except NoFolder:
        import tempfile

        return _made(Path(tempfile.gettempdir()) / f"{_APP}-log")


def _folder(variable: str, function: str) -> Path:
    chosen = os.environ.get(variable)
    if chosen:
        folder = Path(chosen)
    else:
        import platformdirs

        folder = Path(getattr(platformdirs, function)(_APP, appauthor=False))
    return _made(folder)


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as trouble:
        reason = (getattr(trouble, "strerror", None) or "its name cannot be used").lower()
        raise NoFolder(
            f"The folder {folder} cannot be made ({reason}), and settings and backups are kept there. "
            "Make room for it, or name another folder in the environment variable S75DESK_DATA."
        ) from trouble
    return folder
