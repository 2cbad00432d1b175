"""What the window looks like: tokens, sizes, fonts, icons, status shapes, palette and style sheet."""

from __future__ import annotations

from s75desk.ui.theme.theme import CHOICES, Choice, Theme

__all__ = ["CHOICES", "Choice", "Theme"]
