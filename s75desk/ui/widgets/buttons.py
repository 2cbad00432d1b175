"""Buttons: a verb and its object, with an icon; and icons alone, which carry a tip and a name."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.key_hint import key_words
from s75desk.ui.widgets.styling import set_look

_ICON_COLOUR = {
    "primary": "on_accent",
    "secondary": "text",
    "quiet": "accent",
    "link": "accent",
    "danger": "alert_text",
}


class Button(QPushButton):
    """A push button of the house. See ``make_button``."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "secondary",
        *,
        key: str = "",
        tip: str = "",
        touch: bool = False,
        trailing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._trailing = trailing
        self._key = key
        self.setProperty("kind", kind)
        self.setProperty("touch", touch)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if trailing:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.set_words(text, tip)
        self._make_icon()

    def set_words(self, text: str, tip: str = "") -> None:
        """Change what it says; an ampersand is shown as it is, not as a mnemonic."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        with_key = f"{tip or text} ({key_words(self._key)})" if self._key else tip
        self.setToolTip(with_key)

    def set_kind(self, kind: str) -> None:
        """Become primary, secondary, quiet, link or danger."""
        set_look(self, "kind", kind)
        self._make_icon()

    def set_icon(self, name: str) -> None:
        """Change the icon; "" for none."""
        self._icon_name = name
        self._make_icon()

    def withhold(self, reason: str) -> None:
        """Make it unavailable and say why in its tip; "" makes it available again."""
        self.setEnabled(not reason)
        self.setToolTip(reason)

    def changeEvent(self, event: QEvent) -> None:
        """The icon follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_icon()

    def _icon_colour(self) -> str:
        return _ICON_COLOUR[self.property("kind")]

    def _make_icon(self) -> None:
        if not self._icon_name:
            self.setIcon(QIcon())
            return
        theme = Theme.of(self)
        side = theme.metrics.space(22) if self.property("touch") else theme.icons.size
        if self._trailing:
            side = theme.metrics.space(16)
        self.setIcon(theme.icons.icon(self._icon_name, self._icon_colour(), size=side, gap=not self._trailing))
        self.setIconSize(QSize(side, side) if self._trailing else theme.icons.button_size(side))


def make_button(
    text: str,
    icon: str = "",
    kind: str = "secondary",
    *,
    key: str = "",
    tip: str = "",
    touch: bool = False,
    parent: QWidget | None = None,
) -> Button:
    """A button that says a verb and its object.

    Args:
        text: "Print provider brief".
        icon: Icon name from the tokens, or "".
        kind: "primary" (one in view), "secondary", "quiet" (blue text), "link" (quiet, as tall as its text) or
            "danger" (red edge).
        key: Shortcut shown in the tip, such as "Ctrl+P"; the window owns the shortcut itself.
        tip: Words for the tip besides the key.
        touch: Tall enough for a finger.
        parent: Parent widget; a layout gives one too.
    """
    return Button(text, icon, kind, key=key, tip=tip, touch=touch, parent=parent)


class ToolIcon(QToolButton):
    """An icon that can be pressed; for columns, export, calendar, pages, more and close only.

    Args:
        icon: Icon name from the tokens.
        tip: What it does; tip and accessible name.
        key: Shortcut shown in the tip.
        small: Drawn at 16 instead of 18.
        colour: Text token of the icon.
    """

    def __init__(
        self,
        icon: str,
        tip: str,
        *,
        key: str = "",
        small: bool = False,
        colour: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._small = small
        self._colour = colour
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(f"{tip} ({key_words(key)})" if key else tip)
        self.setAccessibleName(tip)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._make_icon()

    def set_icon(self, name: str, tip: str = "") -> None:
        """Change the icon, and what it does."""
        self._icon_name = name
        if tip:
            self.setToolTip(tip)
            self.setAccessibleName(tip)
        self._make_icon()

    def changeEvent(self, event: QEvent) -> None:
        """The icon follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_icon()

    def _make_icon(self) -> None:
        theme = Theme.of(self)
        side = theme.metrics.space(16) if self._small else theme.icons.size
        self.setIcon(theme.icons.icon(self._icon_name, self._colour, size=side))
        self.setIconSize(QSize(side, side))
