"""Settings of views, kept among the preferences of the program: widths, sorting, the last page."""

from __future__ import annotations

from s75desk.services.preferences import Preferences


class ViewSettings:
    """Text by key, kept between sessions; satisfies what tables and pages ask for."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def get(self, key: str) -> str | None:
        """What was kept, or None."""
        return self._preferences.value(f"view.{key}", "") or None

    def set(self, key: str, value: str) -> None:
        """Keep a text."""
        self._preferences.keep(f"view.{key}", value)
