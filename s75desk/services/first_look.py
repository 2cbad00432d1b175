"""The Overview as a desk kept it, read on a thread while the window is still being loaded."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

from s75desk.domain.kept_overview import KeptOverview, from_text
from s75desk.models.first_look import kept_text


class FirstLook:
    """Looks into a desk at once, on a thread of its own; the window asks for what it found when it is there.

    Args:
        path: The desk; None when none will be opened.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._found: KeptOverview | None = None
        self._thread = Thread(target=self._look, name="first-look", daemon=True)
        self._thread.start()

    def found(self, patience: float = 0.2) -> KeptOverview | None:
        """What the desk kept; None when nothing, or when it was not found within ``patience`` seconds."""
        self._thread.join(patience)
        return self._found

    def _look(self) -> None:
        if self.path is not None:
            self._found = from_text(kept_text(self.path))
