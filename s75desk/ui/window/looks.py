"""Light or dark and the size of all text, as the officer chose them: worn at once and remembered."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from s75desk.services.preferences import Preferences
from s75desk.ui.theme import Choice, Theme

_STEP = 0.1


class Looks(QObject):
    """See the module.

    Args:
        window: Whose theme it is.
        preferences: Where the choices are kept.
    """

    def __init__(self, window: QWidget, preferences: Preferences) -> None:
        super().__init__(window)
        self._theme = Theme.of(window)
        self._preferences = preferences

    def set_theme(self, choice: Choice) -> None:
        """Fix light or dark, or follow the system."""
        self._theme.set_choice(choice)
        self._preferences.keep("theme", choice)

    def larger_text(self) -> None:
        """Enlarge all text a step."""
        self._scale(_STEP)

    def smaller_text(self) -> None:
        """Make all text a step smaller."""
        self._scale(-_STEP)

    def _scale(self, by: float) -> None:
        self._theme.set_text_scale(round(self._theme.text_scale + by, 1))
        self._preferences.keep("text_scale", self._theme.text_scale)
