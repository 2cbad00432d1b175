"""Versions of the program's parts, for the About page and reports. Nothing that says whose machine it is."""

from __future__ import annotations

import platform
from importlib import metadata

_PARTS = (
    ("PySide6 (Qt)", "PySide6_Essentials"),
    ("SQLAlchemy", "SQLAlchemy"),
    ("SQLCipher", "sqlcipher3"),
    ("reportlab", "reportlab"),
)


def versions() -> list[tuple[str, str]]:
    """Pairs of part and version; a part whose version cannot be told is Not known."""
    found = [("Python", platform.python_version()), ("System", f"{platform.system()} {platform.machine()}")]
    for name, distribution in _PARTS:
        try:
            found.append((name, metadata.version(distribution)))
        except metadata.PackageNotFoundError:
            found.append((name, "Not known"))
    return found
