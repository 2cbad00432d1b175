"""The few pictures a style sheet needs as files: ticks and arrows in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QFile, QTemporaryDir

from s75desk.ui.theme.icons import Icons

_NEEDED = {
    "chevron": ("chevron", "muted"),
    "down": ("chevron", "text"),
    "up": ("up", "text"),
    "left": ("chevron_left", "text"),
    "right": ("chevron_right", "text"),
    "tick": ("tick", "on_accent"),
    "menu_tick": ("tick", "text"),
    "dash": ("minus", "on_accent"),
}
_SIDE = 16
_FINEST = 3


class SheetImages:
    """Keeps the pictures in a folder of its own that goes with it; bitmaps, so that no image plug-in is needed."""

    def __init__(self) -> None:
        self._folder = QTemporaryDir()

    def write(self, icons: Icons, mode: str, side: int = _SIDE) -> dict[str, str]:
        """Draw the pictures for a theme, unless they have been drawn already.

        Returns:
            File by name, with forward slashes; empty where the folder cannot be written, and the sheet then does
            without pictures.
        """
        if not self._folder.isValid():
            return {}
        files: dict[str, str] = {}
        for name, (icon, colour) in _NEEDED.items():
            for scale in range(1, _FINEST + 1):
                suffix = "" if scale == 1 else f"@{scale}x"
                file = self._folder.filePath(f"{name}-{mode}-{side}{suffix}.png")
                if not QFile.exists(file) and not icons.pixmap(icon, colour, side, scale=scale).save(file, "PNG"):
                    return {}
            files[name] = self._folder.filePath(f"{name}-{mode}-{side}.png").replace("\\", "/")
        return files
