"""Source Sans 3 from the program's own resources. Its figures are tabular by default, so columns line up."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from s75desk.paths import resource
from s75desk.ui.theme.metrics import Metrics


@cache
def load_fonts() -> tuple[int, ...]:
    """Make the program's fonts known to Qt, once; needs a running ``QGuiApplication``."""
    files = sorted(resource("fonts").glob("*.ttf"))
    return tuple(QFontDatabase.addApplicationFont(str(file)) for file in files)


def system_font_height() -> float:
    """Height of the system's interface font in logical pixels."""
    return float(QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize())


class Fonts:
    """Fonts by text size and weight, made once each."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._made: dict[tuple[str, bool, bool], QFont] = {}

    def get(self, size: str = "body", *, bold: bool = False, italic: bool = False) -> QFont:
        """The font of a named text size. Do not change it: copy it first."""
        key = (size, bold, italic)
        font = self._made.get(key)
        if font is None:
            font = self._made[key] = make_font(self._metrics.text(size), self._metrics, bold=bold, italic=italic)
        return font


def make_font(pixels: int, metrics: Metrics, *, bold: bool = False, italic: bool = False) -> QFont:
    """The house font ``pixels`` high, unhinted, so that letters keep their shapes at every scale."""
    font = QFont(metrics.tokens.family)
    font.setPixelSize(pixels)
    font.setBold(bold)
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
