"""One look into a desk before it is opened, by the driver alone, so that the window need not wait for the rest."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from s75desk.models.cipher import Look, connect, look
from s75desk.models.files import SIDE_FILES, beside

KEPT_OVERVIEW = "kept_overview"
"""Key of the setting that holds the Overview as it was last worked out."""


def kept_text(path: Path) -> str:
    """What a desk without a passphrase keeps under ``KEPT_OVERVIEW``; "" when there is nothing or it cannot be told.

    Nothing is locked, written or waited for: a desk that SQLite keeps anything beside is in use, or was left by a
    crash, and is not looked into. Whether the file is sound is for its opening to say.
    """
    try:
        if not path.is_file() or any(beside(path, ending).exists() for ending in SIDE_FILES):
            return ""
        if look(path) is not Look.PLAIN:
            return ""
        connection = connect(path, None, mode="immutable=1")
        try:
            found = connection.execute("SELECT value FROM setting WHERE key = ?", (KEPT_OVERVIEW,)).fetchone()
        finally:
            connection.close()
    except (OSError, dbapi2.Error):
        return ""
    return str(found[0]) if found else ""
