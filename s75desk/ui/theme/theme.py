"""The theme of the running program: light or dark, sizes from the system's font, and everything made from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.ui.theme.fonts import Fonts, load_fonts, system_font_height
from s75desk.ui.theme.icons import Icons
from s75desk.ui.theme.images import SheetImages
from s75desk.ui.theme.metrics import Metrics
from s75desk.ui.theme.palette import make_palette
from s75desk.ui.theme.sheet import make_sheet
from s75desk.ui.theme.tokens import Mode, Tokens, load

Choice = Literal["system", "light", "dark"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
"""What the officer may fix."""
"""What the officer fixed; "system" follows the computer."""

_PROPERTY = "s75desk.theme"


class Theme(QObject):
    """Colours, sizes, fonts and icons now in force; one to an application.

    It belongs to the application object and is found from any widget by ``Theme.of(widget)``; that is the only
    thing in the window that is shared by name. Widgets ask it while they paint and keep nothing from it, so they
    follow a change without being told: Qt repaints all of them when the style sheet is set. Only what was copied
    (an icon in a button, a fixed height) has to be made again, on ``changed`` or in ``changeEvent``.

    Signals:
        changed: After light, dark or the text size changed and the application wears it.

    Attributes:
        tokens: The tokens in force.
        metrics: Sizes in logical pixels.
        fonts: Fonts by text size.
        icons: Icons by name and colour.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: Choice = "system", *, text_scale: float = 1.0) -> None:
        """Dress ``app``: fonts, style, palette and style sheet. An older theme of the same application retires."""
        super().__init__(app)
        self._app = app
        self._choice: Choice = choice
        self._text_scale = _bounded(text_scale)
        self._images = SheetImages()
        self._colours: dict[str, QColor] = {}
        self._applying = False
        load_fonts()
        app.setStyle("Fusion")
        app.setProperty(_PROPERTY, self)
        self._tell_platform()
        self._apply(self._dress_program)
        app.styleHints().colorSchemeChanged.connect(self.refresh)
        app.fontDatabaseChanged.connect(self._refresh_soon)
        app.focusWindowChanged.connect(self._dress_newcomer)

    @staticmethod
    def of(widget: QWidget | None = None) -> Theme:
        """The theme of the application; one that follows the system is made if there is none yet.

        Args:
            widget: Who asks. One theme serves all widgets; naming the asker keeps calls readable.

        Raises:
            RuntimeError: Without an application.
        """
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            raise RuntimeError("A theme needs a running application.")
        known = app.property(_PROPERTY)
        return known if isinstance(known, Theme) else Theme(app)

    @property
    def choice(self) -> Choice:
        """What the officer fixed."""
        return self._choice

    def set_choice(self, choice: Choice) -> None:
        """Fix light or dark, or follow the system."""
        if choice != self._choice:
            self._choice = choice
            self._tell_platform()
            self.refresh()

    @property
    def text_scale(self) -> float:
        """The officer's own enlargement of all text, 1 for none."""
        return self._text_scale

    def set_text_scale(self, text_scale: float) -> None:
        """Enlarge all text, and all that is sized from it, from 1 to 3 times."""
        self._text_scale = _bounded(text_scale)
        self.refresh()

    @property
    def mode(self) -> Mode:
        """Whether it is light or dark now."""
        return self.tokens.mode

    @property
    def dark(self) -> bool:
        """Whether it is dark now."""
        return self.tokens.mode == "dark"

    def colour(self, name: str) -> QColor:
        """The colour of a token. Do not change it: copy it first."""
        known = self._colours.get(name)
        if known is None:
            known = self._colours[name] = QColor(self.tokens.colour[name])
        return known

    def paper_colour(self, name: str) -> QColor:
        """The colour of a token on paper, which is always the light one."""
        return QColor(load("light").colour[name])

    @property
    def fade_ms(self) -> int:
        """How long a sheet may take to appear: nothing when the system asks for less motion."""
        return 0 if self.reduced_motion else int(self.tokens.motion["fade_ms"])

    @property
    def reduced_motion(self) -> bool:
        """Whether the system asks for less motion."""
        hints = self._app.styleHints()  # kept while its part is asked: the part goes with the wrapper
        wish = hints.accessibility().motionPreference()
        return wish == Qt.MotionPreference.ReducedMotion

    def refresh(self) -> None:
        """Look again at the system's colours and font; say so if anything changed."""
        if self._applying:
            return
        if (self._wanted_mode(), self._wanted_metrics(self._wanted_mode()).b) != (self.mode, self.metrics.b):
            self._apply(self._dress_windows)
            self.changed.emit()

    def _refresh_soon(self) -> None:
        """Fonts change in bursts while the system reloads them; one look afterwards is enough."""
        QTimer.singleShot(0, self, self.refresh)

    def _wanted_mode(self) -> Mode:
        if self._choice != "system":
            return self._choice
        return "dark" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"

    def _wanted_metrics(self, mode: Mode) -> Metrics:
        return Metrics.for_font_height(system_font_height(), load(mode), text_scale=self._text_scale)

    def _tell_platform(self) -> None:
        """Title bars and system dialogs should wear the same colours."""
        hints = self._app.styleHints()
        schemes = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        self._applying = True
        hints.setColorScheme(schemes[self._choice])
        self._applying = False

    def _apply(self, dress: Callable[[], None]) -> None:
        self._applying = True
        mode = self._wanted_mode()
        self.tokens: Tokens = load(mode)
        self.metrics = self._wanted_metrics(mode)
        self.fonts = Fonts(self.metrics)
        self.icons = Icons(self.tokens, self.metrics)
        self._colours.clear()
        self._app.setFont(self.fonts.get())
        self._app.setPalette(make_palette(self.tokens))
        images = self._images.write(self.icons, mode, self.metrics.space(16))
        self._sheet = make_sheet(self.tokens, self.metrics, images)
        dress()
        self._applying = False

    def _dress_program(self) -> None:
        """Put the sheet on the application; no window wears one of its own any more."""
        self._app.setStyleSheet(self._sheet)
        for one in self._app.topLevelWidgets():
            if one.parent() is None and one.styleSheet():
                one.setStyleSheet("")

    def _dress_windows(self) -> None:
        """Put the sheet on what is there.

        Qt puts a new sheet of the application onto every widget once for itself and once for each widget above it,
        which takes seconds where there are a thousand of them; a sheet of a window it puts on once for each. So once
        there are windows, each of them wears the newest over that of the application.
        """
        windows = [one for one in self._app.topLevelWidgets() if one.parent() is None]
        if not any(one.isVisible() for one in windows):
            self._dress_program()
            return
        for one in windows:
            one.setStyleSheet(self._sheet)

    def _dress_newcomer(self) -> None:
        """One that came after the last change wears the newest sheet too; a theme that has retired dresses none."""
        if self is Theme.of() and self._app.styleSheet() != self._sheet:
            for one in self._app.topLevelWidgets():
                if one.parent() is None and one.isVisible() and one.styleSheet() != self._sheet:
                    one.setStyleSheet(self._sheet)


def _bounded(text_scale: float) -> float:
    """From 1 to 3; 1 for what is no number."""
    return min(3.0, max(1.0, text_scale))
