"""Icons from the token paths, drawn in a token colour; crisp at every screen scale, made once each."""

from __future__ import annotations

import math

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from s75desk.ui.theme.metrics import Metrics
from s75desk.ui.theme.tokens import Tokens

_GAP = 5
"""Empty space to the right of a button's icon at b = 14; the style sheet cannot set it."""


class Icons:
    """Makes icons for one theme at one text size.

    An icon is asked for by its name in ``tokens.json`` ("plus", "briefing") and the name of a colour token.
    """

    def __init__(self, tokens: Tokens, metrics: Metrics) -> None:
        self._tokens = tokens
        self._metrics = metrics
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}
        self._icons: dict[tuple[str, str, int, bool], QIcon] = {}
        self._pixmaps: dict[tuple[str, str, int, int, int], QPixmap] = {}

    @property
    def size(self) -> int:
        """Side of an ordinary icon in logical pixels."""
        return self._metrics.size("icon")

    def button_size(self, size: int | None = None) -> QSize:
        """What to give ``setIconSize`` of a button whose icon was made with ``gap``."""
        side = size or self.size
        return QSize(side + self._metrics.space(_GAP), side)

    def icon(self, name: str, colour: str = "muted", *, size: int | None = None, gap: bool = False) -> QIcon:
        """An icon of ``size`` logical pixels; ``gap`` adds the empty space a button's text needs."""
        side = size or self.size
        key = (name, colour, side, gap)
        icon = self._icons.get(key)
        if icon is None:
            icon = QIcon()
            for scale in _scales():
                icon.addPixmap(self.pixmap(name, colour, side, scale=scale, gap=gap))
            if colour != "faint":
                for scale in _scales():
                    icon.addPixmap(self.pixmap(name, "faint", side, scale=scale, gap=gap), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return icon

    def pixmap(
        self, name: str, colour: str = "muted", size: int | None = None, *, scale: int = 2, gap: bool = False
    ) -> QPixmap:
        """A pixmap of ``size`` logical pixels for screens of ``scale`` physical pixels to a logical one."""
        side = size or self.size
        space = self._metrics.space(_GAP) if gap else 0
        key = (name, colour, side, scale, space)
        made = self._pixmaps.get(key)
        if made is None:
            made = QPixmap((side + space) * scale, side * scale)
            made.setDevicePixelRatio(scale)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            self.paint(painter, name, QRectF(0, 0, side, side), colour)
            painter.end()
            self._pixmaps[key] = made
        return made

    def paint(self, painter: QPainter, name: str, where: QRectF, colour: str = "muted") -> None:
        """Draw an icon into ``where`` with an open painter."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer(name, colour).render(painter, where)
        painter.restore()

    def _renderer(self, name: str, colour: str) -> QSvgRenderer:
        key = (name, colour)
        renderer = self._renderers.get(key)
        if renderer is None:
            renderer = self._renderers[key] = QSvgRenderer(QByteArray(self._svg(name, colour).encode()))
        return renderer

    def _svg(self, name: str, colour: str) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" '
            f'stroke="{self._tokens.colour[colour]}" stroke-width="{self._tokens.icon_stroke}" '
            f'stroke-linecap="round" stroke-linejoin="round">{self._tokens.icons[name]}</svg>'
        )


def _scales() -> tuple[int, ...]:
    """Whole screen scales to draw icons for: plain, and the finest screen there is."""
    finest = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return (1, max(2, math.ceil(finest)))
